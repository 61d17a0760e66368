"""The ``pullquote`` command: options to calls, errors to exit codes. What each command does stands in ``tui.commands``.

Heavy modules are imported by the command that needs them, so that ``--help`` and completion answer at once.
"""

import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

__all__ = ["app", "main"]

_OBJECTS_PER_COLLECTION = 50_000

app = typer.Typer(
    name="pullquote",
    help="Ask your articles; the answer is a quotation.",
    epilog="Exit codes: 0 answered, 1 the articles do not say, 2 usage, 3 library or settings, 4 models, 5 failure.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
config_app = typer.Typer(help="Show the settings, or where they are read from.", no_args_is_help=True)
app.add_typer(config_app, name="config")

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="DIR", help="Directory of the library.  [env var: PULLQUOTE_LIBRARY]"),
]


def _day(help_text: str) -> Any:
    """Return an option that takes a day."""
    return typer.Option(metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help=help_text)


def _span(text: str | None) -> tuple[int, int] | None:
    """Read START:END."""
    if text is None:
        return None
    start, _, end = text.partition(":")
    if not (start.isdecimal() and end.isdecimal()) or int(start) >= int(end):
        raise typer.BadParameter(
            "Write it as START:END, such as 517:537, the start below the end.", param_hint="--span"
        )
    return int(start), int(end)


AskFirst = Annotated[str, typer.Option("--ask", metavar="QUESTION", help="Open the chat with this question.")]


@app.callback(invoke_without_command=True)
def pullquote(context: typer.Context, library: LibraryOption = None, ask_first: AskFirst = "") -> None:
    """Ask your articles; the answer is a quotation."""
    context.obj = library
    if context.invoked_subcommand is None:
        from tui.commands.chat import run_chat

        run_chat(library, question=ask_first)


@app.command()
def add(
    context: typer.Context,
    paths: Annotated[list[Path], typer.Argument(metavar="PATH…", help="Files, and folders with all below them.")],
    source: Annotated[str | None, typer.Option(help="Put this before the source of each article.")] = None,
    published: Annotated[datetime | None, _day("When the articles were published.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen; store nothing.")] = False,
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Read articles (.txt, .md, .html) into the library."""
    from tui.commands.add import run_add

    raise typer.Exit(
        run_add(
            library or context.obj,
            paths,
            source=source,
            published=published.date().isoformat() if published is not None else None,
            is_dry_run=dry_run,
            is_json=json,
        )
    )


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    since: Annotated[datetime | None, _day("Only articles published on that day or later.")] = None,
    until: Annotated[datetime | None, _day("Only articles published on that day or earlier.")] = None,
    as_of: Annotated[datetime | None, _day("Answer from what was published by that day, as of then.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source, or what lies below it.")] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0.0, max=1.0, help="Say nothing below this confidence.")
    ] = None,
    top_k: Annotated[int | None, typer.Option(min=1, max=100, help="How many passages to read.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Show what was read, and every candidate.")] = False,
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Answer one question with the words of an article."""
    from tui.commands.ask import run_ask

    raise typer.Exit(
        run_ask(
            library or context.obj,
            question,
            since=since.date() if since is not None else None,
            until=min((day.date() for day in (until, as_of) if day is not None), default=None),
            source=source,
            min_confidence=min_confidence,
            top_k=top_k,
            clock=as_of.date() if as_of is not None else None,
            shows_all=all_,
            is_json=json,
        )
    )


@app.command()
def chat(context: typer.Context, library: LibraryOption = None, ask_first: AskFirst = "") -> None:
    """Ask in the terminal chat (also plain `pullquote`)."""
    from tui.commands.chat import run_chat

    run_chat(library or context.obj, question=ask_first)


@app.command()
def articles(context: typer.Context, library: LibraryOption = None, json: Json = False) -> None:
    """List the articles in the library."""
    from tui.commands.articles import run_articles

    raise typer.Exit(run_articles(library or context.obj, is_json=json))


@app.command()
def show(
    context: typer.Context,
    article_id: Annotated[int, typer.Argument(metavar="ID", help="The number that `articles` and `ask` give.")],
    span: Annotated[
        str | None, typer.Option(metavar="START:END", help="Mark these characters, as `ask` gives them.")
    ] = None,
    version: Annotated[
        int | None, typer.Option(min=1, help="An earlier version; the current one if not given.")
    ] = None,
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Show an article, with a cited span marked."""
    from tui.commands.articles import run_show

    raise typer.Exit(run_show(library or context.obj, article_id, span=_span(span), version=version, is_json=json))


@app.command()
def remove(
    context: typer.Context,
    ids: Annotated[list[int], typer.Argument(metavar="ID…", help="The numbers that `articles` gives.")],
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Remove articles with all their versions; their files stay where they are."""
    from tui.commands.articles import run_remove

    raise typer.Exit(run_remove(library or context.obj, ids, is_json=json))


@app.command("eval")
def evaluate(
    context: typer.Context,
    questions: Annotated[list[Path] | None, typer.Argument(metavar="QUESTIONS…", help="Question sets.")] = None,
    articles: Annotated[
        list[Path] | None,
        typer.Option(metavar="FOLDER", help="Ask a library of these articles, built for this run; may be repeated."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Keep the report here; go on where it stopped.")
    ] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a page with plots and every question.")
    ] = None,
    compare: Annotated[
        tuple[Path, Path] | None, typer.Option(metavar="A.json B.json", help="Compare two reports instead.")
    ] = None,
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Measure the answers to question sets: right or wrong, how sure, how fast."""
    from tui.commands.eval import run_comparison, run_eval

    if (compare is None) == (not questions):
        raise typer.BadParameter("Name question sets, or two reports with --compare.", param_hint="QUESTIONS")
    if compare is not None:
        raise typer.Exit(run_comparison(*compare, is_json=json))
    raise typer.Exit(
        run_eval(questions or [], library or context.obj, articles=articles or [], out=out, html=html, is_json=json)
    )


@app.command()
def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option(help="Address; one that other machines reach needs a key.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8000,
    library: LibraryOption = None,
) -> None:
    """Answer over HTTP, and show the page for a browser."""
    from tui.commands.serve import run_serve

    run_serve(library or context.obj, host=host, port=port)


@app.command()
def mcp(context: typer.Context, library: LibraryOption = None) -> None:
    """Serve an assistant that speaks MCP, over standard input and output."""
    from tui.commands.mcp import run_mcp

    run_mcp(library or context.obj)


@app.command()
def key(write: Annotated[bool, typer.Option("--write", help="It may also add and remove.")] = False) -> None:
    """Make a key for the HTTP server, and the setting that lets it in."""
    from tui.commands.key import run_key

    run_key(is_writing=write)


@app.command()
def doctor(context: typer.Context, library: LibraryOption = None, json: Json = False) -> None:
    """Check what is installed, what is wrong and what mends it."""
    from tui.commands.doctor import run_doctor

    raise typer.Exit(run_doctor(library or context.obj, is_json=json))


@app.command()
def stats(context: typer.Context, library: LibraryOption = None, json: Json = False) -> None:
    """Count what the library holds, and measure what its index finds."""
    from tui.commands.upkeep import run_stats

    raise typer.Exit(run_stats(library or context.obj, is_json=json))


@app.command()
def reindex(context: typer.Context, library: LibraryOption = None, json: Json = False) -> None:
    """Build the index anew; encode the articles again where the settings name another embedder."""
    from tui.commands.upkeep import run_reindex

    raise typer.Exit(run_reindex(library or context.obj, is_json=json))


@app.command()
def compact(context: typer.Context, library: LibraryOption = None, json: Json = False) -> None:
    """Give back the disk space that removed articles and versions left."""
    from tui.commands.upkeep import run_compact

    raise typer.Exit(run_compact(library or context.obj, is_json=json))


@app.command()
def prune(
    context: typer.Context,
    versions: Annotated[bool, typer.Option("--versions", help="Remove earlier versions of all articles.")] = False,
    keep: Annotated[int, typer.Option(min=1, help="Keep so many of the newest, the current one among them.")] = 1,
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Remove what is kept of the past; an answer that cited it can then no longer be checked."""
    from tui.commands.upkeep import run_prune

    if not versions:
        raise typer.BadParameter("Say what to remove: --versions.", param_hint="--versions")
    raise typer.Exit(run_prune(library or context.obj, keep=keep, is_json=json))


@app.command()
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that is not there yet.")],
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Write a consistent copy of the library to one file, also while it is used."""
    from tui.commands.upkeep import run_backup

    raise typer.Exit(run_backup(library or context.obj, file, is_json=json))


@app.command()
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `backup` wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in place of the library that is there.")] = False,
    library: LibraryOption = None,
    json: Json = False,
) -> None:
    """Make the library of a backup."""
    from tui.commands.upkeep import run_restore

    raise typer.Exit(run_restore(library or context.obj, file, replaces=replace, is_json=json))


@config_app.command("show")
def config_show(context: typer.Context, json: Json = False) -> None:
    """Show every setting, as it is in force."""
    from tui.commands.config import run_config_show

    run_config_show(context.obj, is_json=json)


@config_app.command("path")
def config_path(json: Json = False) -> None:
    """Show where the settings file is looked for."""
    from tui.commands.config import run_config_path

    run_config_path(is_json=json)


def main() -> None:
    """Run the command, and turn what goes wrong into one sentence on stderr and an exit code."""
    # What is loaded is no garbage; to look for some after every 700 objects took a fifteenth of the chat's loading.
    gc.set_threshold(_OBJECTS_PER_COLLECTION, *gc.get_threshold()[1:])
    from tui.failures import guarded

    sys.exit(guarded(app))


if __name__ == "__main__":
    main()
