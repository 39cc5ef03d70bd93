"""Marked texts are read as a person wrote them."""

from __future__ import annotations

import pytest

from onrecord.datamodel.span import Span
from tests.tagging.marked import Case, MarkError, mark, read_cases, unmark


def test_marks_are_taken_out_and_become_spans() -> None:
    case = unmark("{1what:“Go,”} {1who:the cook} {1cue:said}, {1what:“now.”}")
    assert case.text == "“Go,” the cook said, “now.”"
    assert case.attributions[0].content == (Span(0, 5), Span(21, 27))
    assert case.attributions[0].source[0].of(case.text) == "the cook"


def test_marks_stand_inside_marks_and_belong_to_two() -> None:
    case = unmark(
        "{1who:The log} {1cue:says} {1what:{2+3who:Ann} {2cue:said} {2what:no} and {3cue:meant} {3what:yes}}."
    )
    assert [one.content[0].of(case.text) for one in case.attributions] == ["Ann said no and meant yes", "no", "yes"]
    assert case.attributions[1].source == case.attributions[2].source


@pytest.mark.parametrize("told", ["{1what:never closed", "{1who:Ann} said nothing"])
def test_marks_that_do_not_fit_are_refused(told: str) -> None:
    with pytest.raises(MarkError):
        unmark(told)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case.name)
def test_every_text_is_marked_well(case: Case) -> None:
    assert case.text and "{" not in case.text and "}" not in case.text
    assert unmark(mark(case.text, case.attributions)).attributions == case.attributions
    for one in case.attributions:
        words = [span.of(case.text) for span in (*one.source, *one.cue, *one.content)]
        assert words == [word.strip() for word in words]


def test_there_are_texts_of_every_kind() -> None:
    assert len(read_cases()) >= 60
    assert len({case.name.split(":")[0] for case in read_cases()}) >= 10
