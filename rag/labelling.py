"""Where an article came from and when it was published, as the person says, the file says, or the text lets infer."""

from dataclasses import replace
from datetime import date, timedelta

from rag.articles import Article, DateCertainty, DateOrigin

__all__ = ["dated", "labelled"]


def labelled(article: Article, *, source: str | None, published: str | None) -> Article:
    """Put what the person gave above what the file says."""
    if source is not None:
        article = replace(article, source=f"{source}/{article.source}")
    if published is not None:
        article = replace(
            article,
            published=published,
            published_origin=DateOrigin.GIVEN,
            published_certainty=DateCertainty.CERTAIN,
        )
    return article


def dated(article: Article, today: date) -> Article:
    """Infer a date where none is stated; one that is stated and lies ahead is kept, and marked as unsure."""
    if article.published is None:
        from rag.times.publication import infer_published

        inferred = infer_published(article.text, added=today)
        if inferred is None:
            return article
        return replace(
            article,
            published=inferred.day.isoformat(),
            published_origin=DateOrigin.INFERRED,
            published_certainty=inferred.certainty,
        )
    is_ahead = article.published[:10] > (today + timedelta(days=1)).isoformat()
    if is_ahead and article.published_origin is not DateOrigin.GIVEN:
        return replace(article, published_certainty=DateCertainty.UNSURE)
    return article
