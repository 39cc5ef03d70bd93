"""Spans hold exact places, and say so where they cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.datamodel.span import Span, all_inside, any_overlap, hull, words


@given(st.text(min_size=1), st.data())
def test_a_span_slices_to_its_exact_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Span(start, end).of(text) == text[start:end]


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_an_empty_or_reversed_span_cannot_exist(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="a span needs"):
        Span(start, end)


def test_a_span_that_leaves_the_text_is_an_error() -> None:
    with pytest.raises(IndexError, match="leaves a text of 3 characters"):
        Span(1, 9).of("abc")


def test_split_words_are_shown_with_the_split() -> None:
    assert words((Span(0, 3), Span(8, 11)), "one two three") == "one … thr"


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 20)), min_size=1, max_size=6))
def test_the_hull_covers_every_piece(pairs: list[tuple[int, int]]) -> None:
    spans = tuple(Span(start, start + length) for start, length in pairs)
    whole = hull(spans)
    assert whole is not None and all(whole.covers(span) for span in spans)
    assert all_inside(spans, (whole,)) and any_overlap(spans, (whole,))


def test_no_spans_have_no_hull() -> None:
    assert hull(()) is None
