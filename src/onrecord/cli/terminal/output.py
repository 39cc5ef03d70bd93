"""Rendered text to standard output or to a file that is written whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from onrecord.datamodel.report import Fate, Outcome
from onrecord.errors import UsageError
from onrecord.rendering.wording import shown

if TYPE_CHECKING:
    from rich.console import Console

    from onrecord.datamodel.moment import Moment

# Columns of a brief that goes to a file, where no terminal tells its width.
FILE_COLUMNS = 100
_QUIET = [False]


def write(text: str, out: Path | None) -> None:
    """UTF-8 to the file or to standard output; raises UsageError where the file cannot be written.

    Characters that have no UTF-8 form (undecodable file names) are written as escapes, which JSON reads back.
    """
    raw = text.encode("utf-8", errors="backslashreplace")
    if out is not None and str(out) != "-":
        _replace(out, raw)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(raw)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Whoever read has seen enough; what is being entered is entered all the same.
        hush(sys.stdout)
    except OSError as error:
        hush(sys.stdout)
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(
            f"cannot write: {why} · standard output · name a file with --out, or free some space"
        ) from error


def hush(stream: TextIO) -> None:
    """Lead a stream that nobody reads to nowhere, so that the interpreter does not complain of it at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_bytes(raw: bytes, out: Path) -> None:
    """Bytes to a file, whole or not at all; raises UsageError where it cannot be written."""
    _replace(out, raw)


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Files into a new folder, all or none; raises UsageError where it is there already or cannot be written."""
    target = folder.resolve()
    if target.exists():
        raise UsageError(f"it is there already · {folder} · name a new folder")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{target.name[:40]}.", dir=target.parent) as place:
            made = Path(place) / "made"
            made.mkdir()
            for name, raw in files.items():
                (made / name).write_bytes(raw)
            made.rename(target)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot write: {why} · {folder} · name a folder in one you may write to") from error


def _replace(out: Path, raw: bytes) -> None:
    target = out.resolve()
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(raw)
            return
        _rename_into_place(target, raw)
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot write: {why} · {out} · name a file in a folder you may write to") from error


def _rename_into_place(target: Path, raw: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~mask)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


def screen(out: Path | None) -> tuple[Console, StringIO | None]:
    """A console on standard output, or on a buffer that `write` then puts into the file."""
    from rich.console import Console

    if out is None or str(out) == "-":
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        return Console(highlight=False, markup=False, emoji=False), None
    buffer = StringIO()
    plain = Console(
        file=buffer,
        width=FILE_COLUMNS,
        color_system=None,
        force_terminal=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    return plain, buffer


def be_quiet(asked: bool) -> None:
    """Whether only errors are told on standard error, and no progress, from here on."""
    _QUIET[0] = asked


def is_quiet() -> bool:
    """Whether only errors are told."""
    return _QUIET[0]


def complain(line: str) -> None:
    """One line on standard error, whatever it holds; where only errors are told, no other."""
    if is_quiet() and not line.startswith("error:"):
        return
    told = shown(line).encode("utf-8", errors="backslashreplace").decode("utf-8")
    encoding = sys.stderr.encoding or "utf-8"
    print(told.encode(encoding, errors="backslashreplace").decode(encoding), file=sys.stderr)


def tell_refused(outcomes: Iterable[Outcome]) -> None:
    """One line on standard error for each input that could not be read, or was read and not analysed."""
    for outcome in outcomes:
        if outcome.fate is Fate.REFUSED:
            complain(f"refused: {outcome.input} · {outcome.reason or 'no reason given'}")
        elif outcome.fate is Fate.READ and outcome.reason:
            complain(f"note: {outcome.input} · {outcome.reason}")


def tell_nothing(paths: Sequence[Path], until: Moment | None) -> NoReturn:
    """One line on standard error that there is no report to work on, and exit status 1."""
    where = ", ".join(str(path) for path in paths[:3]) + (" …" if len(paths) > 3 else "")
    what = f"no report is known to be published by {until.isoformat()}" if until else "no report could be read"
    todo = "move --as-of" if until else "give files or folders with reports (.txt, .md, .html)"
    complain(f"error: {what} · {where} · {todo}")
    raise typer.Exit(1)
