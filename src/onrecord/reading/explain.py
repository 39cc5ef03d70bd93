"""What was taken of an input, what was left out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.datamodel.report import FURNITURE, Evidence, Outcome, Report
from onrecord.errors import ReadError
from onrecord.reading.confining.caller import account_apart
from onrecord.reading.draft import Source
from onrecord.reading.finding.opening import regular_bytes
from onrecord.reading.formats.registry import find_reader
from onrecord.reading.intake import read
from onrecord.reading.limits.record_limits import limit
from onrecord.reading.markup.account import Kind, Stretch


@dataclass(frozen=True, slots=True)
class Explanation:
    """One input's reports, its words with what became of each, and what became of the input."""

    reports: tuple[Report, ...]
    stretches: tuple[Stretch, ...]
    outcomes: tuple[Outcome, ...]


def explain(path: Path) -> Explanation:
    """Read a file and account for its words; of a page also for those that were left out.

    Raises nothing for a bad input: it ends as a refused outcome.
    """
    intake = read([path])
    read_again = path.is_file() and intake.reports
    raw = regular_bytes(path, limit("file_mb") * 1_000_000) if read_again else b""
    return Explanation(intake.reports, accounted(raw, path.name, intake.reports), intake.outcomes)


def accounted(raw: bytes, name: str, reports: Sequence[Report]) -> tuple[Stretch, ...]:
    """What became of the words of a file that some reports were read of; of a page also of those that were left out.

    Of every other format, and of a page that cannot be read any more, the reports' own text line by line.
    """
    source = Source(raw, name)
    reader = find_reader(source) if raw else None
    if reader is not None and reader.gives.name == "html":
        try:
            return tuple(_with_furniture(account_apart(source), reports))
        except ReadError:
            return tuple(_taken(reports))
    return tuple(_taken(reports))


def _taken(reports: Sequence[Report]) -> Iterator[Stretch]:
    """The text of reports, line by line."""
    for report in reports:
        at = 0
        for line in report.text.splitlines(keepends=True):
            if line.strip():
                parts = _parts_at(report, at, at + len(line))
                kind = Kind.FURNITURE if parts else Kind.BODY
                yield Stretch(kind, line.strip(), ", ".join(parts))
            at += len(line)


def _parts_at(report: Report, start: int, end: int) -> list[str]:
    return [one.part.value for one in report.passages if one.part in FURNITURE and start <= one.span.start < end]


def _with_furniture(stretches: Sequence[Stretch], reports: Sequence[Report]) -> Iterator[Stretch]:
    """A page's stretches, those in which no statement is looked for told apart from the body."""
    parts = {
        " ".join(one.span.of(report.text).split()): one.part.value
        for report in reports
        for one in report.passages
        if one.part in FURNITURE
    }
    for one in stretches:
        part = parts.get(" ".join(one.text.split()))
        if one.kind is Kind.BODY and part:
            yield Stretch(Kind.FURNITURE, one.text, part, True, one.places)
        else:
            yield one


def chosen(report: Report) -> tuple[Evidence, ...]:
    """The values of a report's metadata that were chosen, and those that were not."""
    return tuple(sorted(report.evidence, key=lambda one: (one.field, not one.chosen)))
