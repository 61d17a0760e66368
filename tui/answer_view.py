"""An answer as lines for a terminal or a pipe."""

from collections.abc import Iterator

from rich.text import Text

from rag.answers import Answer, Citation, HitTrace, Quotation, Relation
from rag.articles import DateOrigin
from tui.answer_words import NOT_SAID, claim_words, day_words, sentence_parts, surety
from tui.calendar_words import calendar_words
from tui.printing import line

__all__ = ["answer_lines"]


def answer_lines(answer: Answer, *, shows_all: bool = False) -> Iterator[Text]:
    """Yield the quotation with where it stands, or why there is none; ``shows_all`` adds what was read."""
    if answer.quotation is not None:
        yield from _quotation_lines(answer.quotation)
    elif answer.abstention is not None:
        yield line((NOT_SAID, "bold"))
        yield line(f"  {answer.abstention.message}")
        if answer.trace.hits:
            nearest = answer.trace.hits[0]
            yield line(
                "  The nearest passage: ", (_show_command(nearest.article_id, nearest.start, nearest.end), "dim")
            )
    if answer.also_reported:
        yield line()
        yield line(("Also reported", "bold"))
        for quotation in answer.also_reported:
            yield from _brief_lines(quotation)
    if shows_all:
        yield from _trace_lines(answer)


def _quotation_lines(quotation: Quotation) -> Iterator[Text]:
    citation = quotation.citation
    before, span, after = sentence_parts(citation)
    yield line(*_quoted(quotation, "bold green"))
    if quotation.resolved is not None and quotation.resolved.start is not None:
        yield line(f"  = {calendar_words(quotation.resolved)}")
    yield line(f"  {surety(quotation)}")
    yield line()
    yield line("  ", before, (span, "bold underline"), after)
    yield line()
    yield line(f"  {citation.title}")
    yield line((f"  {_place(quotation)}", "dim"))
    yield line("  ", (_show_command(citation.article_id, citation.start, citation.end), "dim"))


def _brief_lines(quotation: Quotation) -> Iterator[Text]:
    citation = quotation.citation
    told = f"earlier, {_day(citation)}: " if quotation.relation is Relation.EARLIER else ""
    yield line(f"  {told}", *_quoted(quotation, "bold"), f" ({surety(quotation)}): {citation.title}")
    yield line((f"    {_place(quotation)}", "dim"))
    yield line("    ", (_show_command(citation.article_id, citation.start, citation.end), "dim"))


def _quoted(quotation: Quotation, style: str) -> tuple[tuple[str, str], str]:
    """Return the words with how firmly and by whom they are said, so that no denied claim stands alone."""
    claim = claim_words(quotation)
    return (f"“{quotation.text}”", style), f", {claim}" if claim else ""


def _day(citation: Citation) -> str:
    return day_words(citation.published) if citation.published is not None else "undated"


def _place(quotation: Quotation) -> str:
    citation = quotation.citation
    is_inferred = citation.published_origin is DateOrigin.INFERRED
    told = "published about" if is_inferred else "published"
    published = f", {told} {citation.published}" if citation.published else ""
    return f"{citation.source}, characters {citation.start} to {citation.end}{published}"


def _trace_lines(answer: Answer) -> Iterator[Text]:
    timings = answer.trace.timings_ms
    yield line()
    yield line(("What was read", "bold"), f" (best first; {timings.total:.0f} ms)")
    for hit in answer.trace.hits:
        yield line(
            "  ",
            _show_command(hit.article_id, hit.start, hit.end),
            (f"  {_ranks(hit)}, margin {_margin(hit)}", "dim"),
        )


def _ranks(hit: HitTrace) -> str:
    by_meaning = "not found" if hit.dense_rank is None else f"rank {hit.dense_rank}"
    by_words = "not found" if hit.lexical_rank is None else f"rank {hit.lexical_rank}"
    return f"by meaning {by_meaning}, by words {by_words}"


def _margin(hit: HitTrace) -> str:
    return "none" if hit.span_score is None else f"{hit.span_score - hit.null_score:+.1f}"


def _show_command(article_id: int, start: int, end: int) -> str:
    return f"pullquote show {article_id} --span {start}:{end}"
