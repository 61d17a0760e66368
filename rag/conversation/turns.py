"""What a conversation consists of, and what comes of its last question."""

from dataclasses import dataclass

from rag.answers import Answer, FollowUp

__all__ = ["PastTurn", "Rewriting", "StandaloneQuestion"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastTurn:
    """A question that was asked before, and what answered it.

    Attributes:
        answer: The words; None where the articles did not say.
        article_id: The article that they stand in, or the nearest where the articles did not say; None where it is not
            known.
    """

    question: str
    answer: str | None
    article_id: int | None = None

    @classmethod
    def of(cls, question: str, answer: Answer) -> "PastTurn":
        """Return a turn that the product answered itself."""
        quotation = answer.quotation
        if quotation is None:
            nearest = answer.trace.hits[0].article_id if answer.trace.hits else None
            return cls(question=question, answer=None, article_id=nearest)
        return cls(question=question, answer=quotation.text, article_id=quotation.citation.article_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneQuestion:
    """What is really asked, and how it came about."""

    query: str
    follow_up: FollowUp

    @property
    def in_context(self) -> str:
        """The query as the reader is asked it: with the question before and its answer in brackets behind it."""
        context = self.follow_up.context
        return self.query if context is None else f"{self.query} ({context})"


@dataclass(frozen=True, slots=True)
class Rewriting:
    """The words of a stand-alone question without its mark, and what of them came from earlier turns.

    Attributes:
        is_open: Whether a word in it still refers to something that it does not name.
    """

    text: str
    carried: tuple[str, ...]
    is_open: bool = False
