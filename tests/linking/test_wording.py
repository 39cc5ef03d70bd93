"""Words that a claim is named by."""

from __future__ import annotations

import pytest

from onrecord.datamodel.span import Span
from onrecord.linking.concepts import concept
from onrecord.linking.polarity import affirmative, of_someone
from onrecord.linking.propositions import clauses
from onrecord.linking.stemming import stem
from onrecord.linking.wording import spelled


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Venn has not spoken with the mill.", "Orla Venn has spoken with the mill."),
        ("No price had been agreed.", "A price had been agreed."),
        ("No sackings were planned.", "Sackings were planned."),
        ("There is no danger to anyone in the valley.", "There is danger to someone in the valley."),
        ("Nobody was hurt.", "Somebody was hurt."),
        ("He had never seen it.", "He had seen it."),
        ("They did not believe it.", None),
        ("The ferry was late.", None),
        ("It was not false.", None),
    ],
)
def test_a_negated_sentence_in_the_affirmative(text: str, expected: str | None) -> None:
    assert affirmative(text) == expected


@pytest.mark.parametrize(
    ("text", "refused", "expected"),
    [
        ("Sending the ledger to the mill", True, "Orla Venn sent the ledger to the mill"),
        ("Sending the ledger to the mill", False, "Sending the ledger to the mill"),
        ("To have reached a deal", False, "Orla Venn has reached a deal"),
        ("the mill of failing to warn them", False, "the mill failed to warn them"),
        ("officials of hiding or selling the ledger", False, "officials hid or sold the ledger"),
        ("the risk of failing to warn them", False, "the risk of failing to warn them"),
        ("a possible sighting of floating logs", False, "a possible sighting of floating logs"),
        ("I have seen the ledger", False, "Orla Venn has seen the ledger"),
        ("I have seen my ledger", False, "I have seen my ledger"),
        ("Nothing in the ledger is wrong", True, "Nothing in the ledger is wrong"),
    ],
)
def test_a_clause_gets_its_subject_back(text: str, refused: bool, expected: str) -> None:
    assert spelled(text, "Orla Venn", refused) == expected


def test_an_unnamed_source_is_no_subject() -> None:
    assert spelled("To have reached a deal", "unnamed officials", False) == "To have reached a deal"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("evacuation", "evacuated"), ("planning", "plan"), ("withdrawal", "leaving"), ("truce", "ceasefire"),
        ("takeover", "sold"), ("genuine", "authenticity"), ("jobs", "redundancies"),
    ],
)  # fmt: skip
def test_words_that_a_desk_takes_for_one_another(left: str, right: str) -> None:
    assert concept(stem(left)) == concept(stem(right))


@pytest.mark.parametrize(("left", "right"), [("meeting", "talks"), ("arrested", "killed"), ("rise", "fall")])
def test_words_that_a_desk_keeps_apart(left: str, right: str) -> None:
    assert concept(stem(left)) != concept(stem(right))


def test_a_quote_is_split_at_every_sentence_but_not_at_an_initial() -> None:
    text = "I never saw the ledger. Mr. Ode of the U.S. mill signed it. That page is not mine"
    found = [piece[0].of(text) for piece in clauses((Span(0, len(text)),), text)]
    assert found == ["I never saw the ledger.", "Mr. Ode of the U.S. mill signed it.", "That page is not mine"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Anyone had been ordered out of the mill.", "Someone had been ordered out of the mill."),
        ("The guards attacked anybody.", "The guards attacked somebody."),
        ("She knew it before anyone else.", "She knew it before anyone else."),
        ("The mill did not warn anyone.", "The mill did not warn anyone."),
    ],
)
def test_what_is_denied_of_anyone_is_told_of_someone(text: str, expected: str) -> None:
    assert of_someone(text) == expected
