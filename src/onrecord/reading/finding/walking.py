"""Paths to files: folders walked, duplicates of a path seen, what is no report left aside."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.datamodel.report import Fate, Outcome
from onrecord.reading.finding.sidecar import NAME

_NO_REPORTS = frozenset({NAME, "gold.json"})
_PROGRAM = frozenset(
    "py pyc ipynb js mjs ts css scss c h cpp hpp java rs go rb sh bat ps1 sql toml yaml yml ini cfg lock".split()
)
_ABOUT = frozenset({"readme", "license", "licence", "notice", "makefile", "changelog"})


@dataclass(frozen=True, slots=True)
class Found:
    """One file to read: where it is and what it is called in outcomes."""

    path: Path
    shown: str
    named: bool = True


def find_files(paths: Sequence[Path]) -> tuple[tuple[Found, ...], tuple[Outcome, ...]]:
    """The files to read, in an order that the arguments' order does not change, and the outcomes of all the rest."""
    found: list[Found] = []
    outcomes: list[Outcome] = []
    for path in sorted(paths, key=str):
        for item in _walk(path):
            (found if isinstance(item, Found) else outcomes).append(item)  # type: ignore[arg-type]
    found.sort(key=lambda one: (one.path.name, one.shown, str(one.path)))
    kept, again = _once(found)
    return kept, (*outcomes, *again)


def _walk(path: Path) -> Iterator[Found | Outcome]:
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.is_file():
            yield Found(path, path.name)
        elif path.exists():
            yield refused(str(path), "neither a file nor a folder; give a file")
        else:
            yield refused(str(path), "no such file or folder; check the path")
    except PermissionError:
        yield refused(str(path), "no permission to look at it; change its permissions (chmod u+rX)")
    except (OSError, ValueError) as error:
        yield refused(str(path), f"cannot be opened ({getattr(error, 'strerror', None) or error}); check the path")


def _folder(folder: Path) -> Iterator[Found | Outcome]:
    faults: list[OSError] = []
    seen, inside = 0, folder.resolve()
    for root, folders, names in os.walk(folder, onerror=faults.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root) / name
            shown = path.relative_to(folder).as_posix()
            if name.startswith(".") or name in _NO_REPORTS:
                continue
            seen += 1
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                yield refused(shown, "a link that leads out of the folder; give what it leads to by name")
                continue
            yield _file(path, shown)
    for fault in faults:
        seen += 1
        yield refused(Path(fault.filename or folder).name, "no permission to look into this folder (chmod u+rX)")
    if not seen:
        yield refused(folder.name or str(folder), "an empty folder: no reports in it; put text or HTML files there")


def _file(path: Path, shown: str) -> Found | Outcome:
    """A file of a folder; programs and notes about the folder that lie beside reports are not told as reports."""
    if path.suffix.lower().lstrip(".") in _PROGRAM:
        return refused(
            shown, f"a program or settings file ({path.suffix}), no report; give it by name to read it as text"
        )
    if path.stem.casefold() in _ABOUT:
        return refused(shown, "a note about the folder, no report; give it by name to read it as text")
    return (
        Found(path, shown, named=False) if path.is_file() else refused(shown, "not a file that can be read; remove it")
    )


def _once(found: Sequence[Found]) -> tuple[tuple[Found, ...], tuple[Outcome, ...]]:
    first: dict[Path, Found] = {}
    again: list[Outcome] = []
    for one in found:
        place = one.path.resolve()
        if place in first:
            again.append(
                Outcome(
                    input=one.shown,
                    fate=Fate.DUPLICATE,
                    reason=f"the same file was given twice; {first[place].shown} is read",
                )
            )
        first.setdefault(place, one)
    return tuple(first.values()), tuple(again)


def refused(shown: str, reason: str) -> Outcome:
    """The outcome of an input that cannot be read."""
    return Outcome(input=shown, fate=Fate.REFUSED, reason=reason)
