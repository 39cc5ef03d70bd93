"""The answer to a claim."""

from __future__ import annotations

import json
from dataclasses import replace
from io import StringIO

from rich.console import Console
from tests.bridge_story import build_story

from onrecord.datamodel.attribution import Act
from onrecord.linking.ask import Answer, ReportAnswer, ReportStance
from onrecord.linking.stance_features import ClaimStance
from onrecord.rendering import answer as rendering

ANSWER = Answer(
    claim="The Kestrel Bridge will close.",
    reports=(
        ReportAnswer(report="01", file="01_bridge.txt", stance=ReportStance.SUPPORTS, score=0.8, evidence=("01-01",)),
        ReportAnswer(
            report="02", file="02_bridge.txt", stance=ReportStance.DENIES, score=0.9, evidence=("02-01", "02-02")
        ),
        ReportAnswer(report="05", file="05_bridge.txt", stance=ReportStance.SILENT, score=0.7, evidence=()),
    ),
    attributions=(
        ClaimStance(attribution="01-01", stance=Act.ASSERTS, score=0.81, reasons=("similarity 0.81",)),
        ClaimStance(attribution="02-01", stance=Act.DENIES, score=0.9),
        ClaimStance(attribution="02-02", stance=Act.DENIES, score=0.7),
    ),
)


def test_json_has_the_shape_that_was_agreed() -> None:
    told = json.loads(rendering.render_json(ANSWER, build_story()))
    assert told["claim"] == ANSWER.claim
    assert {"file", "stance", "score", "evidence"} <= set(told["reports"][0])
    known = {one["id"] for one in told["attributions"]}
    assert all(set(one["evidence"]) <= known for one in told["reports"])


def test_text_groups_reports_by_what_they_do_and_shows_the_statements() -> None:
    buffer = StringIO()
    rendering.render(ANSWER, build_story(), Console(file=buffer, width=100, color_system=None))
    text = buffer.getvalue()
    assert "3 reports: supports 1, denies 1, silent 1" in text
    assert text.index("● supports") < text.index("✕ denies") < text.index("– silent")
    assert "denied: that the Kestrel Bridge would close [02:87-122]" in text


def test_a_stance_that_no_statement_shows_is_said_to_be_read_off_the_words() -> None:
    buffer = StringIO()
    unshown = replace(ANSWER, reports=(replace(ANSWER.reports[0], evidence=()), *ANSWER.reports[1:]))
    rendering.render(unshown, build_story(), Console(file=buffer, width=100, color_system=None))
    assert buffer.getvalue().count("no statement in it supports the claim") == 1
    assert "no statement in it denies" not in buffer.getvalue()
