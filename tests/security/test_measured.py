"""Small versions of what SECURITY.md tells figures of; the whole ones are commands under benchmarks/security."""

from __future__ import annotations

import argparse
import os

import pytest
from benchmarks.security import fuzz, killing, tampering


def test_mutated_files_cost_no_good_report() -> None:
    found = fuzz.some_stories(1, 1, argparse.Namespace(beside=12, seed=23, tagger="rules"))
    assert (found.lost, found.faults) == ([], [])


def test_random_edits_are_named() -> None:
    found, missed = tampering.measured(9, 23)
    assert not missed, missed
    assert found.total() == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
@pytest.mark.parametrize("what", ["add", "watch", "uploads"])
def test_what_is_ended_at_a_moment_loses_nothing(what: str) -> None:
    assert killing.measured(2, 23, [what]) == []
