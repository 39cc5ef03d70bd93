"""Marks that quote, and marks that measure."""

from __future__ import annotations

import pytest

from onrecord.attributing.modes import mode_of
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Mode
from onrecord.datamodel.span import Span

MEASURED = (
    """She is 5'4" tall, and she said {the man who ran was taller}.""",
    """He bought a 42" screen, and the shop said {it was the last one}.""",
    """The plank was 6’2" long, the joiner said, and {it was not for sale}.""",
    """Two 3.5" disks lay on the desk; the clerk said {nobody had asked for them}.""",
)
QUOTED = (
    """The clerk said: {"The man was 5'4" tall and he ran."}""",
    """She is 5'4" tall, and she said: {"The man who ran was taller."}""",
    """{"It closes at 9,"} the clerk said.""",
)


def told(text: str) -> Mode:
    start, end = text.index("{"), text.index("}") - 1
    plain = text.replace("{", "").replace("}", "")
    return mode_of((Span(start, end),), Segmentation(plain))


@pytest.mark.parametrize("text", MEASURED)
def test_a_mark_behind_a_number_quotes_nothing(text: str) -> None:
    assert told(text) is Mode.INDIRECT


@pytest.mark.parametrize("text", QUOTED)
def test_a_measure_ends_no_quotation(text: str) -> None:
    assert told(text) is Mode.DIRECT


@pytest.mark.parametrize(
    ("content", "mode"),
    [("“All of it,”", Mode.DIRECT), ("none of it", Mode.INDIRECT), ("some “of it”", Mode.MIXED)],
)
def test_mode_is_what_stands_in_marks(content: str, mode: Mode) -> None:
    text = f"He said {content} today."
    start = text.index(content)
    assert mode_of((Span(start, start + len(content)),), Segmentation(text)) is mode
