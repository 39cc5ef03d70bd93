"""Bad input: each ends in one counted outcome with a clear line, and the rest of the story is told."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import app as cli_app
from onrecord.cli.app import run

NOBODY = 65534
GOOD = """Mayor denies pier will close

PORT ELLERY, May 2 (Tideway) - The mayor of Port Ellery, Alma Reyes, denied on Thursday that the pier would close.

"The pier stays open. Nobody has decided anything else," Reyes told reporters.

A harbour official, who asked not to be named, said the pier had been declared unsafe in April.
"""

Told = tuple[int, dict[str, Any], str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one sound report."""
    target = tmp_path / "reports"
    target.mkdir()
    (target / "01_tideway.txt").write_text(GOOD, encoding="utf-8")
    return target


@pytest.fixture
def brief(capfd: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Runs the brief: status, story file, standard error; a traceback fails at once."""

    def told(*paths: Path) -> Told:
        status = run(["brief", *map(str, paths), "--format", "json", "--tagger", "rules"])
        seen = capfd.readouterr()
        assert "Traceback" not in seen.err, seen.err
        return status, json.loads(seen.out) if seen.out else {}, seen.err

    return told


def outcomes_of(story: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What became of one input."""
    return [one for one in story["outcomes"] if Path(one["input"]).name == name]


def check_rest_is_told(story: dict[str, Any]) -> None:
    """The sound report is read and its statements are there."""
    assert [one["fate"] for one in outcomes_of(story, "01_tideway.txt")] == ["read"]
    assert any("Nobody has decided" in words for one in story["attributions"] for words in one["content_text"])


def check_refused(story: dict[str, Any], err: str, name: str) -> None:
    """Exactly one outcome, refused, with a reason, and one line that tells it."""
    (outcome,) = outcomes_of(story, name)
    assert outcome["fate"] == "refused"
    assert len(outcome["reason"]) > 10
    assert [line for line in err.splitlines() if name in line and line.startswith("refused")]


def test_an_empty_folder_is_told_in_one_line(tmp_path: Path, brief: Callable[..., Told]) -> None:
    status, story, err = brief(tmp_path)
    assert (status, story) == (1, {})
    assert "error: no report" in err


def test_an_empty_folder_beside_a_report(folder: Path, tmp_path: Path, brief: Callable[..., Told]) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    status, story, err = brief(folder, empty)
    assert status == 0
    check_refused(story, err, "empty")
    check_rest_is_told(story)


@pytest.mark.parametrize("raw", [b"", b"  \n\n\t "])
def test_an_empty_file(folder: Path, brief: Callable[..., Told], raw: bytes) -> None:
    (folder / "02_empty.txt").write_bytes(raw)
    status, story, err = brief(folder)
    assert status == 0
    check_refused(story, err, "02_empty.txt")
    check_rest_is_told(story)


def test_binary_rubbish_named_txt(folder: Path, brief: Callable[..., Told]) -> None:
    (folder / "02_noise.txt").write_bytes(random.Random(7).randbytes(100_000))
    status, story, err = brief(folder)
    assert status == 0
    check_refused(story, err, "02_noise.txt")
    check_rest_is_told(story)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "latin-1", "cp1252", "utf-8-sig"])
def test_other_encodings_are_read(folder: Path, brief: Callable[..., Told], encoding: str) -> None:
    text = "Café owner speaks\n\nThe café's owner, José Peña, said the terrace was déjà rénové.\n"
    (folder / "02_cafe.txt").write_bytes(text.encode(encoding))
    status, story, _ = brief(folder)
    assert status == 0
    assert [one["fate"] for one in outcomes_of(story, "02_cafe.txt")] == ["read"]
    assert any("José Peña" in words for one in story["attributions"] for words in one["source_text"])
    check_rest_is_told(story)


def test_a_file_of_200_mb(folder: Path, brief: Callable[..., Told]) -> None:
    with (folder / "02_huge.txt").open("wb") as file:
        file.truncate(200_000_000)
    status, story, err = brief(folder)
    assert status == 0
    check_refused(story, err, "02_huge.txt")
    check_rest_is_told(story)


def test_fifty_thousand_nested_tags(folder: Path, brief: Callable[..., Told]) -> None:
    page = "<html><body>" + "<div>" * 50_000 + "<p>Alma Reyes said it was late.</p>" + "</div>" * 50_000
    (folder / "02_deep.html").write_text(page, encoding="utf-8")
    status, story, _ = brief(folder)
    assert status == 0
    assert len(outcomes_of(story, "02_deep.html")) == 1
    check_rest_is_told(story)


@pytest.mark.parametrize(
    "text",
    [
        '"The pier is safe, said Alma Reyes, the mayor. "It was inspected.\n\nNobody answered.\n',
        "“The pier is safe,” Reyes said. “It was inspected on Monday, and\n\nThe harbour office did not reply.\n",
        "Reyes said: 'it isn't what you'd call 'new', is it.\n\n'''' \"\"\" ‘‘‘ ““\n",
        '"' * 5_000,
    ],
)
def test_unbalanced_quotation_marks(folder: Path, brief: Callable[..., Told], text: str) -> None:
    (folder / "02_marks.txt").write_text(text, encoding="utf-8")
    status, story, _ = brief(folder)
    assert status == 0
    assert len(outcomes_of(story, "02_marks.txt")) == 1
    check_rest_is_told(story)
    name = {report["id"]: report["file"] for report in story["reports"]}
    for one in story["attributions"]:
        whole = (folder / name[one["report"]]).read_text(encoding="utf-8")
        for key in ("source", "cue", "content"):
            assert [whole[start:end] for start, end in one[key]] == one[f"{key}_text"]


def test_a_path_that_is_not_there(folder: Path, brief: Callable[..., Told]) -> None:
    status, story, err = brief(folder, folder / "02_gone.txt")
    assert status == 0
    check_refused(story, err, "02_gone.txt")
    check_rest_is_told(story)
    status, story, err = brief(folder / "02_gone.txt")
    assert (status, story) == (1, {})
    assert "02_gone.txt" in err


def test_the_same_report_twice(folder: Path, brief: Callable[..., Told]) -> None:
    once = brief(folder)[1]
    (folder / "02_copy.txt").write_text(GOOD, encoding="utf-8")
    status, story, _ = brief(folder)
    assert status == 0
    assert [one["fate"] for one in outcomes_of(story, "02_copy.txt")] == ["duplicate"]
    assert story["claims"] == once["claims"]
    status, story, _ = brief(folder / "01_tideway.txt", folder / "01_tideway.txt")
    assert status == 0
    assert len(story["reports"]) == 1
    assert sorted(one["fate"] for one in story["outcomes"]) == ["duplicate", "read"]


def test_the_order_of_arguments_changes_nothing(folder: Path, brief: Callable[..., Told]) -> None:
    second, gone = folder / "02_gazette.txt", folder / "03_gone.txt"
    second.write_text("Alma Reyes said the pier would reopen in June.\n", encoding="utf-8")
    paths = (folder / "01_tideway.txt", second, gone)
    assert brief(*paths) == brief(*reversed(paths))


def test_no_permission(folder: Path, brief: Callable[..., Told]) -> None:
    locked = folder / "02_locked.txt"
    locked.write_text("Alma Reyes said no.\n", encoding="utf-8")
    brief(folder)  # everything is loaded now, so that nothing has to be once the rights are gone
    locked.chmod(0)
    with _no_root(folder):
        status, story, err = brief(folder)
    assert status == 0, err
    check_refused(story, err, "02_locked.txt")
    assert "permission" in err
    check_rest_is_told(story)


@contextmanager
def _no_root(folder: Path) -> Iterator[None]:
    """Root may read everything: for the time of the test we are nobody."""
    if os.geteuid():
        yield
        return
    for path in (folder, *folder.parents[:3]):
        path.chmod(0o755)
    try:
        os.seteuid(NOBODY)
    except PermissionError:
        pytest.skip("rights cannot be dropped here")
    try:
        if not os.access(folder, os.R_OK, effective_ids=True):
            pytest.skip("the temporary folder is closed to others")
        yield
    finally:
        os.seteuid(0)


def test_a_reader_of_a_pipe_that_has_seen_enough_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    class PacifyFlushWrapper:
        """What typer leaves as the output where a pipe was closed."""

    def closed(**_: object) -> None:
        monkeypatch.setattr(sys, "stdout", PacifyFlushWrapper())
        sys.exit(1)

    monkeypatch.setattr(cli_app, "app", closed)
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    assert run(["extract", "reports"]) == 0
