"""Word lists from TOML files: those of the package, and what a user's folder adds to them."""

from __future__ import annotations

import hashlib
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

VARIABLE = "ONRECORD_LEXICON"


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """The tables and lists of NAME.toml, with those of the same file in the folder that ONRECORD_LEXICON names.

    Raises UsageError where that file is no TOML or has a table or list that the package's does not have.
    """
    lists = tomllib.loads((files("onrecord.attributing.lexicon") / f"{name}.toml").read_text(encoding="utf-8"))
    path = user_file(name)
    if path is None:
        return lists
    try:
        added = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: cannot be read as a word list ({error}); mend it or unset {VARIABLE}") from None
    for key, value in added.items():
        lists[key] = lists[key] if key == "origin" else merge_lists(lists.get(key), value, f"{path}: {key}")
    return lists


def user_file(name: str) -> Path | None:
    """The user's own list of that name, None where there is none."""
    folder = os.environ.get(VARIABLE)
    path = Path(folder) / f"{name}.toml" if folder else None
    return path if path and path.exists() else None


def merge_lists(ours: object, theirs: object, where: str) -> object:
    """A list with another's words added, or a table with another's entries; raises UsageError for anything else."""
    if isinstance(ours, list) and isinstance(theirs, list) and all(isinstance(item, str) for item in theirs):
        return [*ours, *theirs]
    if isinstance(ours, dict) and isinstance(theirs, dict) and all(map(_is_entry, theirs.values())):
        return {**ours, **theirs}
    known = "a list of words" if isinstance(ours, list) else "a table of lists" if isinstance(ours, dict) else "unknown"
    raise UsageError(f"{where}: here stands {_kind(theirs)}, the package's is {known}; see docs/extending.md")


def _is_entry(value: object) -> bool:
    return isinstance(value, str | dict) or (isinstance(value, list) and all(isinstance(item, str) for item in value))


def _kind(value: object) -> str:
    names: dict[type, str] = {list: "a list", dict: "a table", str: "a text"}
    return names.get(type(value), type(value).__name__)


def digest() -> str | None:
    """The beginning of the SHA-256 of what the user's folder adds, None where it adds nothing."""
    folder = os.environ.get(VARIABLE)
    paths = sorted(Path(folder).glob("*.toml")) if folder else []
    if not paths:
        return None
    sha256 = hashlib.sha256()
    for path in paths:
        sha256.update(path.name.encode() + b"\0" + path.read_bytes())
    return sha256.hexdigest()[:8]
