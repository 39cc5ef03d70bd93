"""Words of time to moments."""

from __future__ import annotations

import pytest

from onrecord.attributing.dating.dates import find_dates
from onrecord.attributing.segmentation import Segmentation
from onrecord.attributing.timeline import timeline
from onrecord.datamodel.moment import moment
from tests.attributing.conftest import Tell

# The report is of Wednesday, 10 March 2021.
CASES = [
    ("The bridge closed on Friday.", "2021-03-05"),
    ("It opened Wednesday.", "2021-03-10"),
    ("It will open on Friday.", "2021-03-12"),
    ("The board meets next Tuesday.", "2021-03-16"),
    ("It closed last Wednesday.", "2021-03-03"),
    ("It closed yesterday.", "2021-03-09"),
    ("The crew slept last night.", "2021-03-09"),
    ("A vote is due tomorrow.", "2021-03-11"),
    ("The memo of 15 January was lost.", "2021-01-15"),
    ("The memo of Dec. 30 was lost.", "2020-12-30"),
    ("The memo of 6 January 2019 was lost.", "2019-01-06"),
    ("On October 2, 2014 it rained.", "2014-10-02"),
    ("It closed on the 7th.", "2021-03-07"),
    ("It closed on the 17th.", "2021-02-17"),
    ("Work began in November.", "2020-11-01"),
    ("Work began in May 2013.", "2013-05-01"),
    ("Work began last month.", "2021-02-01"),
    ("Work began three days ago.", "2021-03-07"),
    ("Work has gone on since 2009.", "2009-01-01"),
    ("They met over Christmas Day.", "2020-12-25"),
    ("At 15:40 GMT on Friday the alarm rang.", "2021-03-05T15:40:00Z"),
    ("It rang on 2021-02-01.", "2021-02-01"),
    ("Rain is forecast from Friday.", "2021-03-12"),
    ("The talks begin on Tuesday.", "2021-03-16"),
    ("The forecast was published on Friday.", "2021-03-05"),
    ("It returns the day after tomorrow.", "2021-03-12"),
    ("It sank two weeks ago.", "2021-02-24"),
    ("It rang at 9.15 a.m. PT on Friday.", "2021-03-05T17:15:00Z"),
    ("It rang at 10:00 JST on Friday.", "2021-03-05T01:00:00Z"),
]


@pytest.mark.parametrize(("text", "at"), CASES)
def test_dated(text: str, at: str) -> None:
    (found,) = find_dates(Segmentation(text), moment("2021-03-10"))
    assert found.moment.isoformat() == at
    assert found.span.of(text) in text


@pytest.mark.parametrize(
    "text", ["It may rain.", "He marched on.", "The 2,000 men left.", "Last week it rained.", "Sun and sat."]
)
def test_nothing_is_dated(text: str) -> None:
    assert not list(find_dates(Segmentation(text), moment("2021-03-10")))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("It closed on 2 March. Three days earlier the crew had left.", "2021-02-27"),
        ("It closed on Friday and opened the following day.", "2021-03-06"),
        ("They met on Monday. A week later the road was shut.", "2021-03-15"),
    ],
)
def test_what_counts_from_the_day_told_last(text: str, at: str) -> None:
    _, found = find_dates(Segmentation(text), moment("2021-03-10"))
    assert found.moment.isoformat() == at


def test_what_counts_from_a_day_that_is_not_told_is_not_dated() -> None:
    assert not list(find_dates(Segmentation("Three days earlier the crew had left."), moment("2021-03-10")))


def test_relative_words_need_a_day() -> None:
    assert not list(find_dates(Segmentation("It closed on Friday and in May."), None))


def test_said_at_is_the_day_of_saying_not_of_what_is_said(tell: Tell) -> None:
    told = tell(
        "{s1|Mayor Ines Obrado} {q1|told} reporters on Friday {c1|that the bridge would open}. "
        "{s2|She} {q2|said} {c2|it had closed on Monday}.",
    )
    assert (told.one(1).said_at or moment("1900-01-01")).isoformat() == "2021-03-05"
    assert told.one(2).said_at is None


def test_timeline_is_in_order_and_names_the_attributions(tell: Tell) -> None:
    told = tell(
        "The bridge shut on Friday. {s1|Mayor Ines Obrado} {q1|said} {c1|on Thursday that it was safe}. It was "
        "built in 1931."
    )
    events = timeline(told.reports, told.found.attributions)
    assert [event.at.isoformat() for event in events if event.at] == ["1931-01-01", "2021-03-04", "2021-03-05"]
    assert events[1].attributions == ("01-01",)


def test_a_report_without_a_date_takes_the_storys(tell: Tell) -> None:
    from dataclasses import replace

    told = tell("It closed on Friday.", "Nothing.")
    undated = replace(told.reports[0], published=None)
    events = timeline((undated, told.reports[1]), ())
    assert [event.at.isoformat() for event in events if event.at] == ["2021-03-05"]
