"""What outlets themselves correct and withdraw, as entries beside the report that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, select

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.datamodel.report import STATUS, Part, Passage, Report
from onrecord.ledger.entries import Note, payload_of, tool
from onrecord.ledger.revisions.origins import same_origin
from onrecord.ledger.storage.index import fold, storable
from onrecord.ledger.storage.schema import reports
from onrecord.ledger.storage.store import Writer
from onrecord.reading.marking.corrections import kind_of, withdraws_itself

_VERSION = "corrections 2"
_MIN_WORDS = 3
# The root of the report that a note withdraws, and whether it may.
Meant = tuple[str | None, bool]


def enter_corrections(writer: Writer, story: str, report: Report, root: str, came_from: str) -> tuple[Entry, ...]:
    """Enter a report's notes of correction, and the withdrawal of whom its outlet withdraws; a person can undo each.

    Notes that an earlier version of the report had already are not entered again. Who asks to withdraw what came from
    another site, or from another feed or credit, withdraws nothing: its note says whom it asks to withdraw.
    """
    notes = [one for one in report.passages if one.part in (Part.CORRECTION, Part.WITHDRAWAL)]
    meant = {note: _meant(writer, story, (report, came_from), root, note) for note in notes}
    payloads = [*(_payload(note, report, meant[note]) for note in notes), *_listed(notes, report)]
    if not payloads:
        return ()
    by, said = tool(f"{_VERSION} ({report.reader})"), _said_before(writer, story, root)
    entered = [
        writer.enter(Note(by=by, act=EntryType.CORRECTED, story=story, subject=report.id, payload=payload))
        for payload in payloads
        if payload["words"] not in said
    ]
    for note in notes:
        gone, may = meant[note]
        if gone and may:
            why = f"{report.outlet or 'the outlet'} withdraws it: “{_one_line(note.span.of(report.text))}”"
            payload = {"why": why, "report": report.id, "span": [note.span.start, note.span.end]}
            entered.append(
                writer.enter(Note(by=by, act=EntryType.WITHDRAWN, story=story, subject=gone, payload=payload))
            )
            break
    return tuple(entered)


def _payload(note: Passage, report: Report, meant: Meant) -> dict[str, Any]:
    words = note.span.of(report.text)
    kind = "withdraws" if note.part is Part.WITHDRAWAL else kind_of(words)
    asks = {"asks": meant[0]} if meant[0] and not meant[1] else {}
    return {"kind": kind, "span": [note.span.start, note.span.end], "words": words, **asks}


def _listed(notes: Sequence[Passage], report: Report) -> Iterator[dict[str, Any]]:
    """Corrections that only the publisher's data lists: without a place, as the report's text does not print them."""
    printed = [fold(note.span.of(report.text)) for note in notes]
    for one in report.evidence:
        if one.field == "correction" and not any(fold(one.value) in words for words in printed):
            yield {"kind": kind_of(one.value), "words": one.value, "found_in": one.found_in}


def _one_line(words: str) -> str:
    return " ".join(words.split())[:300]


def _said_before(writer: Writer, story: str, root: str) -> frozenset[str]:
    mine = select(reports.c.report).where(reports.c.story == story, reports.c.root == root)
    versions = set(writer.connection.execute(mine).scalars())
    held = writer.entries(story, acts=[EntryType.CORRECTED])
    return frozenset(payload_of(one)["words"] for one in held if one.subject in versions)


def _meant(writer: Writer, story: str, who: tuple[Report, str], root: str, note: Passage) -> Meant:
    """The root of the report that a note withdraws (this one, the one it names, or none), and whether it may."""
    report, came_from = who
    if note.part is not Part.WITHDRAWAL:
        return None, False
    words = note.span.of(report.text)
    query = select(reports).where(reports.c.story == story, reports.c.state == "current", reports.c.root != root)
    others = list(writer.connection.execute(query.order_by(reports.c.entry)))
    if withdraws_itself(words) or report.revises or note.span == _headline(report):
        return root, True
    named = [row for row in others if _may_speak_for(report, row) and _names(report.text, row)]
    if len(named) != 1:
        return None, False
    return str(named[0].root), same_origin(writer, report, came_from, named[0])


def _headline(report: Report) -> object:
    """The place of the headline, which is all that an agency's cancelled item has as its note."""
    withdrawn = any(one.field == STATUS for one in report.evidence)
    return report.passages[0].span if withdrawn and report.passages else None


def _may_speak_for(report: Report, row: Row[Any]) -> bool:
    """An outlet withdraws what is its own; an item that names no outlet may be an agency's to its clients."""
    return not (report.outlet and row.outlet) or storable(report.outlet) == row.outlet


def _names(text: str, row: Row[Any]) -> bool:
    """Whether a notice names a report: by its headline or its address."""
    headline = fold(row.headline or "")
    words = fold(re.sub(r"\s+", " ", text))
    return bool(row.url and row.url in text) or (
        len(headline.split()) >= _MIN_WORDS and f" {headline} " in f" {words} "
    )
