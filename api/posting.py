"""Reads what a client posts: articles as JSON, or files as multipart; both within bounds and off the event loop."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from pydantic_core import from_json
from starlette.datastructures import UploadFile

from api.additions import Posted, PostedFile, new_origin
from api.article_schemas import MAX_ARTICLES, MAX_LINE_CHARS, ArticleText, ArticleTexts
from api.errors import UnsupportedTypeError

__all__ = ["POSTED_BODY", "PostedArticles"]

FILES = "files"
"""The field of a form that holds the files, as often as there are files."""

_ARTICLE = {"$ref": "#/components/schemas/ArticleText"}
_MANY = {
    "type": "object",
    "properties": {"articles": {"type": "array", "items": _ARTICLE, "minItems": 1, "maxItems": MAX_ARTICLES}},
    "required": ["articles"],
    "additionalProperties": False,
}
_FORM = {
    "type": "object",
    "properties": {
        FILES: {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "minItems": 1,
            "maxItems": MAX_ARTICLES,
        }
    },
    "required": [FILES],
    "additionalProperties": False,
}

POSTED_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"oneOf": [_ARTICLE, _MANY]}},
            "multipart/form-data": {"schema": _FORM},
        },
    }
}
"""For the ``openapi_extra`` of a route that takes ``PostedArticles``."""


@dataclass(frozen=True, slots=True)
class _Body:
    """What came, not yet looked at: the bytes of a JSON value, or the files of a form."""

    content: bytes
    files: tuple[PostedFile, ...]


async def _received(request: Request) -> _Body:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "application/json":
        return _Body(await request.body(), ())
    if media_type == "multipart/form-data":
        async with request.form(max_files=MAX_ARTICLES, max_fields=0) as form:
            return _Body(b"", tuple([await _file(name, value) for name, value in form.multi_items()]))
    message = f"A body of the type {media_type[:60]!r} is not read." if media_type else "The body has no type."
    raise UnsupportedTypeError(message, "Send application/json, or files as multipart/form-data.")


async def _file(field: str, value: UploadFile | str) -> PostedFile:
    if field != FILES or isinstance(value, str):
        raise _fault("extra_forbidden", f"Send files in fields named {FILES}", field)
    name = value.filename or ""
    if not name or len(name) > MAX_LINE_CHARS or not name.isprintable():
        raise _fault("file_name", f"A file has a name of 1 to {MAX_LINE_CHARS} printable characters", field)
    return PostedFile(name=name, content=await value.read(), origin=new_origin())


def _posted(body: Annotated[_Body, Depends(_received)]) -> list[Posted]:
    """Return what is to be added; ``def``, since a body of megabytes takes the event loop's time otherwise."""
    if body.files:
        return list(body.files)
    if not body.content:
        raise _fault("missing", "Field required")
    try:
        value = from_json(body.content)
    except ValueError as error:
        raise _fault("json_invalid", f"This is not JSON in UTF-8: {error}") from error
    try:
        if isinstance(value, dict) and "articles" in value:
            texts = ArticleTexts.model_validate(value).articles
        else:
            texts = [ArticleText.model_validate(value)]
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        raise RequestValidationError([{**fault, "loc": ("body", *fault["loc"])} for fault in faults]) from error
    return [text.article(new_origin()) for text in texts]


def _fault(kind: str, message: str, *place: str) -> RequestValidationError:
    return RequestValidationError([{"type": kind, "loc": ("body", *place), "msg": message}])


PostedArticles = Annotated[list[Posted], Depends(_posted)]
"""Annotate a route's parameter with it to get what is to be added."""
