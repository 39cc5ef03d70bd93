"""The desk: what is asked of the ledger and told from it, one method a request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Any

from sqlalchemy import delete, func, insert, select

from onrecord.datamodel.cache import MemoCache
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import ClaimAnchor, Decision, Entry, EntryType, Line, Reading, StatementAnchor
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.datamodel.story import Story
from onrecord.errors import LedgerError, OnRecordError, StoreError, UsageError
from onrecord.ledger.codec import canonical, decode, encode
from onrecord.ledger.deciding.address_faults import address_faults
from onrecord.ledger.deciding.addresses import counting, is_address
from onrecord.ledger.deciding.anchors import Scene, Settled, claim_anchor
from onrecord.ledger.deciding.making import claim_named
from onrecord.ledger.deciding.settling import corrections_of
from onrecord.ledger.entries import Note, payload_of, person, tool
from onrecord.ledger.filing import Added, file_reading, known
from onrecord.ledger.replay import Decided, State, fold
from onrecord.ledger.retelling import StoryBuilder, kept_stories, state_of, telling_faults, telling_key
from onrecord.ledger.stamping import NO_STORY
from onrecord.ledger.storage import index
from onrecord.ledger.storage.columns import packed, unpacked
from onrecord.ledger.storage.rederiving import lacks_reports
from onrecord.ledger.storage.schema import claim_addresses, claim_words, entries, reports, snapshots
from onrecord.ledger.storage.searching import Found, Hit, Wanted, keep_claim_words, search_all
from onrecord.ledger.storage.store import Clock, Store, View, Writer, wall_clock

_CAN_BE_UNDONE = frozenset({EntryType.DECIDED, EntryType.WITHDRAWN, EntryType.UNDONE, EntryType.CORRECTED})
# Tellings of one story, and what stands beside them, that are kept at once; older ones are told again when asked for.
_KEPT = 12
# Tellings of what was captured by some instant that are held in memory.
_CAPTURED = 4
# Stories of which decisions are held as they stand, and earlier tellings that are held, in memory.
_STORIES, _EARLIER = 16, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """One story of a desk at a glance."""

    name: str
    reports: int
    withdrawn: int
    entries: int
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryReceipt:
    """An entry that landed, and what others had entered on the same subjects since its maker last looked."""

    entry: Entry
    meanwhile: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What became of a claim's id: its claim, or the claims in question and why none of them is it.

    `text` is what the claim said when the id was given out, `statements` what counted for it then.
    """

    ident: str
    claim: Claim | None = None
    text: str | None = None
    claims: tuple[Claim, ...] = ()
    statements: tuple[StatementAnchor, ...] = ()
    reason: str | None = None


class Desk:
    """A ledger and what tells stories from it; close it, or use it in a with block."""

    def __init__(self, store: Store, teller: StoryBuilder | None = None) -> None:
        self.store = store
        self.teller = teller
        self._captured: dict[str, Story] = {}
        self._decisions: MemoCache[str, tuple[Decided, ...]] = MemoCache(_STORIES)
        self._earlier: MemoCache[str, Story | None] = MemoCache(_EARLIER)

    # What is entered.

    def add(self, story: str, readings: Iterable[Reading]) -> Iterator[Added]:
        """Enter readings one by one; what is yielded is on record for good.

        Readings that are added together are reports of their own: none is taken for a new version of another.
        """
        name, start = story_name(story), self.head()[0]
        self._mend(name)
        for reading in readings:
            yield self._filed(name, reading, start)

    def _mend(self, story: str) -> None:
        """Derive again what was dropped, so that nothing is entered twice for it."""
        with self.store.view() as view:
            if not lacks_reports(view, story):
                return
        self.rebuild()

    def _filed(self, story: str, reading: Reading, start: int) -> Added:
        try:
            with self.store.writer() as writer:
                return file_reading(writer, story, reading, start)
        except OnRecordError:
            raise
        except Exception as error:  # one report never costs another; the store took nothing of it
            reason = f"it cannot be put on record ({type(error).__name__}); save it as plain text"
            return Added(outcome=Outcome(input=reading.report.file, fate=Fate.REFUSED, reason=reason))

    def known(self, story: str, report: Report) -> Outcome | None:
        """The outcome of a report whose very bytes are on record already; saves attributing it again."""
        with self.store.view() as view:
            return known(view, story_name(story), report)

    def again(self, story: str, report: str, lines: Sequence[Line], made_by: str) -> Entry | None:
        """Enter a report's lines as another model or version finds them, beside the old; None where it is the same."""
        payload = {"lines": encode(tuple(lines)), "made_by": made_by}
        with self.store.writer() as writer:
            held = [one for one in writer.entries(story, acts=[EntryType.ATTRIBUTED]) if one.subject == report]
            if not held:
                raise UsageError(f"no report '{report}' · story {story} · see: onrecord show {story}")
            if held[-1].payload == canonical(payload):
                return None
            note = Note(by=tool(made_by), act=EntryType.ATTRIBUTED, story=story, subject=report, payload=payload)
            return writer.enter(note)

    def withdraw(self, story: str, report: str, *, by: str, why: str) -> EntryReceipt:
        """Withdraw a report with all its versions; its entries and bytes stay."""
        with self.store.writer() as writer:
            mine = (reports.c.story == story) & (reports.c.report == report)
            row = writer.connection.execute(select(reports).where(mine)).first()
            if row is None:
                raise UsageError(f"no report '{report}' · story {story} · see: onrecord show {story}")
            if row.state == "withdrawn":
                raise UsageError(f"report '{report}' is withdrawn already · story {story} · see: onrecord log {story}")
            note = Note(
                by=person(by), act=EntryType.WITHDRAWN, story=story, subject=row.root, payload={"why": told_why(why)}
            )
            return EntryReceipt(entry=writer.enter(note))

    def decide(self, story: str, decision: Decision, *, by: str) -> EntryReceipt:
        """Enter a person's decision; it lands even where others decided meanwhile, and says so."""
        why, subjects = told_why(decision.why), decision.subjects
        if not subjects:
            raise UsageError(f"nothing to decide on · {decision.verdict.value} · name statements, claims or a party")
        with self.store.writer() as writer:
            if not writer.story_head(story):
                raise UsageError(f"no story '{story}' · this desk · see: onrecord stories")
            meanwhile = _meanwhile(writer, story, decision)
            payload = {"decision": encode(decision), "meanwhile": [one.seq for one in meanwhile]}
            if why != decision.why:
                payload["decision"]["why"] = why
            note = Note(by=person(by), act=EntryType.DECIDED, story=story, subject=subjects[0], payload=payload)
            return EntryReceipt(entry=writer.enter(note), meanwhile=meanwhile)

    def undo(self, seq: int, *, by: str, why: str) -> EntryReceipt:
        """Take back a decision, a withdrawal or an undoing by an entry of its own."""
        with self.store.writer() as writer:
            meant = writer.entry(seq)
            if meant is None or meant.act not in _CAN_BE_UNDONE:
                raise UsageError(f"entry {seq} is no decision · undo · see: onrecord log")
            undone = [
                (one.seq, payload_of(one)["entry"]) for one in writer.entries(meant.story, acts=[EntryType.UNDONE])
            ]
            if seq in index.cancelled(undone):
                raise UsageError(
                    f"entry {seq} is undone already · story {meant.story} · see: onrecord log {meant.story}"
                )
            payload = {"entry": seq, "why": told_why(why)}
            note = Note(by=person(by), act=EntryType.UNDONE, story=meant.story, subject=meant.subject, payload=payload)
            return EntryReceipt(entry=writer.enter(note))

    def note_telling(self, story: str, payload: dict[str, object]) -> Entry:
        """Enter how the rules of a version tell a story, and what changed since the telling before."""
        made_by = self._teller().version
        with self.store.writer() as writer:
            return writer.enter(
                Note(by=tool(made_by), act=EntryType.LINKED, story=story, subject=story, payload=payload)
            )

    # What is asked.

    def stories(self) -> tuple[StorySummary, ...]:
        """All stories, by name."""
        with self.store.view() as view:
            counted: Counter[tuple[str, str]] = Counter()
            for row in view.connection.execute(select(reports.c.story, reports.c.state)):
                counted[row.story, row.state] += 1
            query = select(entries.c.story, func.count().label("many"), func.max(entries.c.at).label("last"))
            query = query.where(entries.c.story != NO_STORY)
            rows = view.connection.execute(query.group_by(entries.c.story).order_by(entries.c.story)).all()
        return tuple(
            StorySummary(
                name=row.story,
                reports=counted[row.story, "current"],
                withdrawn=counted[row.story, "withdrawn"],
                entries=row.many,
                last=datetime.fromisoformat(row.last),
            )
            for row in sorted(rows, key=lambda row: str(row.story))
        )

    def state(self, story: str, captured_by: Moment | None = None) -> State:
        """A story's state as of what was captured by an instant; raises UsageError where there is no such story."""
        with self.store.view() as view:
            return state_of(view, story, captured_by)

    def decisions(self, story: str) -> tuple[Decided, ...]:
        """People's decisions on a story that stand, without reading all else that it holds."""
        with self.store.view() as view:

            def read() -> tuple[Decided, ...]:
                return fold(story, view.entries(story, acts=[EntryType.DECIDED, EntryType.UNDONE]), {}).decisions

            return self._decisions.get_or_make(story, view.story_head(story), read)

    def scene(self, story: Story) -> Scene:
        """What decisions on a built story are anchored in, without reading all else that the ledger holds of it."""
        query = select(reports.c.report, reports.c.root, reports.c.entry, reports.c.sha256)
        with self.store.view() as view:
            rows = view.connection.execute(query.where(reports.c.story == story.name).order_by(reports.c.entry)).all()
        roots, entered, digests = {}, dict[str, int](), dict[str, str]()
        for row in rows:
            roots[row.report] = row.root
            entered.setdefault(row.root, row.entry)
            entered.setdefault(row.report, row.entry)
            digests.setdefault(row.root, row.sha256)
        corrections = corrections_of(self.decisions(story.name))
        return Scene(story.report, story.attribution, roots, entered, digests, corrections)

    def story(self, name: str, published_by: Moment | None = None, captured_by: Moment | None = None) -> Story:
        """A story as it is told now, by what was published and what was captured by two instants."""
        teller = self._teller()
        with self.store.view() as view:
            head = view.story_head(name, captured_by.end if captured_by else None)
            key = telling_key(name, head, teller.version, published_by, captured_by)
            if remembered := self._captured.get(key) or _remembered(view, name, key):
                return remembered
            state = state_of(view, name, captured_by)
        found = teller(state, published_by, captured_by)
        if captured_by is None:
            self._remember(key, head, found, published_by is None)
        else:
            # From the file alone nobody could check to what instant such a telling belongs.
            self._captured = dict([*self._captured.items(), (key, found)][-_CAPTURED:])
        return found

    def tell_anew(self, name: str) -> Story:
        """A story as its entries tell it now, whatever was kept of earlier tellings."""
        teller = self._teller()
        with self.store.view() as view:
            head = view.story_head(name)
            state = state_of(view, name, None)
        found = teller(state, None, None)
        self._remember(telling_key(name, head, teller.version, None, None), head, found, True)
        return found

    def check_tellings(self) -> tuple[str, ...]:
        """Each kept telling, and each story's claims in the search, that are not what the entries tell, in words.

        All are dropped and told anew. Stories are told again, which takes as long as telling them takes.
        """
        with self.store.view() as view:
            names = kept_stories(view)
            faults = tuple(dict.fromkeys(telling_faults(view, self._teller())))
            now = [name for name in names if view.story_head(name)]
        with suppress(StoreError), self.store.writer() as writer:
            for table in (snapshots, claim_words):
                writer.connection.execute(delete(table).where(table.c.story.in_(names)))
        for name in now:
            self.tell_anew(name)
        return faults

    def latest_snapshot(self, name: str) -> tuple[int, Story] | None:
        """The last telling that is kept by today's rules, and the last entry it was told from; None where none is."""
        mine = (snapshots.c.story == name) & snapshots.c.whole & (snapshots.c.version == self._teller().version)
        with self.store.view() as view:
            query = (
                select(snapshots.c.head, snapshots.c.body)
                .where(mine)
                .order_by(snapshots.c.head.desc(), snapshots.c.key)
                .limit(1)
            )
            row = view.connection.execute(query).first()
        try:
            return (row.head, unpacked(Story, row.body)) if row else None
        except LedgerError:
            # Damaged; the entries are all that has to last.
            return None

    def snapshot_by(self, name: str, head: int) -> Story | None:
        """The last telling by today's rules that is kept of the entries up to one; None where none is kept any more."""
        mine = (
            (snapshots.c.story == name)
            & snapshots.c.whole
            & (snapshots.c.version == self._teller().version)
            & (snapshots.c.head <= head)
        )
        with self.store.view() as view:
            query = select(snapshots.c.key).where(mine).order_by(snapshots.c.head.desc(), snapshots.c.key).limit(1)
            key = view.connection.execute(query).scalar()
            if key is None:
                return None
            return self._earlier.get_or_make(f"{name} {key}", None, lambda: _kept(view, name, key))

    def told_head(self, name: str) -> int | None:
        """The last entry of that telling alone."""
        mine = (snapshots.c.story == name) & snapshots.c.whole & (snapshots.c.version == self._teller().version)
        with self.store.view() as view:
            found: int | None = view.connection.execute(select(func.max(snapshots.c.head)).where(mine)).scalar_one()
        return found

    def beside(self, name: str, head: int, what: str) -> bytes | None:
        """What was kept beside the telling of a story from the entries up to `head` by today's rules."""
        mine = (snapshots.c.story == name) & (snapshots.c.key == telling_key(name, head, self._teller().version, what))
        with self.store.view() as view:
            found: bytes | None = view.connection.execute(select(snapshots.c.body).where(mine)).scalar_one_or_none()
        return found

    def put_derived(self, name: str, head: int, what: str, body: bytes) -> None:
        """Keep something that was derived from a telling, for as long as tellings are kept."""
        key = telling_key(name, head, self._teller().version, what)
        self._keep(name, {"key": key, "head": head, "body": body, "whole": False})

    def told_before(self, name: str) -> tuple[str, Story] | None:
        """The last telling of a story by other rules than today's, and their version; None where none is remembered."""
        mine = (snapshots.c.story == name) & snapshots.c.whole & (snapshots.c.version != self._teller().version)
        with self.store.view() as view:
            row = view.connection.execute(
                select(snapshots).where(mine).order_by(snapshots.c.head.desc(), snapshots.c.key)
            ).first()
        if row is None:
            return None
        try:
            return row.version, unpacked(Story, row.body)
        except LedgerError:
            # Told by a version whose stories had other fields; the entries are all that has to last.
            return None

    def log(self, story: str | None = None, since: datetime | None = None) -> tuple[Entry, ...]:
        """Entries in order, of one story or all, after an instant."""
        with self.store.view() as view:
            found = view.entries(story)
            return tuple(one for one in found if since is None or one.at > since)

    def entry(self, seq: int) -> Entry:
        """One entry by its number; raises UsageError where there is none."""
        with self.store.view() as view:
            if found := view.entry(seq):
                return found
        raise UsageError(f"no entry {seq} · this desk · see: onrecord log")

    def head(self) -> tuple[int, str]:
        """The last entry's number and hash."""
        with self.store.view() as view:
            return view.head()

    def fetch(self, sha256: str) -> bytes:
        """Archived bytes by their sha256."""
        with self.store.view() as view:
            return view.fetch([sha256])[sha256]

    def find(self, wanted: Wanted) -> tuple[Hit, ...]:
        """Claims, notes, statements, headlines and reports that hold all of some words."""
        return self.find_all(wanted).hits

    def find_all(self, wanted: Wanted) -> Found:
        """The same with their number, and how they spread over stories, outlets, days, standings and speakers."""
        with self.store.view() as view:
            return search_all(view.connection, wanted)

    def rebuild(self) -> None:
        """Drop all that is derived and derive it again; ids of claims that do not mean what they say go.

        The claims that are searched are those of the tellings that are kept.
        """
        with self.store.view() as view:
            names = kept_stories(view) if self.teller else ()
        kept = [snapshot[1] for name in names if (snapshot := self.latest_snapshot(name))]
        with self.store.writer() as writer:
            writer.rebuild()
            for snapshot_story in kept:
                keep_claim_words(writer.connection, snapshot_story)
            for story, ident, _ in list(address_faults(writer)):
                mine = (claim_addresses.c.story == story) & (claim_addresses.c.address == ident)
                writer.connection.execute(delete(claim_addresses).where(mine))

    def close(self) -> None:
        """Give the files and connections back."""
        self.store.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _teller(self) -> StoryBuilder:
        if self.teller is None:
            raise LedgerError("a desk without a teller tells no story · open it through the pipeline")
        return self.teller

    def trace(self, story: Story, ident: str) -> Trace | None:
        """What became of an id that a claim of a story had once; None for one that no claim ever had.

        It is looked up among the claims of today, then by the statement that it names, then by what it meant when it
        was given out, then by the decisions that were made on it.
        """
        if claim := claim_named(story, ident):
            return Trace(ident=ident, claim=claim)
        scene = self.scene(story)
        found = counting(story.claims, scene, ident)
        anchor, head = self._anchored(story.name, ident)
        if len(found) == 1:
            return Trace(ident=ident, claim=found[0], text=anchor.text if anchor else None)
        if anchor is None:
            return (
                Trace(ident=ident, claims=found, reason="its statement counts for several claims now")
                if found
                else None
            )
        now = scene.resolve(anchor, story.claims, head)
        if isinstance(now, Settled):
            # What an id meant may have changed while it stood: without the statement that it names, nobody knows which
            # of the others somebody saw under it.
            if is_address(ident) and not found:
                told = "the statement that it names counts for no claim now"
                held = anchor.members
                return Trace(ident=ident, text=anchor.text, claims=(now.claim,), statements=held, reason=told)
            return Trace(ident=ident, claim=now.claim, text=anchor.text)
        gone = "none of its reports was published by then" if story.as_of else "its reports were withdrawn"
        claims, reason = (now.claims, now.reason) if now else ((), gone)
        return Trace(ident=ident, text=anchor.text, claims=claims, statements=anchor.members, reason=reason)

    def _fresh_addresses(self, story: Story, head: int) -> list[dict[str, Any]]:
        """Ids of a story's claims that were not given out before, with what they mean."""
        with self.store.view() as view:
            known = _addresses(view, story.name)
        fresh = [one for one in story.claims if one.id not in known]
        scene = self.scene(story) if fresh else None
        return [
            {
                "story": story.name,
                "address": one.id,
                "head": head,
                "anchor": canonical(encode(claim_anchor(one, scene))),
            }
            for one in fresh
            if scene
        ]

    def _anchored(self, story: str, ident: str) -> tuple[ClaimAnchor | None, int]:
        mine = (claim_addresses.c.story == story) & (claim_addresses.c.address == ident)
        row = None
        # A desk of an older version that only can be read has no such table.
        with suppress(StoreError), self.store.view() as view:
            row = view.connection.execute(select(claim_addresses).where(mine)).first()
        if row:
            return decode(ClaimAnchor, json.loads(row.anchor)), row.head
        for one in self.decisions(story):
            for anchor in one.decision.claims:
                if anchor.id == ident:
                    return anchor, one.entry
        return None, 0

    def _remember(self, key: str, head: int, story: Story, whole: bool) -> None:
        self._keep(story.name, {"key": key, "head": head, "body": packed(story), "whole": whole}, story)

    def _keep(self, name: str, told_row: dict[str, Any], story: Story | None = None) -> None:
        row, key = {"story": name, "version": self._teller().version, **told_row}, told_row["key"]
        try:
            fresh = self._fresh_addresses(story, told_row["head"]) if story else []
            with self.store.writer() as writer:
                mine = select(snapshots.c.key, snapshots.c.head, snapshots.c.whole).where(snapshots.c.story == name)
                held = writer.connection.execute(mine.order_by(snapshots.c.head, snapshots.c.key)).all()
                newest = max((old.head for old in held if old.whole), default=0)
                # What the search over claims was made from stays.
                spare = [old for old in held if not (old.whole and old.head == newest)]
                for old in spare[: max(0, len(held) - _KEPT + 1)]:
                    writer.connection.execute(
                        delete(snapshots).where(snapshots.c.story == name, snapshots.c.key == old.key)
                    )
                writer.connection.execute(delete(snapshots).where(snapshots.c.story == name, snapshots.c.key == key))
                writer.connection.execute(insert(snapshots).values(row))
                if story is not None:
                    _keep_addresses(writer, story.name, fresh)
                if story is not None and row["whole"] and told_row["head"] >= newest:
                    keep_claim_words(writer.connection, story)
        except StoreError:
            # A desk that only can be read tells its stories all the same.
            return


def open_desk(
    address: str, teller: StoryBuilder | None = None, *, create: bool = False, clock: Clock = wall_clock
) -> Desk:
    """A desk at a file or a PostgreSQL address; raises StoreError. With `create` a new one is made."""
    return Desk(Store(address, create=create, clock=clock), teller)


def story_name(name: str) -> str:
    """A story's name as it is entered; raises UsageError for one that could not be typed."""
    told_name = " ".join(name.split())
    if not told_name or not told_name.isprintable() or "/" in told_name:
        raise UsageError(f"'{name}' is no name for a story · add · use letters, digits and hyphens")
    return told_name


def told_why(why: str) -> str:
    """A reason as it is entered: one line without control characters."""
    return "".join(one for one in " ".join(why.split()) if one.isprintable())


def _meanwhile(view: View, story: str, decision: Decision) -> tuple[Entry, ...]:
    if not decision.seen:
        return ()
    subjects = {*decision.subjects, *(one.report for one in decision.statements)}
    acts = (EntryType.DECIDED, EntryType.UNDONE, EntryType.WITHDRAWN, EntryType.COMPARED)
    return tuple(one for one in view.entries(story, after=decision.seen, acts=acts) if _touches(one, subjects))


def _touches(entry: Entry, subjects: set[str]) -> bool:
    payload = payload_of(entry)
    if "decision" in payload:
        return bool(subjects & set(decode(Decision, payload["decision"]).subjects))
    if "comparison" in payload:
        return bool(subjects & {entry.subject, payload["comparison"]["before"]})
    return entry.subject in subjects


def _keep_addresses(writer: Writer, story: str, fresh: Sequence[dict[str, Any]]) -> None:
    """Keep what new ids mean, once: what they mean later is found by these statements."""
    known = _addresses(writer, story) if fresh else frozenset()
    rows = [row for row in fresh if row["address"] not in known]
    if rows:
        writer.connection.execute(insert(claim_addresses), rows)


def _addresses(view: View, story: str) -> frozenset[str]:
    query = select(claim_addresses.c.address).where(claim_addresses.c.story == story)
    return frozenset(view.connection.execute(query).scalars())


def _kept(view: View, name: str, key: str) -> Story | None:
    """A kept telling; None where it is damaged or of other fields: the entries are all that has to last."""
    body = view.connection.execute(
        select(snapshots.c.body).where(snapshots.c.story == name, snapshots.c.key == key)
    ).scalar()
    try:
        return unpacked(Story, body) if body else None
    except LedgerError:
        return None


def _remembered(view: View, name: str, key: str) -> Story | None:
    """A telling that is kept; None where there is none, or where it was damaged and has to be told again."""
    row = view.connection.execute(
        select(snapshots.c.body).where(snapshots.c.story == name, snapshots.c.key == key)
    ).first()
    try:
        return unpacked(Story, row.body) if row else None
    except LedgerError:
        return None
