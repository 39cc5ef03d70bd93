"""A person's config file: what would else stand in the environment or be typed each time."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from onrecord.errors import UsageError

FILE = "ONRECORD_CONFIG"
PACKS = "ONRECORD_PACKS"
_MOST_BYTES = 1_000_000
# What each key of the file is in the environment.
_TEXTS = {"desk": "ONRECORD_DESK", "person": "ONRECORD_PERSON", "lists": "ONRECORD_LEXICON"}
_KEYS = (*_TEXTS, "packs", "quiet", "limits")


def taken(given: Sequence[str]) -> tuple[list[str], str | None]:
    """A command line without `--config FILE`, wherever it stands, and the file; raises UsageError where none follows.

    Example:
        >>> taken(["claims", "--config", "my.toml", "bridge"])
        (['claims', 'bridge'], 'my.toml')
    """
    kept, file, rest = list[str](), None, iter(given)
    for one in rest:
        if one == "--":
            return [*kept, one, *rest], file
        if one == "--config":
            file = next(rest, None)
            if file is None:
                raise UsageError("no file named · --config · write --config onrecord.toml")
        elif one.startswith("--config="):
            file = one.partition("=")[2]
        else:
            kept.append(one)
    return kept, file


def configure(file: str | None, environment: dict[str, str] | os._Environ[str] = os.environ) -> bool:
    """Put what a config file says where the environment does not say it already; whether it asks for quiet.

    Without a file named, that of ONRECORD_CONFIG, else the person's own, is read where it is there. Raises UsageError.
    """
    named = file or environment.get(FILE)
    path = Path(named) if named else _own(environment)
    if path is None:
        return False
    told = _read(path)
    unknown = next((key for key in told if key not in _KEYS), None)
    if unknown:
        raise UsageError(f"no setting '{unknown[:40]}' · {path} · one of {', '.join(_KEYS)}")
    for key, variable in _TEXTS.items():
        if key in told:
            environment.setdefault(variable, _text(told, key, path))
    if "packs" in told:
        environment.setdefault(PACKS, os.pathsep.join(_texts(told, "packs", path)))
    if "limits" in told:
        environment.setdefault("ONRECORD_LIMITS", " ".join(_limits(told, path)))
    return bool(told.get("quiet", False))


def _own(environment: Mapping[str, str]) -> Path | None:
    """The person's own file; None where there is none, no home, or a home of somebody else's."""
    try:
        home = Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config")
        path = home / "onrecord" / "config.toml"
        return path if path.is_file() else None
    except (OSError, RuntimeError):
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = path.read_bytes()[:_MOST_BYTES]
        return tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"the config file cannot be read: {why} · {path} · name another with --config") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"no TOML ({str(error)[:80]}) · {path} · mend that line") from error


def _text(told: Mapping[str, Any], key: str, path: Path) -> str:
    value = told[key]
    if not isinstance(value, str) or not value:
        raise UsageError(f"'{key}' is no text · {path} · write {key} = \"...\"")
    return value


def _texts(told: Mapping[str, Any], key: str, path: Path) -> list[str]:
    value = told[key]
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise UsageError(f"'{key}' is no list of texts · {path} · write {key} = [\"ap\"]")
    return value


def _limits(told: Mapping[str, Any], path: Path) -> list[str]:
    from onrecord.reading.limits.record_limits import LIMITS

    value = told["limits"]
    if not isinstance(value, dict):
        raise UsageError(f"'limits' is no table · {path} · write [limits]")
    for name, number in value.items():
        if name not in LIMITS or not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise UsageError(f"no limit '{name}' with a number above 0 · {path} · one of {', '.join(LIMITS)}")
    return [f"{name}={number}" for name, number in value.items()]
