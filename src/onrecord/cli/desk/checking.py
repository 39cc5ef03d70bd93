"""`onrecord check`: a draft against the record, before it is printed."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.config import PACKS
from onrecord.cli.desk.options import DeskAddress, opened
from onrecord.cli.options import Out, TaggerChoice, TaggerOption
from onrecord.cli.terminal.output import complain, write
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.checking.findings import CheckedDraft
    from onrecord.datamodel.report import Report

CHECK = "Example:  onrecord check draft.docx --story bridge --pack ap --desk desk.db"
# More than a book; what is piped in without end is no draft.
_MOST_BYTES = 8_000_000


class CheckFormat(StrEnum):
    """What a checked draft can be written as."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


def check(
    draft: Annotated[
        str, typer.Argument(metavar="DRAFT", help="Text, Word, HTML or any other format; - reads standard input.")
    ],
    desk: DeskAddress = None,
    story: Annotated[
        str | None, typer.Option("--story", metavar="STORY", help="The story; else the one that shares most names.")
    ] = None,
    pack: Annotated[
        list[str] | None,
        typer.Option("--pack", "-p", metavar="PACK", help="House rules: ap, reuters, bbc, or your own TOML file."),
    ] = None,
    format: Annotated[
        CheckFormat, typer.Option("--format", "-f", help="html is the draft, marked.")
    ] = CheckFormat.TEXT,
    out: Out = None,
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Hold your draft against the record: quotes, speakers, figures, withdrawals, relays, refusals, house rules.

    Exits with 1 where there is an error or a warning to mend.
    """
    from onrecord.checking.desk_check import check_on_desk
    from onrecord.checking.findings import Severity
    from onrecord.checking.packs import load_packs

    packs = pack or [one for one in os.environ.get(PACKS, "").split(os.pathsep) if one]
    load_packs(packs)
    report = _read(draft)
    with opened(desk, which=tagger.value) as held:
        found = check_on_desk(held, report, story, packs=packs, which=tagger.value)
    for note in found.notes:
        complain(f"note: {note}")
    write(_rendered(found, format), out)
    if found.count(Severity.ERROR) or found.count(Severity.WARNING):
        raise typer.Exit(1)


def _read(draft: str) -> Report:
    from onrecord.checking.drafts import draft_of_bytes, read_draft

    if draft != "-":
        return read_draft(Path(draft))
    raw = sys.stdin.buffer.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise UsageError(f"more than {_MOST_BYTES // 1_000_000} MB · standard input · check one draft at a time")
    return draft_of_bytes(raw, "stdin")


def _rendered(found: CheckedDraft, format: CheckFormat) -> str:
    from onrecord.desk_pipeline import package_version
    from onrecord.rendering.checking import marked, report_json, sarif, text

    if format is CheckFormat.SARIF:
        return sarif.render(found, package_version())
    module = {CheckFormat.JSON: report_json, CheckFormat.HTML: marked}.get(format, text)
    told: str = module.render(found)
    return told
