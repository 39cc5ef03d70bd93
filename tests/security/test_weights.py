"""A model or a package that is not the one that was looked at is not used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.errors import BackendError
from onrecord.tagging.grammar import weighed

_ROOT = Path(__file__).parents[2]


def test_the_model_that_is_installed_is_the_one_that_was_looked_at() -> None:
    pytest.importorskip(weighed.REPACKED)
    weighed.check_weights(weighed.REPACKED)
    weighed.check_weights("en_core_web_sm")


def test_another_model_of_its_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(weighed.REPACKED)
    monkeypatch.setattr(weighed, "_DIGEST", "0" * 64)
    with pytest.raises(BackendError, match="not the one that was looked at"):
        weighed.check_weights(weighed.REPACKED)


def test_installing_is_held_to_the_versions_that_were_tested() -> None:
    least, most = (
        {*re.findall(r"(?m)^([A-Za-z0-9][^ \n]*==[^ \n]+)", (_ROOT / name).read_text("utf-8"))}
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    held = {*(_ROOT / "constraints.txt").read_text("utf-8").split()}
    assert least <= held <= most
    pages = [*_ROOT.glob("*.md"), *(_ROOT / "docs").glob("*.md")]
    bare = re.compile(r"pip install [\"']?\.(?:\[|[ `'\"])")
    assert [(page.name, found[0]) for page in pages if (found := bare.search(page.read_text("utf-8")))] == []
