"""What negations deny, and denials that speak of something else."""

from __future__ import annotations

import pytest

from onrecord.linking.lexis import content_words
from onrecord.linking.negating import denied, main_clause


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("she did not send the letter", "send"),
        ("the ferry has never really been repaired", "repaired"),
        ("they haven't found any cracks in it", "found cracks"),
        ("no ferry was repaired at the quay", "ferry repaired"),
        ("none of those on the ferry survived", "survived"),
        ("no one is believed to have survived the storm", "survived"),
        ("neither the mayor nor his office wrote to the union", "wrote"),
        ("a closure is not happening", "closure happening"),
        ("there has been no decision to close the quay", "decision close quay"),
        ("he does not believe the letter is real", "believe letter real"),
        ("the ferry sails at noon", ""),
    ],
)
def test_what_a_negation_bears_on(text: str, wanted: str) -> None:
    told = denied(text)
    assert told >= frozenset(content_words(wanted)) if wanted else not told


def test_the_rest_of_the_clause_is_not_denied() -> None:
    assert "ferri" not in denied("none of those on the ferry survived")
    assert "memo" not in denied("the board had not seen the memo")
    assert "harrow" not in denied("no collision happened at Harrow this morning")
    told = denied("there is no truth to the claim that the ferry was sold")
    assert told == frozenset(content_words("ferry sold"))
    assert not denied("divers found no trace of the crew missing since March") & {"miss", "march", "crew"}


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("If the crew could not send a call, the ferry sank fast.", "the ferry sank fast."),
        ("The gate holds unless the river rises again", "The gate holds"),
        ("If the river rises", "If the river rises"),
        ("The gate holds.", "The gate holds."),
    ],
)
def test_a_condition_is_not_claimed(text: str, claimed: str) -> None:
    assert main_clause(text) == claimed
