"""Packed weights, found through a manifest and checked by size and hash before use."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import BackendError

MANIFEST = "manifest.json"
_CURE = "reinstall onrecord, or pass --tagger rules to work without weights"


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One file of the manifest; `about` holds what else is said of it (base, data, labels, metrics)."""

    name: str
    bytes: int
    sha256: str
    about: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of one folder of weights."""

    folder: Path
    files: tuple[WeightFile, ...]

    def entry(self, name: str) -> WeightFile:
        """The manifest's line for a file; raises BackendError where it has none."""
        for file in self.files:
            if file.name == name:
                return file
        raise BackendError(f"weights/{MANIFEST} names no {name}; {_CURE}")

    def path(self, name: str) -> Path:
        """Where a file lies, its size and sha256 checked; raises BackendError."""
        entry, path = self.entry(name), self.folder / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BackendError(f"weights/{path.name}: cannot be read ({error.strerror}); {_CURE}") from error
        if len(data) != entry.bytes:
            raise BackendError(f"weights/{path.name}: {len(data)} bytes, the manifest says {entry.bytes}; {_CURE}")
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise BackendError(f"weights/{path.name}: sha256 differs from the manifest's; {_CURE}")
        return path


def packed_weights() -> Weights:
    """The weights in force, of the folder that ONRECORD_WEIGHTS names, else the installed ones; raises BackendError."""
    chosen = os.environ.get("ONRECORD_WEIGHTS")
    return read_weights(Path(chosen) if chosen else Path(str(files("onrecord") / "weights")))


def read_weights(folder: Path) -> Weights:
    """The weights of a folder, by its manifest.json; raises BackendError."""
    path = folder / MANIFEST
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["files"]
        return Weights(folder, tuple(_weight_file(dict(row)) for row in rows))
    except OSError as error:
        raise BackendError(f"weights/{path.name}: cannot be read ({error.strerror}); {_CURE}") from error
    except (ValueError, KeyError, TypeError) as error:
        raise BackendError(f"weights/{path.name}: is no manifest of weights ({error!r}); {_CURE}") from error


def _weight_file(row: dict[str, Any]) -> WeightFile:
    return WeightFile(row.pop("name"), row.pop("bytes"), row.pop("sha256"), row)
