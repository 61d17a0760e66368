"""What is told while articles are added."""

from dataclasses import dataclass

from rag.articles import Standing

__all__ = ["AddEvent", "AdditionFinished", "ArticleStored", "FileRefused", "FilesFound"]


@dataclass(frozen=True, slots=True)
class FilesFound:
    """So many files will be read."""

    count: int


@dataclass(frozen=True, slots=True)
class ArticleStored:
    """A file was read, and stands in the library as ``standing`` says."""

    source: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class FileRefused:
    """A file could not become an article."""

    source: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdditionFinished:
    """Everything was read."""

    added: int
    updated: int
    unchanged: int
    refused: tuple[FileRefused, ...]


AddEvent = FilesFound | ArticleStored | FileRefused | AdditionFinished
