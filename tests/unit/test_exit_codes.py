from collections.abc import Iterator

import rag.errors
from rag.errors import LibraryBusyError, ModelError, PullquoteError
from tui.exit_codes import ExitCode, exit_code_of


def families(root: type[PullquoteError]) -> Iterator[type[PullquoteError]]:
    for family in root.__subclasses__():
        yield family
        yield from families(family)


def test_every_error_has_an_exit_code():
    for family in families(PullquoteError):
        assert exit_code_of(family("What happened.", "What mends it.")) >= ExitCode.USAGE


def test_an_error_takes_the_code_of_its_family():
    assert exit_code_of(LibraryBusyError("", "")) is ExitCode.LIBRARY
    assert exit_code_of(ModelError("", "")) is ExitCode.MODELS


def test_the_drawn_tree_names_every_error():
    drawn = rag.errors.__doc__ or ""
    assert [family.__name__ for family in families(PullquoteError) if family.__name__ not in drawn] == []
