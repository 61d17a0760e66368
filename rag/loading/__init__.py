"""From a path to articles: which files there are, their encoding, and what each format says."""

from rag.loading.article_file import load, load_content
from rag.loading.discovery import FoundFile, discover

__all__ = ["FoundFile", "discover", "load", "load_content"]
