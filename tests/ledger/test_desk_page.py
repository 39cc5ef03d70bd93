"""The page on the desk: its examples run, one after the other."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.cli.app import run
from onrecord.tagging.rules import RulesTagger

ROOT = Path(__file__).resolve().parents[2]


def test_every_example_runs_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    # The rules stand in for the models: the page is about the desk.
    monkeypatch.setattr(pipeline, "choose_tagger", lambda which: (RulesTagger(), ()))
    monkeypatch.setattr(pipeline, "choose_judge", lambda which: (None, ()))
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "desk.md").read_text("utf-8")
    lines = [line for block in re.findall(r"(?ms)^```sh\n(.*?)^```", page) for line in block.splitlines()]
    assert len(lines) > 9
    for line in lines:
        command, *arguments = shlex.split(line.partition(" >> ")[0], comments=True)
        if command == "python3":
            assert subprocess.run([sys.executable, *arguments], check=False).returncode == 0
        else:
            assert run(arguments) == 0, f"{line}: {capfd.readouterr().err}"
