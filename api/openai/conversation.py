"""Messages to a question and the turns before it, and an answer to a message: each the other's way back."""

from collections.abc import Sequence

from api.openai.schemas import Annotation, ChatMessage, Reply, UrlCitation
from api.schemas import MAX_ANSWER_CHARS
from rag.answers import Answer, Citation, Quotation
from rag.assistant import MAX_QUESTION_CHARS
from rag.conversation import PastTurn
from rag.errors import QuestionError

__all__ = ["last_question", "past_turns", "reply_to"]

OPENING = "“"
CLOSING = "” [1]"
"""Around the words of the answer in a reply; between them they are found again when it comes back as history."""

WEB_ADDRESSES = ("https://", "http://")


def last_question(messages: Sequence[ChatMessage]) -> str:
    """Return what the last user message asks.

    Raises:
        QuestionError: There is none.
    """
    for message in reversed(messages):
        if message.role == "user":
            return message.text
    raise QuestionError("No message comes from a user.", 'Send one with "role": "user" that asks something.')


def past_turns(messages: Sequence[ChatMessage]) -> tuple[PastTurn, ...]:
    """Return the questions before the last one, each with the words it was answered with, oldest first."""
    turns: list[PastTurn] = []
    for message in messages:
        if message.role == "user":
            turns.append(PastTurn(question=message.text[:MAX_QUESTION_CHARS], answer=None))
        elif message.role == "assistant" and turns:
            turns[-1] = PastTurn(question=turns[-1].question, answer=_words_in(message.text))
    return tuple(turns[:-1])


def reply_to(answer: Answer, *, base_url: str) -> Reply:
    """Return the quotation with its sentence and source, or why there is none.

    Args:
        answer: What to tell.
        base_url: Of this server, with a slash at its end; an article without an address on the web is linked there.
    """
    if answer.quotation is None:
        assert answer.abstention is not None
        return Reply(content=f"The articles do not say. {answer.abstention.message}")
    lines = [f"{OPENING}{answer.quotation.text}{CLOSING}"]
    quotations = [answer.quotation, *answer.also_reported]
    annotations = [_annotation(answer.quotation, start=len(OPENING), base_url=base_url)]
    if answer.also_reported:
        lines.append("Also reported:")
    length = sum(len(line) + 2 for line in lines)
    for number, quotation in enumerate(answer.also_reported, start=2):
        annotations.append(_annotation(quotation, start=length + len(OPENING), base_url=base_url))
        lines.append(f"{OPENING}{quotation.text}” [{number}]")
        length += len(lines[-1]) + 2
    lines.append("\n".join(_source(quotation, number) for number, quotation in enumerate(quotations, start=1)))
    return Reply(content="\n\n".join(lines), annotations=annotations)


def _words_in(reply: str) -> str | None:
    """Return the words that a reply of ours quotes; None for an abstention, and for anything else."""
    end = reply.find(CLOSING)
    return reply[len(OPENING) : end][:MAX_ANSWER_CHARS] if reply.startswith(OPENING) and end > 0 else None


def _annotation(quotation: Quotation, *, start: int, base_url: str) -> Annotation:
    citation = quotation.citation
    return Annotation(
        url_citation=UrlCitation(
            start_index=start,
            end_index=start + len(quotation.text),
            title=citation.title or citation.source,
            url=_address(citation, base_url=base_url),
        )
    )


def _address(citation: Citation, *, base_url: str) -> str:
    """Return where to read the article; an address that is not one of the web (``javascript:``) is never passed on."""
    if citation.url is not None and citation.url.lower().startswith(WEB_ADDRESSES):
        return citation.url
    return f"{base_url}v1/articles/{citation.article_id}?version={citation.version}"


def _source(quotation: Quotation, number: int) -> str:
    """Return a line of the list of sources: number, headline, where from, when, how sure, and the sentence."""
    citation = quotation.citation
    told = [citation.title, citation.source, citation.published, f"{quotation.confidence:.0%} sure"]
    sentence = " ".join(citation.sentence.text.split())
    return f"[{number}] {', '.join(part for part in told if part)}: {sentence}"
