"""`onrecord annotate`: what people noted elsewhere on the reports of a story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import (
    By,
    DeskAddress,
    Format,
    FormatOption,
    StoryName,
    file_bytes,
    opened,
    who,
    write_json,
    write_lines,
)
from onrecord.cli.terminal.output import complain
from onrecord.rendering.wording import counted, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onrecord.ledger.annotating.entering import Noted

ANNOTATE = "Example:  onrecord annotate bridge notes.json --desk desk.db"


def annotate(
    story: StoryName,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="JSON of Hypothesis: a search's answer, or an export.")
    ],
    desk: DeskAddress = None,
    by: By = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Enter annotations of Hypothesis as notes on the statements whose words they anchor to."""
    from dataclasses import asdict

    from onrecord.ledger.annotating.entering import annotate as enter
    from onrecord.ledger.annotating.hypothesis import read_annotations

    # All are read before any is entered: of a bad file nothing lands.
    found = [
        one
        for path in files
        for one in read_annotations(file_bytes(path, f"{path} · name a file of annotations"), path.name)
    ]
    with opened(desk) as held:
        noted = enter(held, story, found, by=who(by))
    if format is Format.JSON:
        write_json([asdict(one) for one in noted])
    else:
        write_lines([*map(_line, noted), _counts(noted)])
    if all(one.entry is None for one in noted):
        complain("error: no annotation anchors to a statement · annotate · see the reasons above")
        raise typer.Exit(1)


def _line(one: Noted) -> str:
    if one.entry is None:
        return f"left: {shown(one.annotation)} · {shown(one.reason or '')}"
    how = "known" if one.known else "noted"
    return f"{how}: {shown(one.annotation)} → {', '.join(one.statements)} (entry {one.entry})"


def _counts(noted: Sequence[Noted]) -> str:
    known = sum(one.known for one in noted)
    left = sum(one.entry is None for one in noted)
    fresh = len(noted) - known - left
    return f"{counted(fresh, 'note')} entered, {known} here already, {left} not anchored"
