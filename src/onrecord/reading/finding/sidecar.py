"""What meta.json beside the files says about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.datamodel.moment import Moment, moment
from onrecord.errors import ReadError
from onrecord.reading.decoding import load_json

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
    path = folder / NAME
    if not path.is_file():
        return Sidecar()
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ReadError(f"{NAME} in {folder.name}: larger than 20 MB; keep one entry a report")
        told = load_json(path.read_bytes())
    except OSError as error:
        raise ReadError(
            f"{NAME} in {folder.name}: cannot be opened ({error.strerror}); check its permissions"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{NAME} in {folder.name}: no valid JSON ({error}); correct it") from error
    articles = told.get("articles") if isinstance(told, dict) else None
    if not isinstance(articles, list):
        raise ReadError(f'{NAME} in {folder.name}: no list "articles"; write one entry a report')
    entries = [one for one in articles if isinstance(one, dict) and isinstance(one.get("file"), str)]
    return Sidecar({Path(one["file"]).name: _known(one) for one in entries})


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
