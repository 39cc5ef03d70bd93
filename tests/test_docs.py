"""The documentation: its examples run, its links lead somewhere, and what is printed from code is up to date."""

from __future__ import annotations

import doctest
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.app import run

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"(?ms)^```console\n(.*?)^```")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[\w-]+)?\)")


def shown(start: str) -> list[tuple[str, str]]:
    """Page and line of every example that begins so."""
    lines = [
        (page.name, line.removeprefix("$ "))
        for page in PAGES
        for block in FENCE.findall(page.read_text("utf-8"))
        for line in block.splitlines()
        if line.startswith(f"$ {start}")
    ]
    return sorted(set(lines))


@pytest.mark.parametrize(("page", "line"), shown("onrecord"))
def test_every_example_runs(
    page: str, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    assert run(shlex.split(line)[1:]) == 0, f"{page}: {capfd.readouterr().err}"


@pytest.mark.parametrize("page", [one for one in PAGES if ">>> " in one.read_text("utf-8")], ids=lambda one: one.name)
def test_every_example_of_the_library_gives_what_is_printed(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "to_pandas" in page.read_text("utf-8"):
        pytest.importorskip("pandas", reason="pandas is not installed (pip install pandas)")
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    done = doctest.testfile(str(page), module_relative=False, encoding="utf-8", optionflags=doctest.ELLIPSIS)
    assert done.attempted and not done.failed


@pytest.mark.parametrize(("page", "line"), shown("make"))
def test_every_make_target_is_there(page: str, line: str) -> None:
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    done = subprocess.run(["make", "-n", *shlex.split(line)[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{page}: {done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text("utf-8")) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert not missing, f"{page.name} links to what is not there: {', '.join(missing)}"


def test_what_is_printed_from_code_is_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs" / "generated.py"), "--check"],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT / "src")},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_fifty_kinds_of_error_are_told() -> None:
    page = (ROOT / "docs" / "errors.md").read_text("utf-8")
    assert [int(number) for number in re.findall(r"(?m)^(\d+)\. \*\*", page)] == list(range(1, 51))
