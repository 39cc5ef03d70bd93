"""`onrecord brief`: reports to a brief, the main job."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import CapturedBy, DeskAddress, opened
from onrecord.cli.options import AsOf, Out, Paths, TaggerChoice, TaggerOption, instant
from onrecord.cli.terminal.output import complain, screen, tell_nothing, tell_refused, write, write_bytes
from onrecord.cli.terminal.progress import progress
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.datamodel.story import Story


class BriefFormat(StrEnum):
    """What a brief can be written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SQLITE = "sqlite"
    ANNOTATIONS = "annotations"
    PROV = "prov"
    CLAIMREVIEW = "claimreview"
    STIX = "stix"
    TIMESKETCH = "timesketch"
    FTM = "ftm"
    NINJS = "ninjs"
    NEWSML = "newsml"
    DOCX = "docx"
    PDF = "pdf"


EXAMPLE = """Example:  onrecord brief reports/ --format html --out brief.html"""


def brief(
    paths: Paths,
    format: Annotated[
        BriefFormat,
        typer.Option("--format", "-f", help="For people: text, markdown, html; for programs: json is the story file."),
    ] = BriefFormat.TEXT,
    out: Out = None,
    as_of: AsOf = None,
    changes: Annotated[
        bool, typer.Option("--changes", help="Also when each standing changed, and because of what.")
    ] = False,
    table: Annotated[
        str,
        typer.Option(
            "--table", help="Which table csv and parquet hold: claims, attributions, conflicts, changes, reports …"
        ),
    ] = "claims",
    claim: Annotated[
        str | None,
        typer.Option("--claim", metavar="C1", help="Write docx and pdf of this claim alone.", show_default=False),
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="Leave nothing out of the text.")] = False,
    name: Annotated[
        str | None, typer.Option("--name", help="The story's name; else the folder's.", show_default=False)
    ] = None,
    tagger: TaggerOption = TaggerChoice.AUTO,
    desk: DeskAddress = None,
    captured_by: CapturedBy = None,
) -> None:
    """Tell the story of some reports: the claims, where each stands and why, who contradicts whom, and all sources.

    With a desk, PATH... may be the name of one of its stories.
    """
    until = instant(as_of)
    _check(format, table, out, claim)
    if shelf := _story_of_desk(paths, desk):
        with opened(desk, which=tagger.value) as held:
            story = held.story(shelf, until, instant(captured_by))
    else:
        from onrecord.pipeline import tell

        with progress() as watch:
            story = tell(paths, name=name, as_of=until, which=tagger.value, progress=watch)
    if format is not BriefFormat.TEXT or out is not None or not story.reports:
        tell_refused(story.outcomes)
    if not story.reports:
        for note in story.notes:
            complain(f"note: {note}")
        tell_nothing(paths, story.as_of)
    if format is BriefFormat.TEXT:
        _print(story, out, changes, whole)
    else:
        _write(_page(story, format, changes, table, claim), out)


def _check(format: BriefFormat, table: str, out: Path | None, claim: str | None) -> None:
    """Raise UsageError for what cannot be written, before anything is read."""
    from onrecord.rendering.exchange.formats import BY_NAME
    from onrecord.rendering.exchange.tables import check_table

    held = BY_NAME.get(format.value)
    if held and held.tabled:
        check_table(table)
    if claim is not None and not (held and held.claimed):
        raise UsageError(f"--claim with {format.value} · brief · write --format docx or pdf")
    if held and held.binary and (out is None or str(out) == "-"):
        raise UsageError(f"{format.value} is no text · standard output · name a file with --out")


def _story_of_desk(paths: list[Path], desk: str | None) -> str | None:
    """The story's name where a desk is named and no file or folder is meant."""
    return str(paths[0]) if desk and len(paths) == 1 and not paths[0].exists() else None


def _print(story: Story, out: Path | None, changes: bool, whole: bool) -> None:
    from onrecord.rendering import terminal

    console, buffer = screen(out)
    terminal.render(story, console, changes=changes, whole=whole)
    if buffer is not None:
        write(buffer.getvalue(), out)


def _write(page: str | bytes, out: Path | None) -> None:
    if isinstance(page, str):
        write(page, out)
    elif out is None or str(out) == "-":
        # Of the formats in bytes, those that are no text have a file.
        write(page.decode("utf-8"), None)
    else:
        write_bytes(page, out)


def _page(story: Story, format: BriefFormat, changes: bool, table: str, claim: str | None) -> str | bytes:
    if format in (BriefFormat.MARKDOWN, BriefFormat.HTML):
        from importlib import import_module

        page: str = import_module(f"onrecord.rendering.{format.value}").render(story, changes=changes)
        return page
    from onrecord.rendering.exchange.formats import render

    return render(story, format.value, table, claim)
