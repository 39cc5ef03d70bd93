"""What concerns one person: notes that call them, answers to theirs, claims given to them, and what became of those."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from onrecord.datamodel.entry import Decision, Entry, EntryType, Verdict
from onrecord.ledger.codec import decode
from onrecord.ledger.desk import Desk
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage import index
from onrecord.rendering.wording import cut, shown
from onrecord.web.auth.people import Person, may_see

# Nobody reads further back.
MOST = 200
_TOLD = (Verdict.NOTE.value, Verdict.OWNER.value)
_WORDS_CHARS = 200
_NAME = r"@{}(?![\w-])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One thing that concerns a person; `why` is "called", "reply", "given" or "note"."""

    entry: int
    at: datetime
    who: str
    why: str
    words: str
    about: str
    story: str
    claim: str | None


WHY_WORDS = {
    "called": "called you",
    "reply": "answered your note",
    "given": "gave you a claim",
    "note": "noted on your claim",
}


class Notices:
    """The notes and owners of a desk, read once and then as they are entered, so that a page can tell what is new."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held: list[tuple[Entry, Decision]] = []
        self._undoings: list[tuple[int, int]] = []
        self._last = 0
        self._told: tuple[int, list[tuple[Entry, Decision]]] = (-1, [])
        self._lock = threading.Lock()

    def of(self, person: Person, after: int = 0) -> tuple[Notice, ...]:
        """What concerns a person since an entry, the newest first; what they did themselves is no news to them."""
        mine = [(entry, meant) for entry, meant in self._standing() if may_see(person, entry.story)]
        notes = {entry.seq: entry for entry, meant in mine if meant.verdict is Verdict.NOTE}
        owned = _owned(mine, person.name)
        found = []
        for entry, meant in mine:
            if entry.seq > after and entry.person != person.name:
                why = _why(meant, person.name, notes, owned, entry.story)
                found.extend([_notice(entry, meant, why)] if why else [])
        return tuple(reversed(found))[:MOST]

    def _standing(self) -> list[tuple[Entry, Decision]]:
        """All notes and owners that nobody took back, in order.

        Every page asks for them: who finds that nothing was entered since waits for nobody.
        """
        newest = self._desk.head()[0]
        if (told := self._told)[0] >= newest:
            return told[1]
        with self._lock:
            if self._told[0] >= newest:
                return self._told[1]
            with self._desk.store.view() as view:
                # Read before the entries, so that what comes between the two is among them.
                head = view.head()[0]
                fresh = list(view.entries(after=self._last, acts=[EntryType.DECIDED, EntryType.UNDONE]))
            self._last = max(head, *(entry.seq for entry in fresh), 0)
            for entry in fresh:
                if entry.act is EntryType.UNDONE:
                    self._undoings.append((entry.seq, int(payload_of(entry)["entry"])))
                elif payload_of(entry)["decision"]["verdict"] in _TOLD:
                    self._held.append((entry, decode(Decision, payload_of(entry)["decision"])))
            gone = index.cancelled(self._undoings)
            self._told = (self._last, [one for one in self._held if one[0].seq not in gone])
            return self._told[1]


def _owned(held: Iterable[tuple[Entry, Decision]], name: str) -> frozenset[tuple[str, str]]:
    """The claims that are a person's now, by story and id."""
    owners: dict[tuple[str, str], str] = {}
    for entry, meant in held:
        if meant.verdict is Verdict.OWNER:
            owners.update({(entry.story, one.id): meant.value or "" for one in meant.claims})
    return frozenset(key for key, owner in owners.items() if owner.casefold() == name.casefold())


def _why(
    meant: Decision, name: str, notes: dict[int, Entry], owned: frozenset[tuple[str, str]], story: str
) -> str | None:
    if meant.verdict is Verdict.OWNER:
        return "given" if (meant.value or "").casefold() == name.casefold() else None
    if re.search(_NAME.format(re.escape(name)), meant.value or "", re.IGNORECASE):
        return "called"
    answered = notes.get(meant.reply_to or 0)
    if answered and answered.person == name:
        return "reply"
    return "note" if any((story, one.id) in owned for one in meant.claims) else None


def _notice(entry: Entry, meant: Decision, why: str) -> Notice:
    about = meant.claims[0] if meant.claims else None
    return Notice(
        entry=entry.seq,
        at=entry.at,
        who=shown(entry.person or ""),
        why=why,
        words=cut(shown(meant.value or ""), _WORDS_CHARS) if meant.verdict is Verdict.NOTE else "",
        about=cut(shown(about.text), _WORDS_CHARS) if about else "",
        story=entry.story,
        claim=about.id if about else None,
    )
