"""Where a report was captured, and whether that place may speak for the address that the report gives itself."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from onrecord.datamodel.entry import EntryType
from onrecord.datamodel.report import Report
from onrecord.ledger.codec import decode
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage.index import storable
from onrecord.ledger.storage.store import View
from onrecord.reading.duplicates.page_versions import site

# Readers of archives know the address that was asked; of any other file only a person can know where it is from.
_CAPTURED = frozenset({"warc", "wacz"})


def address_of(came_from: str) -> str:
    """The words for where something came from, without who added it."""
    return came_from.partition(" (added by ")[0]


def origin(report: Report, came_from: str) -> str | None:
    """The site a report was captured from, None for a file that a person gave."""
    if report.reader in _CAPTURED and (asked := _asked(report)):
        return site(asked)
    came = address_of(came_from)
    return site(came) if came.startswith(("http://", "https://")) else None


def _asked(report: Report) -> str | None:
    found = [one.value for one in report.evidence if one.field == "url" and one.found_in == "address"]
    return found[-1] if found else None


def vouched(report: Report, came_from: str) -> bool:
    """Whether the address that a report gives itself is of the site that it was captured from, or a person gave it."""
    found = origin(report, came_from)
    return not report.url or found is None or site(report.url) == found


def captured(view: View, row: Row[Any]) -> tuple[Report | None, str]:
    """A report on record as it was read, without its text, and the words for where it came from."""
    came, read = view.entry(row.entry - 1), view.entry(row.entry)
    words = ""
    if came is not None and came.act is EntryType.CAPTURED and came.subject == row.report:
        words = str(payload_of(came)["came_from"])
    if read is None or read.act is not EntryType.READ:
        return None, words
    return decode(Report, {**payload_of(read)["report"], "text": ""}), words


def same_origin(view: View, report: Report, came_from: str, row: Row[Any]) -> bool:
    """Whether a report and one on record are of one site, or of one feed and credit; or a person gave the new one."""
    mine = origin(report, came_from)
    if mine is None:
        return True
    other, words = captured(view, row)
    if other is not None and origin(other, words) == mine:
        return True
    credited = bool(report.outlet) and storable(report.outlet) == row.outlet
    return credited and bool(words) and address_of(words) == storable(address_of(came_from))
