"""Moments know how exact they are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from onrecord.datamodel.moment import Moment, Precision, moment


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("2031-05-04", "2031-05-04"),
        ("2031-05-04T09:30:00Z", "2031-05-04T09:30:00Z"),
        ("2031-05-04T09:30:00+02:00", "2031-05-04T07:30:00Z"),
        ("2031-05-04T09:30", "2031-05-04T09:30:00Z"),
    ],
)
def test_iso_8601_is_read_and_written(told: str, read: str) -> None:
    assert moment(told).isoformat() == read


@pytest.mark.parametrize("told", ["yesterday", "2031-13-01", ""])
def test_anything_else_is_refused(told: str) -> None:
    with pytest.raises(ValueError):
        moment(told)


@pytest.mark.parametrize(
    ("precision", "end"),
    [(Precision.DAY, "2031-12-31"), (Precision.MONTH, "2031-12-31"), (Precision.YEAR, "2031-12-31")],
)
def test_a_moment_ends_with_its_day_month_or_year(precision: Precision, end: str) -> None:
    at = Moment(datetime(2031, 12, 31, tzinfo=UTC), precision)
    assert at.end.date().isoformat() == end and at.end.hour == 23


def test_a_moment_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment(datetime(2031, 1, 1))
