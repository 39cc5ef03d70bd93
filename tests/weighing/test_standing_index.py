"""Weighing one claim at one instant gives what weighing all of them does."""

from __future__ import annotations

from dataclasses import replace

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.moment import moment
from onrecord.weighing.standing_index import StandingIndex
from onrecord.weighing.weigh import weigh
from tests.weighing.builder import Case, person, unnamed

ADA, BO = person("Ada"), person("Bo")


def _case() -> Case:
    case = Case().say(ADA).say(unnamed("official")).say(BO, Act.DENIES).say(ADA, Act.RETRACTS).say(unnamed("aide"))
    # An undated report is out at no instant, and who only passes another on is no voice beside him.
    case.reports[1] = replace(case.reports[1], published=None)
    case.attributions[4] = replace(case.attributions[4], outer_of=("3-01",), report="3")
    return case


def _scales(case: Case) -> StandingIndex:
    return StandingIndex([case.claim], case.attributions, tuple(case.parties.values()), case.reports)


def test_a_claim_stands_as_weighing_all_of_them_tells() -> None:
    case, scales = _case(), _scales(_case())
    for day in range(1, 9):
        instant = moment(f"2031-05-{day:02}")
        plain = weigh([case.claim], case.attributions, tuple(case.parties.values()), case.reports, instant)
        assert scales.stood("pump", instant) == plain[0]


def test_nobody_spoke_before_the_first_report() -> None:
    scales = _scales(_case())
    assert scales.stood("pump", moment("2031-04-30")) is None
    assert scales.out(moment("2031-04-30")) == {}
    assert scales.out(moment("2031-05-03")) == {"pump": 2}
    assert scales.out(moment("2031-12-31")) == {"pump": 3}
