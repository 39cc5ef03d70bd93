"""Entries to the state of a story: pure, the same entries give the same state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from onrecord.datamodel.entry import Decision, Entry, EntryType, Line, ReportField, Verdict
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.report import Evidence, Report
from onrecord.errors import LedgerError
from onrecord.ledger.codec import decode
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage.index import cancelled
from onrecord.weighing.weigh import published_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One version of one report on record; `root` is the id of its first version."""

    report: Report
    root: str
    raw: str
    text: str
    entry: int
    at: datetime
    lines: tuple[Line, ...] = ()
    made_by: str = ""
    withdrawn: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A person's decision that stands, and the entry that holds it."""

    entry: int
    by: str
    decision: Decision
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A note in which an outlet corrects a report, and the entry that holds it."""

    entry: int
    report: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A story as its entries leave it: every version of every report, and the decisions that stand."""

    story: str
    head: int
    filed: tuple[Filed, ...]
    decisions: tuple[Decided, ...]
    corrections: tuple[Corrected, ...] = ()

    def version(self, report: str) -> Filed | None:
        """A report's version by its id."""
        return next((one for one in self.filed if one.report.id == report), None)

    def versions(self, root: str) -> tuple[Filed, ...]:
        """All versions of one report, in the order they came."""
        return tuple(one for one in self.filed if one.root == root)

    def current(self, instant: Moment | None = None) -> tuple[Filed, ...]:
        """The version of each report that counts, by report id.

        A revision cannot have been published before we captured what it revises: up to an instant, the version counts
        that had not been replaced by then.
        """
        chosen: dict[str, Filed] = {}
        before: dict[str, Filed] = {}
        for one in self.filed:
            earlier = before.get(one.root)
            before[one.root] = one
            if one.withdrawn is not None:
                continue
            if one.root not in chosen or earlier is None or _out_by(one, earlier, instant):
                chosen[one.root] = one
        return tuple(sorted(chosen.values(), key=lambda one: one.report.id))


def _out_by(one: Filed, earlier: Filed, instant: Moment | None) -> bool:
    return instant is None or (earlier.at <= instant.end and bool(published_by((one.report,), instant)))


def text_names(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The archived texts that a fold of these entries needs."""
    return tuple(payload_of(entry)["text"] for entry in entries if entry.act is EntryType.READ)


def fold(story: str, entries: Iterable[Entry], texts: Mapping[str, str]) -> State:
    """The state after these entries of one story; raises LedgerError where they do not add up."""
    filed: dict[str, Filed] = {}
    roots: dict[str, str] = {}
    decisions: list[Decided] = []
    withdrawals: list[tuple[int, str]] = []
    undoings: list[tuple[int, int]] = []
    notes: list[Corrected] = []
    head = 0
    for entry in entries:
        head = entry.seq
        if entry.act is EntryType.READ:
            one = _filed(entry, texts)
            filed[one.report.id] = one
            roots[one.report.id] = one.root
        elif entry.act is EntryType.ATTRIBUTED:
            filed[entry.subject] = _attributed(entry, filed)
        elif entry.act is EntryType.DECIDED:
            decision = decode(Decision, payload_of(entry)["decision"])
            decisions.append(Decided(entry=entry.seq, by=entry.by, decision=decision, at=entry.at))
        elif entry.act is EntryType.WITHDRAWN:
            withdrawals.append((entry.seq, entry.subject))
        elif entry.act is EntryType.CORRECTED:
            payload = payload_of(entry)
            notes.append(Corrected(entry=entry.seq, report=entry.subject, kind=payload["kind"], words=payload["words"]))
        elif entry.act is EntryType.UNDONE:
            undoings.append((entry.seq, payload_of(entry)["entry"]))
    gone = cancelled(undoings)
    decisions = [one for one in decisions if one.entry not in gone]
    held = [(seq, root) for seq, root in withdrawals if seq not in gone]
    return State(
        story=story,
        head=head,
        filed=tuple(_mended(_withdrawn(one, held), decisions) for one in filed.values()),
        decisions=tuple(decisions),
        corrections=tuple(one for one in notes if one.entry not in gone),
    )


def _filed(entry: Entry, texts: Mapping[str, str]) -> Filed:
    payload = payload_of(entry)
    try:
        report = decode(Report, {**payload["report"], "text": texts[payload["text"]]})
        return Filed(
            report=report, root=payload["root"], raw=payload["raw"], text=payload["text"], entry=entry.seq, at=entry.at
        )
    except KeyError as error:
        raise LedgerError(f"entry {entry.seq}: no {error} for report {entry.subject} · run onrecord verify") from error


def _attributed(entry: Entry, filed: Mapping[str, Filed]) -> Filed:
    payload = payload_of(entry)
    one = filed.get(entry.subject)
    if one is None:
        raise LedgerError(f"entry {entry.seq}: attributes {entry.subject}, which was never read · run onrecord verify")
    return replace(one, lines=decode(tuple[Line, ...], payload["lines"]), made_by=payload["made_by"])


def _mended(one: Filed, decisions: Iterable[Decided]) -> Filed:
    """A version of a report with the date, outlet, byline and headline that people gave it; its text never changes."""
    report = one.report
    for decided in decisions:
        meant = decided.decision
        if meant.verdict is not Verdict.REPORT or meant.report != one.root or meant.field is None or not meant.value:
            continue
        corrected_by = f"{decided.by.removeprefix('person:')} (entry {decided.entry})"
        evidence = Evidence(field=meant.field, value=meant.value, found_in=corrected_by, chosen=True)
        before = tuple(replace(old, chosen=old.chosen and old.field != meant.field) for old in report.evidence)
        report = replace(report, evidence=(evidence, *before), **_changed(report, meant.field, meant.value))
    return one if report is one.report else replace(one, report=report)


def _changed(report: Report, field: str, value: str) -> dict[str, Any]:
    if field == ReportField.COPY_OF:
        return {"notes": (*report.notes, f"a copy of report {value}, as a person decided")}
    return {ReportField(field).value: moment(value) if field == ReportField.PUBLISHED else value}


def _withdrawn(one: Filed, withdrawals: Iterable[tuple[int, str]]) -> Filed:
    by = max((seq for seq, root in withdrawals if root == one.root and seq > one.entry), default=None)
    return one if by is None else replace(one, withdrawn=by)
