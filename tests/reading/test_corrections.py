"""Notes of correction and withdrawal: found whole, by print's habits, and nothing else taken for one."""

from __future__ import annotations

import pytest

from onrecord.datamodel.report import Part
from onrecord.reading.furniture import mark
from onrecord.reading.marking.corrections import kind_of, note_of

PROSE = "The harbour board met on Sunday to look at the crane that fell, and it sat for more than four hours in all."
CORRECTS = (
    "Correction: An earlier version of this article misstated the height of the crane.",
    "CORRECTION (4 May 2031): The crane is 40 metres high, not 400.",
    "Correction, May 4, 2031: The crane is 40 metres high.",
    "An earlier version of this article incorrectly said that the crane fell on Friday.",
    "A previous version of this story gave the wrong name for the harbour master.",
    "Because of an editing error, an earlier version of this article misidentified the mayor.",
    "Clarification: The board met twice, once in private.",
    "This article was amended on 5 May 2031: it is the board, not the port, that decides.",
    "This story has been updated with the board's answer.",
    "Editor’s note: A figure in the third paragraph has been changed.",
    "(Corrects the spelling of the mayor's name in paragraph 3)",
    "BC-Port-Crane, 1st Ld-CORRECTIVE",
)
WITHDRAWS = (
    "KILL",
    "BULLETIN KILL",
    "MANDATORY KILL: Do not use the item on the crane at Port Alder.",
    "Editors, please kill the story slugged BC-Port-Crane.",
    "ADVISORY: The item on the crane has been withdrawn.",
    "WITHDRAWAL: Crane falls at Port Alder",
    "This article has been retracted.",
    "The Quay Gazette has withdrawn this story because its source could not be reached again.",
    "BC-Port-Crane, KILL",
    "RETRACTION: Crane falls at Port Alder",
)
NEITHER = (
    "Kill switch failed, the board said on Sunday.",
    "The ministry has withdrawn its offer, and the union went home.",
    "Troops have withdrawn from the port, the mayor said.",
    "The bill has been withdrawn, the board said.",
    "The article on the crane in the contract has been broken, she said.",
    "Corrections officers said the prison was quiet.",
    "He said that an earlier version of the plan was cheaper.",
    "Update your records, the board told its members on Sunday.",
)


def found(line: str) -> list[tuple[Part, str]]:
    """The notes in a report that ends with a line."""
    text = f"Crane falls\n\n{PROSE}\n\n{PROSE}\n\n{line}"
    wanted = (Part.CORRECTION, Part.WITHDRAWAL)
    return [(one.part, one.span.of(text)) for one in mark(text).passages if one.part in wanted]


@pytest.mark.parametrize("line", CORRECTS)
def test_corrections(line: str) -> None:
    assert found(line) == [(Part.CORRECTION, line)]


@pytest.mark.parametrize("line", WITHDRAWS)
def test_withdrawals(line: str) -> None:
    assert found(line) == [(Part.WITHDRAWAL, line)]


@pytest.mark.parametrize("line", NEITHER)
def test_what_is_neither(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Correction: x", "corrects"), ("Clarification: x", "explains"), ("Editor's note: x", "comments on"),
        ("This story has been updated with the answer.", "updates"), ("UPDATE: x", "updates"),
        ("This story has been updated to correct the height.", "corrects"),
    ],
)  # fmt: skip
def test_kinds(words: str, kind: str) -> None:
    assert kind_of(words) == kind


def test_notes_are_told_of_the_report() -> None:
    text = f"Crane falls\n\n{PROSE}\n\n{CORRECTS[0]}"
    (passage,) = [one for one in mark(text).passages if one.part is Part.CORRECTION]
    assert note_of(passage, text) == f"the outlet corrects the report: “{CORRECTS[0]}”"
