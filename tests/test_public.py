"""The library's front door: its names, its inputs, its outputs and what it refuses."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.datamodel.report import Fate

ROOT = Path(__file__).resolve().parents[1]
DAM = ROOT / "examples" / "dam-memo"
NAMES = [
    "Attribution", "Claim", "Conflict", "OnRecordError", "Quote", "Report", "Span", "Standing", "Story",
    "add", "ask", "check", "extract", "open_desk", "read", "render", "tell",
]  # fmt: skip
FIRST = {
    "text": "The ferry will not sail on Monday, harbour master Ola Brandt said.",
    "outlet": "Quay Post",
    "published": "2031-03-07",
    "headline": "Ferry stays in port",
}
SECOND = {"text": "A union official denied that the ferry will not sail on Monday.", "outlet": "Sound Radio"}


def test_the_public_names_are_these() -> None:
    assert onrecord.__all__ == NAMES == sorted(NAMES) == dir(onrecord)


@pytest.mark.parametrize("name", NAMES)
def test_every_public_name_is_there_typed_and_told(name: str) -> None:
    found = getattr(onrecord, name)
    assert inspect.getdoc(found)
    if inspect.isfunction(found):
        hints = found.__annotations__
        assert set(hints) == {*inspect.signature(found).parameters, "return"}


def test_other_names_are_not_there() -> None:
    with pytest.raises(AttributeError, match="no public name 'tag'"):
        _ = onrecord.tag  # type: ignore[attr-defined]


def test_importing_loads_no_step() -> None:
    line = (
        "import onrecord, sys; print(*(m for m in sys.modules if m.startswith('onrecord.') or m in {'numpy', 'spacy'}))"
    )
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True, cwd=ROOT / "src")
    assert done.stdout.strip() == ""


def test_records_texts_and_reports_are_read() -> None:
    intake = onrecord.read([FIRST], texts=["The mayor said “no comment” twice."])
    first = next(one for one in intake.reports if one.outlet == "Quay Post")
    assert first.published is not None and first.published.isoformat() == "2031-03-07"
    assert first.headline == "Ferry stays in port"
    assert onrecord.read(intake).reports == onrecord.read(intake.reports).reports == intake.reports


def test_every_input_ends_in_one_outcome(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    intake = onrecord.read(tmp_path / "empty.txt", FIRST, FIRST, {"text": "  "}, str(DAM / "01_northline.txt"))
    fates = [one.fate for one in intake.outcomes]
    assert sorted(fates) == sorted([Fate.REFUSED, Fate.READ, Fate.DUPLICATE, Fate.REFUSED, Fate.READ])
    assert len({one.id for one in intake.reports}) == len(intake.reports) == 2


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_data_frames_are_read(package: str) -> None:
    library: Any = pytest.importorskip(package)
    at = datetime(2031, 3, 7, 9, tzinfo=UTC)
    frame = library.DataFrame([{**FIRST, "published": at}, {**FIRST, **SECOND, "published": at}])
    intake = onrecord.read(frame)
    assert sorted(one.outlet or "" for one in intake.reports) == ["Quay Post", "Sound Radio"]
    assert {one.published.isoformat() for one in intake.reports if one.published} == {"2031-03-07T09:00:00Z"}
    with pytest.raises(onrecord.OnRecordError, match="no column 'text'"):
        onrecord.read(library.DataFrame([{"words": "none"}]))


def test_a_story_is_told_of_records() -> None:
    story = onrecord.tell([FIRST, SECOND], name="ferry", tagger="rules")
    assert story.name == "ferry"
    assert {one["speaker"] for one in story.attributions.records()} >= {"Ola Brandt"}
    for one in story.attributions:
        assert all(span.of(story.report[one.report].text) for span in one.content)
    assert story == onrecord.tell([SECOND, FIRST], name="ferry", tagger="rules")


def test_a_story_of_a_folder_takes_its_name_and_an_instant() -> None:
    story = onrecord.tell(str(DAM), as_of=date(2023, 11, 9), tagger="rules")
    assert story.name == "dam-memo"
    assert story.as_of is not None and all(
        one.published.at <= story.as_of.end for one in story.reports if one.published
    )
    assert onrecord.render(story).startswith("#")
    assert "<html" in onrecord.render(story, "html")[:200]
    assert onrecord.render(story, "json").startswith("{")
    assert "dam" in onrecord.render(story, "text").lower()


def test_reports_are_asked_and_a_told_story_too() -> None:
    story = onrecord.tell([FIRST, SECOND], tagger="rules")
    asked = onrecord.ask("The ferry will not sail on Monday.", story, tagger="rules")
    assert asked == onrecord.ask("The ferry will not sail on Monday.", FIRST, SECOND, tagger="rules")
    stances = {story.report[one.report].outlet: one.stance.value for one in asked.reports}
    assert stances == {"Quay Post": "supports", "Sound Radio": "denies"}


def test_attributions_come_a_report_at_a_time() -> None:
    ((report, found),) = onrecord.extract(texts=FIRST["text"], tagger="rules")
    assert [span.of(report.text) for one in found for span in one.source] == ["harbour master Ola Brandt"]


def test_a_desk_is_opened_filled_and_told(tmp_path: Path) -> None:
    place = tmp_path / "ferry.txt"
    place.write_text(FIRST["text"])
    with onrecord.open_desk(tmp_path / "desk.db", create=True, tagger="rules") as desk:
        (added,) = onrecord.add(desk, "ferry", place, tagger="rules")
        assert added.outcome.fate is Fate.READ
        assert [one.name for one in desk.stories()] == ["ferry"]
        assert desk.story("ferry").claims


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: onrecord.read("nowhere.txt"), "no such file"),
        (lambda: onrecord.tell("nowhere.txt"), "no such file"),
        (lambda: onrecord.read(), "no files, texts or rows"),
        (lambda: onrecord.read(7), "int is no report"),  # type: ignore[arg-type]
        (lambda: onrecord.tell(FIRST, as_of="soon"), "'soon' is no date"),
        (lambda: onrecord.tell(FIRST, tagger="best"), "no tagger 'best'"),
        (lambda: onrecord.ask("  ", FIRST), "claim is empty"),
        (lambda: onrecord.render(onrecord.Story(name="x"), "pdf"), "no format 'pdf'"),
        (lambda: onrecord.open_desk("nowhere/desk.db"), "nowhere"),
    ],
)
def test_wrong_requests_are_told_in_one_line(call: Any, told: str) -> None:
    with pytest.raises(onrecord.OnRecordError, match=told) as error:
        call()
    assert "\n" not in str(error.value)
