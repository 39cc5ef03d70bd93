"""Marked-up text keeps every character, wherever spans overlap."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.rendering.wording import visible
from onrecord.web.pages.layout import passages
from onrecord.web.pages.layout.passages import marked, parts
from tests.web.pages.looking import Looked

TEXT = "Ann <b>said</b> “it \u202eholds”, & left.\nThen Bo spoke\x07."


def said(number: int, *spans: tuple[int, int]) -> Attribution:
    return Attribution(
        id=f"01-{number:02d}",
        report="01",
        source=(Span(0, 3),),
        cue=(),
        content=tuple(Span(*one) for one in spans),
        mode=Mode.MIXED,
        act=Act.ASSERTS,
    )


REPORT = Report(id="01", text=TEXT, file="a.txt", sha256="")
PLACES = st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 12)).map(
    lambda one: (one[0], min(len(TEXT), one[0] + one[1]))
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PLACES, max_size=8))
def test_every_character_is_kept(places: list[tuple[int, int]]) -> None:
    some = [said(number, place) for number, place in enumerate(places, start=1)]
    page = Looked(f'<div id="text">{marked(REPORT, some, {})}</div>')
    assert page.text("text") == visible(TEXT)
    starts = [int(one["data-at"]) for one in page.all("span")]
    assert starts == sorted(starts)
    for one in some:
        assert one.content[0].start in starts
        assert len(page.all("a", id=f"a-{one.id}")) == 1


def test_overlapping_marks_are_all_there() -> None:
    page = Looked(str(marked(REPORT, [said(1, (0, 10)), said(2, (5, 15))], {}, show="01-02")))
    classes = {int(one["data-at"]): one.get("class", "").split() for one in page.all("span")}
    assert "hit" not in classes[3] and "hit" in classes[5] and "hit" in classes[10]


def test_where_a_character_is_named_the_true_length_is_told() -> None:
    page = Looked(str(marked(REPORT, [said(1, (20, 22))], {})))
    named = next(one for one in page.all("span") if one["data-at"] == "20")
    assert named["data-shown"] == "2"


def test_a_long_text_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passages, "PART_CHARS", 10)
    whole = "".join(
        Looked(f'<div id="text">{marked(REPORT, [said(1, (8, 12))], {}, part=part)}</div>').text("text")
        for part in range(1, parts(TEXT) + 1)
    )
    assert whole == visible(TEXT)
    assert parts("") == 1 and marked(replace(REPORT, text=""), [], {}) == ""
