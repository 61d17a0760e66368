from pathlib import Path

from rag.evaluation.question_sets import ExpectedAnswer, PlacedQuestion
from rag.evaluation.validate import TYPES, main, validated
from rag.evaluation.validation import shape_of, sound_questions

ROOT = Path(__file__).parent.parent.parent
OWN_SETS = ("truce", "politics", "economy", "sport-weather", "science-courts", "near-misses", "dialogues")
TEXTS = {"a.txt": ["Ada won on Sunday."], "b.txt": ["Bea won on Monday.", "Cyd won."]}


def placed(id_: str, **fields: object) -> PlacedQuestion:
    given = {"question": "who?", "answers": ("Ada",), "article": "a.txt", "also": (), "type": "who", **fields}
    return PlacedQuestion("set", f"line of {id_}", ExpectedAnswer(id=id_, **given))  # type: ignore[arg-type]


def judged(*questions: PlacedQuestion) -> tuple[list[str], list[str]]:
    sound, faults = sound_questions(questions, lambda source: TEXTS.get(source, ()))
    return [one.expected.id for one in sound], [str(fault) for fault in faults]


def test_an_answer_stands_in_its_article_or_in_one_that_says_the_same():
    assert judged(placed("a"), placed("b", answers=("Ada", "Cyd"), also=("b.txt",))) == (["a", "b"], [])
    assert judged(placed("a", answers=("Ada", "Cyd"))) == (
        [],
        ["line of a: a has the answer 'Cyd', which does not stand in its article"],
    )
    assert judged(placed("a", article=None))[0] == []


def test_an_article_that_the_library_does_not_have_is_named_even_for_what_is_not_answered():
    for fields in ({"article": "z.txt"}, {"also": ("z.txt",)}, {"answers": (), "article": "z.txt"}):
        assert judged(placed("a", **fields)) == ([], ["line of a: a names z.txt, which is not in the library"])
    assert judged(placed("a", answers=(), article=None)) == (["a"], [])


def test_an_id_of_another_file_is_refused():
    assert judged(placed("a"), placed("a")) == (["a"], ["line of a: repeats the id a"])


def test_a_turn_whose_turn_before_it_is_left_out_is_left_out_too():
    sound, faults = judged(
        placed("a", answers=("Zoe",)), placed("b", follows="a"), placed("c", follows="d"), placed("d")
    )
    assert sound == ["d"]
    assert [fault.split(": ")[1] for fault in faults][1:] == [
        "b follows a, which is no sound question before it",
        "c follows d, which is no sound question before it",
    ]


def test_the_shape_of_a_set_counts_topic_changes_as_no_follow_up():
    shape = shape_of(
        [
            placed("a").expected,
            placed("b", follows="a", answers=(), article="b.txt").expected,
            placed("c", follows="b", changes_topic=True, type="when").expected,
            placed("d", also=("c.txt",), typed="typos").expected,
        ]
    )
    assert (shape.questions, shape.articles, shape.unanswerable, shape.follow_ups) == (4, 3, 0.25, 0.25)
    assert shape.by_type == {"who": 3, "when": 1}
    assert shape.by_typed == {"plain": 3, "typos": 1}


def test_the_projects_own_sets_are_sound_and_grown_up():
    paths = [ROOT / "tests" / "questions" / f"{name}.jsonl" for name in OWN_SETS]
    sound, faults = validated(paths, [ROOT / "seeds", ROOT / "tests" / "library"])
    assert [str(fault) for fault in faults] == []
    shape = shape_of([one.expected for one in sound])
    assert shape.questions >= 300
    assert shape.articles >= 100
    assert shape.unanswerable >= 0.25
    assert shape.follow_ups >= 0.15
    assert shape.by_type.keys() == TYPES
    assert shape.by_typed["lower_case"] >= 0.2 * shape.questions
    assert shape.by_typed["typos"] >= 50


def test_the_command_tells_what_a_set_is_and_what_is_wrong_with_it(tmp_path, capsys):
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.txt").write_text("Ada won on Sunday.", encoding="utf-8")
    line = '{"id": "%s", "question": "who?", "answers": ["%s"], "answerable": true, "article": "a.txt", "type": "%s"}\n'
    path = tmp_path / "set.jsonl"
    path.write_text(line % ("a", "Ada", "who") + line % ("b", "ada", "who") + line % ("c", "Sunday", "day"))
    assert main([str(path), "--articles", str(articles)]) == 1
    told = capsys.readouterr()
    assert '"questions": 2' in told.out
    assert "line 2: b has the answer 'ada'" in told.err
    assert "line 3: c is of the unknown type day" in told.err
    path.write_text(line % ("a", "Ada", "who"))
    assert main([str(path), "--articles", str(articles)]) == 0
    path.write_text("")
    assert main([str(path), "--articles", str(articles)]) == 1
    assert main([str(tmp_path / "none"), "--articles", str(articles)]) == 1
