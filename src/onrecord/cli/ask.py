"""`onrecord ask`: a claim in the user's words to what each report makes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from onrecord.cli.options import AsOf, Out, Paths, TaggerChoice, TaggerOption, instant


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
    instant(as_of)
