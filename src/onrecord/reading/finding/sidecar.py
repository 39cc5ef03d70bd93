"""What meta.json beside the files says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.datamodel.moment import Moment, moment
from onrecord.errors import ReadError
from onrecord.reading.decoding import load_json
from onrecord.reading.finding.opening import regular_bytes

NAME = "meta.json"
_MAX_BYTES = 20_000_000
_UNKNOWN = frozenset({"", "unknown", "none", "n/a", "null"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known about one file from outside it."""

    outlet: str | None = None
    published: Moment | None = None
    headline: str | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Sidecar:
    """One folder's meta.json: what it knows by file name."""

    files: Mapping[str, Known] = field(default_factory=dict)

    def of(self, name: str) -> Known:
        """What is known about a file; nothing where it is not listed."""
        return self.files.get(name, Known())


def load_sidecar(folder: Path) -> Sidecar:
    """Read a folder's meta.json; an empty one where there is none. Raises ReadError where it cannot be used."""
    told = _told(folder)
    if told is None:
        return Sidecar()
    articles = told.get("articles") if isinstance(told, dict) else None
    if not isinstance(articles, list):
        raise ReadError(f'{NAME} in {folder.name}: no list "articles"; write one entry a report')
    entries = [one for one in articles if isinstance(one, dict) and isinstance(one.get("file"), str)]
    return Sidecar({Path(one["file"]).name: _known(one) for one in entries})


def title_of(folder: Path) -> str | None:
    """The title that a folder's meta.json gives its story; None where there is none to be read."""
    try:
        told = _told(folder)
    except ReadError:
        return None
    title = told.get("title") if isinstance(told, dict) else None
    return title.strip() or None if isinstance(title, str) else None


def _told(folder: Path) -> Any:
    """What the file says, None where there is none; raises ReadError for what cannot be read, or leads elsewhere."""
    path, where = folder / NAME, f"{NAME} in {folder.name}"
    if not path.is_symlink() and not path.exists():
        return None
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
            raise ReadError(f"{where}: a link that leads out of the folder; put the file itself there")
        raw = regular_bytes(path, _MAX_BYTES)
        if len(raw) > _MAX_BYTES:
            raise ReadError(f"{where}: larger than 20 MB; keep one entry a report")
        return load_json(raw)
    except OSError as error:
        raise ReadError(f"{where}: cannot be opened ({error.strerror}); check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{where}: no valid JSON ({error}); correct it") from error


def _known(entry: Mapping[str, Any]) -> Known:
    published, note = None, None
    if told := _text(entry.get("date")):
        try:
            published = moment(told)
        except ValueError:
            note = f"{NAME} gives “{told[:40]}” as date, which is no ISO 8601; write YYYY-MM-DD"
    return Known(
        outlet=_text(entry.get("outlet")),
        published=published,
        headline=_text(entry.get("headline")),
        url=_text(entry.get("url")),
        note=note,
    )


def _text(value: object) -> str | None:
    told = value.strip() if isinstance(value, str) else ""
    return None if told.casefold() in _UNKNOWN else told
