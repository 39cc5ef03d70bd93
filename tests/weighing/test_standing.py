"""Each standing of FORMATS.md is given when, and only when, its rule says so."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.moment import moment
from onrecord.datamodel.standing import Status
from onrecord.weighing.rules import RULES, table
from onrecord.weighing.weigh import changes
from tests.weighing.builder import Case, body, leak, paper, person, unnamed

ADA, BEN, GUARD = person("Ada Brook"), person("Ben Cole"), body("Coast Guard")


@pytest.mark.parametrize(
    ("case", "status"),
    [
        (Case().say(ADA).say(ADA, Act.RETRACTS), Status.RETRACTED),
        (Case().say(ADA).say(ADA, Act.RETRACTS).say(ADA), Status.RETRACTED),
        (Case().say(ADA).say(ADA, Act.RETRACTS).say(BEN), Status.DISPUTED),
        (Case().say(unnamed("official")).say(ADA, Act.DENIES), Status.DENIED),
        (Case().say(leak("the memo")).say(GUARD, Act.DENIES), Status.DENIED),
        (Case().say(paper("The Courier")).say(GUARD, Act.DENIES), Status.DENIED),
        (Case().say(BEN).say(ADA, Act.DENIES), Status.DISPUTED),
        (Case().say(BEN).say(unnamed("official"), Act.DENIES), Status.DISPUTED),
        (Case().say(ADA).say(ADA, Act.DENIES).say(BEN), Status.DISPUTED),
        (Case().say(ADA).say(ADA, Act.DENIES), Status.DENIED),
        (Case().say(ADA).say(BEN), Status.CORROBORATED),
        (Case().say(ADA).say(unnamed("witness")), Status.CORROBORATED),
        (Case().say(ADA).say(ADA, relay=("The Courier",)), Status.SINGLE_ORIGIN),
        (Case().say(ADA).say(BEN, Act.NO_COMMENT), Status.SINGLE_ORIGIN),
        (Case().say(unnamed("Iraqi official")).say(unnamed("Turkish diplomat")), Status.UNCONFIRMED),
        (Case().say(leak("the memo")), Status.UNCONFIRMED),
        (Case().say(paper("The Courier")), Status.UNCONFIRMED),
        (Case().say(BEN, Act.NO_COMMENT), Status.UNCONFIRMED),
    ],
)
def test_standing(case: Case, status: Status) -> None:
    assert case.stand().status is status


def test_the_reason_names_who_and_through_whom() -> None:
    case = (
        Case().say(unnamed("U.S. official"), relay=("The Courier",)).say(unnamed("Iraqi source"), relay=("Northwire",))
    )
    assert case.stand().reason == "two unnamed sources, via Northwire and The Courier; nobody on the record"


def test_what_only_lies_near_the_claim_is_not_weighed() -> None:
    case = Case().say(ADA).say(BEN)
    case.members[1] = replace(case.members[1], loose=True)
    assert case.stand().status is Status.SINGLE_ORIGIN


def test_the_reason_says_when_one_holder_is_alone() -> None:
    assert Case().say(ADA, relay=("The Courier",)).stand().reason == "Ada Brook (via The Courier) alone, on the record"


def test_a_standing_rests_on_the_attributions_that_decided_it() -> None:
    standing = Case().say(unnamed("official")).say(ADA, Act.DENIES).stand()
    assert standing.because == ("2-01",)


def test_as_of_counts_only_what_was_published_by_then() -> None:
    case = Case().say(BEN).say(ADA, Act.DENIES)
    assert case.stand(moment("2031-05-01")).status is Status.SINGLE_ORIGIN
    assert case.stand(moment("2031-05-02")).status is Status.DISPUTED
    assert case.stand(moment("2031-05-02T12:00:00Z")).status is Status.SINGLE_ORIGIN


def test_changes_list_each_turn_with_what_turned_it() -> None:
    case = Case().say(unnamed("official")).say(BEN).say(BEN).say(ADA, Act.DENIES)
    found = changes([case.claim], case.attributions, tuple(case.parties.values()), case.reports)
    assert [(change.before, change.after) for change in found] == [
        (None, Status.UNCONFIRMED),
        (Status.UNCONFIRMED, Status.SINGLE_ORIGIN),
        (Status.SINGLE_ORIGIN, Status.DISPUTED),
    ]
    assert found[-1].because == ("1-01", "4-01") or "4-01" in found[-1].because


def test_a_holder_who_turned_round_no_longer_disputes() -> None:
    case = Case().say(BEN).say(ADA, Act.DENIES).say(ADA)
    assert case.stand(moment("2031-05-02")).status is Status.DISPUTED
    assert case.stand().status is Status.CORROBORATED


def test_every_status_has_its_rule_in_the_printed_table() -> None:
    assert {rule.status for rule in RULES} == set(Status)
    assert all(f"`{status}`" in table() for status in Status)
