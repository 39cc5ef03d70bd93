"""Nothing is sent unless a person asks for it: seen from outside the process, in a network of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.cli.app import app

_ROOT = Path(__file__).parents[2]
_MAY_SAY_NO = ("check", "notify", "digest", "mcp")
_CONTINUOUS = ("CI", "TF_BUILD", "GITHUB_ACTIONS", "GITLAB_CI", "BUILD_ID", "JENKINS_URL")


def _may_part() -> bool:
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    return subprocess.run(["unshare", "-rn", "ip", "link", "set", "lo", "up"], capture_output=True).returncode == 0


@pytest.mark.skipif(not _may_part(), reason="no network namespace may be made here (unshare -rn)")
def test_no_command_asks_a_name_server_or_sends_anything(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    # Where it believes itself in continuous integration, the neural runtime is silent by itself.
    plain = {name: value for name, value in os.environ.items() if name not in _CONTINUOUS}
    plain |= {"HOME": str(home), "ORT_DISABLE_TELEMETRY": "0", "PYTHONDONTWRITEBYTECODE": "1"}
    out = tmp_path / "seen.json"
    script = [sys.executable, "-m", "tests.security.namespace", "examples/airline-sale", str(tmp_path), str(out)]
    done = subprocess.run(["unshare", "-rn", *script], cwd=_ROOT, env=plain, capture_output=True, text=True)
    assert out.exists(), done.stderr
    seen = json.loads(out.read_text(encoding="utf-8"))
    assert seen["control"], "the wire was not seen"
    assert (seen["asked"], seen["sent"]) == ([], [])
    assert seen["left"] == []
    missing = {one.name for one in app.registered_commands} | {one.name for one in app.registered_groups}
    assert missing - {*seen["commands"]} <= {"stamp", "mcp"}, "a command that was not seen to be silent"
    # What a draft says wrong, and what there is nothing to tell of, end with 1.
    failed = {name: status for name, status in seen["status"].items() if status > (name.split()[0] in _MAY_SAY_NO)}
    assert failed == {}, done.stderr


@pytest.mark.parametrize("module", ["onrecord", "onrecord.tagging.neural", "onrecord.linking.encoder"])
def test_the_runtime_is_told_to_be_silent_before_it_is_imported(module: str) -> None:
    told = f"import sys, os, {module}; assert os.environ['ORT_DISABLE_TELEMETRY'] == '1', os.environ"
    environment = {**os.environ, "ORT_DISABLE_TELEMETRY": "0"}
    assert subprocess.run([sys.executable, "-c", told], env=environment).returncode == 0
