"""`onrecord log`, `verify`, `head` and `backup`: the chain of custody."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.intake.filing import turn_line
from onrecord.cli.desk.options import (
    DeskAddress,
    Format,
    FormatOption,
    opened,
    since_instant,
    write_json,
    write_lines,
)
from onrecord.cli.terminal.output import complain
from onrecord.cli.terminal.progress import progress
from onrecord.errors import StoreError, UsageError
from onrecord.ledger.entries import entry_json
from onrecord.rendering.wording import counted, shown

if TYPE_CHECKING:
    from onrecord.datamodel.entry import Entry
    from onrecord.ledger.custody.witnessing import Head

LOG = "Example:  onrecord log bridge --since 2031-03-07 --desk desk.db"
VERIFY = "Example:  onrecord verify --desk desk.db"
HEAD = "Example:  onrecord head --desk desk.db >> heads.txt"
BACKUP = "Example:  onrecord backup desk-2031-03-07.db --desk desk.db"


def log(
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="One story; else all.", show_default=False)
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="TIME", help="Only what came after; of a story also what it changed."),
    ] = None,
    desk: DeskAddress = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Tell what was entered, when, by whom, and since a time also which claims stand elsewhere now, and why."""
    from onrecord import desk_pipeline
    from onrecord.ledger.codec import encode

    start = since_instant(since)
    with opened(desk) as held:
        entries = held.log(story, start.at if start else None)
        turns = desk_pipeline.changes_since(held, story, start) if story and start else ()
    if format is Format.JSON:
        write_json({"entries": [entry_json(entry) for entry in entries], "turns": encode(turns)})
        return
    lines = [entry_line(entry) for entry in entries] or ["nothing was entered"]
    if turns:
        lines.extend(["", f"what changed since {since}:", *(f"  {turn_line(turn)}" for turn in turns)])
    write_lines(lines)


def entry_line(entry: Entry) -> str:
    """One entry on one line; a person's is marked."""
    who = f"☞ {entry.person}" if entry.person else entry.by.partition(":")[2]
    place = f"{shown(entry.story)}/{entry.subject}" if entry.story else entry.subject
    return f"{entry.seq:>6}  {_clock(entry.at)}  {entry.act.value:<10}  {place}  {shown(who)}{_detail(entry)}"


def _clock(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}Z"


def _detail(entry: Entry) -> str:
    payload = json.loads(entry.payload)
    if meant := payload.get("decision"):
        told = [meant["verdict"], meant.get("value"), meant.get("why")]
        return f"  {' · '.join(shown(one) for one in told if one)}"
    if "turns" in payload:
        return f"  {shown(payload['why'])} · {len(payload['turns'])} claims changed"
    if payload.get("came_from"):
        return f"  {shown(payload['came_from'])}"
    if "authority" in payload:
        return f"  {shown(payload['authority'])} · {payload.get('at', 'waits')}"
    if "words" in payload:
        return f"  {payload['kind']}: {shown(payload['words'])}"
    if "items" in payload:
        return f"  {counted(len(payload['items']), 'item')} taken"
    if "lines" in payload:
        return f"  {len(payload['lines'])} lines"
    undone = f"entry {payload['entry']}" if "entry" in payload else None
    told = [undone, payload.get("why")]
    return "  " + " · ".join(shown(one) for one in told if one) if any(told) else ""


def verify(
    desk: DeskAddress = None,
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="HEADS", help="An earlier head, a file of them, or another desk; several."),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option("--certificate", metavar="FILE.pem", help="Whose time stamps count.")
    ] = None,
    pack: Annotated[Path | None, typer.Option("--pack", metavar="FILE.zip", help="Check a pack, not a desk.")] = None,
    seal: Annotated[str, typer.Option("--seal", metavar="DIGEST", help="What the export told of the pack.")] = "",
    format: FormatOption = Format.TEXT,
) -> None:
    """Check every digest, every link of the chain, every line's words, and what is derived; exit 1 and name faults.

    An earlier head that was kept elsewhere shows what was cut or written anew since.
    """
    from onrecord.ledger.custody.verify import verify as check
    from onrecord.ledger.custody.witnessing import told_heads

    heads = [head for one in against or () for head in told_heads(one)]
    if pack is not None:
        _verify_pack(pack, seal, heads, format)
        return
    with opened(desk) as held, progress() as watch:
        pinned = _certificate(certificate)
        found = check(held.store, watch, heads=heads, authority=pinned)
        faults = found.faults
        if found.derived:
            with suppress(StoreError):
                held.rebuild()
        if not faults or found.derived:
            faults = (*faults, *held.check_tellings())
    counts = {"entries": found.entries, "files": found.files, "lines": found.lines, "stamps": found.stamps}
    if format is Format.JSON:
        write_json({**counts, "head": found.head, "faults": list(faults)})
    else:
        told = ", ".join(f"{found_one} {name}" for name, found_one in counts.items() if found_one or name != "stamps")
        write_lines([f"{'damaged' if faults else 'whole'}: {told}, head {found.head}"])
    if found.ahead:
        complain(
            f"note: entry {found.ahead} and what follows are dated later than tomorrow · verify · a clock ran ahead"
        )
    if found.unchecked_stamps:
        complain(f"note: {found.unchecked_stamps} stamps not checked · verify · pip install '.[timestamp]'")
    if found.unnamed_stamps:
        many = counted(found.unnamed_stamps, "stamp")
        complain(
            f"note: {many} by a certificate that only the desk names · verify · give yours: --certificate FILE.pem"
        )
    _tell_faults(faults)


def _tell_faults(faults: Sequence[str]) -> None:
    for fault in faults:
        complain(f"fault: {fault}")
    if any(fault.startswith("derived ") for fault in faults):
        complain("note: what is derived was made anew from the entries, as far as the desk can be written")
    if faults:
        raise typer.Exit(1)


def _verify_pack(pack: Path, seal: str, heads: Sequence[Head], format: Format) -> None:
    from onrecord.ledger.packing.custody import UNREADABLE, Pack, check

    try:
        faults, told = check(Pack(pack), seal, heads)
    except UNREADABLE as error:
        raise UsageError(f"no pack that can be read ({type(error).__name__}) · {pack} · ask for it again") from error
    if format is Format.JSON:
        write_json({"told": told, "faults": faults})
    else:
        write_lines([f"{'damaged' if faults else 'whole'}: {told}"])
    _tell_faults(faults)


def _certificate(place: Path | None) -> str | None:
    if place is None:
        return None
    from onrecord.ledger.stamping import certificates

    try:
        told = place.read_text("utf-8", "replace")
        certificates(told)
        return told
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot be read: {why} · {place} · give the certificate as PEM") from error


def head(
    desk: DeskAddress = None,
    onto: Annotated[
        Path | None, typer.Option("--onto", metavar="FILE", help="Put it at the end of a file of heads too.")
    ] = None,
) -> None:
    """Print the last entry's number and hash, to keep where whoever holds the desk cannot write."""
    from onrecord.ledger.custody.witnessing import head_line

    with opened(desk) as held:
        line = head_line(held.store)
    if onto is not None:
        try:
            with onto.open("a", encoding="utf-8") as file:
                file.write(f"{line}\n")
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            raise UsageError(f"cannot be written: {why} · {onto} · name a file that you may write") from error
    write_lines([line])


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file.", show_default=False)],
    desk: DeskAddress = None,
) -> None:
    """Copy a desk as it is now, even while it is served: what is in its log beside the file is in the copy too."""
    from onrecord.ledger.storage.copying import copy

    with opened(desk) as held:
        beside = copy(held.store, file)
        seq, last = held.head()
    write_lines(
        [
            f"copied: {file} · head {last} (entry {seq}) · check it with: onrecord verify --desk {file}",
            f"accounts and alerts: {beside} · keep it with the copy, and never hand it on",
        ]
    )
