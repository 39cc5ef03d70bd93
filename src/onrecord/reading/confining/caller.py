"""Foreign bytes to drafts by a worker process: begun when it is first needed, reused, ended by its limits."""

from __future__ import annotations

import atexit
import os
import select
import signal
import subprocess
import sys
import threading
import time
from typing import IO, Any

from onrecord.errors import ReadError
from onrecord.reading.confining.carrying import ACCOUNT, HEAD_BYTES, ITEMS, length_of, send, unpacked
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.record_limits import LIMITS, limit
from onrecord.reading.markup.account import Stretch

# By the clock a file may take long where many share the machine; what counts against it is processor time.
WALL_S = 600.0
# A process that has read so many files makes room for a fresh one.
_FILES = 500
_MOST_ANSWER_BYTES = 600_000_000
_BITE = 1 << 20
# What a worker inherits: nothing that holds an address or a password.
_INHERITED = ("PATH", "HOME", "LANG", "TZ", "TMPDIR", "TESSDATA_PREFIX", "LD_LIBRARY_PATH", "SYSTEMROOT",
              "OMP_NUM_THREADS", "ONRECORD_LIMITS")  # fmt: skip


class Worker:
    """One process that reads files one after the other; what ends it costs the file that was being read."""

    def __init__(self, wall_s: float = WALL_S) -> None:
        self.wall_s = wall_s
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    def read(self, source: Source) -> tuple[Draft, ...]:
        """The items of one file; raises ReadError for what cannot be read within the limits."""
        found: tuple[Draft, ...] = self._asked(ITEMS, source)
        return found

    def account(self, source: Source) -> tuple[Stretch, ...]:
        """All words of one page with what became of them; raises ReadError as `read` does."""
        found: tuple[Stretch, ...] = self._asked(ACCOUNT, source)
        return found

    def _asked(self, wanted: bytes, source: Source) -> Any:
        with self._lock:
            process = self._begun()
            try:
                raw = self._answer(process, wanted, source)
            except TimeoutError as error:
                self._end()
                raise ReadError(f"{source.name}: it takes too long to read; split it or save it as text") from error
            except (OSError, EOFError, ValueError) as error:
                raise ReadError(f"{source.name}: {self._why_ended()}; save it again or as plain text") from error
            self._files += 1
            if self._files >= _FILES:
                self._end()
        try:
            kind, told = unpacked(raw)
        except (ValueError, TypeError) as error:
            self.close()
            raise ReadError(f"{source.name}: its reader gave no sound answer; save it as plain text") from error
        if kind == "refused":
            raise ReadError(str(told))
        source.left_out.extend(told[1])
        return told[0]

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _begun(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self._end()
        environment = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        environment |= {name: value for name, value in os.environ.items() if name.startswith("LC_")}
        environment["PYTHONPATH"] = os.pathsep.join(place for place in sys.path if place)
        # -P: a folder of reports that is worked in is no place to take modules from.
        command = [sys.executable, "-P", "-m", "onrecord.reading.confined_worker"]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                start_new_session=True,
            )
        except OSError as error:
            raise ReadError(f"no process can be begun to read it ({error.strerror}); close other programs") from error
        self._files = 0
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], wanted: bytes, source: Source) -> bytes:
        assert process.stdin and process.stdout
        until = time.monotonic() + self.wall_s * max(1.0, limit("seconds") / LIMITS["seconds"].most)
        send(process.stdin, wanted)  # type: ignore[arg-type]
        send(process.stdin, source.name.encode("utf-8", "surrogatepass"))  # type: ignore[arg-type]
        send(process.stdin, source.raw)  # type: ignore[arg-type]
        length = length_of(_taken(process.stdout, HEAD_BYTES, until))
        if length > _MOST_ANSWER_BYTES:
            self._end()
            raise ValueError("an answer without end")
        return _taken(process.stdout, length, until)

    def _why_ended(self) -> str:
        process, status = self._process, None
        if process is not None:
            try:
                status = process.wait(5)
            except subprocess.TimeoutExpired:
                status = None
        self._end()
        if status == -getattr(signal, "SIGXCPU", 0):
            return "it takes too long to read"
        return "its reader ended on it (memory, or a fault of the parser)"

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            try:
                # What it began goes with it, as the program that recognises characters.
                os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
            except (ProcessLookupError, PermissionError):
                process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            _close(stream)


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream:
            stream.close()
    except OSError:
        # What it had not read is of no use to anybody.
        return


def _taken(stream: IO[bytes], many: int, until: float) -> bytes:
    """So many bytes of a pipe; raises TimeoutError at an instant of the clock, EOFError where it ends."""
    parts, left, number = [], many, stream.fileno()
    while left:
        if os.name == "posix" and not select.select([number], [], [], max(0.0, until - time.monotonic()))[0]:
            raise TimeoutError
        if not (some := os.read(number, min(left, _BITE))):
            raise EOFError
        parts.append(some)
        left -= len(some)
    return b"".join(parts)


_WORKER = Worker()
atexit.register(_WORKER.close)


def read_apart(source: Source) -> tuple[Draft, ...]:
    """The items of one file, read by this process's worker; raises ReadError."""
    return _WORKER.read(source)


def account_apart(source: Source) -> tuple[Stretch, ...]:
    """All words of one page with what became of them, by this process's worker; raises ReadError."""
    return _WORKER.account(source)
