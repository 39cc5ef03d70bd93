"""Quotations in German, French and Spanish by rules, marked as such, and never linked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.datamodel.attribution import Act, Mode
from onrecord.datamodel.report import Outcome
from onrecord.pipeline import extract, tell
from onrecord.tagging.abroad.quotations import LANGUAGES, quotations
from onrecord.tagging.rules import RulesTagger

GERMAN = (
    "Die Hafenbehörde von Sollmar hält den nördlichen Pier nach dem Sturm weiter geschlossen, bis sie geprüft sind.\n\n"
    "„Wir haben zweimal darum gebeten“, sagte die Vorarbeiterin Ilse Marant am Montag vor den Arbeitern des Hafens.\n\n"
    "Der Ingenieur Pavel Dorn bestritt, dass der Bericht zurückgehalten worden sei. Er sprach danach nicht mehr."
)


@pytest.mark.parametrize(
    ("language", "text", "source", "content", "denies"),
    [
        ("de", "„Der Pier bleibt zu“, sagte Otto Brandt am Montag.", "Otto Brandt", "„Der Pier bleibt zu“", False),
        ("de", "Otto Brandt sagte: »Der Pier bleibt zu.« Dann ging er.", "Otto Brandt", "»Der Pier bleibt zu.«", False),
        ("de", "Es regnete. Die Ministerin dementierte, dass Geld fehle.", "Die Ministerin", "dass Geld fehle", True),
        ("fr", "« Le quai reste fermé », a déclaré Anne Roche lundi.", "Anne Roche", "« Le quai reste fermé »", False),
        ("fr", "Le maire a nié que le rapport existe. Il pleuvait.", "Le maire", "que le rapport existe", True),
        ("es", "“El muelle sigue cerrado”, dijo la alcaldesa Inés Obrado.", "la alcaldesa Inés Obrado",
         "“El muelle sigue cerrado”", False),
        ("de", "„Das ist falsch“, so der Sprecher der Feuerwehr, Karl Hein.", "der Sprecher der Feuerwehr, Karl Hein",
         "„Das ist falsch“", False),
        ("de", "Die Ministerin sagte am Montag in Ulm, dass Geld fehle.", "Die Ministerin", "dass Geld fehle", False),
        ("fr", "« C’est faux », a-t-il répondu.", "il", "« C’est faux »", False),
        ("fr", "Le ministre a déclaré qu’il n’avait rien vu.", "Le ministre", "qu’il n’avait rien vu", False),
        ("es", "“No sabíamos nada”, ha asegurado este lunes el alcalde, Juan Prado.", "el alcalde, Juan Prado",
         "“No sabíamos nada”", False),
        ("es", "El alcalde negó que faltara dinero. Llovía.", "El alcalde", "que faltara dinero", True),
    ],
)  # fmt: skip
def test_who_is_quoted(language: str, text: str, source: str, content: str, denies: bool) -> None:
    (one,) = quotations(text, language)
    assert one.source[0].of(text) == source and one.content[0].of(text) == content and one.denies is denies


def test_a_title_in_marks_is_no_quotation() -> None:
    assert not quotations("Er schrieb das Buch „Die lange Nacht“ im Jahr 2010.", "de")
    assert not quotations("Der Film „Der Pier von Sollmar“ läuft im Kino am Hafen.", "de")
    assert not quotations("Said in English, “the pier stays shut”, said Otto.", "en") and LANGUAGES == (
        "de",
        "es",
        "fr",
    )


def test_they_are_written_out_as_the_rules_work_and_are_no_part_of_a_story(tmp_path: Path) -> None:
    from onrecord.rendering.lines import render

    (tmp_path / "a.txt").write_text(GERMAN, encoding="utf-8")
    (report, found), *_ = (one for one in extract([tmp_path], RulesTagger()) if not isinstance(one, Outcome))
    assert [(one.mode, one.act) for one in found] == [(Mode.DIRECT, Act.ASSERTS), (Mode.INDIRECT, Act.DENIES)]
    assert found[0].source[0].of(report.text) == "die Vorarbeiterin Ilse Marant"
    assert all("rules (de)" in one["made_by"] for one in json.loads(render(report, found))["attributions"])
    story = tell([tmp_path], which="rules")
    assert not story.attributions and any("quoted there, by rules" in note for note in story.notes)
