"""Typed and selected words to places."""

from __future__ import annotations

import pytest

from onrecord.datamodel.span import Span
from onrecord.errors import UsageError
from onrecord.web.work.spans import Typed, places

TEXT = "🏗 He said the port\nis shut. She said the port is open … or shut.\u202e"


def _told(words: str = "", selected: str = "", present: tuple[Span, ...] = ()) -> str | None:
    return places(Typed(name="content", words=words, places=selected), present, TEXT)


def test_selected_places_win_over_words() -> None:
    assert _told("whatever", "2:9") == "2:9"
    assert _told("whatever", "2:9 … 12:14") == "2:9 … 12:14"


def test_places_are_counted_in_code_points() -> None:
    assert _told("He said") == "2:9"


def test_a_field_that_was_emptied_means_none() -> None:
    assert places(Typed(name="source", emptied=True), (Span(2, 4),), TEXT) == ""
    assert places(Typed(name="source", emptied=True), (), TEXT) is None


def test_words_that_are_as_they_were_change_nothing() -> None:
    assert _told("He  said", present=(Span(2, 9),)) is None
    assert _told("  ", present=(Span(2, 9),)) is None


def test_blanks_may_break_otherwise_than_in_the_text() -> None:
    assert _told("the port is\r\nshut") == "10:26"


def test_pieces_are_looked_for_one_by_one_unless_the_words_stand_as_they_are() -> None:
    assert _told("is open … or shut") == f"{TEXT.index('is open')}:{TEXT.index('or shut') + 7}"
    assert _told("He said … is open") == f"2:9 … {TEXT.index('is open')}:{TEXT.index('is open') + 7}"


def test_of_several_places_the_one_counts_that_overlaps_the_present() -> None:
    assert _told("the port", present=(Span(2, 18),)) == "10:18"
    with pytest.raises(UsageError, match="stand 2 times in the report · content: “the port” · write one of 10:18, "):
        _told("the port")


def test_words_that_stand_nowhere_are_refused() -> None:
    with pytest.raises(UsageError, match="stand nowhere"):
        _told("the harbour")


def test_a_direction_mark_is_found_by_its_name() -> None:
    assert _told("shut.⟨U+202E⟩") == f"{len(TEXT) - 6}:{len(TEXT)}"
