"""Reports from one story to another: withdrawn in the one, entered in the other, and both undone together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from onrecord.datamodel.entry import Capture, Entry, EntryType, Reading
from onrecord.datamodel.report import Fate
from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk, story_name, told_why
from onrecord.ledger.entries import Note, payload_of, person
from onrecord.ledger.filing import file_reading
from onrecord.ledger.replay import Filed, State
from onrecord.ledger.storage import index
from onrecord.ledger.storage.schema import reports
from onrecord.ledger.storage.store import Writer

_RESERVED = "moved_to"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One report that was moved: its id here and there, whether it was there already, and the entry that did it."""

    report: str
    now: str
    there: bool
    entry: Entry


def move(desk: Desk, story: str, idents: Sequence[str], onto: str, *, by: str, why: str) -> tuple[Moved, ...]:
    """Move reports to another story, which may be new; all of them or none.

    A report goes with its bytes, its text, its statements and what people corrected of its date, outlet, byline and
    headline; other decisions stay with the story that they were made on. Raises UsageError where a report is not told
    in the story, or the two stories are one.
    """
    target = story_name(onto)
    if target == story:
        raise UsageError(f"'{onto}' is the story that they are in · move · name another one")
    state = desk.state(story)
    chosen = [_current(state, ident) for ident in dict.fromkeys(idents)]
    if not chosen:
        raise UsageError("no report to move · move · name reports, or all of them")
    with desk.store.view() as view:
        raws = view.fetch([one.raw for one in chosen])
    with desk.store.writer() as writer:
        batch = writer.head()[0] + 1
        return tuple(_moved(writer, one, (story, target), raws, _Said(by, told_why(why), batch)) for one in chosen)


def move_all(desk: Desk, story: str, onto: str, *, by: str, why: str) -> tuple[Moved, ...]:
    """Join a story to another: every report that it tells is moved there."""
    idents = [one.report.id for one in desk.state(story).current()]
    return move(desk, story, idents, onto, by=by, why=why)


@dataclass(frozen=True, slots=True)
class _Said:
    by: str
    why: str
    batch: int


def _current(state: State, ident: str) -> Filed:
    found = next((one for one in state.current() if ident in (one.report.id, one.root)), None)
    if found is None:
        raise UsageError(
            f"no report '{ident[:80]}' that is told · story {state.story} · see: onrecord show {state.story}"
        )
    return found


def _moved(writer: Writer, filed: Filed, stories: tuple[str, str], raws: Mapping[str, bytes], said: _Said) -> Moved:
    story, onto = stories
    report = replace(filed.report, revises=None)
    came = f"story {story}, report {filed.report.id} (entry {filed.entry})"
    capture = Capture(raw=raws[filed.raw], came_from=came, tool="desk 1", at=report.captured)
    reading = Reading(report=report, capture=capture, lines=filed.lines, made_by=filed.made_by)
    # Of nothing that is there it is a new version: files of two stories share names like 01.txt.
    added = file_reading(writer, onto, reading, 0)
    now, there = added.outcome.report or "", added.outcome.fate is Fate.DUPLICATE
    if there and not _told_there(writer, onto, now):
        raise UsageError(f"{added.outcome.reason} · story {onto} · {filed.report.id} was not moved")
    payload = {"why": said.why, _RESERVED: onto, "as": now, "there": there, "batch": said.batch}
    note = Note(by=person(said.by), act=EntryType.WITHDRAWN, story=story, subject=filed.root, payload=payload)
    return Moved(report=filed.report.id, now=now, there=there, entry=writer.enter(note))


def _told_there(writer: Writer, story: str, ident: str) -> bool:
    mine = (reports.c.story == story) & (reports.c.report == ident) & (reports.c.state == "current")
    return writer.connection.execute(select(reports.c.entry).where(mine)).first() is not None


def moved_to(entry: Entry) -> str | None:
    """The story that an entry moved a report to; None where it moved none."""
    if entry.act is not EntryType.WITHDRAWN:
        return None
    story: str | None = payload_of(entry).get(_RESERVED)
    return story


def undo_move(desk: Desk, seq: int, *, by: str, why: str) -> tuple[Entry, ...]:
    """Take a move back with all that were moved together: told here again, and withdrawn where they were put.

    Raises UsageError where the entry moved nothing, or was undone already.
    """
    with desk.store.writer() as writer:
        meant = writer.entry(seq)
        if meant is None or moved_to(meant) is None:
            raise UsageError(f"entry {seq} moved nothing · undo · see: onrecord log")
        batch = payload_of(meant)["batch"]
        pairs = [
            (one.seq, int(payload_of(one)["entry"])) for one in writer.entries(meant.story, acts=[EntryType.UNDONE])
        ]
        gone = index.cancelled(pairs)
        if seq in gone:
            raise UsageError(f"entry {seq} is undone already · story {meant.story} · see: onrecord log {meant.story}")
        held = list(writer.entries(meant.story, acts=[EntryType.WITHDRAWN]))
        mine = [one for one in held if one.seq not in gone and payload_of(one).get("batch") == batch]
        return tuple(entry for one in mine for entry in _back(writer, one, by, told_why(why)))


def _back(writer: Writer, entry: Entry, by: str, why: str) -> list[Entry]:
    payload = payload_of(entry)
    note = Note(
        by=person(by),
        act=EntryType.UNDONE,
        story=entry.story,
        subject=entry.subject,
        payload={"entry": entry.seq, "why": why},
    )
    found = [writer.enter(note)]
    if not payload["there"] and _told_there(writer, payload[_RESERVED], payload["as"]):
        back = {"why": why or f"moved back to {entry.story}", "moved_back": entry.seq}
        gone = Note(
            by=person(by), act=EntryType.WITHDRAWN, story=payload[_RESERVED], subject=payload["as"], payload=back
        )
        found.append(writer.enter(gone))
    return found
