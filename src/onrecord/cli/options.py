"""The options that several commands share, and how their values are read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from onrecord.datamodel.moment import Moment, moment
from onrecord.errors import UsageError


class TaggerChoice(StrEnum):
    """Which tagger finds the statements."""

    AUTO = "auto"
    NEURAL = "neural"
    RULES = "rules"


Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH...", help="Reports: files, or folders of files.", show_default=False)
]
Out = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Write here, whole or not at all, instead of to standard output."),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="Only what was published by then: a date (its end is meant) or a time, 2031-03-07 or 2031-03-07T18:00Z.",
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Also fetch from this machine and the house's own network."),
]
TaggerOption = Annotated[
    TaggerChoice,
    typer.Option("--tagger", help="auto takes the learned tagger where its weights are, else the rules."),
]


def instant(value: str | None) -> Moment | None:
    """The moment of an --as-of; raises UsageError where it is neither a date nor a time."""
    if value is None:
        return None
    try:
        return moment(value)
    except (ValueError, OverflowError) as error:
        wanted = "write a date or a time, as 2031-03-07 or 2031-03-07T18:00Z"
        raise UsageError(f"'{value}' is no date · --as-of · {wanted}") from error
