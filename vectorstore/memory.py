"""The library in memory: slow and obvious, the oracle that the embedded one must equal.

Only the cutting of text into terms is shared, since stemming is no formula to check.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime

import numpy as np

from vectorstore.additions import check_addition
from vectorstore.analysis import query_terms, terms_in
from vectorstore.article_reads import names_all
from vectorstore.articles import (
    Addition,
    Article,
    ArticleFilter,
    ArticleSummary,
    ArticleVersion,
    Hit,
    LibraryCounts,
    Standing,
    StoredArticle,
    StoredPassage,
    Vectors,
)
from vectorstore.bm25 import bm25_scores
from vectorstore.errors import ArticleNotFoundError
from vectorstore.manifest import EmbedderIdentity

__all__ = ["MemoryLibrary"]


class MemoryLibrary:
    """A library of one thread that is gone when the process ends."""

    def __init__(self, embedder: EmbedderIdentity) -> None:
        self._embedder = embedder
        self._generation = 0
        self._last_article_id = 0
        self._last_passage_id = 0
        self._versions: dict[int, list[StoredArticle]] = {}
        self._passages: dict[int, StoredPassage] = {}
        self._vectors: dict[int, Vectors] = {}
        self._terms: dict[int, tuple[list[str], list[str]]] = {}

    @property
    def embedder(self) -> EmbedderIdentity:
        """Where its vectors come from."""
        return self._embedder

    @property
    def generation(self) -> int:
        """Number of the last change."""
        return self._generation

    def standing(self, article: Article) -> Standing:
        """Tell what ``add`` would do with the article."""
        current = [versions[-1] for versions in self._versions.values()]
        for one in current:
            if one.origin == article.origin:
                is_equal = one.content_hash == article.content_hash
                return Standing.UNCHANGED if is_equal else Standing.UPDATED
        is_moved = any(one.content_hash == article.content_hash for one in current)
        return Standing.UNCHANGED if is_moved else Standing.ADDED

    def add(self, additions: Sequence[Addition]) -> list[Standing]:
        """Keep all additions and return what was done with each, in order."""
        for addition in additions:
            check_addition(addition, dimension=self._embedder.dimension)
        standings = [self._add(addition) for addition in additions]
        self._generation += any(standing is not Standing.UNCHANGED for standing in standings)
        return standings

    def remove(self, article_ids: Sequence[int]) -> list[StoredArticle]:
        """Remove articles with all their versions and return what they were, each once."""
        removed = [self.article(article_id) for article_id in dict.fromkeys(article_ids)]
        for article in removed:
            self._drop_passages(article.id)
            del self._versions[article.id]
        self._generation += bool(removed)
        return removed

    def article(self, article_id: int, *, version: int | None = None) -> StoredArticle:
        """Return one version of an article, the current one by default."""
        for stored in reversed(self._versions.get(article_id, [])):
            if version is None or stored.version == version:
                return stored
        raise ArticleNotFoundError(
            f"The library holds no article {article_id}, or no such version of it.",
            "List what it holds with `pullquote articles`.",
        )

    def versions(self, article_id: int) -> list[ArticleVersion]:
        """Return what versions of an article can be read, oldest first."""
        self.article(article_id)
        return [
            ArticleVersion(version=one.version, title=one.title, added_at=one.added_at, length_chars=len(one.text))
            for one in self._versions[article_id]
        ]

    def articles(self) -> list[ArticleSummary]:
        """Return a summary of every article, by id."""
        return [self._summary(versions[-1]) for _, versions in sorted(self._versions.items())]

    def counts(self) -> LibraryCounts:
        """Tell how much there is."""
        held = self.articles()
        return LibraryCounts(
            articles=len(held),
            passages=sum(one.passage_count for one in held),
            characters=sum(one.length_chars for one in held),
        )

    def article_page(
        self,
        *,
        limit: int,
        before: int | None = None,
        article_filter: ArticleFilter | None = None,
        words: str = "",
    ) -> list[ArticleSummary]:
        """Return a page of summaries, those added last first."""
        page = [
            self._summary(versions[-1])
            for article_id, versions in sorted(self._versions.items(), reverse=True)
            if (before is None or article_id < before)
            and (article_filter is None or _passes(versions[-1], article_filter))
            and names_all(words, title=versions[-1].title, source=versions[-1].source)
        ]
        return page[:limit]

    def find(self, article: Article) -> int | None:
        """Return the id of the article of the same origin, else of one of equal content, else None."""
        current = [versions[-1] for _, versions in sorted(self._versions.items())]
        same = [one.id for one in current if one.origin == article.origin]
        equal = [one.id for one in current if one.content_hash == article.content_hash]
        return next(iter([*same, *equal]), None)

    def passages(self, passage_ids: Sequence[int]) -> list[StoredPassage]:
        """Return the passages with these ids, in this order; unknown ids are left out."""
        return [self._passages[passage_id] for passage_id in passage_ids if passage_id in self._passages]

    def search_dense(self, vector: Vectors, *, top_k: int, article_filter: ArticleFilter | None = None) -> list[Hit]:
        """Return the passages nearest to one query vector, shape (dimension,)."""
        if vector.shape != (self._embedder.dimension,):
            raise ValueError(f"the query vector has shape {vector.shape}, not ({self._embedder.dimension},)")
        scores = {passage_id: float(np.dot(one, vector)) for passage_id, one in self._vectors.items()}
        return self._best(scores, top_k, article_filter)

    def search_lexical(self, query: str, *, top_k: int, article_filter: ArticleFilter | None = None) -> list[Hit]:
        """Return the passages that share terms with the query, by BM25."""
        return self._best(bm25_scores(query_terms(query), self._terms), top_k, article_filter)

    def close(self) -> None:
        """Do nothing: nothing is held."""

    def _best(self, scores: dict[int, float], top_k: int, article_filter: ArticleFilter | None) -> list[Hit]:
        if top_k < 0:
            raise ValueError(f"top_k is {top_k}, but cannot be negative")
        hits = [
            Hit(passage_id, score) for passage_id, score in scores.items() if self._lets(passage_id, article_filter)
        ]
        return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))[:top_k]

    def _lets(self, passage_id: int, article_filter: ArticleFilter | None) -> bool:
        return article_filter is None or _passes(self._passages[passage_id], article_filter)

    def _add(self, addition: Addition) -> Standing:
        standing = self.standing(addition.article)
        if standing is Standing.UNCHANGED:
            return standing
        had = addition.article if isinstance(addition.article, StoredArticle) else None
        if standing is Standing.ADDED and had is not None and had.id not in self._versions:
            article_id, version = had.id, had.version
            self._last_article_id = max(self._last_article_id, article_id)
        elif standing is Standing.ADDED:
            self._last_article_id += 1
            article_id, version = self._last_article_id, 1
        else:
            article_id = self._find(addition.article.origin)
            following = self._versions[article_id][-1].version + 1
            version = max(following, had.version) if had is not None and had.id == article_id else following
            self._drop_passages(article_id)
        added_at = datetime.now(UTC).isoformat(timespec="seconds")
        known = asdict(addition.article) | {"id": article_id, "version": version, "added_at": added_at}
        stored = StoredArticle(**known)
        self._versions.setdefault(article_id, []).append(stored)
        self._add_passages(stored, addition)
        return standing

    def _add_passages(self, article: StoredArticle, addition: Addition) -> None:
        texts = [article.text[passage.start : passage.end] for passage in addition.passages]
        title_terms, *terms = map(terms_in, [article.title, *texts])
        for passage, text, text_terms, vector in zip(addition.passages, texts, terms, addition.vectors, strict=True):
            self._last_passage_id += 1
            self._passages[self._last_passage_id] = StoredPassage(
                id=self._last_passage_id,
                article_id=article.id,
                version=article.version,
                start=passage.start,
                end=passage.end,
                title=article.title,
                source=article.source,
                url=article.url,
                published=article.published,
                published_origin=article.published_origin,
                published_certainty=article.published_certainty,
                text=text,
            )
            self._vectors[self._last_passage_id] = vector.copy()
            self._terms[self._last_passage_id] = (title_terms, text_terms)

    def _drop_passages(self, article_id: int) -> None:
        for passage in [passage for passage in self._passages.values() if passage.article_id == article_id]:
            del self._passages[passage.id], self._vectors[passage.id], self._terms[passage.id]

    def _find(self, origin: str) -> int:
        return next(versions[-1].id for versions in self._versions.values() if versions[-1].origin == origin)

    def _summary(self, article: StoredArticle) -> ArticleSummary:
        return ArticleSummary(
            id=article.id,
            version=article.version,
            source=article.source,
            title=article.title,
            url=article.url,
            published=article.published,
            published_origin=article.published_origin,
            published_certainty=article.published_certainty,
            added_at=article.added_at,
            length_chars=len(article.text),
            passage_count=sum(passage.article_id == article.id for passage in self._passages.values()),
        )


def _passes(passage: StoredPassage | StoredArticle, article_filter: ArticleFilter) -> bool:
    day = None if passage.published is None else date.fromisoformat(passage.published[:10])
    if article_filter.since is not None and (day is None or day < article_filter.since):
        return False
    if article_filter.until is not None and (day is None or day > article_filter.until):
        return False
    if article_filter.source is None:
        return True
    above = article_filter.source.rstrip("/")
    return passage.source == above or passage.source.startswith(above + "/")
