"""Stories told by a process of its own, so that whoever reads does not share a core with it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from onrecord.datamodel.story import Story
from onrecord.errors import BackendError, OnRecordError
from onrecord.ledger.desk import Desk
from onrecord.web.background.precompute import WeighingAhead

_NICER = 5
# Telling a story of this many reports anew is a matter of seconds; a larger one is told when somebody decides on it.
_WARMED_REPORTS = 200


class WorkerProcess:
    """One process that has the desk open and tells its stories by name; begun when it is first needed."""

    def __init__(self, desk: Desk, address: str, which: str) -> None:
        self.desk = desk
        self.address = address
        self.which = which
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._closed = False

    def begin(self) -> None:
        """Begin the process, so that the first to decide does not wait for its start."""
        # A server that is stopped while it starts needs no process.
        with self._lock, suppress(BackendError):
            self._begun()

    def __call__(self, name: str) -> tuple[int, Story]:
        """The story as it is told now, and its last entry; raises what telling raises, and BackendError."""
        return self._ask("tell", name) or self._kept(name)

    def weigh(self, name: str) -> None:
        """Have what was told last weighed at every step; where that is done, the desk keeps it."""
        self._ask("weigh", name)

    def warm(self, name: str) -> None:
        """Have what the telling of a story rests on in memory, so that the first decision on it is told at once."""
        self._ask("warm", name)

    def _ask(self, what: str, name: str) -> tuple[int, Story] | None:
        with self._lock:
            line = self._begun()
            try:
                line.send((what, name))
                found: tuple[int, Story] | OnRecordError | None = line.recv()
            except (EOFError, OSError) as error:
                self._line = None
                raise BackendError(f"the process that tells stories ended · story {name} · try again") from error
        if isinstance(found, OnRecordError):
            raise found
        return found

    def close(self) -> None:
        """End the process, whatever it does: a telling that is cut short is begun anew by whoever asks next."""
        self._closed = True
        if self._process is not None and self._process.is_alive():
            self._process.terminate()
            self._process.join(10)
            self._process.close()
            self._process = None

    def _kept(self, name: str) -> tuple[int, Story]:
        """What the process left on the desk, which is read in a fraction of the time that handing it over takes."""
        found = self.desk.latest_snapshot(name)
        return found or (0, self.desk.story(name))

    def _begun(self) -> Connection:
        if self._closed:
            raise BackendError("the server is stopping · no story is told · start it again")
        if self._line is None:
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=_tell, args=(theirs, self.address, self.which), daemon=True)
            self._process.start()
            theirs.close()
            self._line = ours
        return self._line


def _tell(line: Connection, address: str, which: str) -> None:
    # Who stops the server by Ctrl-C stops this process through it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Readers come first where there are more at work than cores; not every system knows niceness.
    if hasattr(os, "nice"):
        os.nice(_NICER)
    from onrecord import desk_pipeline

    with desk_pipeline.desk(address, which=which) as desk:
        ahead = WeighingAhead(desk)
        answers: dict[str, Callable[[str], tuple[int, Story] | None]]
        answers = {
            "tell": lambda name: _told(desk, name),
            "weigh": ahead.begin,
            "warm": lambda name: _warmed(desk, name),
        }
        while True:
            try:
                what, name = line.recv()
            except EOFError:
                return
            try:
                line.send(answers[what](name))
            except OnRecordError as error:
                line.send(error)
            except Exception as error:
                logging.getLogger("onrecord.web").exception("telling %s", name)
                line.send(BackendError(f"unexpected {type(error).__name__} · story {name} · see the server's log"))


def _told(desk: Desk, name: str) -> tuple[int, Story] | None:
    """None where the desk keeps the telling; the story itself from a desk that can only be read."""
    with desk.store.view() as view:
        before = view.story_head(name)
    story = desk.story(name)
    kept = desk.told_head(name)
    return None if kept is not None and kept >= before else (before, story)


def _warmed(desk: Desk, name: str) -> None:
    state = desk.state(name)
    if desk.teller and len(state.filed) <= _WARMED_REPORTS:
        desk.teller(state, None, None)
