"""The numbers that a report's stance to a claim is read off, on invented reports."""

from __future__ import annotations

import numpy as np
import pytest

from onrecord.datamodel.report import Report
from onrecord.linking.ask import asked
from onrecord.linking.lexis import counted, paragraphs
from onrecord.linking.signs import signs
from tests.linking.builder import Said, reports_of

CLAIM = "The council approved the harbour bridge."


def of(text: str) -> np.ndarray:
    """The signs of a report without attributions."""
    report = Report(id="00", text=text, file="00.txt", sha256="")
    return signs(CLAIM, report, [], [], {}, counted({report.id: paragraphs(report.text)}).rarity())


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
    told = asked(CLAIM, reports[::-1], attributions, parties, None)
    same = asked(CLAIM, reports, attributions, parties, None)
    assert len(told.signs) == 2
    assert np.array_equal(told.signs, same.signs)
    assert not np.array_equal(told.signs[0], told.signs[1])
    assert asked(CLAIM, [], [], [], None).signs.shape[0] == 0
