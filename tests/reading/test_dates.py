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
    ("written", "told"),
    [
        ("Dienstag, 4. März 2031, 14:05 Uhr", "2031-03-04"),
        ("Wien, am 7. Jänner 2031", "2031-01-07"),
        ("Stand: 12. Dez. 2031", "2031-12-12"),
        ("Publié le 1er août 2031 à 14h05", "2031-08-01"),
        ("mardi 4 févr. 2031", "2031-02-04"),
        ("Mis à jour le 14 juillet 2031", "2031-07-14"),
        ("Martes, 4 de septiembre de 2031", "2031-09-04"),
        ("Actualizado el 9 de enero del 2031", "2031-01-09"),
        ("14 de noviembre de 2031 14:05 CET", "2031-11-14T13:05:00Z"),
        ("3 mayo 2031", "2031-05-03"),
    ],
)
def test_dates_of_german_french_and_spanish_pages(written: str, told: str) -> None:
    (found,) = find_dates(written)
    assert found.at.isoformat() == told


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
