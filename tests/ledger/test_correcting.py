"""Corrections and withdrawals of outlets are entries that can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.datamodel.entry import EntryType, Reading
from onrecord.datamodel.report import Part, Passage
from onrecord.datamodel.span import Span
from onrecord.desk_pipeline import add
from onrecord.desk_pipeline import desk as open_desk
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk
from onrecord.ledger.entries import payload_of
from tests.ledger.builder import reading
from tests.reading import makers

NOTE = "Correction: the bridge was open"


def noted(name: str, words: str, part: Part, outlet: str | None = "Quay Gazette") -> Reading:
    """A report with a note at its end."""
    plain = reading(name, ("Ann", "the bridge holds"))
    text = plain.report.text + words
    span = Span(len(plain.report.text), len(text))
    passages = (Passage(span=span, part=part),)
    report = replace(plain.report, text=text, passages=passages, outlet=outlet, sha256=plain.report.sha256[::-1])
    return replace(plain, report=report)


def test_a_correction_is_entered_once_and_can_be_undone(desk: Desk) -> None:
    list(desk.add("b", [noted("01_wire", NOTE, Part.CORRECTION)]))
    (entry,) = [one for one in desk.log("b") if one.act is EntryType.CORRECTED]
    told = payload_of(entry)
    (filed,) = desk.state("b").filed
    assert (told["kind"], told["words"]) == ("corrects", NOTE)
    assert filed.report.text[slice(*told["span"])] == NOTE and entry.by.startswith("tool:corrections 2 (")
    newer = noted("01_wire", NOTE, Part.CORRECTION)
    list(desk.add("b", [replace(newer, report=replace(newer.report, sha256="0" * 64, headline="News, again"))]))
    assert [one.entry for one in desk.state("b").corrections] == [entry.seq]
    desk.undo(entry.seq, by="Ida", why="it is no correction")
    assert desk.state("b").corrections == () and verify(desk.store).faults == ()


def test_an_outlet_withdraws_its_own_report(desk: Desk) -> None:
    (added,) = desk.add("b", [noted("01_wire", "This article has been retracted.", Part.WITHDRAWAL)])
    (filed,) = desk.state("b").filed
    assert filed.withdrawn and "undo entry" in (added.outcome.reason or "")
    desk.undo(filed.withdrawn, by="Ida", why="it was restored")
    assert desk.state("b").filed[0].withdrawn is None


@pytest.mark.parametrize(
    ("words", "outlet", "gone"),
    [
        ("MANDATORY KILL: News of 01_wire", "Quay Gazette", {"01"}), ("KILL: News of nobody", "Quay Gazette", set()),
        ("KILL: News of 01_wire", "Harbour Wire", set()), ("KILL: News of 01_wire", None, {"01"}),
    ],
)  # fmt: skip
def test_a_kill_withdraws_whom_it_names(desk: Desk, words: str, outlet: str | None, gone: set[str]) -> None:
    first = reading("01_wire", ("Bo", "the bridge fell"))
    list(desk.add("b", [replace(first, report=replace(first.report, outlet="Quay Gazette"))]))
    list(desk.add("b", [noted("02_wire", words, Part.WITHDRAWAL, outlet)]))
    assert {one.root for one in desk.state("b").filed if one.withdrawn} == gone


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk that tells stories with the rules."""
    monkeypatch.setattr(pipeline, "choose_judge", lambda which: (None, ()))
    with open_desk(str(tmp_path / "desk.db"), create=True, which="rules") as held:
        yield held


def test_an_agencys_cancelled_item_is_not_told_any_more(told: Desk, tmp_path: Path) -> None:
    path = tmp_path / "item.json"
    for status in ("usable", "canceled"):
        path.write_bytes(makers.make_ninjs(status))
        list(add(told, "crane", [path], "rules"))
    assert all(one.withdrawn for one in told.state("crane").filed)
    story = told.story("crane")
    assert story.reports == () and any("withdrawn (entry" in note for note in story.notes)


def test_a_brief_shows_the_correction_and_what_it_takes_back(told: Desk, tmp_path: Path) -> None:
    text = (
        "Bridge to close\n\nBy Ada Lorne\nQuay Gazette\n\nThe Kestrel Bridge will close in May, said Ines"
        " Obrado, the mayor."
        "\n\nThe board met on Sunday and sat for four hours.\n\n"
        "Correction: An earlier version of this article incorrectly said that the Kestrel Bridge will close in April.\n"
    )
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "01.txt").write_text(text)
    (tmp_path / "in" / "meta.json").write_text(
        '{"articles":[{"file":"01.txt","outlet":"Quay Gazette","date":"2031-05-04"}]}'
    )
    list(add(told, "bridge", [tmp_path / "in"], "rules"))
    story = told.story("bridge")
    assert any("the outlet corrects the report: “Correction: An earlier" in note for note in story.reports[0].notes)
    (back,) = [one for one in story.attributions if one.act.value == "retracts"]
    assert story.party[back.speaker or ""].name == "Quay Gazette"


def test_a_correction_that_only_the_publishers_data_lists_is_entered(told: Desk, tmp_path: Path) -> None:
    listed = ["The board met on Monday, not on Sunday.", "The bridge was open."]
    page = makers.make_html().replace(b'"headline"', f'"correction": {json.dumps(listed)}, "headline"'.encode(), 1)
    page = page.replace(b"</article>", b"<p>Correction: The bridge was open.</p></article>")
    path = tmp_path / "bridge.html"
    path.write_bytes(page)
    list(add(told, "bridge", [path], "rules"))
    payloads = [payload_of(one) for one in told.log("bridge") if one.act is EntryType.CORRECTED]
    assert [one["words"] for one in payloads] == ["Correction: The bridge was open.", listed[0]]
    assert payloads[1]["found_in"] == "JSON-LD" and "span" not in payloads[1]
    assert [one.words for one in told.state("bridge").corrections] == [one["words"] for one in payloads]
    path.write_bytes(page.replace(b"Home", b"Start"))
    list(add(told, "bridge", [path], "rules"))
    assert len(told.state("bridge").corrections) == 2 and verify(told.store).faults == ()
