"""`extract` and `ask` with a pipeline that gives the invented story."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.bridge_story import build_story

from onrecord.cli.app import run
from onrecord.datamodel.attribution import Act, Attribution
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.datamodel.story import Story
from onrecord.linking.ask import Answer, ReportAnswer, ReportStance
from onrecord.linking.stance_features import ClaimStance


def extracted(paths: Sequence[Path], tagger: object) -> Iterator[tuple[Report, tuple[Attribution, ...]] | Outcome]:
    story = build_story()
    for report in story.reports:
        yield report, tuple(one for one in story.attributions if one.report == report.id)
    yield Outcome(input="07_scan.txt", fate=Fate.REFUSED, reason="binary data")


def answered(claim: str, paths: Sequence[Path], **wanted: object) -> tuple[Answer, Story]:
    found = Answer(
        claim=claim,
        reports=(
            ReportAnswer(report="02", file="02_bridge.txt", stance=ReportStance.DENIES, score=0.9, evidence=("02-01",)),
        ),
        attributions=(ClaimStance(attribution="02-01", stance=Act.DENIES, score=0.9),),
    )
    return found, build_story()


@pytest.fixture(autouse=True)
def pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipeline without models."""
    fake = SimpleNamespace(choose_tagger=lambda which: (None, ("a note",)), extract=extracted, answer=answered)
    monkeypatch.setitem(sys.modules, "onrecord.pipeline", fake)


def test_extract_writes_one_line_a_report(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "x"]) == 0
    out, err = capfd.readouterr()
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["01", "02", "03", "04", "05"]
    assert err.splitlines() == ["note: a note", "refused: 07_scan.txt · binary data"]


def test_extract_to_a_file_writes_the_same(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run(["extract", "x"])
    printed = capfd.readouterr().out
    assert run(["extract", "x", "--out", str(tmp_path / "lines.jsonl")]) == 0
    assert (tmp_path / "lines.jsonl").read_text(encoding="utf-8") == printed


def test_extract_as_of_leaves_out_what_was_not_yet_published(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", "x", "--as-of", "2031-03-07"]) == 0
    assert [json.loads(line)["id"] for line in capfd.readouterr().out.splitlines()] == ["01", "02"]
    assert run(["extract", "x", "--as-of", "2001-01-01"]) == 1
    assert "error: no report is known to be published by 2001-01-01" in capfd.readouterr().err


def test_ask_in_json_names_the_file_and_the_evidence(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "The  bridge\nwill close.", "x", "--format", "json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert told["claim"] == "The bridge will close."
    assert told["reports"][0]["file"] == "02_bridge.txt"
    assert told["reports"][0]["evidence"] == [told["attributions"][0]["id"]]


def test_ask_in_text_shows_the_statement(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", "The bridge will close.", "x"]) == 0
    out = capfd.readouterr().out
    assert "denies" in out and "[02:87-122]" in out


def test_an_empty_claim_is_a_wrong_request(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", " ", "x"]) == 2
    assert capfd.readouterr().err.startswith("error: the claim is empty · CLAIM · ")
