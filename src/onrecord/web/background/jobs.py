"""Reports that are being added: read and entered one after the other in the background, their progress told."""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from onrecord import desk_pipeline
from onrecord.capturing.addresses import add_fetched
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.report import Outcome
from onrecord.errors import OnRecordError, StoreError, UsageError
from onrecord.ledger.desk import Desk, story_name
from onrecord.ledger.filing import Added
from onrecord.reading.fetching.fetch import Fetched, fetch_each, fetcher_for
from onrecord.web.background.spool import Accepted, Spool
from onrecord.web.background.story_cache import StoryCache
from onrecord.web.disclosing import outside
from onrecord.web.settings import Settings

# Jobs remembered, jobs that may wait at once for one person and for all, and files in one.
_REMEMBERED = 200
_WAITING, _WAITING_IN_ALL = 40, 1000
MAX_FILES = 200
# File systems take 255 bytes, and something is put behind a name now and then.
_NAME_BYTES = 180
_LOG = logging.getLogger("onrecord.web")


class Stage(StrEnum):
    """How far a job has come."""

    WAITING = "waiting"
    FETCHING = "fetching"
    READING = "reading"
    ATTRIBUTING = "attributing"
    TELLING = "telling"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One adding: where it stands, `done` of `total` reports, what became of each input, why it failed."""

    id: str
    story: str
    by: str
    at: datetime
    stage: Stage = Stage.WAITING
    done: int = 0
    total: int = 0
    added: tuple[Added, ...] = ()
    reason: str | None = None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.stage in (Stage.DONE, Stage.FAILED)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each input so far."""
        return tuple(one.outcome for one in self.added if not one.turns)


class _Stopping(Exception):
    """The server is being stopped while a job is at work."""


class _TakenBack(Exception):
    """Somebody took a job back while it was at work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file as a browser or a program sends it."""

    name: str
    stream: BinaryIO


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """A report's words and what its giver knows of it; `date` as ISO 8601."""

    text: str
    outlet: str | None = None
    date: str | None = None
    headline: str | None = None
    url: str | None = None


class Jobs:
    """Workers for a desk: jobs wait their turn, what is fetched apart from what is at hand; one enters at a time.

    What was accepted lies in a folder beside the desk until it is on record: a server that is stopped or killed goes on
    with it when it is started again.
    """

    def __init__(self, desk: Desk, shelves: StoryCache, settings: Settings) -> None:
        self.desk = desk
        self.story_cache = shelves
        self.settings = settings
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._closed = False
        self._taken_back: set[str] = set()
        self._entering = threading.Lock()
        self._spool = Spool(settings.desk)
        # Whoever pastes a report does not wait for somebody's two hundred slow addresses, nor for them who fetches one.
        self._pools: dict[str, ThreadPoolExecutor] = {}

    def resume(self) -> None:
        """Go on with what was accepted before the server was stopped."""
        for accepted in self._spool.accepted():
            with self._lock:
                self._jobs[accepted.id] = Job(id=accepted.id, story=accepted.story, by=accepted.by, at=accepted.at)
            self._begin(accepted)

    def take_back(self, ident: str) -> Job:
        """Take an adding back that is not done; what it entered stays on record. Raises UsageError where it is done."""
        job = self.state(ident)
        if job.ended:
            raise UsageError("it is done already · this adding · withdraw the reports that it entered")
        with self._lock:
            self._taken_back.add(ident)
        if job.stage is Stage.WAITING:
            self._end(ident)
        return self.state(ident)

    def submit(
        self,
        story: str,
        *,
        by: str,
        uploads: Sequence[Upload] = (),
        pasted: Pasted | None = None,
        addresses: Sequence[str] = (),
    ) -> str:
        """Take reports in and add them in the background; the job's id. Raises UsageError where nothing is given."""
        name = story_name(story)
        many = len(uploads) + len(addresses) + (pasted is not None)
        if not 1 <= many <= MAX_FILES:
            raise UsageError(f"{many} reports at once · {name} · give between 1 and {MAX_FILES}")
        with self._lock:
            waiting = Counter(one.by for one in self._jobs.values() if not one.ended)
            if waiting[by] >= _WAITING or waiting.total() >= _WAITING_IN_ALL:
                most = _WAITING if waiting[by] >= _WAITING else _WAITING_IN_ALL
                raise UsageError(f"{most} addings wait already · {name} · try again when some are done")
        folder = self._spool.begun()
        try:
            for upload in uploads:
                _keep(folder, upload)
            if pasted:
                _paste(folder, pasted)
            return self._enqueue(Accepted.now(name, by, tuple(addresses)), folder)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def state(self, ident: str) -> Job:
        """Where a job stands; raises UsageError for one that is not known (any more)."""
        with self._lock:
            found = self._jobs.get(ident)
        if found is None:
            raise UsageError(f"no job '{ident[:40]}' · it is done, before the desk was started again · see the log")
        return found

    def of(self, story: str) -> tuple[Job, ...]:
        """A story's jobs, the last first."""
        with self._lock:
            return tuple(job for job in reversed(self._jobs.values()) if job.story == story)

    def close(self) -> None:
        """Begin no job any more, and let the one at work finish its report: what it entered is on record."""
        self._closed = True
        for pool in tuple(self._pools.values()):
            pool.shutdown(wait=True, cancel_futures=True)

    def _enqueue(self, accepted: Accepted, folder: Path) -> str:
        self._spool.accept(accepted, folder)
        job = Job(id=accepted.id, story=accepted.story, by=accepted.by, at=accepted.at)
        with self._lock:
            self._jobs[job.id] = job
            while len(self._jobs) > _REMEMBERED and next(iter(self._jobs.values())).ended:
                self._jobs.popitem(last=False)
        self._begin(accepted)
        return job.id

    def _begin(self, accepted: Accepted) -> None:
        self._pool(accepted).submit(self._run, accepted)

    def _pool(self, accepted: Accepted) -> Executor:
        """One thread for all that is at hand, and one for what each person has fetched."""
        whose = f"fetching for {accepted.by}" if accepted.addresses else "adding"
        with self._lock:
            if whose not in self._pools:
                self._pools[whose] = ThreadPoolExecutor(1, thread_name_prefix=whose[:40])
            return self._pools[whose]

    def _run(self, accepted: Accepted) -> None:
        ident = accepted.id
        if self._closed or self.state(ident).ended:
            return
        try:
            self._spool.count(accepted)
            self._add(ident, self._spool.folder(ident), accepted.addresses)
            self._tell(ident)
            self._now(ident, stage=Stage.DONE)
        except _Stopping:
            # It lies there still, and is gone on with.
            self._now(ident, stage=Stage.WAITING, reason="the server is stopping · it goes on when it is started again")
            return
        except _TakenBack:
            self._end(ident)
        except StoreError as error:
            self._now(
                ident, stage=Stage.FAILED, reason=f"{outside(error)} · it is tried when the server is started again"
            )
            return
        except OnRecordError as error:
            self._now(ident, stage=Stage.FAILED, reason=outside(error))
        except Exception as error:
            _LOG.exception("adding to %s", self.state(ident).story)
            why = f"unexpected {type(error).__name__} · while adding · see the server's log"
            self._now(ident, stage=Stage.FAILED, reason=why)
        self._spool.drop(ident)

    def _end(self, ident: str) -> None:
        self._now(ident, stage=Stage.FAILED, reason="it was taken back · what it had entered is on record")
        self._spool.drop(ident)

    def _add(self, ident: str, folder: Path, addresses: tuple[str, ...]) -> None:
        job = self.state(ident)
        paths = sorted(one for one in folder.iterdir() if one.is_dir())

        def progress(stage: str, done: int, total: int) -> None:
            if stage == "attributing":
                self._now(ident, stage=Stage.ATTRIBUTING, done=done, total=total)

        if addresses:
            fetched = list(self._fetched(ident, addresses))
            self._enter(ident, add_fetched(self.desk, job.story, fetched, self.settings.tagger, progress, job.by))
        if paths:
            self._now(ident, stage=Stage.READING, done=0, total=0)
            read = desk_pipeline.add(
                self.desk,
                job.story,
                paths,
                self.settings.tagger,
                progress,
                lambda path: f"{path.name} (added by {job.by})",
            )
            self._enter(ident, read)

    def _enter(self, ident: str, found: Iterable[Added]) -> None:
        with self._entering:
            for one in found:
                self._outcome(ident, one)
                self._go_on(ident)

    def _fetched(self, ident: str, addresses: Sequence[str]) -> Iterator[Fetched | Outcome]:
        self._now(ident, stage=Stage.FETCHING, done=0, total=len(addresses))
        for number, one in enumerate(fetch_each(addresses, fetcher_for(self.settings.private_fetch)), start=1):
            yield one
            self._go_on(ident)
            self._now(ident, stage=Stage.FETCHING, done=number, total=len(addresses))
        self._now(ident, stage=Stage.READING, done=0, total=0)

    def _go_on(self, ident: str) -> None:
        if self._closed:
            raise _Stopping
        if ident in self._taken_back:
            raise _TakenBack

    def _tell(self, ident: str) -> None:
        job = self.state(ident)
        entries = [entry.seq for one in job.added for entry in one.entries]
        if entries and not self._closed:
            self._now(ident, stage=Stage.TELLING)
            self.story_cache.settle(job.story, max(entries), patience_s=600.0)

    def _outcome(self, ident: str, one: Added) -> None:
        with self._lock:
            self._jobs[ident] = replace(self._jobs[ident], added=(*self._jobs[ident].added, one))

    def _now(
        self, ident: str, *, stage: Stage, done: int | None = None, total: int | None = None, reason: str | None = None
    ) -> None:
        with self._lock:
            job = self._jobs[ident]
            self._jobs[ident] = replace(
                job,
                stage=stage,
                done=job.done if done is None else done,
                total=job.total if total is None else total,
                reason=reason,
            )


def _keep(folder: Path, upload: Upload) -> None:
    # Names are kept, since by them a new version is known; of two files that share one, each has a folder of its own.
    name, number = safe_name(upload.name), 0
    while (folder / f"{number:03}" / name).exists():
        number += 1
    place = folder / f"{number:03}"
    place.mkdir(exist_ok=True)
    with (place / name).open("xb") as out:
        shutil.copyfileobj(upload.stream, out)


def _paste(folder: Path, pasted: Pasted) -> None:
    raw = pasted.text.encode("utf-8", "replace")
    if not pasted.text.strip():
        raise UsageError("no words in it · pasted text · paste the report's text")
    place = folder / "pasted"
    place.mkdir()
    name = f"pasted-{hashlib.sha256(raw).hexdigest()[:10]}.txt"
    (place / name).write_bytes(raw)
    if pasted.date:
        readable_date(pasted.date)
    known = {"outlet": pasted.outlet, "date": pasted.date, "headline": pasted.headline, "url": pasted.url}
    told = {key: value for key, value in known.items() if value}
    (place / "meta.json").write_text(json.dumps({"articles": [{"file": name, **told}]}), encoding="utf-8")


def readable_date(told: str) -> Moment:
    """The moment of a date that somebody typed; raises UsageError with the forms that can be read.

    Example:
        >>> readable_date("2031-03-07").isoformat()
        '2031-03-07'
    """
    try:
        return moment(told.strip())
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"'{told[:40]}' is no date · published · write 2031-03-07, 2031-03-07T18:00Z or 2031-03-07T18:00+01:00"
        ) from error


def safe_name(told: str) -> str:
    """The base name of an uploaded file, without what file systems or terminals trip over.

    Example:
        >>> safe_name("C:\\\\news\\\\../.bridge\\x00.txt")
        'bridge.txt'
    """
    base = told.replace("\\", "/").rpartition("/")[2]
    kept = "".join(one for one in base if one.isprintable()).strip().lstrip(".")
    raw = kept.encode("utf-8", "ignore").decode()
    stem, dot, kind = raw.rpartition(".")
    if len(raw.encode()) > _NAME_BYTES:
        ending = f"{dot}{kind[:10]}" if dot else ""
        room = _NAME_BYTES - len(ending.encode())
        raw = (stem if dot else raw).encode()[:room].decode("utf-8", "ignore") + ending
    return raw if raw.strip(". ") else "report"
