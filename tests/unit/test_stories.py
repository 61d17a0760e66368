import math
from datetime import date

import pytest

from rag.answers import Quotation, Relation
from rag.articles import StoredPassage
from rag.candidates import Candidate
from rag.near_copies import count_independent, fingerprint
from rag.quotations import weigh
from rag.retriever import RetrievedPassage
from rag.stories.kinship import is_same_story
from rag.stories.past_values import is_past_value, new_values
from tests.unit.evaluated import BY_MARGIN

WIRE = (
    "Nine miners died when the roof of the Hollin colliery came down on Monday, the inspectorate said. Rescuers from"
    " three towns were still digging at dusk. The owner of the colliery, Orrin Coal, did not answer calls. A school was"
    " opened for the families, who waited all night for news."
)
OTHER = (
    "The museum in Marrowby bought a painting of a horse on Friday. It will hang beside the stairs until the autumn,"
    " when the gallery closes for repairs."
)


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


def test_a_value_far_below_the_operating_point_supersedes_nothing():
    quotations = weighed(told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14", margin=0.3))
    assert order(quotations) == [("three", Relation.CURRENT), ("eleven", Relation.OTHER)]


REVISED = "The inspectorate lowered the number of deaths to ten on Friday. On Thursday it had stood at eleven."


def test_a_value_hardly_read_supersedes_the_one_that_its_article_looks_back_on():
    unsure = report(2, REVISED, "ten", "2026-01-14", margin=-4.0)
    quotations = weighed(told(1, "eleven", "2026-01-12", margin=9.0), unsure)
    assert order(quotations) == [("ten", Relation.CURRENT), ("eleven", Relation.EARLIER)]


def test_a_value_not_read_at_all_is_quoted_where_its_article_looks_back_on_a_sure_one():
    other = report(2, REVISED, "Friday", "2026-01-14", margin=-8.0)
    quotations = weighed(told(1, "eleven", "2026-01-12", margin=9.0), other)
    assert order(quotations)[:2] == [("ten", Relation.CURRENT), ("eleven", Relation.EARLIER)]
    start = REVISED.index("ten")
    assert (quotations[0].citation.start, quotations[0].citation.end) == (start, start + 3)


@pytest.mark.parametrize(
    ("later", "published"),
    [
        ("The inspectorate put the number of deaths at ten on Friday.", "2026-01-14"),
        (REVISED, "2026-01-11"),
        ("Of the dead, ten of the eleven were from Hollin, the inspectorate said on Friday.", "2026-01-14"),
        (REVISED.replace("to ten", "to ten thousand"), "2026-01-14"),
    ],
)
def test_a_value_hardly_read_supersedes_nothing_that_is_not_looked_back_on_earlier_or_of_its_size(later, published):
    span = "ten thousand" if "thousand" in later else "ten"
    unsure = report(2, later, span, published, margin=-4.0)
    assert weighed(told(1, "eleven", "2026-01-12", margin=9.0), unsure)[0].text == "eleven"


def test_what_was_not_read_is_nothing_by_itself():
    (only,) = weighed(report(2, REVISED, "Friday", "2026-01-14"))
    assert only.text == "Friday"


def test_reports_of_a_revised_value_can_be_sure_together():
    candidates = told(1, "eleven", "2026-01-12", margin=1.7), report(2, REVISED, "ten", "2026-01-14", margin=1.6)
    assert weighed(candidates[0])[0].confidence < 0.5
    first, *_ = weighed(*candidates)
    assert (first.text, first.relation, first.confidence) == ("ten", Relation.CURRENT, 0.5)


def test_what_is_sure_together_alone_is_no_surer_than_the_operating_point():
    candidates = told(1, "eleven", "2026-01-12", margin=1.7), report(2, REVISED, "ten", "2026-01-14", margin=1.6)
    first, *_ = weigh("How many miners died?", candidates, calibration=BY_MARGIN, min_confidence=0.55)
    assert first.confidence < 0.5


def test_a_later_article_need_not_say_that_the_value_it_names_held_before():
    later = "The inspectorate counts ten deaths in the Hollin colliery. The list of the owner has eleven names."
    unsure = report(2, later, "ten", "2026-01-14", margin=-4.0)
    assert order(weighed(told(1, "eleven", "2026-01-12", margin=9.0), unsure))[0] == ("ten", Relation.CURRENT)


def test_an_article_of_the_day_that_was_announced_revises_it_by_another():
    text = "The hearing on the Hollin colliery deaths is on 16 January."
    before = report(1, text, "16 January", "2026-01-10", margin=9.0)
    text = "Hollin, 16 January 2026\n\nThe owner of the Hollin colliery will be heard about the deaths on 2 February."
    later = report(2, text, "2 February", "2026-01-16", margin=-4.0)
    assert weighed(before, later, question="When is the hearing?")[0].text == "2 February"


def test_the_number_of_a_day_is_no_count_that_an_article_names():
    text = "Hollin, 11 January 2026\n\nIn the Hollin colliery ten miners died, the inspectorate said."
    later = report(2, text, "ten", "2026-01-14", margin=-4.0)
    assert weighed(told(1, "eleven", "2026-01-10", margin=9.0), later)[0].text == "eleven"


def test_what_one_source_says_is_not_superseded_by_another():
    candidates = told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14")
    question = "How many miners died according to the inspectorate?"
    assert weighed(*candidates, question=question)[0].text == "three"


def test_two_values_that_one_article_tells_are_of_two_things():
    text = "The number of miners who died in the Hollin colliery is nine; another 40 came out alive, the owner said."
    quotations = weighed(report(1, text, "nine", "2026-01-12", margin=9.0), report(1, text, "40", "2026-01-12"))
    assert order(quotations) == [("nine", Relation.CURRENT), ("40", Relation.OTHER)]


def test_a_value_read_nearly_surely_enough_supersedes_one_of_its_story_and_is_as_sure():
    quotations = weighed(told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14", margin=1.7))
    assert order(quotations)[0] == ("eleven", Relation.CURRENT)
    assert quotations[0].confidence == pytest.approx(1 / (1 + math.exp(-7.0)))


def test_what_an_article_of_the_story_says_first_to_the_question_counts_sooner_than_what_it_says_beside():
    text = "The number of miners who died in the Hollin colliery is {}, the inspectorate said. Trucks: {}."
    leads = report(2, text.format("eleven", 14), "eleven", "2026-01-14", margin=0.8)
    beside = report(2, text.format("twelve", "eleven"), "eleven", "2026-01-14", margin=0.8)
    surer = report(2, text.format("twelve", "eleven"), "Trucks", "2026-01-14", margin=0.9)
    sure = told(1, "three", "2026-01-12", margin=9.0)
    assert order(weighed(sure, leads))[0] == ("eleven", Relation.CURRENT)
    assert order(weighed(sure, beside, surer))[0] == ("three", Relation.CURRENT)


@pytest.mark.parametrize(
    "question",
    ["How many miners died in the first pit?", "How many miners died before Friday?", "How many old miners died?"],
)
def test_first_before_and_old_do_not_ask_for_a_former_value_by_themselves(question):
    candidates = told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14", margin=4.0)
    assert order(weighed(*candidates, question=question))[0] == ("eleven", Relation.CURRENT)


@pytest.mark.parametrize(
    "question",
    ["What was the first count of the dead miners?", "What was the number before?", "How many died at first?"],
)
def test_a_question_for_a_former_value_is_told_by_what_it_asks_for(question):
    candidates = told(1, "three", "2026-01-12", margin=9.0), told(2, "eleven", "2026-01-14", margin=4.0)
    assert order(weighed(*candidates, question=question))[0] == ("three", Relation.CURRENT)


def test_how_long_may_ask_for_a_distance():
    def bored(article_id: int, length: str, published: str, margin: float) -> Candidate:
        text = f"The tunnel under Mount Hollin, which the canton bored, is {length} long, its engineers said."
        return report(article_id, text, length, published, margin=margin)

    quotations = weighed(
        bored(1, "12.4 kilometres", "2026-01-12", 9.0),
        bored(2, "13.1 kilometres", "2026-01-14", 4.0),
        question="How long is the tunnel?",
    )
    assert order(quotations) == [("13.1 kilometres", Relation.CURRENT), ("12.4 kilometres", Relation.EARLIER)]


def test_a_bare_number_gives_way_to_a_value_of_its_article_in_the_unit_that_was_asked_for():
    text = "The fine of the Hollin colliery is {} euros, the court said."
    later = f"{text.format('62 million')} Its owner earned 48 million."
    quotations = weighed(
        report(1, text.format("40 million"), "40 million euros", "2026-01-12", margin=9.0),
        report(2, later, "48 million", "2026-01-14", margin=6.0),
        report(2, later, "62 million euros", "2026-01-14", margin=5.0),
        question="How much is the fine of the colliery?",
    )
    assert order(quotations)[:2] == [("62 million euros", Relation.CURRENT), ("40 million euros", Relation.EARLIER)]


def test_a_bare_number_gives_way_to_a_count_of_what_was_counted_first():
    quotations = weighed(
        report(1, "The mayor of Hollin leads by 23 votes.", "23 votes", "2026-01-16", margin=9.0),
        report(2, "The mayor has 9,833 so far in Hollin, and leads by 41 votes.", "9,833", "2026-01-14", margin=7.0),
        report(2, "The mayor has 9,833 so far in Hollin, and leads by 41 votes.", "41 votes", "2026-01-14", margin=4.0),
        question="How large is the mayor's lead in votes?",
    )
    assert order(quotations)[:2] == [("23 votes", Relation.CURRENT), ("41 votes", Relation.EARLIER)]


@pytest.mark.parametrize(
    ("text", "span", "quoted"),
    [
        (
            "The festival counted 71,000 visitors, it said on Monday. On Sunday it had spoken of 62,000.",
            "71,000 visitors, it said on Monday. On Sunday it had spoken of 62,000",
            "71,000 visitors",
        ),
        (
            "At noon minus 51.3 degrees was recorded, nearly one degree less than the record of minus 50.4.",
            "minus 51.3 degrees was recorded, nearly one degree less than the record of minus 50.4",
            "minus 51.3 degrees",
        ),
        (
            "The sailing of 30 March has been put off to 20 June.",
            "30 March has been put off to 20 June",
            "20 June",
        ),
        ("Between 40 and 60 were hurt.", "Between 40 and 60", "Between 40 and 60"),
        ("They asked for 12 percent, then 9.", "12 percent, then 9", "12 percent, then 9"),
    ],
)
def test_of_a_span_that_runs_on_behind_its_value_the_value_is_quoted(text, span, quoted):
    quotations = weighed(report(1, text, span, "2026-01-12"), question="How many were there?")
    assert [quotation.text for quotation in quotations] == [quoted]
    assert text[quotations[0].citation.start : quotations[0].citation.end] == quoted


def test_what_runs_from_the_old_value_to_the_new_one_is_quoted_as_the_new_one():
    text = "The yard has pushed back the delivery of the ferry from 30 March to 20 June."
    quotations = weighed(
        report(1, text, "30 March to 20 June", "2025-03-11"), question="When will the ferry be delivered?"
    )
    assert [quotation.text for quotation in quotations] == ["20 June"]
    assert text[quotations[0].citation.start : quotations[0].citation.end] == "20 June"
    stretch = "The museum shows the ferry from 30 March to 20 June."
    quotations = weighed(report(1, stretch, "30 March to 20 June", "2025-03-11"), question="When is the ferry shown?")
    assert [quotation.text for quotation in quotations] == ["30 March to 20 June"]


@pytest.mark.parametrize(
    ("question", "later", "span"),
    [
        ("How long was the strike?", "The union has extended the strike by three days.", "three days"),
        ("How long was the strike?", "On the strike's last morning they sang for 30 minutes.", "30 minutes"),
        ("How many days was the strike?", "The strike has cost the airline 40 million marks.", "40 million marks"),
        (
            "How long was the strike?",
            "Half an hour of strike is a long time, the union of pilots said.",
            "Half an hour",
        ),
    ],
)
def test_a_change_and_what_is_of_another_size_or_sort_are_no_rivals(question, later, span):
    first = "The strike of the pilots will last four days, their union said."
    quotations = weighed(
        report(1, first, "four days", "2025-07-11", margin=9.0, title="The pilots' strike"),
        report(2, later, span, "2025-07-14", margin=8.0, title="The pilots' strike"),
        question=question,
    )
    assert order(quotations) == [("four days", Relation.CURRENT), (span, Relation.OTHER)]


def test_beside_a_time_words_of_time_that_name_none_are_not_reported():
    ends = report(1, "The truce of the pilots ends on 20 June.", "20 June", "2026-06-01", margin=9.0)
    nears = report(2, "The war of the pilots nears its fourth year.", "fourth year", "2026-06-02", margin=8.0)
    after = report(3, "The truce of the pilots ends after the harvest.", "after the harvest", "2026-06-02", margin=7.0)
    undated = report(4, "The truce of the pilots ends on Sunday.", "Sunday", None, margin=6.0)
    quotations = weighed(ends, nears, after, undated, question="When does the truce end?")
    assert [quotation.text for quotation in quotations] == ["20 June", "after the harvest", "Sunday"]
    years = weighed(nears, ends, question="What do the pilots say?")
    assert [quotation.text for quotation in years] == ["20 June", "fourth year"]


def test_the_unit_of_a_value_may_stand_behind_it():
    quotations = weighed(
        report(1, "The fine for the mine is 48 million marks.", "48 million marks", "2026-01-12", margin=9.0),
        report(2, "The fine for the mine is 62 million marks now.", "62 million", "2026-01-14"),
        report(3, "The fine for the mine is to be paid within 30 days.", "30", "2026-01-15"),
        question="How much is the fine for the mine?",
    )
    assert order(quotations) == [
        ("62 million", Relation.CURRENT),
        ("48 million marks", Relation.EARLIER),
        ("30", Relation.OTHER),
    ]


def test_a_weekday_and_its_date_are_one_value_of_which_the_date_is_quoted():
    text = "The truce is set to last until Sunday, its envoys said. It ends on Sunday, February 1st, at noon."
    quotations = weighed(
        report(1, text, "Sunday", "2026-01-30", margin=9.0),
        report(1, text, "Sunday, February 1st", "2026-01-30", margin=5.0),
        question="When does the truce end?",
    )
    assert [quotation.text for quotation in quotations] == ["Sunday, February 1st"]


def test_a_weekday_counts_from_the_day_of_its_own_article():
    quotations = weighed(
        report(1, "The talks of the envoys ended on Tuesday.", "Tuesday", "2026-01-14", margin=9.0),
        report(2, "The talks of the envoys ended on 13 January.", "13 January", "2026-01-20"),
        report(3, "The talks of the envoys ended on Tuesday.", "Tuesday", "2026-01-29"),
        question="When did the talks end?",
    )
    assert sorted(quotation.citation.article_id for quotation in quotations) in ([1, 3], [2, 3])


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


def test_names_in_common_make_a_story_of_reports_that_share_few_other_words():
    first = passage(1, "On Monday nine died at Hollin, Ada Ray of Orrin Coal said.", None, title="Roof falls")
    second = passage(2, "Late on Monday Ada Ray told Orrin Coal to leave Hollin.", None, title="Owner heard")
    other = passage(3, "Late on Monday Tom Orr told Wexley Bank to leave Marrow.", None, title="Owner heard")
    assert is_same_story(first, second)
    assert not is_same_story(first, other)


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
        "The strike, which had been meant to run for [nine days], was called off.",
        "The ferry ought to have been delivered [in March].",
        "The handover, last announced for [14 November], has been put off until 22 January.",
        "The date of [9 September] had been fixed only three weeks ago.",
        "The deadline had already been moved to 15 May and to [29 May].",
        "The ferry will not come on [20 June] but on 1 September.",
        "It was first to have been launched on 9 September and then on [16 September].",
        "The court had previously asked for 3.5 million, and in October for [five].",
        "The reading of that night, [minus 51.3], has been struck out.",
        "It stood at minus 50.4 degrees, more than two degrees below Monday's [48.1].",
        "It was nearly one degree less than the record of Tuesday, which was [minus 50.4].",
        "On Sunday they had spoken of [62,000].",
    ],
)
def test_what_held_before_is_told_from_what_holds(marked):
    start, end = marked.index("["), marked.index("]") - 1
    assert is_past_value(marked.replace("[", "").replace("]", ""), start, end)


@pytest.mark.parametrize(
    ("marked", "is_new"),
    [
        ("The number was lowered on Tuesday to [ten].", True),
        ("Four more bodies were found, taking the toll to [eleven].", True),
        ("The record has been fixed at [minus 50.9 degrees].", True),
        ("The handover has been put off until [22 January].", True),
        ("Police took [ten] children to the library.", False),
        ("The date was moved. A ferry goes to [nine] islands.", False),
    ],
)
def test_what_a_value_was_changed_to_is_told(marked, is_new):
    start, end = marked.index("["), marked.index("]") - 1
    told_new = new_values(marked.replace("[", "").replace("]", ""))
    assert any(start <= at < end for at in told_new) == is_new


@pytest.mark.parametrize(
    "marked",
    [
        "It raised the fine from 48 million to [62 million].",
        "It will come not on 20 June but on [1 September].",
        "[4,700] had to leave, and not 5,100 as announced.",
        "More than [40] people died.",
        "For the first time [nine] people came.",
        "The launch is set for [9 September].",
        "The flight that was to leave on Monday will leave on [Tuesday].",
        "The ferry will not come on 20 June but on [1 September].",
        "The launch is set for 9 September and the next for [16 September].",
    ],
)
def test_what_holds_is_not_taken_for_what_held_before(marked):
    start, end = marked.index("["), marked.index("]") - 1
    assert not is_past_value(marked.replace("[", "").replace("]", ""), start, end)


def test_a_number_that_another_story_tells_too_is_as_old_as_its_own_story_says():
    tents = "Police at the Marrowby fair made 31 arrests over tents that were stolen beside the river."
    quotations = weighed(
        told(1, "nineteen", "2026-01-12", margin=9.0),
        told(2, "31", "2026-01-13", margin=4.0),
        report(3, tents, "31", "2025-08-25", margin=3.0, title="Arrests at the Marrowby fair"),
    )
    assert order(quotations) == [("31", Relation.CURRENT), ("nineteen", Relation.EARLIER)]
    assert quotations[0].sources == 1


def test_what_will_not_be_until_a_day_will_be_on_that_day():
    first = "Deaths closed the Hollin colliery, and miners will be back underground on 1 September, its owner said."
    later = "Deaths closed the Hollin colliery, and its miners would not go back underground until 3 November."
    quotations = weighed(
        report(1, first, "1 September", "2026-07-18", margin=8.0),
        report(2, later, "3 November", "2026-08-09", margin=4.0),
        question="When will the miners go back?",
    )
    assert order(quotations) == [("3 November", Relation.CURRENT), ("1 September", Relation.EARLIER)]
