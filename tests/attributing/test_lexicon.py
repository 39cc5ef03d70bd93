"""Word lists: those of the package, and what a user's folder adds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.attributing.lexicon.loading import digest, lexicon, merge_lists
from onrecord.errors import UsageError

NAMES = ("bodies", "documents", "forenames", "outlets", "places", "titles")


def told(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ONRECORD_LEXICON": str(folder)}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)


@pytest.mark.parametrize("name", NAMES)
def test_each_list_says_where_it_is_from(name: str) -> None:
    assert lexicon(name)["origin"]


def test_a_user_adds_an_outlet(tmp_path: Path) -> None:
    (tmp_path / "outlets.toml").write_text('[outlets]\n"Quay Letter" = ["The Letter of the Quay"]\n')
    code = (
        "from onrecord.attributing.lexicon.outlets import outlet_of as f; print(f('Letter of the Quay'), f('BBC News'))"
    )
    assert told(tmp_path, code).stdout.split("\n")[0] == "Quay Letter BBC"


def test_a_user_adds_titles_and_bodies(tmp_path: Path) -> None:
    (tmp_path / "titles.toml").write_text('ranks = ["harbourmaster"]\n')
    (tmp_path / "bodies.toml").write_text('[bodies]\n"Lasker Water Board" = ["LWB"]\n')
    code = (
        "from onrecord.attributing.lexicon import bodies, titles;"
        "print('harbourmaster' in titles.RANKS, bodies.body_of('LWB'))"
    )
    assert told(tmp_path, code).stdout.strip() == "True Lasker Water Board"


@pytest.mark.parametrize("text", ["outlets = [", "[outlet]\nA = []", 'outlets = ["A"]', "[outlets]\nA = 3"])
def test_a_list_that_does_not_fit_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "outlets.toml").write_text(text)
    (tmp_path / "report.txt").write_text("The minister said the dam was safe.\n")
    environment = {**os.environ, "ONRECORD_LEXICON": str(tmp_path)}
    command = [sys.executable, "-m", "onrecord", "brief", str(tmp_path / "report.txt")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 2
    assert "outlets.toml" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_lists_and_tables_are_joined_by_kind() -> None:
    assert merge_lists(["a"], ["b"], "x") == ["a", "b"]
    assert merge_lists({"A": []}, {"B": ["b"]}, "x") == {"A": [], "B": ["b"]}
    with pytest.raises(UsageError, match="x: here stands a table, the package's is a list of words"):
        merge_lists(["a"], {}, "x")


def test_what_is_added_has_a_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_LEXICON", raising=False)
    assert digest() is None
    monkeypatch.setenv("ONRECORD_LEXICON", str(tmp_path))
    assert digest() is None
    (tmp_path / "outlets.toml").write_text("[outlets]\n")
    assert len(digest() or "") == 8
