"""The numbers that a report's stance to a claim is read off, on invented reports."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.datamodel.report import Report
from onrecord.linking.ask import gather_evidence
from onrecord.linking.stance_features import stance_features
from onrecord.linking.synonyms import paragraph_idf
from tests.linking.builder import Said, reports_of

CLAIM = "The council approved the harbour bridge."


def of(text: str) -> np.ndarray:
    """The signs of a report without attributions."""
    report = Report(id="00", text=text, file="00.txt", sha256="")
    return stance_features(CLAIM, report, [], [], {}, paragraph_idf([report.text]))


@pytest.mark.parametrize("text", ["", "?", "“", "x" * 30_000, "A. " * 500, "The council\n\n\n" * 90])
def test_any_text_has_as_many_finite_numbers(text: str) -> None:
    assert of(text).shape == of("The council approved the bridge.").shape
    assert np.isfinite(of(text)).all()


def test_doubt_near_the_claim_is_seen_and_far_from_it_counts_less() -> None:
    near = of("The council approved the harbour bridge: a hoax. Tea was served.")
    far = of("The council approved the harbour bridge. Tea was served, and that was a hoax.")
    plain = of("The council approved the harbour bridge. Tea was served.")
    assert not np.array_equal(near, far)
    assert not np.array_equal(far, plain)


def test_there_is_a_row_for_each_report_by_id() -> None:
    reports, attributions, parties = reports_of(
        [
            Said("Ada Brink", "that the council approved the harbour bridge"),
            Said("Otto Lund", "that the council did not approve the harbour bridge"),
        ]
    )
    told = gather_evidence(CLAIM, reports[::-1], attributions, parties, None)
    same = gather_evidence(CLAIM, reports, attributions, parties, None)
    assert len(told.features) == 2
    assert np.array_equal(told.features, same.features)
    assert not np.array_equal(told.features[0], told.features[1])
    assert gather_evidence(CLAIM, [], [], [], None).features.shape[0] == 0
