"""`onrecord ask`: a claim in the user's words to what each report makes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.options import AsOf, Out, Paths, TaggerChoice, TaggerOption, instant
from onrecord.cli.terminal.output import complain, screen, tell_nothing, tell_refused, write
from onrecord.cli.terminal.progress import progress
from onrecord.errors import UsageError


class AskFormat(StrEnum):
    """What an answer can be written as."""

    TEXT = "text"
    JSON = "json"


EXAMPLE = """Example:  onrecord ask "The bridge will close." reports/ --format json"""


def ask(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim, in your own words.", show_default=False)],
    paths: Paths,
    format: Annotated[AskFormat, typer.Option("--format", "-f", help="For people, or for programs.")] = AskFormat.TEXT,
    out: Out = None,
    as_of: AsOf = None,
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Say which reports support a claim, deny it, only carry it or are silent, with the statements that show it."""
    until = instant(as_of)
    asked = " ".join(claim.split())
    if not asked:
        raise UsageError("the claim is empty · CLAIM · write it as a sentence in quotation marks")
    from onrecord.pipeline import answer

    with progress() as watch:
        found, story = answer(asked, paths, as_of=until, which=tagger.value, progress=watch)
    tell_refused(story.outcomes)
    if not story.reports:
        for note in story.notes:
            complain(f"note: {note}")
        tell_nothing(paths, until)
    from onrecord.rendering.answer import render, render_json

    if format is AskFormat.JSON:
        write(render_json(found, story), out)
        return
    console, buffer = screen(out)
    render(found, story, console)
    if buffer is not None:
        write(buffer.getvalue(), out)
