"""What the desk's commands share: the desk itself, people's names, instants and the two formats."""

from __future__ import annotations

import getpass
import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.terminal.output import write
from onrecord.datamodel.moment import Moment, moment
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.ledger.desk import Desk


class Format(StrEnum):
    """For people, or for programs."""

    TEXT = "text"
    JSON = "json"


DeskAddress = Annotated[
    str | None,
    typer.Option(
        "--desk",
        metavar="DESK",
        envvar="ONRECORD_DESK",
        help="The desk: a file, or a PostgreSQL address (postgresql://...).",
        show_default=False,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="text for people, json for programs.")]
StoryName = Annotated[str, typer.Argument(metavar="STORY", help="The story's name.", show_default=False)]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", envvar="ONRECORD_PERSON", help="Who decides; else your user name."),
]
Why = Annotated[str, typer.Option("--why", metavar="REASON", help="Why; it stands in the log.")]
CapturedBy = Annotated[
    str | None,
    typer.Option("--captured-by", metavar="TIME", help="Only what the desk held by then: a date or a time."),
]


def opened(address: str | None, *, create: bool = False, which: str = "auto") -> Desk:
    """The desk asked for; raises UsageError where none is named."""
    if not address:
        raise UsageError("no desk named · --desk · write --desk desk.db, or set ONRECORD_DESK")
    from onrecord.desk_pipeline import desk

    return desk(address, create=create, which=which)


def file_bytes(path: Path, advice: str) -> bytes:
    """The bytes of a file; raises UsageError with `advice`, the place and what to do, where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot read: {why} · {advice}") from error


def who(by: str | None) -> str:
    """The person who acts."""
    if by:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("nobody named · --by · say who decides, or set ONRECORD_PERSON") from error


def since_instant(value: str | None) -> Moment | None:
    """The first instant of a date or time; raises UsageError."""
    if value is None:
        return None
    try:
        return moment(value)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"'{value}' is no date · --since · write 2031-03-07 or 2031-03-07T18:00Z") from error


def write_json(value: object, out: Path | None = None) -> None:
    """A value as indented JSON."""
    write(json.dumps(value, ensure_ascii=False, indent=1) + "\n", out)


def write_lines(lines: list[str], out: Path | None = None) -> None:
    """Lines of text."""
    write("".join(f"{line}\n" for line in lines), out)
