"""Settings of the HTTP server."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode

__all__ = ["ApiSettings"]


def _listed(value: object) -> object:
    """Take what a variable of the environment holds, words with commas between, for a list."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


def _key(value: str) -> str:
    if not re.fullmatch(r"(read|write):[0-9a-f]{64}", value):
        raise PydanticCustomError("key", "A key is read:HASH or write:HASH, as `pullquote key` tells it")
    return value


def _origin(value: str) -> str:
    if not re.fullmatch(r"https?://[^/\s*]{1,255}", value):
        raise PydanticCustomError("origin", "An origin is written as https://news.example or http://localhost:3000")
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]", value):
        raise PydanticCustomError("host", "A host is a name or an address without a port")
    return value.lower()


Keys = Annotated[tuple[Annotated[str, AfterValidator(_key)], ...], NoDecode, BeforeValidator(_listed)]
Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_listed)]
Hosts = Annotated[tuple[Annotated[str, AfterValidator(_host)], ...], NoDecode, BeforeValidator(_listed)]


class ApiSettings(BaseModel):
    """What the HTTP server allows, and whom."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    keys: Keys = ()
    """Who may ask and add: `read:HASH` or `write:HASH`, with commas between, as `pullquote key` tells them."""
    hosts: Hosts = ()
    """Names of this server besides localhost and the address it listens at; requests to other names are refused."""
    origins: Origins = ()
    """Web pages elsewhere that may use it from a browser, such as `https://news.example`; none by default."""
    workers: int = Field(default=2, ge=1, le=64)
    """How many questions are answered at the same time."""
    max_waiting: int = Field(default=128, ge=0, le=10_000)
    """How many requests may wait for a worker; further ones are refused with 503."""
    requests_per_minute: int = Field(default=6000, ge=1, le=1_000_000)
    """How many requests one client may make in a minute, and a sixth of them at once; further ones get 429."""
    body_timeout_s: float = Field(default=30.0, gt=0, le=3600)
    """How long the body of one request may take to come."""
    log_questions: bool = False
    """Write questions into the log; otherwise it tells of requests, not of what is asked."""
