"""An office is somebody else's than the person's who was named before, unless the report has said that it is his."""

from __future__ import annotations

import pytest

from tests.attributing.conftest import Tell

OFFICES = (
    "prosecutor|judge|coroner|mayor|magistrate|sheriff|harbour master|lawyer|attorney|solicitor|barrister|detective|"
    "inspector|ambassador|governor|minister|prime minister|president|chancellor|bishop|headteacher|principal|surgeon|"
    "doctor|nurse|pathologist|spokesman|spokeswoman|spokesperson|police chief|fire chief|registrar|clerk|ombudsman|"
    "director|chairman|secretary|treasurer|auditor|referee|commissioner|superintendent|captain|general|investigator"
).split("|")


@pytest.mark.parametrize("office", OFFICES)
def test_an_office_is_not_the_person_named_before(tell: Tell, office: str) -> None:
    told = tell(
        "{s1|Defendant Gil Starke}, 31, {q1|said} {c1|he was not on the quay}. "
        f"{{s2|The {office}}} {{q2|said}} {{c2|he was}}."
    )
    assert told.one(1).speaker != told.one(2).speaker
    assert told.one(1).named and not told.one(2).named


@pytest.mark.parametrize("office", ["lawyer", "doctor", "agent", "spokesman", "mother", "brother", "solicitor"])
def test_whose_lawyer_it_is_does_not_speak(tell: Tell, office: str) -> None:
    told = tell(
        f"{{s1|Ada Lorne}} {{q1|said}} {{c1|the pier was safe}}. {{s2|Her {office}}} {{q2|said}} {{c2|it was not}}."
    )
    assert told.one(1).speaker != told.one(2).speaker


def test_a_lawyer_who_has_a_lawyer_is_not_her(tell: Tell) -> None:
    told = tell(
        "{s1|Ada Lorne, a lawyer,} {q1|said} {c1|the pier was safe}. {s2|Her lawyer} {q2|said} {c2|it was not}."
    )
    assert told.one(1).speaker != told.one(2).speaker


@pytest.mark.parametrize(
    ("introduced", "again"),
    [
        ("Prosecutor Gil Starke", "The prosecutor"),
        ("Gil Starke, the coroner,", "The coroner"),
        ("Gil Starke, mayor of Sollmar,", "The mayor"),
        ("Judge Rosa Wendel", "The judge"),
    ],
)
def test_an_office_that_was_told_of_is_its_holder(tell: Tell, introduced: str, again: str) -> None:
    told = tell(
        f"{{s1|{introduced}}} {{q1|said}} {{c1|the pier was safe}}. {{s2|{again}}} {{q2|said}} {{c2|it would open}}."
    )
    assert told.one(1).speaker == told.one(2).speaker
    assert told.one(2).named


@pytest.mark.parametrize("again", ["The singer", "The 31-year-old singer", "The boy", "The actor", "The lawmaker"])
def test_a_trade_or_an_age_takes_up_who_was_named(tell: Tell, again: str) -> None:
    told = tell(
        f"{{s1|Gil Starke}} {{q1|said}} {{c1|the pier was safe}}. {{s2|{again}}} {{q2|added}} {{c2|that it was new}}."
    )
    assert told.one(1).speaker == told.one(2).speaker


def test_another_trade_is_somebody_else(tell: Tell) -> None:
    told = tell(
        "{s1|Inspector Gil Starke} {q1|said} {c1|the pier was safe}. {s2|The singer} {q2|said} {c2|it was not}."
    )
    assert told.one(1).speaker != told.one(2).speaker
