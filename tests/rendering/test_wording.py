"""Words and shapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.datamodel.moment import Moment, Precision, moment
from onrecord.datamodel.standing import Status
from onrecord.rendering.wording import MARKS, cut, day_words, interval, moment_words, safe_id, shown, visible


def test_each_standing_has_a_shape_of_its_own() -> None:
    assert set(MARKS) == set(Status)
    assert len(set(MARKS.values())) == len(Status)


def test_a_day_is_told_with_its_weekday() -> None:
    assert day_words(moment("2031-03-07")) == "Fri 7 Mar 2031"
    assert moment_words(moment("2031-03-07T18:20:00+02:00")) == "Fri 7 Mar 2031, 16:20 UTC"
    assert moment_words(None) == "date unknown"


@pytest.mark.parametrize(("precision", "told"), [(Precision.MONTH, "Mar 2031"), (Precision.YEAR, "2031")])
def test_no_more_is_told_than_is_known(precision: Precision, told: str) -> None:
    assert moment_words(Moment(moment("2031-03-01").at, precision)) == told


def test_an_interval_of_one_number_is_that_number() -> None:
    assert (interval(2, 2), interval(1, 3)) == ("2", "1–3")


@given(st.text())
def test_shown_text_is_one_line_without_controls(text: str) -> None:
    told = shown(text)
    assert not set(told) & {"\n", "\r", "\x1b", "\u202e", "\u2066", "\x00"}
    told.encode("utf-8")


@given(st.text(), st.integers(min_value=2, max_value=40))
def test_cut_text_fits(text: str, size: int) -> None:
    assert len(cut(text, size)) <= size


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_an_id_needs_no_escaping(text: str) -> None:
    assert all(one.isascii() and (one.isalnum() or one in "_.:,-") for one in safe_id(text))


def test_line_ends_stay_where_text_is_shown_whole() -> None:
    assert visible("a\r\nb\tc\x07") == "a\nb\tc⟨U+0007⟩"
