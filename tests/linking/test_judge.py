"""The packed encoder and judge; skipped where the package carries no weights."""

from __future__ import annotations

import numpy as np
import pytest
from benchmarks.distorted import cases, verdict

from onrecord.errors import BackendError
from onrecord.linking.ask import ReportStance, ask, gather_evidence
from onrecord.linking.judge import Judge, load_judge
from tests.linking.builder import Said, reports_of


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


def test_bearings_tell_support_from_denial(judge: Judge) -> None:
    told = [
        "Otto Lund said: the bridge is closed",
        "Otto Lund denied: that the bridge is closed",
        "Ida Moe: tea was served",
    ]
    chances = judge.bearing([("The bridge is closed.", one) for one in told])
    assert chances.argmax(axis=1).tolist() == [0, 1, 3]
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)


def test_nothing_to_judge(judge: Judge) -> None:
    assert judge.entailment([]).shape == (0, 3)


@pytest.mark.parametrize(("name", "wrong"), [("distorted", "corroborated"), ("harmless", "conflict")])
def test_false_corroboration_and_false_conflict_stay_under_five_percent(judge: Judge, name: str, wrong: str) -> None:
    found = [getattr(verdict(case, judge), wrong) for case in cases(name)]
    assert sum(found) < 0.05 * len(found)


def test_signs_are_weighed_where_the_weights_have_them(judge: Judge) -> None:
    reports, attributions, parties = reports_of(
        [
            Said("Ada Brink", "that the council approved the harbour bridge"),
            Said("Otto Lund", "that the council did not approve the harbour bridge"),
        ]
    )
    rows = gather_evidence("The council approved the harbour bridge.", reports, attributions, parties, judge).features
    chances = judge.predict_stance(rows)
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
