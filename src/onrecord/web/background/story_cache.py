"""Stories kept in hand as they were told last, told again in the background, one telling at a time for each."""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk
from onrecord.ledger.replay import State
from onrecord.web.background.precompute import kept_steps
from onrecord.web.background.replaying import Replay

if TYPE_CHECKING:
    from onrecord.linking.ask import Answer
    from onrecord.web.background.worker_process import WorkerProcess

# Stories and states kept in memory; a story of a thousand reports takes some tens of megabytes.
_KEPT_STORIES = 12
_KEPT_STATES = 4
_LOOK_S = 0.5
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class StorySnapshot:
    """A story as it was told from its entries up to `head`; `newest` is the last entry it has now."""

    story: Story
    replay: Replay
    head: int
    newest: int

    @property
    def current(self) -> bool:
        """Whether nothing was entered since."""
        return self.head >= self.newest


class StoryCache:
    """A desk's stories behind the web: a request never tells a story that is in hand, and seldom waits for one."""

    def __init__(self, desk: Desk, which: str = "auto", apart: WorkerProcess | None = None) -> None:
        self.desk = desk
        self.which = which
        self._apart = apart
        # Called with a telling before anybody is shown it, and after that.
        self.ready: Callable[[str, StorySnapshot], object] = lambda name, told: None
        self.settled: Callable[[str, StorySnapshot], object] = lambda name, told: None
        self._held: OrderedDict[str, StorySnapshot] = OrderedDict()
        self._states: OrderedDict[str, State] = OrderedDict()
        self._at_work: dict[str, Future[StorySnapshot]] = {}
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._waiting = ThreadPoolExecutor(_KEPT_STORIES, thread_name_prefix="steps")
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="telling")

    def told(self, name: str) -> Story:
        """The story as it was told last; only one that was never told is waited for. Raises UsageError for none."""
        return self.shelved(name).story

    def shelved(self, name: str) -> StorySnapshot:
        """The same with the entries it was told from; a newer telling is begun where something was entered since."""
        newest = self.head(name)
        with self._lock:
            held = self._held.get(name)
            if held is not None:
                self._held.move_to_end(name)
        if held is None:
            held = self._begin(name).result()
        if held.head < newest:
            self._begin(name)
            return replace(held, newest=newest)
        return held

    def glance(self, name: str, patience_s: float) -> StorySnapshot | None:
        """The story as it was told last, None where it is not in hand and takes longer than that to tell."""
        with self._lock:
            held = self._held.get(name)
        if held is not None:
            return self.shelved(name)
        try:
            return self._begin(name).result(patience_s)
        except TimeoutError:
            return None

    def settle(self, name: str, entry: int, patience_s: float = 3.0) -> bool:
        """Wait a little for a telling that holds an entry; whether it is there."""
        held = self._held.get(name)
        while held is None or held.head < entry:
            waiting = self._begin(name)
            try:
                held = waiting.result(patience_s)
            except TimeoutError:
                return False
        return True

    def head(self, name: str) -> int:
        """The number of a story's last entry; raises UsageError where there is no such story."""
        with self.desk.store.view() as view:
            found = view.story_head(name)
        if not found:
            raise UsageError(f"no story '{name}' · the desk has none of this name · see the list of stories")
        return found

    def state(self, name: str) -> State:
        """A story's versions of reports and decisions as they are on record now."""
        newest = self.head(name)
        with self._lock:
            held = self._states.get(name)
        if held is None or held.head < newest:
            held = self.desk.state(name)
            with self._lock:
                _keep(self._states, name, held, _KEPT_STATES)
        return held

    def answer(self, story: Story, claim: str) -> Answer:
        """What a story's reports say to a claim in somebody's own words."""
        from onrecord.linking.ask import ask
        from onrecord.pipeline import choose_judge

        judge, _ = choose_judge(self.which)
        return ask(claim, story.reports, story.attributions, story.parties, judge)

    def close(self) -> None:
        """Begin no telling any more; one that is at work ends by itself."""
        self._closed.set()
        self._waiting.shutdown(wait=False, cancel_futures=True)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _begin(self, name: str) -> Future[StorySnapshot]:
        with self._lock:
            running = self._at_work.get(name)
            if running is None:
                running = self._pool.submit(self._tell, name)
                self._at_work[name] = running
        return running

    def _tell(self, name: str) -> StorySnapshot:
        try:
            before = self._held.get(name)
            head, story = self._newer(name, before)
            replay = Replay(story, before.replay if before else None)
            told = StorySnapshot(story=story, replay=replay, head=head, newest=self.head(name))
            self.ready(name, told)
            with self._lock:
                _keep(self._held, name, told, _KEPT_STORIES)
            if not self._closed.is_set():
                if self._apart and before is None:
                    self._waiting.submit(self._apart.warm, name)
                self._waiting.submit(self.settled, name, told)
                self._waiting.submit(self._await_steps, name, told)
            # Millions of values that stay are not to be looked through for garbage while somebody waits for a page.
            gc.freeze()
            return told
        finally:
            with self._lock:
                self._at_work.pop(name, None)

    def _newer(self, name: str, before: StorySnapshot | None) -> tuple[int, Story]:
        """A telling and its last entry: at first what the desk keeps of one, so that a start is no wait."""
        head = self.head(name)
        if before is None and (kept := self.desk.latest_snapshot(name)):
            return kept
        # What is entered while it is told is told by the next telling.
        return self._apart(name) if self._apart else (head, self.desk.story(name))

    def _await_steps(self, name: str, told: StorySnapshot) -> None:
        """Take what the process apart weighs ahead, as soon as the desk keeps it."""
        steps = kept_steps(self.desk, name, told.head)
        if steps is None and self._apart:
            self._apart.weigh(name)
            while steps is None and self._held.get(name) is told and not self._closed.wait(_LOOK_S):
                steps = kept_steps(self.desk, name, told.head)
        if steps:
            told.replay.take(steps)


def _keep(shelf: OrderedDict[Key, Value], key: Key, value: Value, most: int) -> None:
    shelf[key] = value
    shelf.move_to_end(key)
    while len(shelf) > most:
        shelf.popitem(last=False)
