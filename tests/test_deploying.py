"""What is handed to those who run a desk: units and the compose file name commands and options that there are."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli.app import run

DEPLOY = Path(__file__).resolve().parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))


def started(unit: Path) -> list[str]:
    """The command that a unit starts."""
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(unit)
    return shlex.split(read["Service"]["ExecStart"])[1:]


def composed() -> dict[str, Any]:
    """The services of the compose file."""
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed (pip install pyyaml)")
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    return found


def known_options(command: str, capfd: pytest.CaptureFixture[str]) -> str:
    """What a command says of itself."""
    assert run([command, "--help"]) == 0
    return capfd.readouterr().out


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.stem)
def test_a_unit_starts_a_command_that_there_is(unit: Path, capfd: pytest.CaptureFixture[str]) -> None:
    command, *rest = started(unit)
    told = known_options(command, capfd)
    assert all(one in told for one in rest if one.startswith("--"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.stem)
def test_systemd_takes_the_unit(unit: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    done = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)
    faults = [line for line in done.stderr.splitlines() if unit.name in line and "is not executable" not in line]
    assert faults == []


def test_every_service_of_the_compose_file_runs_a_command(capfd: pytest.CaptureFixture[str]) -> None:
    services = composed()["services"]
    assert {"database", "desk", "notify", "watch"} <= set(services)
    for name in ("desk", "notify", "watch"):
        one = services[name]
        command, *rest = one["command"]
        told = known_options(command, capfd)
        assert all(part in told for part in rest if part.startswith("--")), name
        assert one["read_only"] and one["cap_drop"] == ["ALL"]
        assert one["depends_on"]["database"]["condition"] == "service_healthy"


def test_the_image_installs_extras_that_there_are() -> None:
    known = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    page = (DEPLOY / "Dockerfile").read_text("utf-8")
    extras = {one for found in re.findall(r"\.\[([\w,]+)\]", page) for one in found.split(",")}
    assert extras and extras <= set(known)
