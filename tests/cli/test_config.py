"""A person's config file, quiet, and completion: what the environment and the line say comes first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from onrecord.cli.app import run
from onrecord.cli.config import configure, taken
from onrecord.cli.terminal.output import be_quiet, complain
from onrecord.errors import UsageError


@pytest.fixture(autouse=True)
def loud() -> None:
    be_quiet(False)


def test_a_file_says_what_the_environment_does_not(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(
        'desk = "desk.db"\nperson = "Ida"\nlists = "house"\npacks = ["ap", "own.toml"]\n'
        "quiet = true\n[limits]\npages = 900\n"
    )
    environment = {"ONRECORD_PERSON": "Eve"}
    assert configure(str(file), environment)
    assert environment == {
        "ONRECORD_PERSON": "Eve",
        "ONRECORD_DESK": "desk.db",
        "ONRECORD_LEXICON": "house",
        "ONRECORD_PACKS": f"ap{os.pathsep}own.toml",
        "ONRECORD_LIMITS": "pages=900",
    }


def test_the_own_file_is_read_where_it_is_there(tmp_path: Path) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path)}
    assert not configure(None, environment) and len(environment) == 1
    (tmp_path / "onrecord").mkdir()
    (tmp_path / "onrecord" / "config.toml").write_text('desk = "mine.db"\n')
    configure(None, environment)
    assert environment["ONRECORD_DESK"] == "mine.db"


def test_a_home_that_may_not_be_looked_into_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def shut(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", shut)
    assert not configure(None, {"XDG_CONFIG_HOME": str(tmp_path)})


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("desk = 3", "'desk' is no text"),
        ("colour = 'red'", "no setting 'colour'"),
        ("packs = 'ap'", "'packs' is no list"),
        ("limits = 3", "'limits' is no table"),
        ("[limits]\nsheep = 3", "no limit 'sheep'"),
        ("desk = ", "no TOML"),
    ],
)
def test_a_bad_file_is_refused_in_one_line(
    tmp_path: Path, told: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(told)
    with pytest.raises(UsageError, match=why.replace("[", r"\[")):
        configure(str(file), {})
    assert run(["stories", "--config", str(file)]) == 2
    err = capsys.readouterr().err
    assert err.startswith("error: ") and err.count("\n") == 1


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--config", str(tmp_path / "none.toml"), "stories"]) == 2
    assert "the config file cannot be read" in capsys.readouterr().err
    assert run(["stories", "--config"]) == 2
    assert taken(["a", "--", "--config", "x"]) == (["a", "--", "--config", "x"], None)


def test_quiet_tells_errors_only(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    complain("note: one")
    assert run(["-q", "stories", "--desk", str(tmp_path / "none.db")]) == 2
    be_quiet(True)
    complain("note: two")
    complain("error: three")
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "note: one" and told[-1] == "error: three" and "note: two" not in told


def test_completion_is_written_for_shells(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    assert "--show-completion" in capsys.readouterr().out
