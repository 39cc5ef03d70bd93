"""`onrecord log`, `verify` and `export`: the chain of custody."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.filing import turn_line
from onrecord.cli.desk.options import (
    DeskAddress,
    Format,
    FormatOption,
    StoryName,
    opened,
    since_instant,
    write_json,
    write_lines,
)
from onrecord.cli.output import complain
from onrecord.cli.progress import progress
from onrecord.errors import UsageError
from onrecord.rendering.wording import counted, shown

if TYPE_CHECKING:
    from onrecord.datamodel.entry import Entry

LOG = "Example:  onrecord log bridge --since 2031-03-07 --desk desk.db"
VERIFY = "Example:  onrecord verify --desk desk.db"
EXPORT = "Example:  onrecord export bridge --pack bridge.zip --desk desk.db"


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


def entry_json(entry: Entry) -> dict[str, object]:
    """One entry with its payload opened."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "act": entry.act.value,
        "story": entry.story,
        "subject": entry.subject,
        "payload": json.loads(entry.payload),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def verify(desk: DeskAddress = None, format: FormatOption = Format.TEXT) -> None:
    """Check every digest, every link of the chain and every line's words; exit 1 and name what is not as it was."""
    from onrecord.ledger.verify import verify as check

    with opened(desk) as held, progress() as watch:
        found = check(held.store, watch)
    counts = {"entries": found.entries, "files": found.files, "lines": found.lines, "stamps": found.stamps}
    if format is Format.JSON:
        write_json({**counts, "head": found.head, "faults": list(found.faults)})
    else:
        told = ", ".join(f"{found_one} {name}" for name, found_one in counts.items() if found_one or name != "stamps")
        write_lines([f"{'damaged' if found.faults else 'whole'}: {told}, head {found.head}"])
    if found.unchecked_stamps:
        complain(f"note: {found.unchecked_stamps} stamps not checked · verify · pip install onrecord[timestamp]")
    for fault in found.faults:
        complain(f"fault: {fault}")
    if found.faults:
        raise typer.Exit(1)


def export(
    story: StoryName,
    pack: Annotated[
        Path | None, typer.Option("--pack", metavar="FILE.zip", help="Write the record with its verifier.")
    ] = None,
    desk: DeskAddress = None,
) -> None:
    """Write a story's record as one file that a stranger can check offline: python3 FILE.zip."""
    if pack is None:
        raise UsageError("nothing to write · export · name the file: --pack FILE.zip")
    from onrecord.cli.output import write_bytes
    from onrecord.ledger.packing.pack import pack as packed
    from onrecord.rendering import storyfile

    with opened(desk) as held:
        told = held.story(story)
        write_bytes(packed(held.store, story, {"story.json": storyfile.render(told).encode()}), pack)
        seq, last = held.head()
    write_lines([f"packed: {pack} · head {last} (entry {seq}) · check it with: python3 {pack}"])
