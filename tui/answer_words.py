"""How an answer is put into words, the same on every terminal."""

from rag.answers import Citation, Quotation

__all__ = ["NOT_SAID", "one_line", "sentence_parts", "surety"]

NOT_SAID = "The articles do not say."


def surety(quotation: Quotation) -> str:
    """Return how sure the answer is, and how many articles say so."""
    said = "1 article says so" if quotation.sources == 1 else f"{quotation.sources} articles say so"
    return f"{quotation.confidence:.0%} sure; {said}"


def sentence_parts(citation: Citation) -> tuple[str, str, str]:
    """Return the cited sentence on one line: what stands before the span, the span, and what stands after it."""
    text, offset = one_line(citation.sentence.text), citation.sentence.start
    start, end = citation.start - offset, citation.end - offset
    return text[:start], text[start:end], text[end:]


def one_line(text: str) -> str:
    """Return the text with line breaks shown as spaces, one for one."""
    return text.replace("\r", " ").replace("\n", " ")
