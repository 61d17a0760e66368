from datetime import date

import numpy as np
import pytest

from rag.answers import Quotation, Relation
from rag.articles import StoredPassage
from rag.calibration import FEATURES, Calibration, LogisticModel
from rag.candidates import Candidate
from rag.near_copies import count_independent, fingerprint
from rag.quotations import weigh
from rag.retriever import RetrievedPassage
from rag.stories.kinship import is_same_story
from rag.stories.past_values import is_past_value

WIRE = (
    "Nine miners died when the roof of the Hollin colliery came down on Monday, the inspectorate said. Rescuers from"
    " three towns were still digging at dusk. The owner of the colliery, Orrin Coal, did not answer calls. A school was"
    " opened for the families, who waited all night for news."
)
OTHER = (
    "The museum in Marrowby bought a painting of a horse on Friday. It will hang beside the stairs until the autumn,"
    " when the gallery closes for repairs."
)

_MARGIN = LogisticModel(
    weights=np.array([1.0 if name == "margin" else 0.0 for name in FEATURES]),
    means=np.zeros(len(FEATURES)),
    scales=np.ones(len(FEATURES)),
    bias=-2.0,
)
BY_MARGIN = Calibration(ranking=_MARGIN, confidence=_MARGIN, min_confidence=0.5, reader_margin=0.0, reader_sha256="")


def passage(
    article_id: int, text: str, published: str | None, title: str = "Deaths in the Hollin colliery"
) -> StoredPassage:
    return StoredPassage(
        id=article_id,
        article_id=article_id,
        version=1,
        title=title,
        source=f"{article_id}.txt",
        url=None,
        published=published,
        text=text,
        start=0,
        end=len(text),
    )


def report(
    article_id: int, text: str, span: str, published: str | None, *, margin: float = 5.0, title: str | None = None
) -> Candidate:
    stored = passage(article_id, text, published, title or "Deaths in the Hollin colliery")
    start = text.index(span)
    return Candidate(
        retrieved=RetrievedPassage(passage=stored, score=0.1, dense_rank=1, dense_score=0.5, lexical_rank=None),
        rank=article_id,
        start=start,
        end=start + len(span),
        text=span,
        span_score=margin,
        null_score=0.0,
    )


def told(article_id: int, count: str, published: str | None, *, margin: float = 5.0) -> Candidate:
    text = f"The number of miners who died in the Hollin colliery is {count}, the inspectorate said."
    return report(article_id, text, count, published, margin=margin)


def weighed(
    *candidates: Candidate, question: str = "How many miners died?", clock: date | None = None
) -> list[Quotation]:
    return weigh(question, candidates, calibration=BY_MARGIN, min_confidence=0.5, clock=clock)


def order(quotations: list[Quotation]) -> list[tuple[str, Relation]]:
    return [(quotation.text, quotation.relation) for quotation in quotations]


def test_the_latest_value_of_a_story_is_current_and_the_others_are_earlier_latest_first():
    quotations = weighed(
        told(1, "three", "2026-01-12", margin=9.0),
        told(2, "eleven", "2026-01-14", margin=4.0),
        told(3, "seven", "2026-01-13T18:00:00+00:00", margin=6.0),
    )
    assert order(quotations) == [
        ("eleven", Relation.CURRENT),
        ("seven", Relation.EARLIER),
        ("three", Relation.EARLIER),
    ]


def test_a_correction_to_a_smaller_value_supersedes():
    quotations = weighed(told(1, "eleven", "2026-01-12", margin=9.0), told(2, "ten", "2026-01-13"))
    assert order(quotations) == [("ten", Relation.CURRENT), ("eleven", Relation.EARLIER)]


def test_a_value_that_a_later_article_looks_back_on_is_not_current():
    later = "The number of miners who died in the Hollin colliery rose to eleven, up from nine."
    quotations = weighed(
        report(2, later, "nine", "2026-01-13", margin=9.0), report(2, later, "eleven", "2026-01-13", margin=5.0)
    )
    assert order(quotations) == [("eleven", Relation.CURRENT), ("nine", Relation.EARLIER)]


def test_a_denied_value_is_not_current():
    denial = "The owner denied that thirty miners had died in the Hollin colliery."
    quotations = weighed(told(1, "nine", "2026-01-12"), report(2, denial, "thirty", "2026-01-13", margin=9.0))
    assert quotations[0].text == "nine"


def test_undated_articles_are_never_ordered_by_time():
    quotations = weighed(told(1, "three", None, margin=9.0), told(2, "eleven", "2026-01-14", margin=4.0))
    assert order(quotations) == [("three", Relation.CURRENT), ("eleven", Relation.OTHER)]


@pytest.mark.parametrize(("claimed", "first"), [("9999-12-31", "three"), ("2026-01-15", "eleven"), ("soon", "three")])
def test_an_article_that_claims_to_be_from_the_future_supersedes_nothing(claimed, first):
    candidates = told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", claimed, margin=4.0)
    assert weighed(*candidates, clock=date(2026, 1, 14))[0].text == first


def test_values_of_other_stories_are_never_ordered_by_time():
    elsewhere = report(
        2,
        "Four visitors fell from the stairs of the Marrowby museum.",
        "Four",
        "2026-03-01",
        margin=4.0,
        title="Museum",
    )
    quotations = weighed(told(1, "three", "2026-01-12", margin=9.0), elsewhere)
    assert order(quotations) == [("three", Relation.CURRENT), ("Four", Relation.OTHER)]


def test_a_value_below_the_operating_point_supersedes_nothing():
    quotations = weighed(told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14", margin=0.5))
    assert order(quotations) == [("three", Relation.CURRENT), ("eleven", Relation.OTHER)]


def test_two_values_that_one_article_tells_are_of_two_things():
    text = "The number of miners who died in the Hollin colliery is nine; another 40 came out alive, the owner said."
    quotations = weighed(report(1, text, "nine", "2026-01-12", margin=9.0), report(1, text, "40", "2026-01-12"))
    assert order(quotations) == [("nine", Relation.CURRENT), ("40", Relation.OTHER)]


def test_a_question_for_the_first_value_leaves_the_order_of_reading():
    candidates = told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14", margin=4.0)
    quotations = weighed(*candidates, question="How many miners were first said to have died?")
    assert quotations[0].text == "three"


def test_names_do_not_supersede_one_another():
    def said(article_id: int, name: str, published: str, margin: float) -> Candidate:
        return report(article_id, f"Help came to the Hollin colliery, {name} said.", name, published, margin=margin)

    quotations = weighed(
        said(1, "Ada Ray", "2026-01-12", 9.0),
        said(2, "Tom Orr", "2026-01-13", 4.0),
        question="Who said that help came?",
    )
    assert order(quotations) == [("Ada Ray", Relation.CURRENT), ("Tom Orr", Relation.OTHER)]


def test_speakers_are_told_in_the_offsets_of_the_article():
    candidate = told(1, "three", "2026-01-12")
    (quotation,) = weighed(candidate)
    assert quotation.speaker is not None
    text = candidate.retrieved.passage.text
    assert text[quotation.speaker.start : quotation.speaker.end] == quotation.speaker.text == "the inspectorate"


def test_copies_count_as_one_source():
    copies = [told(number, "nine", "2026-01-12") for number in range(1, 11)]
    assert [quotation.sources for quotation in weighed(*copies)] == [1]


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        ([], 0),
        (["", ""], 2),
        ([WIRE, WIRE], 1),
        ([WIRE, "Roof fall kills nine\n\n" + WIRE.replace("on Monday", "this Monday")], 1),
        ([WIRE, WIRE[: len(WIRE) // 2]], 1),
        ([WIRE, OTHER], 2),
        ([WIRE, OTHER, WIRE, OTHER], 2),
    ],
)
def test_near_copies_are_one_text_cut_or_changed_a_little(texts, count):
    assert count_independent(texts) == count


def test_an_update_with_another_number_adds_something():
    update, copy = WIRE.replace("Nine", "Eleven"), WIRE.replace("on Monday", "this Monday")
    assert not fingerprint(update).adds_nothing_to(fingerprint(WIRE))
    assert fingerprint(copy).adds_nothing_to(fingerprint(WIRE))
    assert not fingerprint(f"{copy} {OTHER}").adds_nothing_to(fingerprint(WIRE))


def test_reports_of_one_event_are_one_story_and_others_are_not():
    first = passage(1, WIRE, "2026-01-12")
    second = passage(2, "The colliery at Hollin where miners died on Monday stays closed.", "2026-01-13")
    assert is_same_story(first, second)
    assert not is_same_story(first, passage(3, OTHER, "2026-01-13", title="Museum buys painting"))
    assert not is_same_story(passage(4, "", None, title=""), passage(5, "", None, title=""))


@pytest.mark.parametrize(
    "marked",
    [
        "The toll rose to eleven, up from [nine].",
        "It raised the fine from [48 million] to 62 million.",
        "It cut the fine to 39 million on Wednesday, from [62 million].",
        "4,700 had to leave, and not [5,100] as announced a day earlier.",
        "An earlier version of this story said that [eleven] people had died.",
        "It will come not on [20 June] but on 1 September.",
        "It lasted a week instead of [four days].",
    ],
)
def test_what_held_before_is_told_from_what_holds(marked):
    start, end = marked.index("["), marked.index("]") - 1
    assert is_past_value(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    "marked",
    [
        "It raised the fine from 48 million to [62 million].",
        "It will come not on 20 June but on [1 September].",
        "[4,700] had to leave, and not 5,100 as announced.",
        "More than [40] people died.",
        "For the first time [nine] people came.",
    ],
)
def test_what_holds_is_not_taken_for_what_held_before(marked):
    start, end = marked.index("["), marked.index("]") - 1
    assert not is_past_value(marked.replace("[", "").replace("]", ""), start, end)
