"""The worker: looks for changes, enters what is to be told, and sends it; killed at any moment it goes on."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.notice import Alert, AlertSubject, Notice, NoticeKind
from onrecord.datamodel.story import Story
from onrecord.errors import OnRecordError
from onrecord.ledger.desk import Desk
from onrecord.ledger.stamping import NO_STORY
from onrecord.ledger.storage.schema import entries
from onrecord.ledger.storage.store import Clock, wall_clock
from onrecord.notifying.channels import NotDelivered, Sending, send
from onrecord.notifying.matching import wanted
from onrecord.notifying.noticing import notices_of
from onrecord.notifying.outbox import LEASE_S, Outbox

if TYPE_CHECKING:
    from datetime import datetime

    from onrecord.notifying.outbox import Message

_AT_ONCE = 4
_LOG = logging.getLogger("onrecord.notifying")
# A story as it is told now and the last entry that it is told from; None where a telling is being made.
Tell = Callable[[str], tuple[int, Story] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What became of one message: `fault` says why it was not taken, `paused` that it is not tried by itself again."""

    alert: Alert
    message: str
    notices: int
    fault: str | None = None
    paused: bool = False


class Notifier:
    """Tells those who wait what changed on a desk, from the outbox on its own store.

    Several may run at once: each change is entered once, and each alert is told by one of them at a time.
    """

    def __init__(
        self,
        desk: Desk,
        sending: Sending,
        *,
        tell: Tell | None = None,
        clock: Clock = wall_clock,
        lease_s: float = LEASE_S,
    ) -> None:
        self.desk = desk
        self.sending = sending
        self.clock = clock
        self.outbox = Outbox(desk.store, clock, lease_s)
        self.stopped = threading.Event()
        self._tell = tell or self._told_now
        self._faults: dict[str, str] = {}

    def run(self, every_s: float = 2.0, announce: Callable[[Notice | Sent], object] = lambda one: None) -> None:
        """Look and send until stopped; a fault of the store is logged once and tried again."""
        while True:
            try:
                for notice in self.look():
                    announce(notice)
                for sent in self.deliver():
                    announce(sent)
                self._fine("the desk")
            except OnRecordError as error:
                self._fault("the desk", str(error))
            except Exception:
                _LOG.exception("looking for what changed")
            if self.stopped.wait(every_s):
                return

    # Looking.

    def look(self) -> Iterator[Notice]:
        """Enter what changed in each watched story since it was looked at last."""
        alerts = self.outbox.alerts()
        if not alerts:
            return
        heads = self._heads()
        for story in sorted(heads):
            mine = [one for one in alerts if one.story in (None, story)]
            if not mine or self.stopped.is_set():
                continue
            try:
                yield from self._look_at(story, heads[story], mine)
                self._fine(story)
            except OnRecordError as error:
                # One story never costs another.
                self._fault(story, str(error))

    def _heads(self) -> dict[str, int]:
        query = select(entries.c.story, func.max(entries.c.seq).label("head")).where(entries.c.story != NO_STORY)
        with self.desk.store.view() as view:
            return {row.story: row.head for row in view.connection.execute(query.group_by(entries.c.story))}

    def _look_at(self, story: str, head: int, alerts: list[Alert]) -> tuple[Notice, ...]:
        version = self._version
        cursor = self.outbox.cursor(story, version)
        start = cursor.head if cursor else min(one.since for one in alerts)
        if start >= head and cursor is not None and cursor.story is not None:
            return ()
        snapshot = self._tell(story)
        if snapshot is None:
            return ()
        until, after = snapshot
        if start >= until:
            before = after
        else:
            before = cursor.story if cursor and cursor.story else told_at(self.desk, story, start)
        with self.desk.store.view() as view:
            between = [one for one in view.entries(story, after=start) if one.seq <= until]
        ids = self._ids(after, alerts)
        found = notices_of(before, after, between)
        chosen = {one.id: {id(notice) for notice in wanted(one, found, ids)} for one in alerts}
        due = [(notice, [one for one in alerts if id(notice) in chosen[one.id]]) for notice in found]
        return self.outbox.enqueue(cursor, (until, version, after), [one for one in due if one[1]])

    @property
    def _version(self) -> str:
        return self.desk.teller.version if self.desk.teller else ""

    def _ids(self, story: Story, alerts: list[Alert]) -> Mapping[str, frozenset[str]]:
        """For each alert on a claim the id that the claim has now, where it is still clear which one that is."""
        found = {}
        for one in alerts:
            if one.subject is AlertSubject.CLAIM and one.story == story.name:
                trace = self.desk.trace(story, one.value)
                found[one.id] = frozenset([trace.claim.id] if trace and trace.claim else ())
        return found

    def _told_now(self, story: str) -> tuple[int, Story]:
        with self.desk.store.view() as view:
            head = view.story_head(story)
        # What is entered meanwhile may be in it already: the next look finds nothing new in it.
        return head, self.desk.story(story)

    # Sending.

    def deliver(self) -> Iterator[Sent]:
        """Send what is due, each alert's messages one after the other, in order, until one is not taken."""
        due = self.outbox.due()
        if not due:
            return
        with ThreadPoolExecutor(min(_AT_ONCE, len(due)), thread_name_prefix="sending") as pool:
            for some in pool.map(self._deliver, due):
                yield from some

    def _deliver(self, ident: str) -> list[Sent]:
        if not self.outbox.take(ident):
            return []
        done: list[Sent] = []
        try:
            while not self.stopped.is_set() and (message := self.outbox.next_message(ident)):
                done.append(self._try(message))
                if done[-1].fault:
                    break
                self.outbox.take_longer(ident)
        finally:
            self.outbox.release(ident)
        return done

    def _try(self, message: Message) -> Sent:
        ident, many = message.alert.id, len(message.notices)
        try:
            send(message, self.outbox.secret(ident), self.sending, self.clock())
        except NotDelivered as error:
            paused = self.outbox.failed(ident, str(error), error.wait_s, final=error.final)
            return self._failed(message, str(error), paused is not None)
        except Exception as error:  # one alert never costs another
            _LOG.debug("sending %s", message.id, exc_info=error)
            why = f"cannot be sent ({type(error).__name__})"
            return self._failed(message, why, self.outbox.failed(ident, why) is not None)
        # Killed before this is noted, it is sent once more, under the same id.
        self.outbox.sent(message)
        self._fine(ident)
        return Sent(alert=message.alert, message=message.id, notices=many)

    def _failed(self, message: Message, fault: str, paused: bool) -> Sent:
        self._fault(message.alert.id, f"alert {message.alert.id}: {fault}")
        return Sent(alert=message.alert, message=message.id, notices=len(message.notices), fault=fault, paused=paused)

    def _fault(self, what: str, fault: str) -> None:
        """A fault is logged once, however often it comes back."""
        if self._faults.get(what) != fault:
            _LOG.warning("%s · tried again, ever more seldom", fault)
        self._faults[what] = fault

    def _fine(self, what: str) -> None:
        if self._faults.pop(what, None):
            _LOG.warning("%s works again", what)


def told_at(desk: Desk, story: str, seq: int) -> Story:
    """A story as its entries up to one tell it by today's rules; without reports where it had none."""
    with desk.store.view() as view:
        query = select(func.min(entries.c.seq)).where(entries.c.story == story)
        first: int | None = view.connection.execute(query).scalar()
    if first is None or first > seq:
        return Story(name=story)
    at = Moment(desk.entry(seq).at, Precision.MINUTE)
    return desk.story(story, None, at) if desk.state(story, at).filed else Story(name=story)


def changes_between(desk: Desk, story: str, since: datetime) -> tuple[Notice, ...]:
    """What changed in a story since an instant, statements left out: what a digest tells."""
    with desk.store.view() as view:
        held = list(view.entries(story))
    between = [one for one in held if one.at > since]
    if not between:
        return ()
    earlier = [one for one in held if one.at <= since]
    before = told_at(desk, story, earlier[-1].seq) if earlier else Story(name=story)
    found = notices_of(before, desk.story(story), between)
    return tuple(one for one in found if NoticeKind.STATEMENT not in one.kinds)
