"""The report as a file, as tables, and as a page."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.errors import DataError
from rag.evaluation.page import page_of, write_page
from rag.evaluation.quality import OWN_RUNS, markdown_of
from rag.evaluation.question_sets import Fault
from rag.evaluation.report import Report, load_report, save_report
from rag.evaluation.tables import headline, tables_of
from tests.unit.evaluated import QUESTIONS, STORIES, placed, report_of

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0;title\x07"


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of()


def hostile_report() -> Report:
    text = f"{HOSTILE}\n\nThe halt ends on Sunday {HOSTILE} they say."
    question = placed(HOSTILE, f"when does the halt end {HOSTILE}?", "Sunday", type=HOSTILE)
    made = report_of((question,), stories=STORIES | {"halt.txt": text})
    return replace(made, faults=(Fault(HOSTILE, HOSTILE),))


class Page(HTMLParser):
    """What a browser would make of a page: its elements, and what stands in scripts and styles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] in self.raw and self.cdata_elem:
            self.raw[self.elements[-1][0]].append(data)


def test_a_report_reads_back_as_it_was_written(report, tmp_path):
    path = tmp_path / "run.json"
    save_report(report, path)
    assert load_report(path) == report
    assert [file.name for file in tmp_path.iterdir()] == ["run.json"]


def test_the_json_is_strict_and_holds_each_passage_once(report):
    told = json.dumps(report.as_json(), allow_nan=False)
    assert told.count("The museum bought a painting by Ada Ray") == 1
    assert report.as_json()["figures"]["by_type"]["who"]["no_answer"]["mean"] is None


def test_a_report_of_nothing_is_partial_and_has_no_figures(report, tmp_path):
    nothing = replace(report, asked=())
    assert nothing.is_partial
    assert nothing.as_json()["figures"] is None
    assert tables_of(nothing) == []
    save_report(nothing, tmp_path / "run.json")
    assert load_report(tmp_path / "run.json") == nothing
    assert "Every question" in page_of(nothing)


def test_a_partial_report_says_so_everywhere(report):
    partial = replace(report, asked=report.asked[:1])
    told = f"PARTIAL: 1 of {len(QUESTIONS)} questions were asked."
    assert told in list(headline(partial))
    assert told in page_of(partial)
    assert told in markdown_of([(OWN_RUNS[0], partial)])
    assert partial.as_json()["is_partial"]
    assert not any(sentence.startswith("PARTIAL") for sentence in headline(report))


def test_every_set_has_a_column_of_its_own_beside_all(report):
    first, *rest = report.asked
    (answers, *_) = tables_of(replace(report, asked=(replace(first, set="other"), *rest)))
    assert answers.columns == ("", "all", "other", "set")
    assert answers.rows[0] == ("questions", "4", "1", "3")
    assert tables_of(report)[0].columns == ("", "all")


def test_nothing_of_an_article_or_a_question_becomes_markup():
    page = Page(page_of(hostile_report()))
    assert [tag for tag, _ in page.elements if tag in {"img", "iframe", "object", "a"}] == []
    assert [attributes.get("type") for tag, attributes in page.elements if tag == "script"] == [
        "application/json",
        None,
    ]
    assert not any(name.startswith("on") or name == "style" for _, attributes in page.elements for name in attributes)
    data = json.loads(page.raw["script"][0])
    assert data["questions"][0]["id"] == HOSTILE
    assert any(HOSTILE in passage[2] for passage in data["passages"].values())


def test_the_page_needs_nothing_else_and_lets_no_other_script_run(report):
    text = page_of(report)
    page = Page(text)
    assert not any({"src", "href", "action"} & attributes.keys() for _, attributes in page.elements)
    assert "viewport" in {attributes.get("name") for tag, attributes in page.elements if tag == "meta"}
    policy = next(str(one["content"]) for tag, one in page.elements if tag == "meta" and "http-equiv" in one)
    for kind, content in (("script", page.raw["script"][-1]), ("style", "".join(page.raw["style"]))):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", page.raw["script"][-1])


def test_the_page_shows_each_plot_and_what_was_left_out(report):
    text = page_of(replace(report, faults=(Fault("set.jsonl, line 7", "malformed"),)))
    for plot in ("Reliability", "Risk and coverage", "Where answers are lost", "Latency"):
        assert f'aria-label="{plot}"' in text
    assert "set.jsonl, line 7: malformed" in text
    assert "NaN" not in text


def test_a_page_that_cannot_be_written_is_a_data_error(report, tmp_path):
    with pytest.raises(DataError, match="cannot be written"):
        write_page(report, tmp_path / "none" / "page.html")
