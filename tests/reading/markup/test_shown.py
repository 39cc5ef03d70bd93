"""What a page shows is read as it is shown; what it hides or strikes out is kept apart and is no statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.datamodel.report import Part, Report
from onrecord.reading.intake import read

ROWS = (
    "The harbour board of Sollmar said on Monday that the northern pier would stay shut until its beams were tested.",
    "Dock foreman Ilse Marant told a meeting that nobody had looked at the bolts since the storm, as all knew.",
    "The engineer, Pavel Dorn, denied that the report had been held back, and said that it had been sent in March.",
)


def of(folder: Path, inside: str, head: str = "", behind: str = "") -> Report:
    """The report of a page with something set between its second and its third paragraph."""
    rows = [f"<p>{row}</p>" for row in ROWS]
    body = f"<article><h1>Pier stays shut</h1>{rows[0]}{rows[1]}{inside}{rows[2]}</article>{behind}"
    (folder / "a.html").write_text(f"<html lang=en><head><title>Pier</title>{head}</head><body>{body}</body></html>")
    (report,) = read([folder / "a.html"]).reports
    return report


def words(report: Report, part: Part) -> list[str]:
    """The words of its passages of a part."""
    return [one.span.of(report.text) for one in report.passages if one.part is part]


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ("hidden", ""),
        ("aria-hidden=true", ""),
        ("style='display: none'", ""),
        ("style='color:red; visibility:hidden'", ""),
        ("style='opacity:0'", ""),
        ("style='font-size:0px'", ""),
        ("class='x unseen'", "<style>p{margin:0} .unseen{display:none}</style>"),
        ("id=gone", "<style>/* a */ #gone, .b { visibility: hidden }</style>"),
    ],
)
def test_what_is_not_shown_is_marked(tmp_path: Path, attributes: str, style: str) -> None:
    said = "The minister resigned on Friday, his office said in a note."
    report = of(tmp_path, f"<p {attributes}>{said}</p>", style)
    assert words(report, Part.HIDDEN) == [said]
    assert any(span.of(report.text) == said for span in report.furniture)
    assert any(said in note for note in report.notes)


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ("class=x", "<style>@media print { .x { display: none } } .y { color: red }</style>"),
        ("style='opacity:0.9'", ""),
        ("style='font-size:0.9em'", ""),
        ("class=hidden-gem", ""),
        ("hidden-from=x class=x", "<style>.a .x{display:none}</style>"),
    ],
)
def test_what_is_shown_is_not(tmp_path: Path, attributes: str, style: str) -> None:
    report = of(tmp_path, f"<p {attributes}>The minister stayed in office on Friday, his office said.</p>", style)
    assert not words(report, Part.HIDDEN) and "The minister stayed" in report.text


@pytest.mark.parametrize("tag", ["s", "del", "strike"])
def test_struck_words_stand_behind_their_paragraph(tmp_path: Path, tag: str) -> None:
    report = of(tmp_path, f"<p>The clinic said <{tag}>eleven</{tag}> four crew members were being treated there.</p>")
    assert "The clinic said four crew members were being treated there.\n\neleven\n\n" in report.text
    assert words(report, Part.STRUCK) == ["eleven"]


def test_a_page_that_a_script_shows_is_read_as_shown(tmp_path: Path) -> None:
    rows = "".join(f"<p>{row}</p>" for row in ROWS * 2)
    path = tmp_path / "a.html"
    path.write_text(f"<html><body><div style='display:none'><h1>Pier stays shut</h1>{rows}</div></body></html>")
    (report,) = read([path]).reports
    assert ROWS[0] in report.text and not words(report, Part.HIDDEN)
    assert any("until a script shows it" in note for note in report.notes)


@pytest.mark.parametrize(
    "sentence",
    [
        "The warden, <x-person>Edda Holm</x-person>, denied that she had seen the note.",
        "The warden, <button>Edda Holm</button>, denied that she had seen the note.",
        "The warden, <gloss-term data-x=1>Edda <b>Holm</b></gloss-term>, denied that she had seen the note.",
        "<x-person>The warden</x-person>, Edda Holm, denied that she had seen the note.",
        "The warden, Edda Holm, de&shy;nied that she had \u200bseen the note.",
        "The warden, Edda Holm,&#8203; denied that she had seen\ufeff the note.",
    ],
)
@pytest.mark.parametrize("holder", ["p", "div"])
def test_a_sentence_stays_whole(tmp_path: Path, sentence: str, holder: str) -> None:
    report = of(tmp_path, f"<{holder}>{sentence}</{holder}>")
    assert "The warden, Edda Holm, denied that she had seen the note." in report.text


def test_a_paragraph_of_decomposed_letters_stays(tmp_path: Path) -> None:
    said = "Re\u0301ne\u0301 Ko\u0308hler said \U0001f469\u200d\U0001f692 that the light at the quay had failed twice."
    assert said in of(tmp_path, f"<p>{said}</p>").text


def test_a_quotation_element_shows_its_marks_once(tmp_path: Path) -> None:
    text = of(tmp_path, "<p>She said <q>no</q> twice, and wrote “<q>never again</q>” on the wall of the hut.</p>").text
    assert "She said “no” twice, and wrote “never again” on the wall of the hut." in text


@pytest.mark.parametrize("place", ["footer", "div class=note", "aside class=correction", "section"])
@pytest.mark.parametrize(
    "note",
    [
        "Correction: an earlier version of this report gave a wrong year for the storm.",
        "This article was amended on 9 May 2031 because it misnamed the foreman.",
        "Editor’s note: the board has since asked us to say that it was not asked.",
    ],
)
def test_notes_that_correct_the_report_are_found_outside_its_box(tmp_path: Path, place: str, note: str) -> None:
    report = of(tmp_path, "", behind=f"<{place}><p>{note}</p></{place.split()[0]}>")
    assert words(report, Part.CORRECTION) == [note]


@pytest.mark.parametrize(
    "set_in",
    [
        "<div class=related><p><a href=/x>Ferry fares to rise by a tenth in autumn, says the port.</a></p></div>",
        "<p><a href=/x>Read more: ferry fares to rise by a tenth in autumn, says the port.</a></p>",
        "<p><a href=/x>Ferry fares to rise by a tenth in autumn</a></p>",
        "<aside><p>Ferry fares to rise by a tenth in autumn, the port authority says today.</p></aside>",
    ],
)
def test_links_to_other_stories_stay_out(tmp_path: Path, set_in: str) -> None:
    assert "Ferry fares" not in of(tmp_path, set_in).text.replace("ferry", "Ferry")
