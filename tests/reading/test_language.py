"""The language of a report is recognised, said, and what is not English is read and not analysed."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate
from onrecord.reading.intake import read
from onrecord.reading.language import NAMES, agree, recognise

# Invented news in twenty languages, two texts each: code, tab, text.
TEXTS = tuple(
    (row.split("\t")[0], row.split("\t")[1])
    for row in (Path(__file__).parent / "languages.txt").read_text("utf-8").splitlines()
)


def test_nearly_all_of_forty_texts_are_recognised() -> None:
    assert len(TEXTS) == 40 and len({code for code, _ in TEXTS}) == 20
    assert all(len(text) > 199 for _, text in TEXTS)
    wrong = [(code, recognise(text), text[:40]) for code, text in TEXTS if recognise(text) != code]
    assert len(wrong) <= 1, wrong
    assert {code for code, _ in TEXTS} <= set(NAMES)


@pytest.mark.parametrize("text", ["Crane to come down", "12:05", "Otto Brandt, Lindmouth", ""])
def test_a_few_words_are_in_no_language(text: str) -> None:
    assert recognise(text) is None


def test_an_english_story_in_capitals_is_english() -> None:
    assert recognise(TEXTS[0][1].upper()) == "en"


def test_what_is_not_english_is_read_and_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Alter Kran wird abgebaut\n\n" + TEXTS[2][1])
    (tmp_path / "b.txt").write_text("Old crane to come down\n\n" + TEXTS[0][1])
    intake = read([tmp_path])
    german, english = intake.reports
    assert german.language == "de" and not german.analysed and german.notes[-1] == "read, not analysed: German"
    assert english.analysed and not any("not analysed" in note for note in english.notes)
    assert [(one.fate, one.reason) for one in intake.outcomes] == [
        (Fate.READ, "read, not analysed: German"),
        (Fate.READ, None),
    ]


def test_a_page_that_names_the_wrong_language_is_contradicted(tmp_path: Path) -> None:
    rows = f"<p>{TEXTS[0][1]}</p><p>{TEXTS[1][1]}</p>"
    (tmp_path / "a.html").write_text(f"<html lang=de><body><article><h1>Crane</h1>{rows}</article></body></html>")
    (report,) = read([tmp_path]).reports
    assert report.analysed and report.language == "en"
    assert "said to be in German, its words are English" in report.notes


def test_what_is_declared_in_other_words_agrees() -> None:
    assert agree("English (US)", "en") and agree("eng", "en") and agree("ger", "de")
    assert agree("en-GB", "en") and agree("EN_us", "en") and agree("nb", "no") and agree(None, "de")
    assert not agree("fr", "de")
