from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.settings import load_settings


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "config.toml"
    monkeypatch.setenv("PULLQUOTE_CONFIG", str(path))
    return path


def test_without_file_and_variables_the_defaults_hold(settings_file: Path):
    assert load_settings().reader.top_k == 8


def test_the_environment_stands_above_the_file_and_the_argument_above_both(settings_file, monkeypatch, tmp_path):
    settings_file.write_text('library = "from-file"\n[reader]\ntop_k = 5\nmax_span_tokens = 9\n')
    monkeypatch.setenv("PULLQUOTE_READER__TOP_K", "6")
    monkeypatch.setenv("PULLQUOTE_LIBRARY", "from-environment")
    settings = load_settings()
    assert (settings.reader.top_k, settings.reader.max_span_tokens) == (6, 9)
    assert settings.library == Path("from-environment")
    assert load_settings(library=tmp_path).library == tmp_path


def test_an_explicit_zero_is_kept(settings_file, monkeypatch):
    monkeypatch.setenv("PULLQUOTE_ANSWER__MIN_CONFIDENCE", "0")
    assert load_settings().answer.min_confidence == 0.0


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[reader]\ntop_k = 0\n", "reader.top_k"),
        ("[reader]\ntop_q = 8\n", "reader.top_q"),
        ("libary = 'x'\n", "libary"),
        ("[answer]\nmin_confidence = 1.5\n", "answer.min_confidence"),
        ("threads = 'many'\n", "threads"),
        ("not toml", "config.toml"),
    ],
)
def test_a_faulty_file_is_refused_by_the_name_of_the_setting(settings_file, content, named):
    settings_file.write_text(content)
    with pytest.raises(SettingsError, match=named):
        load_settings()


def test_a_file_that_is_not_text_is_refused(settings_file):
    settings_file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings()


def test_a_misspelt_variable_is_refused_with_the_right_one(settings_file, monkeypatch):
    monkeypatch.setenv("PULLQUOTE_READER__TOPK", "8")
    with pytest.raises(SettingsError, match="PULLQUOTE_READER__TOP_K"):
        load_settings()
