"""Feeds to a desk, poll after poll: new and revised items are taken, and no feed can stop the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from onrecord.capturing.addresses import Captured, capture_of, read_fetched
from onrecord.capturing.feeds import Item, items_of, patience_s, retry_after
from onrecord.datamodel.report import Fate, Outcome
from onrecord.desk_pipeline import add_captured
from onrecord.errors import OnRecordError, ReadError
from onrecord.ledger.filing import Added
from onrecord.ledger.polling import Polled, note_poll, polled
from onrecord.reading.assemble_report import finish
from onrecord.reading.fetching.archiving import record
from onrecord.reading.fetching.client import Answer, Fetcher
from onrecord.reading.fetching.fetch import Fetched, fetch_each, file_stem
from onrecord.reading.finding.naming import slug, unique
from onrecord.reading.finding.sidecar import Known

if TYPE_CHECKING:
    from onrecord.ledger.desk import Desk

_AT_ONCE = 8
_MAX_BACKOFF_S = 21_600.0
_NOT_FOR_GOOD = ("no answer", "slower than", "answered 5", "answered 429")
_TRIES = 3


class Stopped(Exception):
    """Somebody asked a watch to end while it waited for the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What to watch: feeds for a story, how often, at most how many items a poll, and words an item must hold."""

    story: str
    feeds: tuple[str, ...]
    every_s: float = 300.0
    newest: int = 50
    match: str = ""
    which: str = "auto"


@dataclass(frozen=True, slots=True)
class Said:
    """What is to be told of a feed as such; `bad` tells a fault from its end."""

    feed: str
    words: str
    bad: bool = True


@dataclass
class _Pace:
    """When a feed is due (seconds of the clock), how often it failed in a row, and the fault that was told."""

    due: float = 0.0
    failed: int = 0
    fault: str | None = None
    waiting: dict[str, tuple[Item, int]] = field(default_factory=dict)


class Watch:
    """Polls feeds until it is stopped; what is yielded is on record."""

    def __init__(self, held: Desk, wish: Wish, fetcher: Fetcher, clock: Callable[[], float] = time.monotonic) -> None:
        self.held = held
        self.wish = wish
        self.fetcher = fetcher
        self.clock = clock
        self.stopped = threading.Event()
        self.asking = False
        self._paces = {feed: _Pace() for feed in dict.fromkeys(wish.feeds)}
        fetcher.wait = self._pause

    def stop(self) -> None:
        """End as soon as what is being entered is entered; raises Stopped where the web is being waited for."""
        self.stopped.set()
        if self.asking:
            raise Stopped

    def run(self, *, once: bool = False) -> Iterator[Added | Said]:
        """Poll each feed when it is due, or each once; ends when stopped, or when no feed is left."""
        try:
            while self._paces and not self.stopped.is_set():
                feed = min(self._paces, key=lambda one: self._paces[one].due)
                if self.stopped.wait(max(0.0, self._paces[feed].due - self.clock())):
                    return
                yield from self._turn(feed)
                if once:
                    self._paces.pop(feed, None)
        except Stopped:
            return

    def _turn(self, feed: str) -> Iterator[Added | Said]:
        pace = self._paces[feed]
        try:
            wanted_s = yield from self._poll(feed, pace)
        except ReadError as error:
            yield from self._failed(feed, pace, str(error).removeprefix(f"{feed}: "))
            return
        except (Stopped, OnRecordError):
            raise
        except Exception as error:  # one feed never costs another
            yield from self._failed(feed, pace, f"it cannot be worked through ({type(error).__name__})")
            return
        if pace.fault:
            yield Said(feed, "answers again", bad=False)
        pace.failed, pace.fault = 0, None
        pace.due = self.clock() + max(self.wish.every_s, wanted_s)

    def _failed(self, feed: str, pace: _Pace, fault: str) -> Iterator[Said]:
        """A fault is told once, however often it comes back; the pause doubles with each time."""
        pace.failed += 1
        backoff = min(_MAX_BACKOFF_S, self.wish.every_s * 2 ** min(pace.failed - 1, 10))
        pace.due = max(pace.due, self.clock() + backoff)
        if fault != pace.fault:
            yield Said(feed, fault)
        pace.fault = fault
        if "answered 410" in fault:
            del self._paces[feed]

    def _poll(self, feed: str, pace: _Pace) -> Generator[Added | Said, None, float]:
        """Ask once and take what is new; the seconds that the feed wants to be left alone."""
        state = polled(self.held.store, self.wish.story, feed)
        now = datetime.now(UTC)
        if state.not_before and state.not_before > now:
            return (state.not_before - now).total_seconds()
        answer = self._ask(feed, state, pace)
        wanted = [] if answer is None else self._new(items_of(answer), state)
        wanted = [*(item for item, _ in pace.waiting.values() if item.key not in {one.key for one in wanted}), *wanted]
        taken: dict[str, str] = {}
        try:
            for first in range(0, len(wanted), _AT_ONCE):
                if self.stopped.is_set():
                    break
                some = wanted[first : first + _AT_ONCE]
                yield from self._take(feed, answer, some, pace)
                taken.update({one.key: one.digest for one in some})
        finally:
            if taken and answer is not None:
                whole = len(taken) == len(wanted)
                self._note(feed, answer, taken, whole)
        return patience_s(answer) if answer else 0.0

    def _note(self, feed: str, answer: Answer, taken: dict[str, str], whole: bool) -> None:
        """Where the poll was cut short, the feed must be sent again: no tag is kept."""
        etag, modified = (answer.header("ETag"), answer.header("Last-Modified")) if whole else (None, None)
        note_poll(self.held.store, self.wish.story, feed, Polled(items=taken, etag=etag, modified=modified))

    def _ask(self, feed: str, state: Polled, pace: _Pace) -> Answer | None:
        """The feed, None where it has not changed; raises ReadError for any other answer."""
        answer = self._fetch(lambda: self.fetcher.get(feed, etag=state.etag, modified=state.modified))
        if answer.status == 304:
            return None
        if answer.status != 200:
            if at := retry_after(answer, datetime.now(UTC)):
                note_poll(self.held.store, self.wish.story, feed, replace(state, items={}, not_before=at))
                pace.due = self.clock() + (at - datetime.now(UTC)).total_seconds()
            raise ReadError(f"{feed}: answered {answer.status} {answer.reason}; check the address")
        return answer

    def _fetch(self, ask: Callable[[], Answer]) -> Answer:
        self.asking = True
        try:
            return ask()
        finally:
            self.asking = False

    def _pause(self, seconds: float) -> None:
        if self.stopped.wait(seconds):
            raise Stopped

    def _new(self, items: Sequence[Item], state: Polled) -> list[Item]:
        """Items that are new or say something else than before, the oldest first, as far as they are asked for."""
        words = self.wish.match.casefold().split()
        new = [one for one in items if state.items.get(one.key) != one.digest]
        return [one for one in new if all(word in one.words for word in words)][: self.wish.newest][::-1]

    # What an item leads to.

    def _take(self, feed: str, answer: Answer | None, items: Sequence[Item], pace: _Pace) -> Iterator[Added]:
        found: list[Captured] = []
        places: dict[str, str] = {}
        for item in items:
            for one in self._captured(feed, answer, item, pace):
                if isinstance(one, Outcome):
                    yield Added(outcome=one)
                else:
                    found.append(one)
                    places[one[0].file] = item.url or f"{feed}#{item.key}"
        names = unique([report.id for report, _ in found])
        ready = [(replace(report, id=name), capture) for (report, capture), name in zip(found, names, strict=True)]
        for added in add_captured(self.held, self.wish.story, ready, self.wish.which):
            place = places.get(added.outcome.input, added.outcome.input)
            yield replace(added, outcome=replace(added.outcome, input=place))

    def _captured(self, feed: str, answer: Answer | None, item: Item, pace: _Pace) -> Iterator[Captured | Outcome]:
        """The reports of the item's page; where that cannot be had, what the feed itself says."""
        why = "it names no page"
        if item.url:
            self.asking = True
            try:
                (fetched,) = fetch_each([item.url], self.fetcher)
            finally:
                self.asking = False
            reports, ended = read_fetched(fetched) if isinstance(fetched, Fetched) else ((), (fetched,))
            if reports:
                pace.waiting.pop(item.key, None)
                yield from reports
                return
            why = next((one.reason for one in ended if one.reason), "nothing to read there")
        self._wait_for(item, why, pace)
        if answer is not None:
            yield self._own(feed, answer, item, why)

    def _wait_for(self, item: Item, why: str, pace: _Pace) -> None:
        """A page that is down for a while is asked for again, a few times."""
        tries = pace.waiting.get(item.key, (item, 0))[1] + 1
        if why.startswith(_NOT_FOR_GOOD) and tries < _TRIES:
            pace.waiting[item.key] = (item, tries)
        else:
            pace.waiting.pop(item.key, None)

    def _own(self, feed: str, answer: Answer, item: Item, why: str) -> Captured | Outcome:
        source = Fetched(item.url or f"{feed}#{item.key}", answer, record(answer))
        note = f"the item's page was not read ({why}); these are the feed's own words"
        try:
            draft = replace(item.draft, notes=(*item.draft.notes, note))
            report = finish(draft, Known(), slug(file_stem(item.url) if item.url else item.key), source.name)
        except ReadError as error:
            return Outcome(input=source.url, fate=Fate.REFUSED, reason=f"{why}; {error}")
        return report, replace(capture_of(source, report), came_from=feed)
