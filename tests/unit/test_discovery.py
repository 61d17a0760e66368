"""Which files of a path become articles."""

import os
from pathlib import Path

import pytest

from rag.errors import LoadError
from rag.loading import discover


def write(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("text", encoding="utf-8")


def sources(path: Path) -> list[str]:
    return [found.source for found in discover(path)]


def test_a_folder_is_read_with_its_subfolders_in_order(tmp_path):
    for name in ("b.md", "a.txt", "world/z.html", "world/asia/y.HTM", "A.text", "c.markdown"):
        write(tmp_path / name)
    assert sources(tmp_path) == ["A.text", "a.txt", "b.md", "c.markdown", "world/z.html", "world/asia/y.HTM"]


def test_a_file_has_its_name_as_source_and_its_absolute_path_as_origin(tmp_path, monkeypatch):
    write(tmp_path / "news" / "a.txt")
    monkeypatch.chdir(tmp_path)
    (found,) = discover(Path("news/../news/a.txt"))
    assert (found.source, found.origin) == ("a.txt", str(tmp_path.resolve() / "news" / "a.txt"))


def test_hidden_and_foreign_files_are_left_out(tmp_path):
    for name in ("a.txt", ".b.txt", ".git/c.txt", "d.pdf", "e", "f/.g/h.md"):
        write(tmp_path / name)
    assert sources(tmp_path) == ["a.txt"]


def test_a_hidden_folder_is_read_when_it_is_named(tmp_path):
    write(tmp_path / ".news" / "a.txt")
    assert sources(tmp_path / ".news") == ["a.txt"]


def test_links_are_not_followed_out_of_the_folder_nor_in_circles(tmp_path):
    write(tmp_path / "outside" / "secret.txt")
    write(tmp_path / "inside" / "a.txt")
    (tmp_path / "inside" / "secret.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "inside" / "out").symlink_to(tmp_path / "outside", target_is_directory=True)
    (tmp_path / "inside" / "loop").symlink_to(tmp_path / "inside", target_is_directory=True)
    assert sources(tmp_path / "inside") == ["a.txt"]


def test_a_link_that_is_named_is_followed(tmp_path):
    write(tmp_path / "folder" / "a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "folder", target_is_directory=True)
    (found,) = discover(tmp_path / "link")
    assert found.origin == str((tmp_path / "folder" / "a.txt").resolve())


def test_a_name_that_is_not_utf_8_becomes_text_that_can_be_stored(tmp_path):
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("text", encoding="utf-8")
    assert sources(tmp_path) == ["caf\\xe9.txt"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing", "no file or folder"),
        ("loop", "no file or folder"),
        ("empty", "holds no article"),
        ("a.pdf", "format"),
    ],
)
def test_a_path_without_an_article_is_refused_by_name(tmp_path, name, message):
    write(tmp_path / "a.pdf")
    (tmp_path / "empty").mkdir()
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(LoadError, match=message) as refusal:
        discover(tmp_path / name)
    assert name in refusal.value.message
    assert refusal.value.remedy
