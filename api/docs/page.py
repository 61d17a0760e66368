"""The OpenAPI document as one page of HTML: no script, nothing from elsewhere, all of it made on this machine."""

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from api.docs.examples import JSON

__all__ = ["render_page"]


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    place: str
    type: str
    description: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class _Operation:
    method: str
    path: str
    anchor: str
    description: str
    fields: tuple[_Field, ...]
    command: str
    responses: tuple[dict[str, str], ...]


def render_page(document: dict[str, Any], *, base_url: str) -> str:
    """Return the page; commands in it ask the server at the address, which ends in a slash."""
    operations = [
        _operation(document, path, method, operation, base_url=base_url)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return _template().render(info=document["info"], operations=operations)


@cache
def _template() -> Template:
    source = files("api.docs").joinpath("page.html.jinja").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True).from_string(source)


def _operation(
    document: dict[str, Any], path: str, method: str, operation: dict[str, Any], *, base_url: str
) -> _Operation:
    body = operation.get("requestBody", {}).get("content", {}).get(JSON)
    return _Operation(
        method=method,
        path=path,
        anchor=re.sub(r"\W+", "-", f"{method}{path}"),
        description=operation.get("description", operation["summary"]),
        fields=(*_parameters(operation), *(_body_fields(body["schema"], document) if body else ())),
        command=_command(f"{base_url}{path[1:]}", body["example"]) if body else "",
        responses=tuple(
            {"status": status, "description": response["description"]}
            for status, response in operation["responses"].items()
        ),
    )


def _parameters(operation: dict[str, Any]) -> Iterator[_Field]:
    for one in operation.get("parameters", ()):
        yield _field(one["name"], one["in"], one["schema"] | one, is_required=one.get("required", False))


def _body_fields(schema: dict[str, Any], document: dict[str, Any]) -> Iterator[_Field]:
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        yield from _body_fields(schema["oneOf"][0], document)
    for name, field in schema.get("properties", {}).items():
        yield _field(name, "body", field, is_required=name in schema.get("required", ()))


def _field(name: str, place: str, schema: dict[str, Any], *, is_required: bool) -> _Field:
    return _Field(name, place, _type(schema), schema.get("description", ""), is_required)


def _type(schema: dict[str, Any]) -> str:
    """Return the type in a word or two."""
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    return str(schema.get("format", schema.get("type", "any")))


def _command(url: str, example: Any) -> str:
    """Return how to send the example from a shell."""
    data = shlex.quote(json.dumps(example, ensure_ascii=False))
    return f"curl -s {shlex.quote(url)} -H 'Content-Type: application/json' \\\n  -d {data}"
