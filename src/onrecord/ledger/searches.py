"""Searches that people keep: an entry each, with a name, for all who work at the desk; taken off by another entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.datamodel.entry import EntryType
from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk, EntryReceipt, told_why
from onrecord.ledger.entries import Note, payload_of, person
from onrecord.ledger.stamping import NO_STORY
from onrecord.ledger.storage import index
from onrecord.ledger.storage.store import View

# What a search is made of: the words, and the facets that narrow it.
PARTS = ("q", "speaker", "story", "outlet", "standing", "kind", "day", "past")
_MOST_NAME_CHARS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSearch:
    """A search that somebody keeps under a name; `asked` holds its words and facets, without those that are empty."""

    entry: int
    by: str
    name: str
    asked: Mapping[str, str]


def keep_search(desk: Desk, name: str, asked: Mapping[str, str], *, by: str, why: str = "") -> EntryReceipt:
    """Keep a search; one of the same name is replaced. Raises UsageError where it has no name or looks for nothing."""
    plain = " ".join(name.split())
    kept = {part: asked[part].strip() for part in PARTS if asked.get(part, "").strip()}
    if not plain or not plain.isprintable() or len(plain) > _MOST_NAME_CHARS:
        raise UsageError(f"no name for the search · keep · one to {_MOST_NAME_CHARS} characters")
    if not kept.keys() & {"q", "speaker"}:
        raise UsageError("no words to look for · keep · give a word or a speaker")
    payload = {"name": plain, "asked": kept, "why": told_why(why)}
    note = Note(by=person(by), act=EntryType.KEPT, story=NO_STORY, subject=plain, payload=payload)
    with desk.store.writer() as writer:
        return EntryReceipt(entry=writer.enter(note))


def drop_search(desk: Desk, entry: int, *, by: str, why: str = "") -> EntryReceipt:
    """Keep a search no longer; raises UsageError where the entry keeps none."""
    with desk.store.writer() as writer:
        if entry not in [one.entry for one in _kept(writer)]:
            raise UsageError(f"entry {entry} keeps no search · the kept searches · see: onrecord find --kept")
        meant = writer.entry(entry)
        assert meant is not None, "a kept search is an entry"
        payload = {"entry": entry, "why": told_why(why)}
        note = Note(by=person(by), act=EntryType.UNDONE, story=NO_STORY, subject=meant.subject, payload=payload)
        return EntryReceipt(entry=writer.enter(note))


def kept_searches(desk: Desk) -> tuple[KeptSearch, ...]:
    """The searches that are kept, by name."""
    with desk.store.view() as view:
        return _kept(view)


def _kept(view: View) -> tuple[KeptSearch, ...]:
    found = list(view.entries(NO_STORY, acts=[EntryType.KEPT, EntryType.UNDONE]))
    pairs = [(one.seq, int(payload_of(one)["entry"])) for one in found if one.act is EntryType.UNDONE]
    gone = index.cancelled(pairs)
    held: dict[str, KeptSearch] = {}
    for one in found:
        if one.act is EntryType.KEPT and one.seq not in gone:
            payload = payload_of(one)
            held[payload["name"].casefold()] = KeptSearch(
                entry=one.seq, by=one.person or one.by, name=payload["name"], asked=payload["asked"]
            )
    return tuple(held[key] for key in sorted(held))
