"""Reference stories as values: reports, attributions and parties of a `gold.json`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, Spans

STORIES = Path("../shared/stories")


@dataclass(frozen=True, slots=True)
class Gold:
    """One reference story; `data` is the file as it stands."""

    folder: Path
    data: dict[str, Any]
    reports: tuple[Report, ...]
    attributions: tuple[Attribution, ...]
    parties: tuple[Party, ...]


def gold_folders(root: Path = STORIES) -> tuple[Path, ...]:
    """The story folders that hold a reference, by name."""
    return tuple(sorted(path.parent for path in root.glob("*/gold.json")))


def load(folder: Path) -> Gold:
    """Read a reference story; raises OSError, KeyError or ValueError where it is not one."""
    data = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports = tuple(_report(folder, row, data) for row in data["reports"])
    attributions = tuple(_attribution(row) for row in data["attributions"])
    parties = tuple(_party(row) for row in data["speakers"])
    return Gold(folder, data, reports, attributions, parties)


def _report(folder: Path, row: dict[str, Any], data: dict[str, Any]) -> Report:
    text = (folder / row["file"]).read_bytes().decode("utf-8")
    told = row.get("published") or row.get("date")
    return Report(
        id=row["id"],
        text=text,
        file=row["file"],
        sha256="",
        outlet=row.get("outlet"),
        published=_moment(told),
        headline=row.get("headline"),
    )


def _moment(told: str | None) -> Moment | None:
    return moment(told) if told else None


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple(Span(start, end) for start, end in pairs)


def _attribution(row: dict[str, Any]) -> Attribution:
    return Attribution(
        id=row["id"],
        report=row["report"],
        source=_spans(row["source"]),
        cue=_spans(row["cue"]),
        content=_spans(row["content"]),
        mode=Mode(row["mode"]),
        act=Act(row["act"]),
        speaker=row["speaker"],
        relay=tuple(row["relay"]),
        named=row["named"],
        terms=row.get("terms") if isinstance(row.get("terms"), str) else None,
        outer_of=tuple(row.get("outer_of") or ()),
    )


def _party(row: dict[str, Any]) -> Party:
    return Party(id=row["id"], name=row["name"], kind=PartyKind(row["kind"]), named=row["named"])
