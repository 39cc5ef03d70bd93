"""Headlines in capitals, as sentences."""

from __future__ import annotations

import pytest

from onrecord.linking.headlines import sentence_case

BODY = "The minister broke ranks and sent the lewd letter, Ada Lorne said. It breaks a rule about its origins."


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Sending Lewd Letter", "Sending lewd letter"),
        ("Minister Breaks With Ada Lorne About Its Origin", "Minister breaks with Ada Lorne about its origin"),
        ("The minister broke with Ada Lorne", "The minister broke with Ada Lorne"),
        ("NATO Letter Was Lewd Letter", "NATO letter was lewd letter"),
        ("Ada Lorne", "Ada Lorne"),
    ],
)
def test_words_have_the_capitals_that_the_report_gives_them(told: str, wanted: str) -> None:
    assert sentence_case(told, BODY) == wanted
