"""A desk's tables behind two doors: views that only read, and a writer that only adds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from types import TracebackType

from sqlalchemy import Connection, Row, Select, insert, select, update

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import LedgerError
from onrecord.ledger.entries import Note, chain, instant_text
from onrecord.ledger.storage import archive, index
from onrecord.ledger.storage.opening import BUSY_TIMEOUT_S, connect, mapped
from onrecord.ledger.storage.schema import entries, head

_BITE = 500
Clock = Callable[[], datetime]


def wall_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


class View:
    """One consistent look at a desk: choose it whenever nothing is to be entered."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def head(self) -> tuple[int, str]:
        """The last entry's number and hash; (0, zeros) for an empty desk."""
        row = self.connection.execute(select(head.c.seq, head.c.hash).where(head.c.id == 1)).one()
        return row.seq, row.hash

    def entry(self, seq: int) -> Entry | None:
        """One entry by its number."""
        row = self.connection.execute(select(entries).where(entries.c.seq == seq)).first()
        return entry_of(row) if row else None

    def entries(
        self,
        story: str | None = None,
        *,
        after: int = 0,
        until: datetime | None = None,
        acts: Sequence[EntryType] = (),
    ) -> Iterator[Entry]:
        """Entries in order: of one story or all, after a number, entered up to an instant, of some acts or any."""
        query: Select[tuple[object, ...]] = select(entries).where(entries.c.seq > after).order_by(entries.c.seq)
        if story is not None:
            query = query.where(entries.c.story == story)
        if until is not None:
            query = query.where(entries.c.at <= instant_text(until))
        if acts:
            query = query.where(entries.c.act.in_([act.value for act in acts]))
        for row in self.connection.execute(query.execution_options(yield_per=500)):
            yield entry_of(row)

    def story_head(self, story: str, until: datetime | None = None) -> int:
        """The number of a story's last entry up to an instant; 0 where it has none."""
        query = select(entries.c.seq).where(entries.c.story == story).order_by(entries.c.seq.desc()).limit(1)
        if until is not None:
            query = query.where(entries.c.at <= instant_text(until))
        return self.connection.execute(query).scalar() or 0

    def fetch(self, names: Sequence[str]) -> Mapping[str, bytes]:
        """Archived bytes by sha256."""
        return archive.fetch(self.connection, names)


class Writer(View):
    """Who enters: holds the head, so that entries land one after the other, all of a block or none."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        super().__init__(connection)
        self._clock = clock
        row = connection.execute(select(head.c.seq, head.c.hash).where(head.c.id == 1).with_for_update()).one()
        self._head: tuple[int, str] = (row.seq, row.hash)
        last = connection.execute(select(entries.c.at, entries.c.hash).where(entries.c.seq == row.seq)).first()
        if row.seq and (last is None or last.hash != row.hash):
            raise LedgerError(f"entry {row.seq} is not what the head says · nothing was changed · run onrecord verify")
        self._last = datetime.fromisoformat(last.at) if last else None

    def keep(self, raw: bytes) -> str:
        """Archive bytes; their sha256."""
        return archive.keep(self.connection, raw)

    def enter(self, note: Note) -> Entry:
        """The one way anything comes onto record."""
        now = self._clock()
        # A clock that was set back must not make a later entry look earlier.
        at = max(now, self._last) if self._last else now
        entry = chain(note, at.astimezone(UTC), self._head)
        row = {name: getattr(entry, name) for name in ("seq", "by", "story", "subject", "payload", "previous", "hash")}
        self.connection.execute(insert(entries).values(at=instant_text(entry.at), act=entry.act.value, **row))
        self.connection.execute(update(head).where(head.c.id == 1).values(seq=entry.seq, hash=entry.hash))
        self._head, self._last = (entry.seq, entry.hash), entry.at
        index.take_in(self.connection, entry)
        return entry

    def rebuild(self) -> None:
        """Drop all that is derived and derive it again from the entries."""
        index.empty(self.connection)
        last = 0
        # In bites, since one cannot write while a long reading of the same connection is open.
        while bite := list(islice(self.entries(after=last, acts=index.TAKEN_IN), _BITE)):
            for entry in bite:
                index.take_in(self.connection, entry)
            last = bite[-1].seq


def entry_of(row: Row[tuple[object, ...]]) -> Entry:
    """A row as an entry; raises LedgerError where it cannot be one."""
    try:
        return Entry(
            seq=row.seq,
            at=datetime.fromisoformat(row.at),
            by=row.by,
            act=EntryType(row.act),
            story=row.story,
            subject=row.subject,
            payload=row.payload,
            previous=row.previous,
            hash=row.hash,
        )
    except (ValueError, TypeError) as error:
        raise LedgerError(f"entry {row.seq} is damaged ({type(error).__name__}) · run onrecord verify") from error


class Store:
    """A desk's SQLite file or PostgreSQL database; choose a file for one person, a server for a team."""

    def __init__(
        self,
        address: str,
        *,
        create: bool = False,
        clock: Clock = wall_clock,
        busy_timeout_s: float = BUSY_TIMEOUT_S,
    ) -> None:
        self.address = address
        self.clock = clock
        self.engine = connect(address, create=create, busy_timeout_s=busy_timeout_s)

    @contextmanager
    def view(self) -> Iterator[View]:
        """A consistent look at the desk."""
        with mapped(self.address):
            options = {"isolation_level": "REPEATABLE READ"} if self.engine.dialect.name == "postgresql" else {}
            with self.engine.connect().execution_options(**options) as connection:
                yield View(connection)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """One block of entries: on record when it ends, forgotten when it raises."""
        with mapped(self.address), self.engine.execution_options(writing=True).begin() as connection:
            yield Writer(connection, self.clock)

    def close(self) -> None:
        """Give the files and connections back."""
        self.engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
