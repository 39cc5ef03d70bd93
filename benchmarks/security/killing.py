"""A process ended at random moments by kill -9 or Ctrl-C while it adds, watches, or serves uploads, on SQLite.

python -m benchmarks.security.killing --moments 100 --seed 1

After each moment the desk must verify, hold whatever was told to be entered, and hold every input once (and nothing
else) when the same is begun again; uploads that the server accepted must be entered by the next server itself. Exits
with 1 where one is lost, doubled, or left behind, or where Ctrl-C gives a traceback.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.capturing.test_watching import page, rss
from tests.capturing.web import served

from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import open_desk

INPUTS = 6
_PATIENCE_S = 600.0
_READ = re.compile(r"^(?:read|revised): (\S+)", re.MULTILINE)
_TOOLS = ("onrecord.cli.desk.commands", "onrecord.pipeline", "onrecord.desk_pipeline", "onrecord.web.app", "uvicorn")
_NAMES = ("Ilse Roon", "Teodor Aal", "Ines Obrado", "Tomas Reyl", "Mara Lind", "Joss Vane")


def words(number: int) -> str:
    """A report of its own."""
    who = _NAMES[number % len(_NAMES)]
    return f"Report {number} from the harbour\n\nThe bridge will be shut on day {number}, {who} said on Monday.\n"


class Child:
    """A forked process: what is loaded here need not be loaded again for each moment."""

    def __init__(self, work: Callable[[], int], told: Path) -> None:
        self.told = told
        self.number = os.fork()
        if self.number == 0:
            self._be(work)

    def _be(self, work: Callable[[], int]) -> None:
        out = os.open(self.told, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(out, 1)
        os.dup2(out, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
        from onrecord.cli.app import interrupted_again

        signal.signal(signal.SIGINT, signal.default_int_handler)
        sys.unraisablehook = interrupted_again
        status = 99
        try:
            status = work()
            sys.stdout.flush()
        except KeyboardInterrupt:
            # What the command makes of it while the server is still being put together.
            status = 130
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)

    def send(self, what: signal.Signals) -> None:
        """A signal, to one that may be gone."""
        with suppress(ProcessLookupError):
            os.kill(self.number, what)

    def ended(self) -> int:
        """Wait for its end; its status, negative for a signal. One that does not end is killed."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            gone, status = os.waitpid(self.number, os.WNOHANG)
            if gone:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        self.send(signal.SIGKILL)
        os.waitpid(self.number, 0)
        return 98

    def output(self) -> str:
        """What it said."""
        return self.told.read_text("utf-8", "replace") if self.told.exists() else ""


def command(*line: str) -> Callable[[], int]:
    """A command line of the product."""

    def work() -> int:
        from onrecord.cli.app import run

        return run(line)

    return work


def held(desk: Path, key: str = "file") -> Counter[str]:
    """How often each input is on record."""
    if not desk.exists():
        return Counter()
    with open_desk(str(desk), create=True) as one:
        faults = verify(one.store).faults
        assert not faults, faults
        try:
            return Counter(str(getattr(it.report, key)) for it in one.state("s").filed)
        except Exception:
            return Counter()


# What is ended.


class Add:
    """Files that are added."""

    def __init__(self, work: Path) -> None:
        self.folder = work / "in"
        self.folder.mkdir()
        for number in range(INPUTS):
            (self.folder / f"r{number}.txt").write_text(words(number), encoding="utf-8")
        self.want = Counter(f"r{number}.txt" for number in range(INPUTS))

    def once(self, place: Path, moment_s: float | None, what: signal.Signals) -> None:
        """Add, ended at a moment; then add again. Raises AssertionError for what is lost."""
        desk = place / "desk.db"
        line = ("add", "s", str(self.folder), "--desk", str(desk), "--tagger", "rules")
        child = Child(command(*line), place / "told")
        ended(child, moment_s, what)
        said = set(_READ.findall(child.output()))
        found = held(desk)
        assert said <= {*found} and max(found.values(), default=1) == 1, (said, found)
        assert Child(command(*line), place / "again").ended() in (0, 1)
        assert held(desk) == self.want, held(desk)


class Watched:
    """A feed that is watched: pages of a web on this machine."""

    def __init__(self, web: str) -> None:
        self.feed = f"{web}/feed"

    def once(self, place: Path, moment_s: float | None, what: signal.Signals) -> None:
        """Watch, ended at a moment; then poll once more. Raises AssertionError for what is lost."""
        desk = place / "desk.db"
        line = ("watch", "s", self.feed, "--once", "--allow-private", "--desk", str(desk), "--tagger", "rules")
        child = Child(command(*line), place / "told")
        ended(child, moment_s, what)
        said = {urlsplit(one).path for one in _READ.findall(child.output())}
        found = held(desk, "headline")
        names = {f"/page{name.rpartition(' ')[2]}" for name in found}
        assert said <= names and max(found.values(), default=1) == 1, (said, found)
        Child(command(*line), place / "again").ended()
        assert held(desk, "headline") == Counter(f"Bridge {n}" for n in range(INPUTS)), held(desk, "headline")


class Uploads:
    """A server that is given files; the next one goes on with what this one accepted."""

    def __init__(self, _: Path) -> None:
        self.accepted: list[str] = []

    def once(self, place: Path, moment_s: float | None, what: signal.Signals) -> None:
        """Serve and upload, ended at a moment; then serve until all is done. Raises AssertionError for what is lost."""
        desk = place / "desk.db"
        child, port = self._serve(desk, place / "told")
        moment = time.monotonic() + (moment_s if moment_s is not None else 0.0)
        accepted = []
        for number in range(INPUTS):
            if moment_s is not None and time.monotonic() >= moment:
                break
            if upload(port, f"r{number}.txt", words(number)):
                accepted.append(f"r{number}.txt")
        if moment_s is None:
            self._done(desk)
        time.sleep(max(0.0, moment - time.monotonic()))
        child.send(what)
        child.ended()
        untraced(child, what)
        spool = Path(f"{desk}-adding")
        waiting = {one.name for one in spool.glob("*/*/*.txt")} if spool.is_dir() else set()
        found = held(desk)
        assert {*accepted} <= {*found} | waiting, (accepted, found, waiting)
        again, _ = self._serve(desk, place / "again")
        self._done(desk)
        again.send(signal.SIGINT)
        again.ended()
        untraced(again, signal.SIGINT)
        found = held(desk)
        assert {*accepted} <= {*found} and max(found.values(), default=1) == 1, (accepted, found)
        assert not spool.is_dir() or not list(spool.iterdir()), "left behind"

    def _serve(self, desk: Path, told: Path) -> tuple[Child, int]:
        listener = socket.create_server(("127.0.0.1", 0))
        child = Child(lambda: serve(str(desk), listener), told)
        port = int(listener.getsockname()[1])
        listener.close()
        return child, port

    def _done(self, desk: Path) -> None:
        spool, until = Path(f"{desk}-adding"), time.monotonic() + _PATIENCE_S
        time.sleep(0.3)
        while spool.is_dir() and any(spool.iterdir()):
            assert time.monotonic() < until, "never done"
            time.sleep(0.05)


def serve(desk: str, listener: socket.socket) -> int:
    """`onrecord serve` on a socket that is open already, telling stories in its own process."""
    from onrecord import desk_pipeline
    from onrecord.cli import serve as command_of
    from onrecord.web.app import create_app
    from onrecord.web.settings import Settings

    settings = Settings(desk=desk, tagger="rules")
    with desk_pipeline.desk(desk, create=True, which="rules") as one:
        command_of._run(create_app(settings, one), listener, None)
    return 0


def upload(port: int, name: str, text: str) -> bool:
    """Send a file; whether the server accepted it."""
    edge = "edge-of-a-part"
    head = f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
    body = f"{head}{text}\r\n--{edge}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE_S)
    try:
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}", "Host": f"localhost:{port}"}
        connection.request("POST", "/api/v1/stories/s/files", body, kind)
        answer = connection.getresponse()
        told = answer.read()
        assert answer.status == 202, (answer.status, told)
        return bool(json.loads(told)["id"])
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def ended(child: Child, moment_s: float | None, what: signal.Signals) -> None:
    """Let a process end by itself, or end it at a moment."""
    if moment_s is not None:
        time.sleep(moment_s)
        child.send(what)
    child.ended()
    untraced(child, what)


def untraced(child: Child, what: signal.Signals) -> None:
    """Whoever interrupts is told one line."""
    assert what is signal.SIGKILL or "Traceback" not in child.output(), child.output()[-2000:]


# The moments.


def length_of(one: Add | Watched | Uploads, work: Path) -> float:
    """How long it takes when nobody ends it."""
    place = work / f"whole-{type(one).__name__}"
    place.mkdir()
    start = time.monotonic()
    one.once(place, None, signal.SIGINT)
    # It is done twice in that time.
    return (time.monotonic() - start) / 1.6


def main() -> None:
    """End processes at moments and print what became of what they were given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--what", nargs="*", default=["add", "watch", "uploads"])
    asked = parser.parse_args()
    found = measured(asked.moments, asked.seed, asked.what)
    sys.exit(1 if found else 0)


def measured(moments: int, seed: int, what: list[str]) -> list[str]:
    """Every fault of so many moments; prints a line for each kind and its faults."""
    from importlib import import_module

    for name in _TOOLS:
        import_module(name)
    chance, done, faults = random.Random(seed), Counter[str](), []
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        web, stop = feed_of(work)
        kinds: dict[str, Callable[[], Add | Watched | Uploads]]
        kinds = {"add": lambda: Add(work), "watch": lambda: Watched(web), "uploads": lambda: Uploads(work)}
        chosen = {name: kinds[name]() for name in what}
        lengths = {name: length_of(one, work) for name, one in chosen.items()}
        for number in range(moments):
            name, by = what[number % len(what)], (signal.SIGKILL, signal.SIGINT)[number // len(what) % 2]
            place = work / f"m{number}"
            place.mkdir()
            moment_s = chance.uniform(0.0, lengths[name])
            try:
                chosen[name].once(place, moment_s, by)
                done[f"{name} {by.name}"] += 1
            except Exception:
                faults.append(f"{name} {by.name} at {moment_s:.2f} s: {traceback.format_exc()[-1500:]}")
            shutil.rmtree(place, ignore_errors=True)
            if number % 10 == 9 or number + 1 == moments:
                told = ", ".join(f"{name} {count}" for name, count in sorted(done.items()))
                print(f"{number + 1} moments: {told}; lost, doubled or left behind: {len(faults)}", flush=True)
        stop()
    for fault in faults:
        print(f"  {fault}", file=sys.stderr, flush=True)
    return faults


def feed_of(work: Path) -> tuple[str, Callable[[], None]]:
    """A feed of pages in a process of its own: its address, and how to end it."""
    told = work / "web"

    def work_at() -> int:
        with served() as web:
            rows = [
                (f"Bridge {n}", web.set(f"/page{n}", page(f"Bridge {n}", *words(n).split("\n\n") * 2)), "s")
                for n in range(INPUTS)
            ]
            web.set("/feed", rss(rows))
            print(web.address, flush=True)
            signal.pause()
        return 0

    child = Child(work_at, told)
    until = time.monotonic() + 60
    while not child.output().endswith("\n"):
        assert time.monotonic() < until, child.output()
        time.sleep(0.05)
    return child.output().strip(), lambda: child.send(signal.SIGKILL)


if __name__ == "__main__":
    main()
