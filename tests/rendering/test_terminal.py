"""The brief on a screen and in a pipe."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console
from tests.bridge_story import build_hostile_story, build_story

from onrecord.rendering import terminal


def told(width: int, *, colour: bool = False, hostile: bool = False) -> str:
    buffer = StringIO()
    console = Console(file=buffer, width=width, force_terminal=colour, color_system="standard" if colour else None)
    terminal.render(build_hostile_story() if hostile else build_story(), console, changes=True)
    return buffer.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen_or_ends_in_blanks(width: int) -> None:
    for line in told(width).splitlines():
        assert len(line) <= width
        assert line == line.rstrip()


def test_a_pipe_gets_no_colour_codes_and_a_terminal_does() -> None:
    assert "\x1b" not in told(80)
    assert "\x1b[" in told(80, colour=True)


def test_references_stand_in_square_brackets_and_never_break() -> None:
    text = told(80)
    for place in ("[01:70-125]", "[02:87-122]", "[03:146-164]", "[04:52-93,152-177]"):
        assert place in text


def test_sections_come_in_the_order_of_an_editor_s_questions() -> None:
    text = told(120)
    order = ["REPORTS", "CLAIMS AND WHERE", "WHEN EACH STANDING", "WHO CONTRADICTS", "QUOTES IN", "WOULD NOT COMMENT"]
    order += ["TIMELINE", "SOURCES"]
    places = [text.index(title) for title in order]
    assert places == sorted(places)


def test_word_differences_are_marked_without_colour() -> None:
    assert "[-We-] {+the city+} will not gamble" in told(120)


def test_hostile_text_carries_out_nothing() -> None:
    text = told(120, hostile=True)
    assert "\x1b" not in text and "\u202e" not in text
    assert "[bold]x[/bold]" in text
