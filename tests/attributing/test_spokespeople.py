"""Who speaks for somebody by trade: a body's spokesman is the body, a person's publicist is known by the person."""

from __future__ import annotations

import pytest

from tests.attributing.conftest import Tell

BODIES = (
    ("A spokeswoman for the Harbour Safety Board", "Harbour Safety Board"),
    ("A Harbour Safety Board spokesman", "Harbour Safety Board"),
    ("A spokesperson for Reuters", "Reuters"),
)
PERSONS = ("Rosa Ode’s publicist", "A rep for Rosa Ode", "A spokesman for Ode", "Ode's spokesman")


@pytest.mark.parametrize(("words", "name"), BODIES)
def test_a_bodys_spokesman_is_the_body(tell: Tell, words: str, name: str) -> None:
    told = tell(f"{{s1|{words}}} {{q1|said}} {{c1|the pier was safe}}.")
    assert told.speaker(1).name == name
    assert told.one(1).named


@pytest.mark.parametrize("words", PERSONS)
def test_a_persons_publicist_is_known_by_the_person(tell: Tell, words: str) -> None:
    told = tell(
        "{s1|Singer Rosa Ode} {q1|said} {c1|he would play}. "
        f"{{s2|{words}}} {{q2|said}} {{c2|he would not}}. {{s3|Rosa Ode's spokeswoman}} {{q3|agreed}} {{c3|with that}}."
    )
    assert told.one(1).speaker != told.one(2).speaker == told.one(3).speaker
    assert told.one(2).named


def test_a_spokesman_for_nobody_named_has_no_name(tell: Tell) -> None:
    told = tell("{s1|A spokesman} {q1|said} {c1|the pier was safe}.")
    assert not told.one(1).named


@pytest.mark.parametrize("words", ["Sollmar's police chief", "The Kenyan president", "The mayor of Sollmar"])
def test_an_office_that_one_person_holds_names_him(tell: Tell, words: str) -> None:
    assert tell(f"{{s1|{words}}} {{q1|said}} {{c1|the pier was safe}}.").one(1).named


def test_a_name_behind_a_description_is_the_persons(tell: Tell) -> None:
    told = tell(
        "{s1|His old pal Tam Ode} {q1|said} {c1|the pier was safe}. {s2|Tam Ode} {q2|added} {c2|that it was new}."
    )
    assert told.one(1).speaker == told.one(2).speaker
    assert told.one(1).named
