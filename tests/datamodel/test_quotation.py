"""Quotation marks of many styles, nested, unbalanced, and among apostrophes."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.datamodel.quotation import quotations

MARKS = "“”„‟«»‹›‘’‚\"'`「」『』"


def outer(text: str, depth: int | None = None) -> list[str]:
    return [one.outer.of(text) for one in quotations(text) if depth is None or one.depth == depth]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no” and “yes.”", ["“no”", "“yes.”"]),
        ('He said "no" and "yes."', ['"no"', '"yes."']),
        ("‘I can’t tell,’ she said. ‘It’s the players’ choice.’", ["‘I can’t tell,’", "‘It’s the players’ choice.’"]),
        ("'It's over,' he said.", ["'It's over,'"]),
        ("«Oui», „Ja“ and ‹non›", ["«Oui»", "„Ja“", "‹non›"]),
        ('" spaced marks " are read', ['" spaced marks "']),
        ("''Two strokes,'' he said.", ["''Two strokes,''"]),
        ("``TeX marks'' too", ["``TeX marks''"]),
        ("”Both curl one way,” he wrote", ["”Both curl one way,”"]),
        ("the '90s, rock 'n' roll, the boys' club", []),
        ("a 6-foot-2' door and 12\" of snow", []),
        ("「はい」と言った", ["「はい」"]),
    ],
)
def test_marks_of_many_styles(text: str, expected: list[str]) -> None:
    assert outer(text, 0) == expected


def test_marks_inside_marks_have_a_depth() -> None:
    text = "“He said ‘wait “here” now’ to me,” she said."
    assert [(one.outer.of(text), one.depth) for one in quotations(text)] == [
        ("“He said ‘wait “here” now’ to me,”", 0),
        ("‘wait “here” now’", 1),
        ("“here”", 2),
    ]


def test_two_strokes_around_a_single_mark() -> None:
    text = "''They say, 'Go home,''' he said."
    assert outer(text, 0) == ["''They say, 'Go home,'''"] and outer(text, 1) == ["'Go home,'"]


def test_an_open_mark_ends_with_its_paragraph() -> None:
    text = "“One paragraph. \n\n“And the next.”"
    assert [(one.outer.of(text), one.balanced) for one in quotations(text)] == [
        ("“One paragraph.", False),
        ("“And the next.”", True),
    ]


@given(st.text(alphabet=st.sampled_from(list(MARKS + "as S.,\n")), max_size=200))
def test_any_string_is_read(text: str) -> None:
    for one in quotations(text):
        assert one.outer.covers(one.inner)
        assert one.outer.of(text)[0] in MARKS
        assert "\n" not in one.outer.of(text)
    places = [(one.outer.start, -one.outer.end) for one in quotations(text)]
    assert places == sorted(places)


@given(st.text(max_size=200))
def test_outermost_stretches_do_not_overlap(text: str) -> None:
    level = [one.outer for one in quotations(text) if one.depth == 0]
    assert all(left.end <= right.start for left, right in pairwise(level))


@pytest.mark.parametrize("unit", ['"', "“", "'", "‘as' ", "“‘", " 's' ", "”“"])
def test_time_grows_with_the_length_only(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        quotations(text)
        return time.process_time() - start

    seconds(10_000)
    assert seconds(200_000) < 40 * seconds(20_000) + 0.5
