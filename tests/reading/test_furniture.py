"""What is furniture and, above all, what is not."""

from __future__ import annotations

import pytest

from onrecord.datamodel.moment import moment
from onrecord.datamodel.report import FURNITURE, Part
from onrecord.reading.furniture import mark

PROSE = "The harbour board said on Sunday that the crane “will not be taken down”, the mayor's office confirmed later."


def parts(text: str, **told: object) -> list[tuple[str, str]]:
    """Marked parts with their words."""
    return [(one.part.value, one.span.of(text)) for one in mark(text, **told).passages]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "part", "words"),
    [
        ("PORT ALDER, May 3 (Northline) - ", Part.DATELINE, "PORT ALDER, May 3 (Northline) -"),
        ("PORT ALDER, Fenland — ", Part.DATELINE, "PORT ALDER, Fenland —"),
        ("Port Alder (Northline) - ", Part.DATELINE, "Port Alder (Northline) -"),
        ("(Channel Six) -- ", Part.DATELINE, "(Channel Six) --"),
        ("date 2031-03-07 ", Part.DATELINE, "date 2031-03-07"),
    ],
)
def test_what_opens_a_line_of_prose(line: str, part: Part, words: str) -> None:
    assert (part.value, words) in parts(f"{line}{PROSE}\n\n{PROSE}")


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("By Ada Lorne", Part.BYLINE),
        ("by Ada Lorne and Jo van der Ray", Part.BYLINE),
        ("7 March 2031 Last updated at 13:27 GMT", Part.DATELINE),
        ("Watch LIVE", Part.MENU),
        ("Sign up for our morning newsletter", Part.MENU),
        ("Read more: What we know about the crane", Part.RELATED),
        ("© 2031 The Quay Gazette. All rights reserved.", Part.MENU),
        ("File photo of the crane at dawn", Part.CAPTION),
        ("The mayor, left, and the minister on Sunday in Port Alder.", Part.CAPTION),
        ("(Photo by Jo Ray/Northline via Getty Images)", Part.CREDIT),
        ("Additional reporting by Northline", Part.CREDIT),
        ("Lena Ode and Northline contributed to this report.", Part.CREDIT),
        ("Correction: An earlier version of this story gave the wrong height.", Part.CORRECTION),
        ("This article has been updated to add the board's answer.", Part.CORRECTION),
    ],
)
def test_whole_lines(line: str, part: Part) -> None:
    text = f"Board and union split over crane\n\n{line}\n\n{PROSE}\n\n{PROSE}"
    if part in (Part.CREDIT, Part.CORRECTION):
        text = f"{PROSE}\n\n{PROSE}\n\n{line}"
    assert (part.value, line) in parts(text)


@pytest.mark.parametrize(
    "line",
    [
        "Watch what happens, the mayor said on Sunday.",
        "Share prices fell, the board said.",
        "Heavy rain contributed to the collapse, engineers said.",
        "Obrado: “We were never asked.”",
        "By Sunday the crane was closed, the union said.",
        "Read my lips: no new cranes.",
        "NATO - the alliance - said nothing.",
        "The minister, left without a choice, said she would resign.",
        "Follow the money, he told reporters.",
        "May 3 was the day they lied, she said.",
        "Most recent figures show that 14 joints are cracked, Castellan said.",
        "“Related stories are a nuisance,” the editor wrote.",
        "Mayor Ines Obrado said the photo of the crane was real (Northline).",
    ],
)
def test_statements_are_never_swallowed(line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{PROSE}"
    place = text.index(line)
    swallowed = [
        one
        for one in mark(text).passages
        if one.part in FURNITURE and one.span.start < place + len(line) and place < one.span.end
    ]
    assert swallowed == []


def test_links_to_other_stories_by_their_kind_and_a_headline_between_two() -> None:
    lines = ("ANALYSIS | Who runs the pier?", "Union seeks “fair wages” in the yard", "OPINION | Sell the crane")
    found = parts("\n\n".join(("Board splits", PROSE, "\n".join(lines), PROSE)))
    assert [words for part, words in found if part == "related"] == list(lines)
    assert ("headline", lines[0]) in parts(f"{lines[0]}\n\n{PROSE}\n\n{PROSE}")


def test_caption_and_its_credit_are_two_passages() -> None:
    text = f"{PROSE}\n\nThe crane at dusk. (Photo by Jo Ray/AFP via Getty Images)\n\n{PROSE}"
    assert ("caption", "The crane at dusk.") in parts(text)
    assert ("credit", "(Photo by Jo Ray/AFP via Getty Images)") in parts(text)


def test_headline_subhead_and_crosshead() -> None:
    text = f"Board and union split over crane\n\nA second report is due\n\n{PROSE}\n\nNo answer yet\n\n{PROSE}"
    assert [part for part, _ in parts(text)] == ["headline", "subhead", "subhead"]
    assert mark(text).headline == "Board and union split over crane"


def test_prose_that_opens_a_report_is_no_headline() -> None:
    assert mark(f"{PROSE}\n\n{PROSE}").headline is None
    assert mark(f"date 2031-03-07 {PROSE}\n\nPer the union:\n\n{PROSE}").headline is None


def test_agencies_are_noted_as_credits() -> None:
    text = f"PORT ALDER (Northline) - {PROSE}\n\n{PROSE}\n\nWith files from Channel Six"
    assert mark(text).credits == ("Northline", "Channel Six")


def test_a_live_blog_is_split_at_its_times() -> None:
    text = f"Crane closed: live\n\nAll times GMT\n\n14:05: {PROSE}\n\n13:50: {PROSE}\n\n"
    stamps = [one for one in mark(text, published=moment("2031-03-07")).passages if one.part is Part.STAMP]
    assert [one.span.of(text) for one in stamps] == ["14:05:", "13:50:"]
    assert [one.at.isoformat() if one.at else None for one in stamps] == [
        "2031-03-07T14:05:00Z",
        "2031-03-07T13:50:00Z",
    ]


def test_a_time_without_a_zone_is_no_instant() -> None:
    text = f"14:05: {PROSE}\n\n13:50: {PROSE}"
    assert {one.at for one in mark(text, published=moment("2031-03-07")).passages if one.part is Part.STAMP} == {None}


def test_lists_of_other_stories_end_where_prose_begins() -> None:
    text = f"{PROSE}\n\nRelated Stories\nCrane closed Northline\nUnion calls strike\n\n{PROSE}\n\n{PROSE}\n\n{PROSE}"
    marked = [words for part, words in parts(text) if part == "related"]
    assert marked == ["Related Stories", "Crane closed Northline", "Union calls strike"]
