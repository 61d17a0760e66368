"""What goes in and out in the shape of OpenAI; unknown fields are taken and left alone."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool
from typing_extensions import TypedDict

__all__ = [
    "MODEL",
    "Annotation",
    "Chat",
    "ChatMessage",
    "Choice",
    "Chunk",
    "ChunkChoice",
    "Completion",
    "ContentPart",
    "Delta",
    "ErrorBody",
    "Model",
    "Models",
    "OpenAiError",
    "Reply",
    "StreamOptions",
    "UrlCitation",
    "Usage",
]

MODEL = "pullquote"
"""The one model there is; a request may name any other and gets this one."""

MODEL_CREATED = 1_795_392_000
"""2026-11-23, when this interface was made; clients want a number."""

MAX_MESSAGES = 2000
MAX_PARTS = 100


class _Taken(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, use_attribute_docstrings=True)


class ContentPart(_Taken):
    """A piece of a message; only text is read."""

    type: str = "text"
    text: str | None = None


class ChatMessage(_Taken):
    """One message of a conversation."""

    role: str = Field(max_length=100)
    content: str | list[ContentPart] | None = None

    @property
    def text(self) -> str:
        """What is written in it."""
        if isinstance(self.content, str):
            return self.content
        return " ".join(part.text for part in (self.content or [])[:MAX_PARTS] if part.text)


class StreamOptions(_Taken):
    """What a stream tells beside the reply."""

    include_usage: StrictBool = False


class Chat(_Taken):
    """A conversation: its last user message is the question, the ones before it are its history."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"model": MODEL, "messages": [{"role": "user", "content": "When does the truce end?"}]}]
        }
    )

    model: str = MODEL
    messages: list[ChatMessage] = Field(min_length=1, max_length=MAX_MESSAGES)
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None

    @property
    def includes_usage(self) -> bool:
        """Whether a stream ends with the usage."""
        return self.stream_options is not None and self.stream_options.include_usage


class UrlCitation(BaseModel):
    """Where the words between two places of the reply (code points) come from."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(BaseModel):
    """A citation."""

    type: Literal["url_citation"] = "url_citation"
    url_citation: UrlCitation


class Reply(BaseModel):
    """The message that answers."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: Sequence[Annotation] = ()


class Usage(BaseModel):
    """Nothing is generated, so nothing is counted."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class Choice(BaseModel):
    """The only one."""

    index: int = 0
    message: Reply
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


class Completion(BaseModel):
    """A reply in one piece."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage = Usage()
    pullquote: dict[str, Any] | None = None
    """The answer as ``/v1/ask`` gives it; null for what is no question."""


class Delta(TypedDict, total=False):
    """What a chunk adds to the message; what it does not add is left out."""

    role: Literal["assistant"]
    content: str
    annotations: Sequence[Annotation]


class ChunkChoice(BaseModel):
    """The only one."""

    index: int = 0
    delta: Delta
    logprobs: None = None
    finish_reason: Literal["stop"] | None = None


class Chunk(BaseModel):
    """A piece of a reply."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str = MODEL
    choices: list[ChunkChoice]
    usage: Usage | None = None


class Model(BaseModel):
    """What answers."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = MODEL_CREATED
    owned_by: str = "pullquote"


class Models(BaseModel):
    """Everything that answers."""

    object: Literal["list"] = "list"
    data: list[Model] = [Model()]


class ErrorBody(BaseModel):
    """What went wrong, and what mends it."""

    message: str
    type: str
    param: None = None
    code: str


class OpenAiError(BaseModel):
    """An error in OpenAI's shape."""

    error: ErrorBody
