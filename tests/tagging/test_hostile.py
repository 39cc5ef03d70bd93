"""Texts that nobody wrote to be read take no longer than their length allows."""

from __future__ import annotations

import time

import pytest

from onrecord.attributing.attribute import attribute
from onrecord.datamodel.report import Report
from onrecord.tagging.rules import RulesTagger
from onrecord.tagging.typography.paragraphs import may_be_prose

HOSTILE = {
    "pairs of marks": '"a" ', "pairs of curly marks": "“a” ", "single marks": "'a' ", "opening marks": "“ the ",
    "brackets": "[( he said ", "one cue": "said ", "nested": "He said that she said that ", "dashes": "he — said — ",
    "no stop": "the mayor told reporters that the bridge and ", "nothing": "\u200b",
}  # fmt: skip
LENGTH, LIMIT_S = 300_000, 10


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_the_rules_do_not_hang(words: str) -> None:
    text = (words * (LENGTH // len(words) + 1))[:LENGTH]
    started = time.process_time()
    RulesTagger().tag(text)
    assert time.process_time() - started < LIMIT_S


def test_an_endless_sentence_is_read_in_pieces() -> None:
    text = " ".join(f"he said at {number}," for number in range(1, 500))
    started = time.process_time()
    attributions = attribute([_report(text)], [RulesTagger().tag(text)]).attributions
    assert time.process_time() - started < LIMIT_S and attributions


def test_many_speakers_cost_what_their_number_does() -> None:
    text = "\n\n".join(f'"The gate holds," Ann Lorne{number} said. He said it was late.' for number in range(600))
    tags = RulesTagger().tag(text)
    started = time.process_time()
    found = attribute([_report(text)], [tags])
    assert time.process_time() - started < LIMIT_S and len(found.parties) > 500


def test_prose_is_taken_for_prose() -> None:
    assert may_be_prose("No. No. No. No.") and not may_be_prose("no " * 100) and not may_be_prose("a | b | c | " * 30)
    assert may_be_prose("The mayor said on Monday that the bridge would stay shut until May. " * 3)


def _report(text: str) -> Report:
    return Report(id="01", text=text, file="01.txt", sha256="0" * 64)
