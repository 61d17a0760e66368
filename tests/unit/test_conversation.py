import time

import pytest

from rag.conversation import MAX_TURNS, PastTurn, standalone_question

TRUCE = ("When does the truce in Kyiv end?", "on Sunday, February 1st")
WINNER = ("Who won the Kesselbrück marathon?", "Abdirahman Guuleed")


def history(*turns: tuple[str, str | None]) -> tuple[PastTurn, ...]:
    return tuple(PastTurn(question=question, answer=answer) for question, answer in turns)


@pytest.mark.parametrize(
    ("before", "question", "query"),
    [
        (TRUCE, "and who asked for it?", "Who asked for the truce in Kyiv?"),
        (TRUCE, "why?", "Why does the truce in Kyiv end?"),
        (TRUCE, "When was that?", "When does the truce in Kyiv end?"),
        (TRUCE, "what about Kharkiv?", "When does the truce in Kharkiv end?"),
        (TRUCE, "And in Odesa?", "When does the truce in Odesa end?"),
        (WINNER, "how old is he", "How old is Abdirahman Guuleed?"),
        (WINNER, "who is his coach?", "Who is Abdirahman Guuleed's coach?"),
        (WINNER, "Why?", "Why did Abdirahman Guuleed win the Kesselbrück marathon?"),
        (WINNER, "and the Etersheim race?", "Who won the Etersheim race?"),
        (WINNER, "Her coach's name?", "What is Abdirahman Guuleed's coach's name?"),
        (("Who called the strike at Torrhavn?", None), "where does she live?", "Where does the person who called the "
         "strike at Torrhavn live?"),
        (("Where was the lander built?", "in Tuulaniemi"), "who runs the plant there?", "Who runs the plant in "
         "Tuulaniemi?"),
        (("How many people were killed in the Brodna flood?", "nine"), "where were most of them found?", "Where were "
         "most of the people that were killed in the Brodna flood found?"),
        (("How long did the Torrhavn dock strike last?", "eleven days"), "who led it?", "Who led the Torrhavn dock "
         "strike?"),
        (("What does the zoo in Brezograd cost?", "12 euros"), "since when?", "Since when does the zoo in Brezograd "
         "cost 12 euros?"),
        (TRUCE, "who announced it?", "Who announced the truce in Kyiv?"),
        (TRUCE, "who else?", "Who else, the truce in Kyiv?"),
        (TRUCE, "thanks, and what's the reason?", "What is the reason, the truce in Kyiv?"),
        (("Who asked Putin to stop the attacks?", "Trump"), "when did he ask him?", "When did Trump ask Putin?"),
        (("How many ministers are in the new cabinet?", "15"), "women?", "How many women are in the new cabinet?"),
        (("What do the mills pay now?", "62 cents"), "and a year ago?", "What did the mills pay a year ago?"),
        (("Where will the lander touch down?", "on the rim of Hödén crater"), "why there?", "Why will the lander touch "
         "down at the rim of Hödén crater?"),
        (("How many jobs is Lumenta cutting?", "400"), "how many in Brønnvik", "How many jobs is Lumenta cutting in "
         "Brønnvik?"),
        (("How many were hurt in Tarvan according to the officials?", "40"), "and according to the aid group?", "How "
         "many were hurt in Tarvan according to the aid group?"),
        (("How much has the state lost in royalties from the copper strike?", "46 million soles"), "and the company?",
         "How much has the company lost in royalties from the copper strike?"),
        (("How long is Valdemora's tram line?", "11 kilometres"), "and the second stage?", "How long is the second "
         "stage, Valdemora's tram line?"),
        (("When will the Kaimana Star start sailing?", "14 March"), "and her sister?", "When will the Kaimana Star's "
         "sister start sailing?"),
        (("How much maize does Zambia expect this season?", "3.4 million tonnes"), "and last year?", "How much maize "
         "did Zambia expect last year?"),
        (("How many ships are waiting outside Saint-Aubry?", "14"), "and normally?", "How many ships are waiting "
         "outside Saint-Aubry normally?"),
        (("How many people are being treated after the Lunzu collapse?", "19"), "how many children?", "How many "
         "children are being treated after the Lunzu collapse?"),
        (("For how many nights does the curfew in Saint-Aubry hold?", "five"), "until when?", "Until when does the "
         "curfew in Saint-Aubry hold?"),
        (("How many drums were stolen in Levin?", "six drums"), "any arrests?", "How many arrests in Levin?"),
        (("How many homes burned in the Serra do Corvo?", "23"), "how many from Penedo?", "How many homes burned from "
         "Penedo?"),
        (("How many positions go in Brezinka?", "another 220 places"), "who says so?", "Who says another 220 places in "
         "Brezinka?"),
        (("How many planes are fighting the Corvo fire?", "11 aircraft"), "how many is Spain sending?", "How many "
         "planes is Spain sending, the Corvo fire?"),
        (("How many sheep have died in the Oued Serra?", "1,986"), "how many more were culled?", "How many more sheep "
         "were culled in the Oued Serra?"),
        (("How many people died in Lisau?", "3"), "how many were injured?", "How many were injured in Lisau?"),
        (("How many boats are there in Devonport?", "two"), "how much does the ferry cost?", "How much does the ferry "
         "cost in Devonport?"),
        (("What shirt number did Tambwe have?", "7"), "which one has he got now?", "Which shirt number has Tambwe got "
         "now?"),
        (("How many people have been found in Mbeyani?", "71"), "and the missing?", "How many missing have been found "
         "in Mbeyani?"),
        (("Who says Wednesday at 04:02, Petrel-2?", "an agency"), "why was it put off?", "Why was Petrel-2 put off?"),
        (("When will Petrel-2 be launched?", "at 04:02"), "who says so?", "Who says 04:02, Petrel-2?"),
        (("How many people died in the mine at Kessary?", "ten"), "and the injured?", "How many people were injured in "
         "the mine at Kessary?"),
        (("How many were killed in Lisau?", "ten"), "missing?", "How many were missing in Lisau?"),
        (("How many truces led to a ceasefire in Brenava?", "nine"), "and ended in peace?", "How many truces ended in "
         "peace, the ceasefire in Brenava?"),
        (("How large will Zambia's maize crop be by the ministry's survey?", "3.1 million"), "and according to "
         "Veldskoen?", "How large will Zambia's maize crop be according to Veldskoen?"),
        (("How much did Hafenstadt first offer for Quillévéré?", "18 million"), "and the second time?", "How much did "
         "Hafenstadt offer for Quillévéré the second time?"),
        (("Why did the sirens stay silent in Brodna?", "a switch"), "says who?", "Who says a switch, silent in "
         "Brodna?"),
        (("When did the drone hit Sorvel?", "at 3.40"), "anybody hurt?", "Was anybody hurt, Sorvel?"),
        (("In how many places did the volunteers meet?", "four"), "in which towns was that?", "In which towns did the "
         "volunteers meet?"),
        (("Which dog found the skier at Steinfall?", "Pixel"), "who is her handler?", "Who is Pixel's handler?"),
        (("Who headed the jury at Te Awahou?", "Ieti"), "why did they prefer the drummers?", "Why did the jury at Te "
         "Awahou prefer the drummers?"),
        (("How many votes does Marama's coalition have?", "32"), "and how old is she?", "How old is Marama?"),
        (("What is the largest number of cuts at Halvora?", "480"), "who decided on it?", "Who decided on the largest "
         "number of cuts at Halvora?"),
        (("What can't be used on the moon lander?", "The drill"), "why did it fail?", "Why did the drill fail on the "
         "moon lander?"),
        (("How long is the second stage of the tram?", "6 kilometres"), "when will that open?", "When will the second "
         "stage of the tram open?"),
        (("How long was Tiyamike Banda buried?", "41 hours"), "how old is she?", "How old is Tiyamike Banda?"),
        (("How much must Halvorsen & Reyes pay?", "27 million"), "who fined them?", "Who fined Halvorsen & Reyes?"),
        (("Who was the youngest on the Brenava ferry?", "a boy"), "was it still afloat?", "Was the youngest "
         "on the Brenava ferry still afloat?"),
        (("Who led the trial of the vaccine OF-3?", "Samira"), "how many took part?", "How many took part of the "
         "vaccine OF-3?"),
    ],
)  # fmt: skip
def test_what_is_missing_comes_from_the_turn_before(before, question, query):
    standalone = standalone_question(question, history(before))
    assert standalone.query == query
    assert standalone.follow_up.is_follow_up
    assert standalone.follow_up.carried
    assert standalone.follow_up.reason.endswith(".")


@pytest.mark.parametrize(
    ("before", "question", "context"),
    [
        (TRUCE, "why?", "When does the truce in Kyiv end? Sunday"),
        (("when does the truce in kyiv end", None), "why?", "When does the truce in kyiv end?"),
        (("?", "Trump"), "who is he?", None),
        (("x " * 200, "Trump"), "who is he?", None),
    ],
)
def test_the_question_before_and_its_answer_stand_behind_the_query(before, question, context):
    standalone = standalone_question(question, history(before))
    assert standalone.follow_up.is_follow_up
    assert standalone.follow_up.context == context
    assert standalone.in_context == (standalone.query if context is None else f"{standalone.query} ({context})")


@pytest.mark.parametrize(
    "question",
    [
        "How long is the undersea cable between Carvenia and Veskar?",
        "when did the olive harvest in solmar end",
        "and who picked up the sailor Enora Le Gallouédec?",
        "What about Ketara, how many Pellonians are still in its prisons?",
        "When did Ruvena shut its border crossing at Dravik?",
        "Something else: who is the mayor of Almsund?",
        "how hot did it get at the airport of Torrejas",
        "where are the olive growers of solmar storing the oil they can't sell",
        "how many died in the Lisau landslide?",
    ],
)
def test_a_change_of_topic_carries_nothing_over(question):
    for before in (TRUCE, WINNER):
        standalone = standalone_question(question, history(before))
        assert standalone.query == question
        assert not standalone.follow_up.is_follow_up
        assert standalone.follow_up.carried == ()
        assert standalone.follow_up.reason


def test_what_is_in_focus_moves_on_with_the_turns():
    turns = history(WINNER, ("who is his coach?", "Armelle Guivarc'h"))
    assert standalone_question("How old is she?", turns).query == "How old is Armelle Guivarc'h?"


def test_how_old_something_is_names_nothing():
    turns = history(("Who negotiated the truce in Sarrakh?", "Almaz Yohannes"), ("How old is Almaz Yohannes?", "81"))
    query = standalone_question("when does it end?", turns).query
    assert "the truce in Sarrakh" in query
    assert " old" not in query


def test_a_name_behind_how_stays_in_focus():
    turns = history(
        ("Tell me how Cordalia reacted", None),
    )
    assert "Cordalia" in standalone_question("and when did it react?", turns).query


def test_after_a_change_of_topic_the_earlier_one_is_gone():
    turns = history(WINNER, ("How long is the undersea cable between Carvenia and Veskar?", "212 kilometres"))
    assert standalone_question("who laid it?", turns).query == (
        "Who laid the undersea cable between Carvenia and Veskar?"
    )


@pytest.mark.parametrize(
    ("articles", "question", "in_focus"),
    [
        ([7], "and who asked for it?", 7),
        ([7, 8], "why?", 8),
        ([7, None], "why?", 7),
        ([None], "and who asked for it?", None),
        ([7], "Who won the Kesselbrück marathon?", None),
    ],
)
def test_the_article_in_focus_is_the_last_that_answered_on_this_topic(articles, question, in_focus):
    asked = ("When does the truce in Kyiv end?", "And who asked for it?")
    turns = [
        PastTurn(question=text, answer="Trump" if article else None, article_id=article)
        for text, article in zip(asked, articles, strict=False)
    ]
    assert standalone_question(question, turns).follow_up.article_id == in_focus


def test_a_new_topic_leaves_the_article_behind():
    turns = [
        PastTurn(question="When does the truce in Kyiv end?", answer="on Sunday", article_id=7),
        PastTurn(question="Who won the Kesselbrück marathon?", answer=None),
    ]
    assert standalone_question("how old is he?", turns).follow_up.article_id is None


def test_a_turn_may_hold_the_query_that_came_back_as_well_as_the_question():
    asked = standalone_question("and who asked for it?", history(TRUCE)).query
    as_query = history(TRUCE, (asked, "Arriaga"))
    as_question = history(TRUCE, ("and who asked for it?", "Arriaga"))
    assert standalone_question("why?", as_query).query == standalone_question("why?", as_question).query


def test_the_query_asked_again_leans_on_nothing():
    query = standalone_question("and who asked for it?", history(TRUCE)).query
    assert standalone_question(query, ()).query == query


@pytest.mark.parametrize("question", ["and who asked for it?", "why?", "", "?", "and", "what about", "\x00\x1b[31m"])
def test_without_an_earlier_turn_a_question_is_asked_as_it_stands(question):
    for nothing in ((), history(("  \n", None)), history(("\x00", "x"))):
        standalone = standalone_question(question, nothing)
        assert standalone.query == question
        assert not standalone.follow_up.is_follow_up


@pytest.mark.parametrize(
    "question", ["", "?", "and", "and what about?", "...", "it", "the", "😀", "他是谁?", "x" * 1000]
)
@pytest.mark.parametrize(
    "turn",
    [
        TRUCE,
        ("why?", ""),
        ("it", None),
        ("?", "?"),
        ("the the the", "of of"),
        ("😀", "\udcff"),
        ("who " * 250, "a " * 9),
    ],
)
def test_any_text_is_taken(question, turn):
    query = standalone_question(question, history(turn, turn)).query
    query.encode()
    assert len(query) <= 1000


def test_control_characters_of_earlier_turns_do_not_come_back():
    turns = history(("Who won the \x1b[31mKesselbrück\x07 marathon?", "Ada \x00Ray\udcff"))
    query = standalone_question("how old is she?", turns).query
    assert query == "How old is Ada Ray?"


def test_only_the_last_of_a_thousand_turns_are_looked_at():
    old = [("Who won the Kesselbrück marathon?", "Ada Ray")]
    recent = [("How deep is the Koruna lake?", "40 metres")] * MAX_TURNS
    assert standalone_question("how old is she?", history(*old * 994, *recent)).query == (
        standalone_question("how old is she?", history(*recent)).query
    )


def test_what_does_not_fit_with_what_it_refers_to_is_asked_as_it_stands():
    standalone = standalone_question("and who asked for it?", history(TRUCE), fits=lambda query: len(query) < 10)
    assert standalone.query == "and who asked for it?"
    assert not standalone.follow_up.is_follow_up
    assert "too long" in standalone.follow_up.reason


@pytest.mark.parametrize("filler", ["the truce in Kyiv ", "of ", "a,", "'s ", "who ", "Ada ", "((", "it "])
def test_long_turns_take_little_time(filler):
    turns = history(*[(filler * 400, filler * 400)] * 1000)
    began = time.process_time()
    standalone_question((filler * 400)[:1000], turns)
    assert time.process_time() - began < 1.0
