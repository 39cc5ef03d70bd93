"""The command line: exit codes, one-line errors, whole files or none."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.bridge_story import build_story

from onrecord.cli.app import run
from onrecord.cli.options import instant
from onrecord.datamodel.report import Fate, Outcome
from onrecord.datamodel.story import Story
from onrecord.errors import BackendError, UsageError


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A pipeline that tells the invented story, and what it was asked for."""
    seen: dict[str, Any] = {}

    def tell(paths: Sequence[Path], **wanted: object) -> Story:
        seen.update(wanted, paths=list(paths))
        story = build_story()
        return replace(story, name=str(wanted["name"] or story.name))

    monkeypatch.setitem(sys.modules, "onrecord.pipeline", SimpleNamespace(tell=tell))
    return seen


def test_help_names_every_command_and_shows_an_example(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    told = capfd.readouterr().out
    for command in ("brief", "extract", "ask"):
        assert command in told
        assert run([command, "--help"]) == 0
        assert "Example:  onrecord " in capfd.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        ["brief"],
        ["brief", "--nope", "x"],
        ["brief", "--format", "pdf", "x"],
        ["brief", "--format", "csv", "--table", "verdicts", "x"],
        ["brief", "--as-of", "yesterday", "x"],
        ["nothing"],
        ["ask"],
        ["extract", "--tagger", "best", "x"],
    ],
)
def test_a_wrong_request_ends_in_one_line_and_two(line: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(line) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.startswith("error: ") and err.count("\n") == 1 and err.count(" · ") >= 2


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "csv", "jsonl", "annotations", "prov"])
def test_a_brief_goes_to_standard_output_and_to_a_file_alike(
    form: str, asked: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    assert run(["brief", "x", "--format", form]) == 0
    printed = capfd.readouterr().out
    target = tmp_path / "brief"
    assert run(["brief", "x", "--format", form, "--out", str(target)]) == 0
    assert capfd.readouterr().out == ""
    assert target.read_bytes().decode("utf-8") == printed
    assert os.listdir(tmp_path) == ["brief"]


def test_options_reach_the_pipeline(asked: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["brief", "a", "b", "--as-of", "2031-03-08", "--name", "The bridge", "--tagger", "rules"]) == 0
    assert asked["which"] == "rules"
    assert asked["as_of"].isoformat() == "2031-03-08"
    assert [str(path) for path in asked["paths"]] == ["a", "b"]
    assert capfd.readouterr().out.startswith("The bridge")


def test_changes_are_shown_when_asked_for(asked: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    run(["brief", "x", "--changes"])
    assert "WHEN EACH STANDING CHANGED" in capfd.readouterr().out


def test_what_could_not_be_read_is_told_beside_a_machine_format(
    asked: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["brief", "x", "--format", "json"]) == 0
    out, err = capfd.readouterr()
    assert json.loads(out)["story"] == "kestrel-bridge"
    assert err.startswith("refused: 07_scan.txt · binary data")


def test_nothing_to_tell_is_one(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    empty = Story(name="x", outcomes=(Outcome(input="a\n\x1b[1mb", fate=Fate.REFUSED, reason="empty"),))
    monkeypatch.setitem(sys.modules, "onrecord.pipeline", SimpleNamespace(tell=lambda paths, **wanted: empty))
    assert run(["brief", "somewhere"]) == 1
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines()[0] == "refused: a ⟨U+001B⟩[1mb · empty"
    assert err.splitlines()[1].startswith("error: no report could be read · somewhere · ")


@pytest.mark.parametrize(
    ("raised", "told"), [(BackendError("no weights · here · do this"), "no weights · here · do this")]
)
def test_known_errors_are_one_line(
    raised: Exception, told: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def tell(paths: object, **wanted: object) -> Story:
        raise raised

    monkeypatch.setitem(sys.modules, "onrecord.pipeline", SimpleNamespace(tell=tell))
    assert run(["brief", "x"]) == 2
    assert capfd.readouterr().err == f"error: {told}\n"


def test_an_unexpected_error_names_its_kind_and_debug_shows_it(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def tell(paths: object, **wanted: object) -> Story:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setitem(sys.modules, "onrecord.pipeline", SimpleNamespace(tell=tell))
    assert run(["brief", "x"]) == 2
    err = capfd.readouterr().err
    assert err == "error: unexpected ZeroDivisionError · onrecord brief · run it again with --debug\n"
    with pytest.raises(ZeroDivisionError):
        run(["brief", "x", "--debug"])


def test_a_file_that_cannot_be_written_leaves_nothing_behind(
    asked: dict[str, Any], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["brief", "x", "--out", str(tmp_path / "none" / "brief.txt")]) == 2
    assert "cannot write: no such file or directory" in capfd.readouterr().err
    assert os.listdir(tmp_path) == []


def test_a_file_is_replaced_whole_and_keeps_its_mode(asked: dict[str, Any], tmp_path: Path) -> None:
    target = tmp_path / "brief.md"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    assert run(["brief", "x", "--format", "markdown", "--out", str(target)]) == 0
    assert target.read_text(encoding="utf-8").startswith("# kestrel-bridge")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_day_means_its_end() -> None:
    found = instant("2031-03-08")
    assert found is not None and found.end.isoformat() == "2031-03-08T23:59:59+00:00"
    last = instant("9999-12-31")
    assert last is not None and last.end.isoformat() == "9999-12-31T23:59:59+00:00"
    assert instant(None) is None


@pytest.mark.parametrize("value", ["", "2031-13-01", "0001-01-01T00:00+14:00", "08.03.2031", "2031-03-08T25:00"])
def test_what_is_no_date_is_said_to_be_none(value: str) -> None:
    with pytest.raises(UsageError, match="--as-of"):
        instant(value)
