"""The packed encoder and judge; skipped where the package carries no weights."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.distorted import cases, verdict

from onrecord.datamodel.attribution import Act
from onrecord.errors import BackendError
from onrecord.linking.ask import ReportStance, ask, asked
from onrecord.linking.judge import Judge, load_judge
from tests.linking.builder import Said, linked, reports_of


@pytest.fixture(scope="module")
def judge() -> Judge:
    try:
        return load_judge()
    except BackendError as error:
        pytest.skip(f"no packed weights: {error}")


def test_chances_add_up_to_one(judge: Judge) -> None:
    pairs = [("The bridge is open.", "The bridge is closed."), ("A man sleeps.", "A person is asleep.")]
    assert np.allclose(judge.entailment(pairs).sum(axis=1), 1, atol=1e-5)
    assert np.allclose(judge.stance(pairs).sum(axis=1), 1, atol=1e-5)
    assert judge.entailment(pairs)[0].argmax() == 2
    assert np.allclose(np.linalg.norm(judge.encode(["one", "another one"]), axis=1), 1, atol=1e-5)


def test_nothing_to_judge(judge: Judge) -> None:
    assert judge.entailment([]).shape == (0, 3)


@pytest.mark.parametrize(("name", "wrong"), [("distorted", "corroborated"), ("harmless", "conflict")])
def test_false_corroboration_and_false_conflict_stay_under_five_percent(name: str, wrong: str) -> None:
    found = [getattr(verdict(case, None), wrong) for case in cases(name)]
    assert sum(found) < 0.05 * len(found)


def test_a_denial_in_words_of_its_own_finds_what_it_denies(judge: Judge) -> None:
    said = [
        Said("Ada Brink", "that the company will close the plant at Harrow before winter"),
        Said("Otto Lund", "the company will close its Harrow plant before the winter"),
        Said("Mia Falk", "that the ferry was late again and forty lorries were left on the quay"),
        Said("Ivo Stern", "there is no plan whatever to shut anything at Harrow"),
    ]
    found = linked(*said, judge=judge)
    (claim,) = [claim for claim in found.claims if claim.stance_of("03-01") is Act.DENIES and len(claim.members) > 1]
    assert {claim.stance_of("00-01"), claim.stance_of("01-01")} == {Act.ASSERTS}
    assert claim.stance_of("02-01") is None


def test_names_alone_make_no_denial(judge: Judge) -> None:
    found = linked(
        Said("Ada Brink", "that Vera Moll, the port's director, met Otto Lund in Harrow over the weekend"),
        Said("Ivo Stern", "Vera Moll met with Otto Lund in Harrow at the weekend"),
        Said("Mia Falk", "the mayor herself had not spoken to Otto Lund"),
        judge=judge,
    )
    assert not any(
        claim.stance_of("02-01") is Act.DENIES and claim.stance_of("00-01") is Act.ASSERTS for claim in found.claims
    )


def test_signs_are_weighed_where_the_weights_have_them(judge: Judge) -> None:
    reports, attributions, parties = reports_of(
        [
            Said("Ada Brink", "that the council approved the harbour bridge"),
            Said("Otto Lund", "that the council did not approve the harbour bridge"),
        ]
    )
    rows = asked("The council approved the harbour bridge.", reports, attributions, parties, judge).signs
    chances = judge.by_signs(rows)
    assert chances is not None and chances.shape == (2, 3)
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert chances[1, 1] > chances[0, 1]


def test_a_report_that_says_a_negated_claim_supports_it(judge: Judge) -> None:
    reports, attributions, parties = reports_of(
        [
            Said("Ada Brink", "“there is no danger to anyone in Harrow”"),
            Said("Otto Lund", "that everybody in Harrow is in danger"),
        ]
    )
    answer = ask("Nobody in Harrow is in danger.", reports, attributions, parties, judge)
    assert next(one.stance for one in answer.reports) is not ReportStance.DENIES


NO_DENIALS = {
    "another person denies the like of himself": (
        Said("Ada Brink", "the mayor met the union leader in the town hall on Sunday"),
        Said("The union", "the mayor had met the union leader in the town hall"),
        Said("Otto Lund", "talking to the union leader in the town hall", cue="denied", act=Act.DENIES),
    ),
    "something else is negated": (
        Said("Ada Brink", "the airline had told the families of the people on board"),
        Said("Mina Voss", "the airline told the families of those on board"),
        Said("Otto Lund", "none of the people on board survived"),
    ),
}


@pytest.mark.parametrize("said", NO_DENIALS.values(), ids=NO_DENIALS)
def test_what_speaks_of_something_else_denies_nothing(judge: Judge, said: tuple[Said, ...]) -> None:
    assert not linked(*said, judge=judge).conflicts
