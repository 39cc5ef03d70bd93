"""The outbox on the desk's own store: what is to be told is entered with how far was looked, both or neither."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from onrecord.datamodel.notice import Alert, AlertSubject, Channel, Notice, NoticeKind
from onrecord.datamodel.story import Story
from onrecord.errors import LedgerError, UsageError
from onrecord.ledger.codec import decode, encode
from onrecord.ledger.entries import instant_text
from onrecord.ledger.storage.columns import packed, unpacked
from onrecord.ledger.storage.opening import mapped
from onrecord.ledger.storage.schema import account_stories, accounts, alerts, deliveries, notice_cursors, notices
from onrecord.ledger.storage.store import Store, wall_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.ledger.storage.store import Clock

# So long one worker has an alert to itself; longer than any try takes.
LEASE_S = 60.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 5.0, 3_600.0
# A receiver that fails for so long is not tried again by itself; what waits for it stays.
_GIVE_UP_S = 3 * 86_400.0
MOST_ALERTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """Up to which entry a story was looked at, and how it was told then; None where other rules told it."""

    head: int
    story: Story | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent at once to one alert: its notices in order. The id stays the same however often it is tried."""

    id: str
    alert: Alert
    notices: tuple[Notice, ...]


class Outbox:
    """Alerts, notices and deliveries of a desk."""

    def __init__(self, store: Store, clock: Clock = wall_clock, lease_s: float = LEASE_S) -> None:
        self.store = store
        self.clock = clock
        self.lease_s = lease_s

    # Alerts.

    def add(self, alert: Alert, secret: str | None = None) -> Alert:
        """Keep an alert; it is told of what is entered from now on. Raises UsageError where there are too many."""
        made = self.clock()
        with self.store.writer() as writer:
            many = writer.connection.execute(select(func.count()).select_from(alerts)).scalar_one()
            if many >= MOST_ALERTS:
                raise UsageError(f"{many} alerts already · this desk · remove some first")
            kept = replace(alert, id=secrets.token_hex(4), made_at=made, since=writer.head()[0])
            row = {
                "id": kept.id,
                "account": kept.account,
                "story": kept.story,
                "subject": kept.subject.value,
                "value": kept.value,
                "kinds": " ".join(kind.value for kind in kept.kinds),
                "channel": kept.channel.value,
                "target": kept.target,
                "secret": secret,
                "daily": kept.daily,
                "zone": kept.zone,
                "made_by": kept.made_by,
                "made_at": instant_text(made),
                "since": kept.since,
                "failed": 0,
            }
            writer.connection.execute(insert(alerts).values(row))
        return kept

    def alerts(self) -> tuple[Alert, ...]:
        """All alerts, the oldest first, with how many notices wait for each."""
        waiting = select(deliveries.c.alert, func.count().label("many")).where(deliveries.c.sent_at.is_(None))
        with self._reading() as connection:
            many = {row.alert: row.many for row in connection.execute(waiting.group_by(deliveries.c.alert))}
            rows = connection.execute(select(alerts).order_by(alerts.c.made_at, alerts.c.id)).all()
        return tuple(_alert(row, many.get(row.id, 0)) for row in rows)

    def alert(self, ident: str) -> Alert:
        """One alert; raises UsageError where there is none of this id."""
        found = next((one for one in self.alerts() if one.id == ident), None)
        if found is None:
            raise UsageError(f"no alert '{ident[:40]}' · this desk · see: onrecord alert list")
        return found

    def secret(self, ident: str) -> str | None:
        """What an alert's messages are signed with, or the digest of its feed's key."""
        with self._reading() as connection:
            found: str | None = connection.execute(select(alerts.c.secret).where(alerts.c.id == ident)).scalar()
        return found

    def remove(self, ident: str) -> Alert:
        """Remove an alert with what waits for it; raises UsageError where there is none."""
        found = self.alert(ident)
        with self._writing() as connection:
            connection.execute(delete(deliveries).where(deliveries.c.alert == ident))
            connection.execute(delete(alerts).where(alerts.c.id == ident))
        return found

    def resume(self, ident: str) -> Alert:
        """Try again at once what waits for an alert; raises UsageError where there is none."""
        self.alert(ident)
        with self._writing() as connection:
            fresh = {"paused": None, "fault": None, "failed": 0, "failed_since": None, "next_try": None}
            connection.execute(update(alerts).where(alerts.c.id == ident).values(fresh))
        return self.alert(ident)

    def replay(self, ident: str, first: int) -> int:
        """Send an alert's notices from a number on once more, under the ids that they had; how many there are."""
        self.alert(ident)
        mine = (deliveries.c.alert == ident) & (deliveries.c.notice >= first)
        with self._writing() as connection:
            many: int = connection.execute(select(func.count()).select_from(deliveries).where(mine)).scalar_one()
            connection.execute(update(deliveries).where(mine).values(sent_at=None, due_at=self._now()))
        self.resume(ident)
        return many

    # What is to be told.

    def cursor(self, story: str, version: str) -> Cursor | None:
        """How far a story was looked at; None where it never was."""
        with self._reading() as connection:
            row = connection.execute(select(notice_cursors).where(notice_cursors.c.story == story)).first()
        if row is None:
            return None
        try:
            return Cursor(head=row.head, story=unpacked(Story, row.body) if row.version == version else None)
        except LedgerError:
            return Cursor(head=row.head, story=None)

    def enqueue(
        self, before: Cursor | None, after: tuple[int, str, Story], addressed: Sequence[tuple[Notice, Sequence[Alert]]]
    ) -> tuple[Notice, ...]:
        """Enter notices for their alerts, and that the story was looked at up to an entry, by a version of the rules.

        Nothing is entered where another worker looked meanwhile.
        """
        head, version, story = after
        row = {"story": story.name, "head": head, "version": version, "body": packed(story)}
        with self.store.writer() as writer:
            connection = writer.connection
            mine = notice_cursors.c.story == story.name
            held = connection.execute(select(notice_cursors.c.head).where(mine)).scalar()
            if held != (before.head if before else None):
                return ()
            connection.execute(delete(notice_cursors).where(mine))
            connection.execute(insert(notice_cursors).values(row))
            return self._enter(connection, story.name, addressed)

    def _enter(
        self, connection: Connection, story: str, addressed: Sequence[tuple[Notice, Sequence[Alert]]]
    ) -> tuple[Notice, ...]:
        last: int = connection.execute(select(func.coalesce(func.max(notices.c.seq), 0))).scalar_one()
        now, entered = self.clock(), []
        seen = {one.id: _may_see(connection, one.account, story) for _, some in addressed for one in some}
        for notice, some in addressed:
            to = [one for one in some if seen[one.id]]
            if not to:
                continue
            last += 1
            kept = replace(notice, seq=last, at=now)
            body = json.dumps(encode(kept))
            values = {"seq": last, "at": instant_text(now), "story": story, "body": body}
            connection.execute(insert(notices).values(values))
            for one in to:
                connection.execute(insert(deliveries).values(self._delivery(one, last, now)))
            entered.append(kept)
        return tuple(entered)

    def _delivery(self, alert: Alert, notice: int, now: datetime) -> dict[str, object]:
        at = instant_text(now)
        sent = at if alert.channel is Channel.FEED else None
        due = instant_text(next_daily(now, alert)) if alert.daily else at
        return {"alert": alert.id, "notice": notice, "due_at": due, "sent_at": sent}

    def notices(self, alert: str, *, after: int = 0, limit: int = 100) -> tuple[Notice, ...]:
        """An alert's first notices after a number."""
        query = select(notices.c.body).where(notices.c.seq > after).order_by(notices.c.seq).limit(limit)
        return self._notices(query, alert)

    def last_notices(self, alert: str, limit: int = 100) -> tuple[Notice, ...]:
        """An alert's last notices, the last first."""
        return self._notices(select(notices.c.body).order_by(notices.c.seq.desc()).limit(limit), alert)

    def _notices(self, query: Select[str], alert: str) -> tuple[Notice, ...]:
        query = query.join(deliveries, deliveries.c.notice == notices.c.seq).where(deliveries.c.alert == alert)
        with self._reading() as connection:
            bodies = connection.execute(query).scalars().all()
            found = [decode(Notice, json.loads(body)) for body in bodies]
            row = connection.execute(select(alerts.c.account).where(alerts.c.id == alert)).first()
            # Who sees less now than when it was told sees what is left.
            seen = {
                name: _may_see(connection, row.account if row else None, name) for name in {one.story for one in found}
            }
        return tuple(one for one in found if seen[one.story])

    # Sending.

    def due(self) -> tuple[str, ...]:
        """Alerts that have something to be told now, and that no worker has in hand."""
        now = self._now()
        ready = (
            deliveries.c.sent_at.is_(None)
            & (deliveries.c.due_at <= now)
            & alerts.c.paused.is_(None)
            & (func.coalesce(alerts.c.next_try, "") <= now)
            & (func.coalesce(alerts.c.leased_until, "") <= now)
        )
        query = select(alerts.c.id).join(deliveries, deliveries.c.alert == alerts.c.id).where(ready).distinct()
        with self._reading() as connection:
            return tuple(connection.execute(query.order_by(alerts.c.id)).scalars())

    def take(self, ident: str) -> bool:
        """Have an alert to oneself for a while; False where another worker has it."""
        now = self.clock()
        free = func.coalesce(alerts.c.leased_until, "") <= instant_text(now)
        until = instant_text(now + timedelta(seconds=self.lease_s))
        with self._writing() as connection:
            done = connection.execute(update(alerts).where(alerts.c.id == ident, free).values(leased_until=until))
        return done.rowcount == 1

    def take_longer(self, ident: str) -> None:
        """Keep an alert that one has."""
        until = instant_text(self.clock() + timedelta(seconds=self.lease_s))
        with self._writing() as connection:
            connection.execute(update(alerts).where(alerts.c.id == ident).values(leased_until=until))

    def release(self, ident: str) -> None:
        """Let others have an alert."""
        with self._writing() as connection:
            connection.execute(update(alerts).where(alerts.c.id == ident).values(leased_until=None))

    def next_message(self, ident: str) -> Message | None:
        """The oldest message that waits for an alert; None where none is due."""
        with self._writing() as connection:
            row = connection.execute(select(alerts).where(alerts.c.id == ident)).first()
            if row is None or row.paused is not None:
                return None
            waits = (deliveries.c.alert == ident) & deliveries.c.sent_at.is_(None)
            query = select(deliveries.c.notice, deliveries.c.batch).where(waits, deliveries.c.due_at <= self._now())
            due = connection.execute(query.order_by(deliveries.c.notice)).all()
            if not due:
                return None
            some = [one.notice for one in due if one.batch is None] if row.daily else [due[0].notice]
            batch = due[0].batch or _batch(ident, some)
            if due[0].batch is None:
                mine = (deliveries.c.alert == ident) & deliveries.c.notice.in_(some)
                connection.execute(update(deliveries).where(mine).values(batch=batch))
            of_batch = (deliveries.c.alert == ident) & (deliveries.c.batch == batch)
            bodies = select(notices.c.body).join(deliveries, deliveries.c.notice == notices.c.seq).where(of_batch)
            held = connection.execute(bodies.order_by(notices.c.seq)).scalars().all()
        batch_notices = tuple(decode(Notice, json.loads(body)) for body in held)
        return Message(id=batch, alert=_alert(row, len(due)), notices=batch_notices)

    def sent(self, message: Message) -> None:
        """Note that a message arrived."""
        mine = (deliveries.c.alert == message.alert.id) & (deliveries.c.batch == message.id)
        fresh = {"fault": None, "failed": 0, "failed_since": None, "next_try": None}
        with self._writing() as connection:
            connection.execute(update(deliveries).where(mine).values(sent_at=self._now()))
            connection.execute(update(alerts).where(alerts.c.id == message.alert.id).values(fresh))

    def failed(self, ident: str, fault: str, wait_s: float = 0.0, *, final: bool = False) -> str | None:
        """Note that a message did not arrive: it is tried again after a pause that doubles; why it is not any more.

        `wait_s` is what the receiver asks for at least; `final` says that it wants nothing any more.
        """
        now = self.clock()
        with self._writing() as connection:
            row = connection.execute(select(alerts).where(alerts.c.id == ident)).first()
            if row is None:
                return None
            since = datetime.fromisoformat(row.failed_since) if row.failed_since else now
            pause = min(_LONGEST_PAUSE_S, max(wait_s, _FIRST_PAUSE_S * 2.0 ** min(row.failed, 12)))
            over = final or (now - since).total_seconds() > _GIVE_UP_S
            paused = f"{fault} · nothing is sent until: onrecord alert resume {ident}" if over else None
            values = {
                "fault": fault,
                "failed": row.failed + 1,
                "failed_since": instant_text(since),
                "next_try": instant_text(now + timedelta(seconds=pause)),
                "paused": paused,
            }
            connection.execute(update(alerts).where(alerts.c.id == ident).values(values))
        return paused

    def _now(self) -> str:
        return instant_text(self.clock())

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with mapped(self.store.address), self.store.engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        engine = self.store.engine.execution_options(writing=True)
        with mapped(self.store.address), engine.begin() as connection:
            yield connection


def next_daily(now: datetime, alert: Alert) -> datetime:
    """When a day's notices are sent next: at the alert's time, by the clock of its zone."""
    from zoneinfo import ZoneInfo

    here = now.astimezone(ZoneInfo(alert.zone))
    hour, _, minute = (alert.daily or "07:00").partition(":")
    at = here.replace(hour=int(hour), minute=int(minute), second=0, microsecond=0)
    return at if at > here else at + timedelta(days=1)


def _batch(ident: str, some: Sequence[int]) -> str:
    return f"{ident}-{some[0]}" if len(some) == 1 else f"{ident}-{some[0]}-{some[-1]}"


def _alert(row: Row[Any], waiting: int) -> Alert:
    return Alert(
        id=row.id,
        subject=AlertSubject(row.subject),
        value=row.value,
        channel=Channel(row.channel),
        target=row.target,
        kinds=tuple(NoticeKind(kind) for kind in row.kinds.split()),
        story=row.story,
        daily=row.daily,
        zone=row.zone,
        account=row.account,
        made_by=row.made_by,
        made_at=datetime.fromisoformat(row.made_at),
        since=row.since,
        paused=row.paused,
        fault=row.fault,
        waiting=waiting,
    )


def _may_see(connection: Connection, account: str | None, story: str) -> bool:
    """Whether an account sees a story; alerts of none were made in the terminal and see all."""
    if account is None:
        return True
    row = connection.execute(select(accounts.c.every_story).where(accounts.c.key == account)).first()
    if row is None:
        return False
    mine = (account_stories.c.account == account) & (account_stories.c.story == story)
    return bool(row.every_story) or connection.execute(select(account_stories.c.story).where(mine)).first() is not None
