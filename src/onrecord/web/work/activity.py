"""Entries of the ledger to sentences that say who did what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from onrecord.datamodel.entry import Decision, Entry, EntryType, ReportField, Side, Verdict, WorkState
from onrecord.datamodel.party import PartyKind
from onrecord.ledger.codec import decode
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage.index import cancelled
from onrecord.rendering.wording import counted, cut, shown

_WORDS_CHARS = 90
# Values that are words with a hyphen in the record.
_PLAIN = (*Side, *WorkState)
_CAN_BE_UNDONE = (EntryType.DECIDED, EntryType.WITHDRAWN, EntryType.UNDONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One entry as it is told: who, what in words, why; `undone_by` is the entry that took it back."""

    seq: int
    at: datetime
    who: str
    by_person: bool
    what: str
    about: str
    why: str
    claims: tuple[str, ...]
    undoable: bool
    undone_by: int | None = None


def narrated(entries: Iterable[Entry], undoings: Sequence[Entry], known: dict[int, Entry] | None = None) -> list[Done]:
    """Entries in the order given; `undoings` are all of the story's, `known` the entries that those take back."""
    pairs = [(one.seq, int(payload_of(one)["entry"])) for one in undoings]
    gone = cancelled(pairs)
    by = {target: seq for seq, target in pairs if seq not in gone}
    return [_done(one, gone, by, known or {}) for one in entries]


def _done(entry: Entry, gone: frozenset[int], by: dict[int, int], known: dict[int, Entry]) -> Done:
    what, about, claims = _told(entry, known)
    payload = payload_of(entry)
    why = payload["decision"].get("why") if "decision" in payload else payload.get("why")
    return Done(
        seq=entry.seq,
        at=entry.at,
        who=shown(entry.person or entry.by.partition(":")[2]),
        by_person=entry.person is not None,
        what=what,
        about=cut(shown(about), 3 * _WORDS_CHARS),
        why=shown(str(why or "")),
        claims=claims,
        undoable=entry.act in _CAN_BE_UNDONE and entry.seq not in gone,
        undone_by=by.get(entry.seq),
    )


def _told(entry: Entry, known: dict[int, Entry]) -> tuple[str, str, tuple[str, ...]]:
    """What was done, on which words, and the claims that it concerns."""
    payload = payload_of(entry)
    if entry.act is EntryType.DECIDED:
        return decided_words(decode(Decision, payload["decision"]))
    if entry.act is EntryType.UNDONE:
        return _undone(int(payload["entry"]), known)
    return _desk_words(entry, payload), "", ()


def _undone(seq: int, known: dict[int, Entry]) -> tuple[str, str, tuple[str, ...]]:
    meant = known.get(seq)
    if meant is None:
        return f"undid entry {seq}", "", ()
    if meant.act is EntryType.KEPT:
        return f"keeps the search “{shown(meant.subject)}” no longer", "", ()
    if meant.act is EntryType.WITHDRAWN:
        return f"brought report {shown(meant.subject)} back", "", ()
    what, about, claims = _told(meant, {})
    return f"took back that {shown(meant.person or 'the desk')} {what} (entry {seq})", about, claims


def decided_words(decision: Decision) -> tuple[str, str, tuple[str, ...]]:
    """A decision in words: what was done, on which words, and the claims that it names."""
    claims = tuple(one.id for one in decision.claims)
    texts = [*(one.text for one in decision.claims), *(" … ".join(one.words) for one in decision.statements)]
    quoted = [f"“{cut(shown(one), _WORDS_CHARS)}”" for one in texts]
    value = shown(decision.value or "")
    about = " · ".join(quoted)
    if decision.verdict is Verdict.RENAME:
        renamed = quoted[0] if quoted else f"the speaker {shown(decision.party or '')}"
        return "renamed a claim" if quoted else "renamed a speaker", f"{renamed} → “{value}”", claims
    if decision.verdict in _VALUED:
        return _VALUED[decision.verdict].format(value=_worded(value)), about or shown(decision.report or ""), claims
    if decision.verdict is Verdict.REPORT:
        if decision.field == ReportField.COPY_OF:
            return f"said that report {shown(decision.report or '')} is a copy of {value}", "", ()
        return f"corrected the {decision.field} of report {shown(decision.report or '')} to {value}", "", ()
    if decision.verdict is Verdict.SPEAKS_FOR:
        names = " and ".join(shown(one.name) for one in decision.parties)
        return f"said that {names} speaks for {_named(value)}", "", ()
    if decision.verdict is Verdict.SAME_PARTY:
        names = " and ".join(shown(one.name) for one in decision.parties)
        return f"said that {names} are one speaker", "", ()
    if decision.verdict is Verdict.SPEAKER_IS:
        return (
            f"named {_named(value)} as the speaker of {counted(len(decision.statements), 'statement')}",
            about,
            claims,
        )
    return _verdict_words(decision), about, claims


_VALUED = {
    Verdict.SIDE: "put a statement on a side: {value}",
    Verdict.PASSED_ON: "said that the speaker only passed it on from {value}",
    Verdict.NEW_CLAIM: "opened the claim “{value}”",
    Verdict.ADD_STATEMENT: "added a statement",
    Verdict.STATE: "set a claim to {value}",
    Verdict.OWNER: "gave a claim to {value}",
    Verdict.TAG: "tagged a claim #{value}",
    Verdict.UNTAG: "took the tag #{value} off a claim",
    Verdict.NOTE: "noted on a claim: “{value}”",
    Verdict.TITLE: "gave the story the title “{value}”",
}


def _worded(value: str) -> str:
    return cut(value.replace("-", " ") if value in _PLAIN else value, _WORDS_CHARS) or "nobody named"


def _named(value: str) -> str:
    kind, colon, name = value.partition(":")
    return f"{name.strip()} ({kind})" if colon and kind in tuple(PartyKind) else value


def _verdict_words(decision: Decision) -> str:
    things = (
        counted(len(decision.claims), "claim") if decision.claims else counted(len(decision.statements), "statement")
    )
    if decision.verdict is Verdict.SAME:
        return f"merged {things}"
    if decision.verdict is Verdict.DIFFERENT:
        split = decision.claims and decision.statements
        return (
            f"split a claim, {counted(len(decision.statements), 'statement')} out" if split else f"told {things} apart"
        )
    if decision.verdict is Verdict.NOT_A_CLAIM:
        return f"set {things} aside" if decision.claims else f"rejected {things}"
    if decision.verdict is Verdict.CORRECT_SPAN:
        return "corrected the words of a statement"
    return f"accepted {things}" if decision.verdict is Verdict.ACCEPT else f"decided “{decision.verdict}” on {things}"


def _desk_words(entry: Entry, payload: dict[str, Any]) -> str:
    subject = shown(entry.subject)
    if entry.act is EntryType.WITHDRAWN:
        onto = payload.get("moved_to")
        return f"moved report {subject} to the story “{shown(onto)}”" if onto else f"withdrew report {subject}"
    if entry.act is EntryType.KEPT:
        return f"kept the search “{subject}”"
    if entry.act is EntryType.CAPTURED:
        return f"captured report {subject} from {cut(shown(str(payload.get('came_from') or 'unknown')), _WORDS_CHARS)}"
    if entry.act is EntryType.READ:
        return f"read report {subject}"
    if entry.act is EntryType.ATTRIBUTED:
        return f"found {counted(len(payload['lines']), 'statement')} in report {subject}"
    if entry.act is EntryType.COMPARED:
        return f"held report {subject} against {shown(str(payload['comparison']['before']))}, which it revises"
    if entry.act is EntryType.LINKED and "turns" in payload:
        return f"built the story again: {counted(len(payload['turns']), 'claim')} changed"
    return f"{entry.act.value}: {subject}"
