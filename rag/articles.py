"""Articles and passages as the core and its fronts speak of them; the values live with the library that stores them."""

from vectorstore.articles import (
    Article,
    ArticleFilter,
    ArticleSummary,
    ArticleVersion,
    DateCertainty,
    DateOrigin,
    LibraryCounts,
    Passage,
    Standing,
    StoredArticle,
    StoredPassage,
)

__all__ = [
    "Article",
    "ArticleFilter",
    "ArticleSummary",
    "ArticleVersion",
    "DateCertainty",
    "DateOrigin",
    "LibraryCounts",
    "Passage",
    "Standing",
    "StoredArticle",
    "StoredPassage",
]
