"""The commands over a desk: what they print, what they exit with, one line for each error."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import pipeline
from onrecord.cli.app import run

QUOTE = "“The bridge is not safe for lorries,” said Ines Obrado, the mayor."
FIRST = f"""Bridge to close, says ministry

The ministry said on Friday that the Kestrel Bridge will close in May.

{QUOTE}
"""
SECOND = """No closure, says harbour

Tomas Reyl, the harbour master, denied on Saturday that the Kestrel Bridge will close in May.
"""
META = {
    "articles": [
        {"file": "01_courier.txt", "outlet": "Harbour Courier", "date": "2031-03-07"},
        {"file": "02_wire.txt", "outlet": "Northline Wire", "date": "2031-03-08"},
    ]
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of one story of two reports, beside their folder."""
    place = tmp_path_factory.mktemp("filled")
    folder = place / "in"
    folder.mkdir()
    (folder / "01_courier.txt").write_text(FIRST)
    (folder / "02_wire.txt").write_text(SECOND)
    (folder / "meta.json").write_text(json.dumps(META))
    assert run(["add", "bridge", str(folder), "--tagger", "rules", "--desk", str(place / "desk.db")]) == 0
    return place


@pytest.fixture
def desk(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the desk and its folder, named by the environment; stories are told without models."""
    monkeypatch.setattr(pipeline, "choose_judge", lambda which: (None, ()))
    place = tmp_path / "copy"
    shutil.copytree(filled, place)
    monkeypatch.setenv("ONRECORD_DESK", str(place / "desk.db"))
    monkeypatch.setenv("ONRECORD_PERSON", "Ida")
    return place


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    """What a command prints, of which only errors go to standard error."""
    capsys.readouterr()
    assert run(list(arguments)) == status
    told = capsys.readouterr()
    assert (told.err == "") == (status == 0)
    return told.out if status == 0 else told.err


def statement(capsys: pytest.CaptureFixture[str]) -> str:
    """The id of some statement of the first report."""
    for number in range(1, 10):
        capsys.readouterr()
        if run(["show", "bridge", f"01-{number:02}"]) == 0:
            return f"01-{number:02}"
    raise AssertionError("no statement was found")


def test_adding_again_enters_only_what_changed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "add", "bridge", str(desk / "in"), "--tagger", "rules")
    assert out.splitlines()[0] == "duplicate: 01_courier.txt → 01 · the same bytes as 01"
    (desk / "in" / "01_courier.txt").write_text(FIRST.replace(QUOTE, ""))
    out = said(capsys, "add", "bridge", str(desk / "in"), "--tagger", "rules")
    assert "revised: 01_courier.txt → 01-v2 · a new version of 01" in out
    assert "cut: " in out
    assert f"-{QUOTE}" in said(capsys, "show", "bridge", "01-v2")
    (desk / "in" / "01_courier.txt").write_text(FIRST.replace("The ministry said on Friday that", "From what we know"))
    out = said(capsys, "add", "bridge", str(desk / "in"), "--tagger", "rules")
    assert "weighed again:" in out


def test_stories_claims_and_brief(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "stories").startswith("bridge  2 reports")
    told = json.loads(said(capsys, "claims", "bridge", "--format", "json"))
    assert len(said(capsys, "claims", "bridge").splitlines()) == len(told) > 0
    assert said(capsys, "show", "bridge", told[0]["id"]).startswith(told[0]["text"])
    brief = json.loads(said(capsys, "brief", "bridge", "--format", "json"))
    assert [one["id"] for one in brief["claims"]] == [one["id"] for one in told]
    early = json.loads(said(capsys, "brief", "bridge", "--format", "json", "--as-of", "2031-03-07"))
    assert [one["id"] for one in early["reports"]] == ["01"]
    assert said(capsys, "claims", "bridge", "--captured-by", "2020-01-01") == "no claims by then\n"


def test_deciding_and_undoing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = said(capsys, "claims", "bridge")
    first = json.loads(said(capsys, "claims", "bridge", "--format", "json"))[0]
    claim, text = first["id"], first["text"]
    assert said(capsys, "decide", "bridge", "not-a-claim", claim, "--why", "noise") == (
        f"decided: not-a-claim {claim} (entry 7, by Ida)\n  on: {text} [{claim}]\n"
    )
    assert claim not in said(capsys, "claims", "bridge")
    assert "☞ Ida  not-a-claim · noise" in said(capsys, "log", "bridge")
    later = said(capsys, "decide", "bridge", "accept", statement(capsys), "--seen", "6")
    assert later.startswith("decided: accept")
    assert said(capsys, "undo", "7") == "undone: entry 7 (entry 9, by Ida)\n"
    assert said(capsys, "claims", "bridge") == before


def test_dropping(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "drop", "bridge", "02", "--why", "a hoax").startswith("withdrawn: 02 (entry 7)")
    assert [one["id"] for one in json.loads(said(capsys, "show", "bridge", "-f", "json"))["reports"]] == ["01"]
    assert "note: 02 is withdrawn (entry 7) and not told" in said(capsys, "show", "bridge")


def test_finding(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "bridge/02" in said(capsys, "find", "kestrel close", "--speaker", "reyl")
    assert json.loads(said(capsys, "find", "kestrel", "--format", "json"))[0]["story"] == "bridge"
    capsys.readouterr()
    assert run(["find", "zeppelin"]) == 1
    assert capsys.readouterr().out == "nothing was found\n"


def test_the_log_since_a_time_says_what_changed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "log", "bridge", "--since", "2020-01-01")
    assert "what changed since 2020-01-01:" in out and "not told → " in out
    entries = json.loads(said(capsys, "log", "--format", "json"))["entries"]
    assert [one["act"] for one in entries] == ["captured", "read", "attributed"] * 2
    assert said(capsys, "show", "#1").split()[0] == "1"


def test_verifying_and_packing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "verify").startswith("whole: 6 entries, 2 files")
    place = desk / "bridge.zip"
    assert said(capsys, "export", "bridge", "--pack", str(place)).startswith(f"packed: {place} · head ")
    told = subprocess.run([sys.executable, "-I", "-S", str(place)], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stdout.split(":")[0]) == (0, "whole")


def test_telling_again_by_the_same_tagger_changes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "retell", "bridge", "--tagger", "rules") == "nothing changed\n"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("claims other", "error: no story 'other' · the desk has none of this name · see: onrecord stories"),
        ("show bridge 99-99", "error: no '99-99' · story bridge · see: onrecord show bridge"),
        ("show a b c", "error: 3 names · show · give [STORY] ID"),
        ("show #99", "error: no entry 99"),
        ("drop bridge 99", "error: no report '99'"),
        ("undo 1", "error: entry 1 is no decision"),
        ("decide bridge same 99", "error: no claim, statement, speaker or report '99'"),
        ("decide bridge same 01", "error: 'same' cannot be decided on this · needs two or more claims or statements"),
        (
            "export bridge",
            "error: nothing to write, or several things · export · name one: --pack FILE.zip, --wacz FILE.wacz or",
        ),
        ("export bridge --pack bridge.zip --sign key.pem", "error: only web archives are signed · export --sign"),
        ("find", "error: no words to look for"),
        ("log --since never", "error: 'never' is no date"),
        ("stories --desk nowhere.db", "error: no desk there · nowhere.db"),
    ],
)
def test_errors_are_one_line(desk: Path, capsys: pytest.CaptureFixture[str], line: str, wanted: str) -> None:
    told = said(capsys, *line.split(), status=2)
    assert told.startswith(wanted) and told.count("\n") == 1


def test_no_desk_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ONRECORD_DESK", raising=False)
    wanted = "error: no desk named · --desk · write --desk desk.db, or set ONRECORD_DESK\n"
    assert said(capsys, "stories", status=2) == wanted


def test_a_story_without_a_readable_report(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", "bridge", str(desk / "nothing-here")]) == 1
    assert "no such file or folder" in capsys.readouterr().out


def test_a_report_is_moved_and_one_undo_brings_it_back(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    moved = said(capsys, "move", "bridge", "ferry", "02", "--why", "another story")
    assert "moved: 02 → ferry/02 (entry " in moved
    assert "ferry  1 report" in said(capsys, "stories")
    said(capsys, "undo", moved.rpartition("entry ")[2].rstrip(")\n"))
    assert "bridge  2 reports" in said(capsys, "stories")
    assert "error: which reports" in said(capsys, "move", "bridge", "ferry", status=2)


def test_a_search_is_kept_listed_and_taken_off(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["find", "kestrel", "--keep", "Kestrel"]) == 0
    told = capsys.readouterr().err
    assert "kept as “Kestrel”" in told
    assert "Kestrel: q kestrel (entry " in said(capsys, "find", "--kept")
    said(capsys, "undo", told.partition("(entry ")[2].partition(")")[0])
    assert "no search is kept" in said(capsys, "find", "--kept")


def test_a_story_is_given_a_title_and_a_note_an_answer(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "decide", "bridge", "title", "bridge", "--value", "The Kestrel Bridge")
    first = said(capsys, "decide", "bridge", "note", "C1", "--value", "call them")
    entry = first.partition("(entry ")[2].partition(",")[0]
    said(capsys, "decide", "bridge", "note", "C1", "--value", "done", "--reply-to", entry)
    assert f"answers {entry}): done" in said(capsys, "show", "bridge", "C1")


def test_annotations_become_notes_on_the_statements_of_their_words(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {"user": "acct:mira@notes.example", "uri": "file:///home/mira/01_courier.txt", "text": "Call her."}
    quoted = {"type": "TextQuoteSelector", "exact": "The bridge is not safe for lorries"}
    bare = {**told, "id": "b", "target": []}
    rows = [{**told, "id": "a", "target": [{"selector": [quoted]}]}, bare]
    (desk / "notes.json").write_text(json.dumps({"rows": rows}))
    found = said(capsys, "annotate", "bridge", str(desk / "notes.json"))
    assert "noted: a → 01-02" in found and "left: b · on the page, on no words of it" in found
    assert found.endswith("1 note entered, 0 here already, 1 not anchored\n")
    assert "0 notes entered, 1 here already" in said(capsys, "annotate", "bridge", str(desk / "notes.json"))
    (desk / "notes.json").write_text(json.dumps([bare]))
    said(capsys, "annotate", "bridge", str(desk / "notes.json"), "--format", "json", status=1)
    (desk / "notes.json").write_text("no notes")
    said(capsys, "annotate", "bridge", str(desk / "notes.json"), str(desk / "gone.json"), status=2)
