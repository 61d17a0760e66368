from rag.evaluation.squad_data import Context, MarkedAnswer, MarkedQuestion
from rag.evaluation.squad_library import write_library


def context(title: str, text: str, *answers: str) -> Context:
    marked = tuple(MarkedAnswer(answer, text.index(answer)) for answer in answers)
    question = MarkedQuestion(id=text[:3], text="When?", answers=marked)
    return Context(source="squad", title=title, text=text, questions=(question,))


def test_contexts_of_one_title_become_one_article_and_their_questions_name_it(tmp_path):
    parts = [context("The_Truce", "It ends on Sunday.", "Sunday", "Sunday"), context("The_Truce", "Kyiv is cold.")]
    first, second = write_library([*parts, context("Other", "Not here.")], tmp_path)[:2]
    assert first.article == second.article == "squad/The_Truce.txt"
    assert (first.answers, second.is_answerable) == (("Sunday",), False)
    written = (tmp_path / "squad" / "The_Truce.txt").read_text(encoding="utf-8")
    assert written == "The Truce\n\nIt ends on Sunday.\n\nKyiv is cold.\n"
    assert (tmp_path / "squad" / "Other.txt").is_file()


def test_a_title_that_looks_like_a_path_stays_below_the_folder(tmp_path):
    write_library([context("../../AC/DC", "Loud.")], tmp_path / "library")
    written = [path.relative_to(tmp_path) for path in tmp_path.rglob("*.txt")]
    assert [str(path) for path in written] == ["library/squad/______AC_DC.txt"]
