import gzip
import json
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForQuestionAnswering

from rag.evaluation import reader as evaluation
from rag.training import reader as training
from rag.training.base_model import base_folder
from rag.training.export import export_reader

NOTHING = {"mean": None, "low": None, "high": None}
CITIES = ["Kyiv", "Lviv", "Odesa", "Kharkiv", "Dnipro", "Poltava", "Sumy", "Rivne", "Lutsk", "Uman"]


def context(source: str, city: str) -> dict[str, object]:
    text = f"The mayor of {city} spoke on Sunday. The bridge over the river was closed. {city} has a new hospital."
    asked = [("Which city has a new hospital?", city), ("When did the mayor speak?", "Sunday")]
    questions = [
        {
            "id": f"{source}-{city}-{number}",
            "question": question,
            "answers": [{"text": text_, "start": text.index(text_)}],
        }
        for number, (question, text_) in enumerate(asked)
    ]
    questions.append({"id": f"{source}-{city}-none", "question": "Who won the election?", "answers": []})
    return {"source": source, "title": city, "context": text, "questions": questions}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    for source in ("qamr", "squad", "new_wiki", "reddit", "amazon"):
        with gzip.open(folder / f"train-{source}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(context(source, city)) + "\n" for city in CITIES)
    return folder


@pytest.fixture
def small_reader(tmp_path: Path) -> Path:
    """A reader of the base model's vocabulary that is otherwise tiny."""
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=30522, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertForQuestionAnswering(config).save_pretrained(tmp_path / "small")
    return tmp_path / "small"


def test_a_reader_is_trained_and_measured(
    data: Path, small_reader: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["--data", str(data), "--out", str(out), "--plan", "negatives", "--init", str(small_reader)]
    assert training.main([*command, "--threads", "1"]) == 0
    assert Path(capsys.readouterr().out.strip()) == out / "negatives"
    first = (out / "negatives" / "model.safetensors").read_bytes()
    assert training.main([*command, "--threads", "1"]) == 0
    assert (out / "negatives" / "model.safetensors").read_bytes() == first
    capsys.readouterr()

    squad, predictions = data / "train-squad.jsonl.gz", tmp_path / "predictions.json"
    export_reader(out / "negatives", out / "exported")
    measured = evaluation.main(
        [str(squad), "--json", "--model", str(out / "exported"), "--predictions", str(predictions)]
    )
    assert measured == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["answerable"]["questions"] == 20
    assert figures["at_shipped_threshold"]["no_answer"]["questions"] == 10
    assert set(figures["by_kind"]) == {"which", "when"}
    assert len(figures["worst"]) == 30
    assert len(json.loads(predictions.read_text(encoding="utf-8"))) == 30


def test_figures_of_nothing_are_null_in_json(
    small_reader: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_reader / "tokenizer.json").write_bytes((base_folder() / "tokenizer.json").read_bytes())
    unanswerable = {**context("squad", "Kyiv"), "questions": [{"id": "q", "question": "Who won?", "answers": []}]}
    path = tmp_path / "dev.jsonl"
    path.write_text(json.dumps(unanswerable), encoding="utf-8")
    export_reader(small_reader, tmp_path / "exported")
    assert evaluation.main([str(path), "--json", "--model", str(tmp_path / "exported")]) == 0
    figures = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert figures["answerable"] == {"questions": 0, **dict.fromkeys(("exact_match", "f1"), NOTHING)}
    assert figures["at_best_threshold"]["all"]["f1"]["mean"] == 1.0


def test_a_missing_data_file_is_named_with_what_mends_it(
    small_reader: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert training.main(["--data", str(tmp_path), "--out", str(tmp_path), "--init", str(small_reader)]) == 1
    message = capsys.readouterr().err
    assert "train-qamr.jsonl.gz" in message
    assert "PULLQUOTE_TRAINING_DATA" in message


def test_a_folder_without_a_reader_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert training.main(["--data", str(tmp_path), "--out", str(tmp_path), "--init", str(tmp_path / "none")]) == 1
    assert "none holds no reader" in capsys.readouterr().err


def test_measuring_a_missing_file_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluation.main([str(tmp_path / "dev.jsonl.gz"), "--json"]) == 1
    assert "dev.jsonl.gz" in capsys.readouterr().err
