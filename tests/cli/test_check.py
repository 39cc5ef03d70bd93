"""`onrecord check`: formats, exit status, standard input, and one line for what cannot be checked."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.cli.app import run

REPORT = """Bridge to close, says ministry

The ministry said on Friday that the Kestrel Bridge will close in May.

“The bridge is not safe for lorries,” said Ines Obrado, the mayor of Kestrel Haven.
"""
GOOD = "“The bridge is not safe for lorries,” said Ines Obrado, the mayor.\n"
BAD = "“The bridge is safe for lorries,” said Ines Obrado, the mayor.\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of one story, told without models; the drafts lie beside it."""
    monkeypatch.setattr(pipeline, "choose_judge", lambda which: (None, ()))
    monkeypatch.setenv("ONRECORD_DESK", str(tmp_path / "desk.db"))
    (tmp_path / "01_courier.txt").write_text(REPORT)
    assert run(["add", "bridge", str(tmp_path / "01_courier.txt"), "--tagger", "rules"]) == 0
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "bad.txt").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int) -> str:
    capsys.readouterr()
    assert run(["check", *arguments, "--tagger", "rules"]) == status
    found = capsys.readouterr()
    return found.err if status == 2 else found.out


def test_a_faithful_draft_ends_well_and_a_faulty_one_does_not(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing to mend in 1 statement · story bridge · by record" in told(capsys, "good.txt", status=0)
    out = told(capsys, "bad.txt", status=1)
    assert out.startswith("bad.txt:1:2: error: on the desk otherwise: “not” is left out [quote-negation]\n")
    assert "Ines Obrado: “The bridge is not safe for lorries” [01:" in out


def test_standard_input_and_programs(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BAD.encode())))
    found = json.loads(told(capsys, "-", "--story", "bridge", "--format", "json", status=1))
    assert [one["check"] for one in found["findings"]] == ["quote-negation"]
    assert found["draft"]["file"] == "stdin"
    log = json.loads(told(capsys, "bad.txt", "--format", "sarif", status=1))
    assert log["version"] == "2.1.0" and len(log["runs"][0]["results"]) == 1
    told(capsys, "bad.txt", "--format", "html", "--out", "page.html", status=1)
    assert "<mark class=" in (desk / "page.html").read_text()


def test_what_stood_in_a_withdrawn_report_only_is_told(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "02_echo.txt").write_text("Cracks\n\nThe harbour wall has nine deep cracks near the old slipway gate.\n")
    assert run(["add", "bridge", "02_echo.txt", "--tagger", "rules"]) == 0
    assert run(["drop", "bridge", "02", "--why", "a hoax", "--by", "Ida"]) == 0
    (desk / "draft.txt").write_text("The harbour wall has nine deep cracks near the old slipway gate.\n")
    assert "report 02 had it before it was replaced or withdrawn" in told(capsys, "draft.txt", status=1)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("nowhere.txt",), "nowhere.txt"),
        (("good.txt", "--story", "nope"), "no story 'nope'"),
        (("good.txt", "--pack", "guardian"), "house pack 'guardian' is not there"),
        (("good.txt", "--desk", "none.db"), "none.db"),
    ],
)
def test_what_cannot_be_checked_is_said_in_one_line(
    desk: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], why: str
) -> None:
    err = told(capsys, *arguments, status=2)
    assert err.startswith("error: ") and err.count("\n") == 1 and why in err
    assert not (desk / "none.db").exists()
