"""Everything a person may set: environment above file above default, read once and passed down.

The file is TOML, at ``settings_path()``; the environment variable of ``[reader] top_k`` is ``PULLQUOTE_READER__TOP_K``.
"""

import difflib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from platformdirs import user_config_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from rag.api_settings import ApiSettings
from rag.errors import SettingsError

__all__ = [
    "BUNDLED",
    "AnswerSettings",
    "ApiSettings",
    "ChatSettings",
    "EmbedderSettings",
    "LoadingSettings",
    "ReaderSettings",
    "RetrieverSettings",
    "Settings",
    "SplitterSettings",
    "load_settings",
    "settings_path",
]

BUNDLED = "bundled"
"""The value of ``embedder.model`` that means the embedder shipped with the package."""

ENV_PREFIX = "PULLQUOTE_"
CONFIG_VARIABLE = "PULLQUOTE_CONFIG"
TRAINING_VARIABLE = "PULLQUOTE_TRAINING_DATA"


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class EmbedderSettings(_Section):
    """Which model turns text into vectors."""

    model: str = Field(default=BUNDLED, min_length=1)
    """`bundled`, or the name or path of any sentence-transformers model; a name may be downloaded."""


class SplitterSettings(_Section):
    """How articles are cut into passages."""

    max_passage_tokens: int = Field(default=160, ge=16, le=512)
    """Budget of a passage, in cl100k_base tokens; never more than the embedder takes in."""
    overlap_sentences: int = Field(default=1, ge=0, le=8)
    """How many whole sentences a passage shares with the one before it."""


class RetrieverSettings(_Section):
    """How passages are found."""

    candidates: int = Field(default=100, ge=1, le=1000)
    """How many passages the dense and the lexical search each put forward for fusion."""
    dense_weight: float = Field(default=0.67, ge=0.0, le=1.0)
    """How much likeness of meaning counts beside words in common: 1 is meaning alone, 0 is words alone."""


class ReaderSettings(_Section):
    """How passages are read."""

    top_k: int = Field(default=8, ge=1, le=100)
    """How many passages are read for one question."""
    spans_per_passage: int = Field(default=3, ge=1, le=20)
    """How many spans of a passage are considered."""
    max_span_tokens: int = Field(default=32, ge=1, le=128)
    """Longest span, in tokens of the reader."""


class AnswerSettings(_Section):
    """When an answer is shown."""

    min_confidence: float | None = Field(default=None, ge=0.0, le=1.0)
    """Below this confidence Pullquote abstains; unset means the operating point the calibration declares."""


class LoadingSettings(_Section):
    """What is read from files."""

    max_file_mb: float = Field(default=20.0, gt=0, le=1000)
    """Larger files are refused, in megabytes."""


class ChatSettings(_Section):
    """The terminal chat."""

    theme: Literal["dark", "light", "high-contrast"] = "dark"
    """Its colours: `dark`, `light` or `high-contrast`; with `NO_COLOR` in the environment they are greys."""
    citation: Literal["plain", "markdown", "apa", "mla", "chicago"] = "plain"
    """The style in which a quotation is copied with its reference: `plain`, `markdown`, `apa`, `mla` or `chicago`."""
    keys: dict[str, str] = Field(default={})
    """Other keys for what it does, such as `{"article.copy": "c"}`; `docs/chat.md` names them all."""
    sessions: Path | None = None
    """Directory in which its sessions are kept; unset means the user's data directory."""

    @property
    def sessions_directory(self) -> Path:
        """Where sessions are kept."""
        return self.sessions or user_data_path("pullquote", appauthor=False) / "sessions"


class Settings(BaseSettings):
    """All settings of one run."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
    )

    library: Path = Field(default_factory=lambda: user_data_path("pullquote", appauthor=False) / "library")
    """Directory of the library."""
    threads: int = Field(default=0, ge=0, le=256)
    """Threads for the models; 0 means every core this process may use."""
    embedder: EmbedderSettings = EmbedderSettings()
    splitter: SplitterSettings = SplitterSettings()
    retriever: RetrieverSettings = RetrieverSettings()
    reader: ReaderSettings = ReaderSettings()
    answer: AnswerSettings = AnswerSettings()
    loading: LoadingSettings = LoadingSettings()
    chat: ChatSettings = ChatSettings()
    api: ApiSettings = ApiSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then the environment, then the TOML file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, toml_file=settings_path())


def settings_path() -> Path:
    """Return where the settings file is looked for; ``PULLQUOTE_CONFIG`` names another."""
    named = os.environ.get(CONFIG_VARIABLE)
    if named:
        return Path(named)
    return user_config_path("pullquote", appauthor=False) / "config.toml"


def load_settings(*, library: Path | None = None) -> Settings:
    """Read the settings; ``library`` stands above file and environment.

    Raises:
        SettingsError: A setting is unknown or out of bounds, or the file is not TOML; names which and where.
    """
    _refuse_unknown_variables(os.environ)
    path = settings_path()
    try:
        return Settings() if library is None else Settings(library=library)
    except ValidationError as error:
        raise _named_setting(error, path) from error
    except (ValueError, OSError) as error:
        message = f"The settings file {path} cannot be read: {error}."
        raise SettingsError(message, "Mend or remove that file.") from error


def _named_setting(error: ValidationError, path: Path) -> SettingsError:
    """Turn the first fault that pydantic found into words."""
    fault = error.errors(include_url=False)[0]
    dotted = ".".join(part for part in fault["loc"] if isinstance(part, str))
    variable = ENV_PREFIX + dotted.upper().replace(".", "__")
    message = f"The setting {dotted} is not usable: {fault['msg']}."
    return SettingsError(message, f"Change it in {path} or in the environment variable {variable}.")


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    """Raise SettingsError on a PULLQUOTE_ variable that sets nothing; a typo must not be ignored in silence."""
    known = {CONFIG_VARIABLE, TRAINING_VARIABLE, *_variables()}
    for name in environment:
        if name.startswith(ENV_PREFIX) and name not in known and not name.startswith("PULLQUOTE_COMPLETE"):
            nearest = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean {nearest[0]}?" if nearest else "Run `pullquote config show` to see them all."
            raise SettingsError(f"The environment variable {name} is not a setting.", hint)


def _variables() -> list[str]:
    """Return the environment variable of every setting."""
    names = []
    for name, field in Settings.model_fields.items():
        names.append(ENV_PREFIX + name.upper())
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            names += [f"{ENV_PREFIX}{name}__{inner}".upper() for inner in field.annotation.model_fields]
    return names
