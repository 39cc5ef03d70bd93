"""Written dates to moments."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.reading.dates import clock, find_dates, read_date


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031/05/04", "2031-05-04"),
        ("2031-05-04T10:20:00+02:00", "2031-05-04T08:20:00Z"),
        ("2031-05-04T10:20:00", "2031-05-04"),
        ("Sun, 04 May 2031 10:20:00 +0200", "2031-05-04T08:20:00Z"),
        ("4 May 2031 Last updated at 13:27 ET", "2031-05-04T17:27:00Z"),
        ("Jan. 4, 2031 1:27 PM ET", "2031-01-04T18:27:00Z"),
        ("May 4, 2031 -- Updated 0257 GMT (1057 HKT)", "2031-05-04T02:57:00Z"),
        ("May 4, 2031 12:41 a.m.", "2031-05-04"),
        ("Last updated: 4 May 2031 06:32 IST", "2031-05-04"),
    ],
)
def test_a_clock_time_counts_only_with_its_zone(written: str, told: str) -> None:
    found = read_date(written)
    assert found is not None and found.isoformat() == told


@pytest.mark.parametrize(
    "written", ["", "soon", "31 February 2031", "2031-13-45", "x" * 5_000, "99 May 9999 99:99 GMT"]
)
def test_what_is_no_date(written: str) -> None:
    assert read_date(written) is None


def test_dates_know_their_place() -> None:
    text = "Posted on May 4, 2031 and again on 6 May 2031."
    assert [one.span.of(text) for one in find_dates(text)] == ["May 4, 2031", "6 May 2031"]


def test_a_stamp_needs_a_zone() -> None:
    assert clock("14:05", date(2031, 5, 4)) is None
    found = clock("2:05 p.m.", date(2031, 5, 4), "EDT")
    assert found is not None and found.isoformat() == "2031-05-04T18:05:00Z"
