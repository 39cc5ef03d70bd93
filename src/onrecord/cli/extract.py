"""`onrecord extract`: reports to attribution lines."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import AsOf, Out, Paths, TaggerChoice, TaggerOption, instant
from onrecord.cli.terminal.output import complain, tell_nothing, tell_refused, write
from onrecord.cli.terminal.progress import progress
from onrecord.datamodel.report import Outcome

if TYPE_CHECKING:
    from onrecord.datamodel.moment import Moment


class ExtractFormat(StrEnum):
    """What attributions can be written as."""

    JSONL = "jsonl"
    TEXT = "text"


EXAMPLE = """Example:  onrecord extract reports/ --out attributions.jsonl"""


def extract(
    paths: Paths,
    format: Annotated[
        ExtractFormat, typer.Option("--format", "-f", help="One line of JSON a report, or text.")
    ] = ExtractFormat.JSONL,
    out: Out = None,
    as_of: AsOf = None,
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Write who said what in each report: source, cue and content with their exact places."""
    until = instant(as_of)
    lines: list[str] = []
    found = 0
    for line in _lines(paths, format, until, tagger):
        found += 1
        lines.append(f"{line}\n")
        # Without --out the lines flow, so that a pipe reads the first report while the last is still being read.
        if out is None:
            write(lines.pop(), None)
    if not found:
        tell_nothing(paths, until)
    if out is not None:
        write("".join(lines), out)


def _lines(paths: list[Path], format: ExtractFormat, until: Moment | None, tagger: TaggerChoice) -> Iterator[str]:
    from onrecord.pipeline import choose_tagger
    from onrecord.pipeline import extract as extracted
    from onrecord.rendering import lines
    from onrecord.weighing.weigh import published_by

    chosen, notes = choose_tagger(tagger.value)
    for note in notes:
        complain(f"note: {note}")
    render = lines.render if format is ExtractFormat.JSONL else lines.render_text
    with progress() as watch:
        for number, item in enumerate(extracted(paths, chosen), start=1):
            if isinstance(item, Outcome):
                tell_refused([item])
            elif published_by([item[0]], until):
                yield render(*item)
                if watch:
                    watch("attributing", number, 0)
