"""Polarity, doubt and numbers of a clause, and what tells near the same words apart."""

from __future__ import annotations

import pytest

from onrecord.linking.contrasts import contrast
from onrecord.linking.slots import count_conflict, counts, negated, slots, unsure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rebels captured the town without a fight", False),
        ("the village has been without water", True),
        ("he will join for a fee that was not told", False),
        ("there has been no decision to leave", True),
        ("the dam was not safe because nobody checked", True),
        ("there is no truth in the report that he did not pay", False),
        ("he did not deny it", False),
        ("it should not have been released", False),
        ("rather than a withdrawal", True),
        ("the bridge was approved", False),
        ("the crack is 12 centimetres, not 40", False),
        ("it was a draft, not an order", False),
        ("it was, they said, not an order of the board's", True),
        ("We have no reason here to believe that the log is not genuine.", False),
        ("There is no reason to doubt the log.", False),
        ("The harbour office does not dispute that the ferry was late.", False),
        ("I do not think the log is false.", False),
        ("There is no reason to think that the ferry was late.", True),
        ("The figure of nine boats is totally bogus.", True),
    ],
)
def test_negation_of_the_main_predicate(text: str, expected: bool) -> None:
    assert negated(text) is expected


@pytest.mark.parametrize(
    "text", ["I cannot confirm that", "we don't know how true it is", "it is unclear whether he left"]
)
def test_unsure(text: str) -> None:
    assert unsure(text)
    assert not unsure("the bridge was approved")


def test_counts_name_what_they_count() -> None:
    assert [(count.value, count.noun) for count in counts("some 2,400 people and twenty-one horses")] == [
        (2400.0, "peopl"),
        (21.0, "hors"),
    ]
    assert counts("on 3 May 2019") == ()
    assert count_conflict(slots("12 people died"), slots("twelve people died")) is None
    assert counts("flight 12 was late and number 7 isn’t there") == ()
    assert [count.value for count in counts("12 were hurt")] == [12.0]


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        ("the court fined the bank on Friday", "time"),
        ("the court may fine the bank on Monday", "modality"),
        ("the court fined the broker on Monday", "words"),
        ("the court will fine the bank on Monday", "tense"),
    ],
)
def test_contrast(other: str, kind: str) -> None:
    found = contrast("the court fined the bank on Monday", other)
    assert found is not None and found.kind == kind


def test_no_contrast() -> None:
    assert contrast("the court fined the bank", "the court fined the bank on Monday") is None
    assert contrast("the CIA director met him", "the Central Intelligence Agency director met him") is None
    assert contrast("the court fined the bank", "tea was served to every guest in the hall") is None
