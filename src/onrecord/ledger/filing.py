"""One reading onto record: known already, a new report, or a new version of one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, or_, select

from onrecord.datamodel.entry import Entry, EntryType, Line, Reading
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.ledger.codec import decode, encode
from onrecord.ledger.entries import Note, payload_of, tool
from onrecord.ledger.revisions.comparing import Comparison, compare
from onrecord.ledger.revisions.correcting import enter_corrections
from onrecord.ledger.revisions.origins import same_origin, vouched
from onrecord.ledger.revisions.story_diff import ClaimChange
from onrecord.ledger.storage.archive import text_bytes
from onrecord.ledger.storage.index import storable
from onrecord.ledger.storage.schema import reports
from onrecord.ledger.storage.store import View, Writer


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one reading: its outcome, the entries that hold it, and what a revision changed.

    `turns` are the claims that stand elsewhere since; they come once, with the last revision of one adding.
    """

    outcome: Outcome
    entries: tuple[Entry, ...] = ()
    comparison: Comparison | None = None
    turns: tuple[ClaimChange, ...] = ()


def known(view: View, story: str, report: Report) -> Outcome | None:
    """The outcome of a report whose very bytes are on record as they stand, None for any other."""
    query = select(reports).where(reports.c.story == story, reports.c.sha256 == report.sha256)
    for row in view.connection.execute(query.order_by(reports.c.entry.desc())):
        if row.state == "current":
            return _duplicate(report, row.report, f"the same bytes as {row.report}")
        if row.state == "withdrawn":
            seq = _withdrawal(view, story, row.root)
            back = f"undo entry {seq} to bring it back"
            return _duplicate(report, row.report, f"the same bytes as {row.report}, which was withdrawn; {back}")
    return None


def file_reading(writer: Writer, story: str, reading: Reading, start: int) -> Added:
    """Enter one reading, as a new version only of what was there at entry `start`."""
    if outcome := known(writer, story, reading.report):
        return Added(outcome=outcome)
    rows = list(writer.connection.execute(select(reports).where(reports.c.story == story, _alike(reading.report))))
    reading = _placed(writer, reading, rows)
    earlier = _revised(reading, [row for row in rows if row.entry <= start])
    taken = set(writer.connection.execute(select(reports.c.report).where(reports.c.story == story)).scalars())
    ident = _version_id(earlier.root, taken) if earlier else _fresh_id(reading.report.id, taken)
    report = replace(reading.report, id=ident, revises=earlier.report if earlier else None)
    root = earlier.root if earlier else ident
    entered = _enter(writer, story, replace(reading, report=report), root, reading.report.id)
    if earlier is None:
        gone = _withdrawn_by(entered)
        return Added(outcome=Outcome(input=report.file, fate=Fate.READ, report=ident, reason=gone), entries=entered)
    found = compare((earlier.report, _lines(writer, story, earlier.report)), (ident, reading.lines))
    note = Note(by=_desk(), act=EntryType.COMPARED, story=story, subject=ident, payload={"comparison": encode(found)})
    entry = writer.enter(note)
    reason = "; ".join(one for one in (_what_changed(found), _withdrawn_by(entered)) if one)
    outcome = Outcome(input=report.file, fate=Fate.REVISED, report=ident, reason=reason)
    return Added(outcome=outcome, entries=(*entered, entry), comparison=found)


def _placed(writer: Writer, reading: Reading, rows: Sequence[Row[Any]]) -> Reading:
    """A reading without the address that it gives itself, where another report has it and this one came from elsewhere.

    Its own site may bring a new version of a page, and so may the feed that brought it before; nobody else.
    """
    report, came = reading.report, reading.capture.came_from
    held = [row for row in rows if report.url and row.url == storable(report.url)]
    if not held or vouched(report, came) or any(same_origin(writer, report, came, row) for row in held):
        return reading
    reason = f"it names {report.url} as its address, which is that of {held[-1].report}, and came from elsewhere"
    note = f"{reason}; whether it is a version of that one is for a person to say"
    return replace(reading, report=replace(report, url=None, notes=(*report.notes, note)))


def _enter(writer: Writer, story: str, reading: Reading, root: str, name: str) -> tuple[Entry, ...]:
    report, capture = reading.report, reading.capture
    raw = writer.keep(capture.raw)
    text = writer.keep(text_bytes(report.text))
    came = {
        "raw": raw,
        "size": len(capture.raw),
        "came_from": storable(capture.came_from),
        "tool": capture.tool,
        "headers": [list(one) for one in capture.headers],
        "at": encode(capture.at),
    }
    payload = encode(report)
    del payload["text"]
    read = {"report": payload, "raw": raw, "text": text, "root": root, "name": name}
    lines = {"lines": encode(reading.lines), "made_by": reading.made_by}
    notes = (
        Note(by=tool(capture.tool), act=EntryType.CAPTURED, story=story, subject=report.id, payload=came),
        Note(by=tool(f"reader {report.reader}"), act=EntryType.READ, story=story, subject=report.id, payload=read),
        Note(by=tool(reading.made_by), act=EntryType.ATTRIBUTED, story=story, subject=report.id, payload=lines),
    )
    filed = tuple(writer.enter(note) for note in notes)
    return (*filed, *enter_corrections(writer, story, report, root, capture.came_from))


def _withdrawn_by(entered: Sequence[Entry]) -> str | None:
    """What an outlet's own words withdrew, and how to bring it back."""
    gone = next((one for one in entered if one.act is EntryType.WITHDRAWN), None)
    if gone:
        return f"it withdraws {gone.subject} (entry {gone.seq}); undo entry {gone.seq} to bring it back"
    asked = (payload_of(one).get("asks") for one in entered if one.act is EntryType.CORRECTED)
    meant = next((one for one in asked if one), None)
    return f"it asks to withdraw {meant}, and came from elsewhere; onrecord drop withdraws it" if meant else None


def _desk() -> str:
    return tool("desk 1")


def _alike(report: Report) -> Any:
    same_file = reports.c.file == storable(report.file)
    return or_(same_file, reports.c.url == storable(report.url)) if report.url else same_file


def _revised(reading: Reading, rows: Sequence[Row[Any]]) -> Row[Any] | None:
    """The last version of the report that this one is a newer capture of.

    The same address is the same report; so is the same file name, unless addresses or outlets tell the two apart or the
    file holds several reports.
    """
    report = reading.report
    last = {row.root: row for row in sorted(rows, key=lambda row: row.entry)}
    heads = sorted(last.values(), key=lambda row: row.entry)
    if report.url and (same := [row for row in heads if row.url == storable(report.url)]):
        return same[-1]
    same_file = [row for row in heads if row.file == storable(report.file)]
    # What was fetched is named after the address that was asked, whatever address the page gives itself.
    fetched = reading.sole and reading.capture.came_from.startswith(("http://", "https://"))
    named = same_file if fetched else [row for row in same_file if _may_be(report, row)]
    if reading.sole and len(named) == 1:
        return named[0]
    return next((row for row in named if row.name == report.id), None)


def _may_be(report: Report, row: Row[Any]) -> bool:
    addresses = report.url and row.url and storable(report.url) != row.url
    outlets = report.outlet and row.outlet and storable(report.outlet) != row.outlet
    return not addresses and not outlets


def _version_id(root: str, taken: set[str]) -> str:
    number = 2
    while f"{root}-v{number}" in taken:
        number += 1
    return f"{root}-v{number}"


def _fresh_id(wanted: str, taken: set[str]) -> str:
    ident, number = wanted, 2
    while ident in taken:
        ident, number = f"{wanted}-{number}", number + 1
    return ident


def _lines(view: View, story: str, report: str) -> tuple[Line, ...]:
    held = [one for one in view.entries(story, acts=[EntryType.ATTRIBUTED]) if one.subject == report]
    return decode(tuple[Line, ...], payload_of(held[-1])["lines"]) if held else ()


def _withdrawal(view: View, story: str, root: str) -> int:
    held = [one.seq for one in view.entries(story, acts=[EntryType.WITHDRAWN]) if one.subject == root]
    return max(held, default=0)


def _duplicate(report: Report, ident: str, reason: str) -> Outcome:
    return Outcome(input=report.file, fate=Fate.DUPLICATE, report=ident, reason=reason)


def _what_changed(found: Comparison) -> str:
    parts = [f"a new version of {found.before}"]
    for many, word in ((len(found.cut), "cut"), (len(found.altered), "altered"), (len(found.added), "added")):
        if many:
            parts.append(f"{many} statement{'' if many == 1 else 's'} {word}")
    return ", ".join(parts) if len(parts) > 1 else f"{parts[0]}, every statement as it was"
