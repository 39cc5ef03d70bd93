"""Addresses to reports on a desk's record: fetched, kept with their headers, and only then read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.datamodel.entry import Capture
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.desk_pipeline import add_captured, package_version
from onrecord.ledger.filing import Added
from onrecord.reading.draft import Source
from onrecord.reading.fetching.client import Fetcher
from onrecord.reading.fetching.fetch import Fetched, fetch_each, file_stem
from onrecord.reading.finding.naming import slug, unique

if TYPE_CHECKING:
    from onrecord.ledger.desk import Desk
    from onrecord.pipeline import Progress

Captured = tuple[Report, Capture]


def add_addresses(
    held: Desk,
    story: str,
    urls: Sequence[str],
    fetcher: Fetcher | None = None,
    which: str = "auto",
    progress: Progress | None = None,
) -> Iterator[Added]:
    """Fetch addresses through the guard and enter what they lead to; one or more outcomes for each, none raises.

    The same address with other bytes is a new version of its report, with the same bytes a duplicate.
    """
    yield from add_fetched(held, story, fetch_each(urls, fetcher or Fetcher()), which, progress)


def add_fetched(
    held: Desk,
    story: str,
    fetched: Iterable[Fetched | Outcome],
    which: str = "auto",
    progress: Progress | None = None,
    by: str | None = None,
) -> Iterator[Added]:
    """Enter what was fetched as `add_addresses` does; `by` is who asked for it, where that is to be on record."""
    found: list[Captured] = []
    places: dict[str, str] = {}
    for one in fetched:
        if isinstance(one, Outcome):
            yield Added(outcome=one)
            continue
        reports, refused = read_fetched(one)
        yield from (Added(outcome=outcome) for outcome in refused)
        places.update((report.file, one.url) for report, _ in reports)
        found.extend((report, _asked_by(capture, by)) for report, capture in reports)
    yield from (
        _named(added, places) for added in add_captured(held, story, _told_apart(found), which=which, progress=progress)
    )


def read_fetched(fetched: Fetched) -> tuple[tuple[Captured, ...], tuple[Outcome, ...]]:
    """The reports in one answer with the capture they were read from, and what could not be read."""
    from onrecord.reading.intake import read_capture

    stem = file_stem(fetched.url)
    intake = read_capture(Source(fetched.archive, fetched.name), stem)
    stems = [stem] if len(intake.reports) == 1 else [f"{stem} {number + 1}" for number in range(len(intake.reports))]
    reports = [replace(one, id=slug(name)) for one, name in zip(intake.reports, stems, strict=True)]
    ended = [one for one in intake.outcomes if one.fate in (Fate.REFUSED, Fate.DUPLICATE)]
    captures = tuple((one, capture_of(fetched, one)) for one in reports)
    return captures, tuple(replace(one, input=fetched.url, report=None) for one in ended)


def capture_of(fetched: Fetched, report: Report) -> Capture:
    """How a report came here: the address that was asked, the headers of the answer, the time, the archive's bytes."""
    return Capture(
        raw=fetched.archive,
        came_from=fetched.url,
        tool=f"onrecord {package_version()}",
        headers=fetched.answer.headers,
        at=report.captured,
    )


def _told_apart(found: Sequence[Captured]) -> list[Captured]:
    """The same with an id for each: two addresses can have the same last part."""
    names = unique([report.id for report, _ in found])
    return [(replace(report, id=name), capture) for (report, capture), name in zip(found, names, strict=True)]


def _asked_by(capture: Capture, by: str | None) -> Capture:
    return replace(capture, came_from=f"{capture.came_from} (added by {by})") if by else capture


def _named(added: Added, places: Mapping[str, str]) -> Added:
    """An outcome is told by its address, not by the name of the archive."""
    place = places.get(added.outcome.input)
    return replace(added, outcome=replace(added.outcome, input=place)) if place else added
