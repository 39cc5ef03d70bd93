"""Annotations of Hypothesis: notes on the statements whose exact words they stand on, each once, the others told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord.errors import UsageError
from onrecord.ledger.annotating.entering import Noted, annotate
from onrecord.ledger.annotating.hypothesis import read_annotations
from onrecord.ledger.desk import Desk, open_desk
from tests.ledger.builder import Clock, PlainBuilder, reading

URL = "https://www.quay-gazette.example/dam"
HOLDS, RAIN, AGAIN = ("Ann Orr", "the dam holds"), ("Bo Lind", "it rains"), ("Cy Marr", "the dam holds")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Desk]:
    """A desk with two reports; in the first one two speakers say the same."""
    with open_desk(f"{tmp_path}/desk.db", PlainBuilder(), create=True, clock=Clock()) as desk:
        list(desk.add("dam", [reading("01_gazette", HOLDS, RAIN, AGAIN, url=URL), reading("02_wire", RAIN)]))
        yield desk


def row(ident: str, text: str, exact: str = "", uri: str = URL, **more: Any) -> dict[str, Any]:
    """An annotation as the search answers it."""
    around = {name: more.pop(name, "") for name in ("prefix", "suffix")}
    selectors = [{"type": "TextQuoteSelector", "exact": exact, **around}] if exact else []
    if "start" in more:
        selectors.append({"type": "TextPositionSelector", "start": more.pop("start"), "end": 999})
    target = [{"source": uri, "selector": selectors}]
    user = "acct:mira@notes.example"
    return {"id": ident, "uri": uri, "text": text, "user": user, "created": f"2031-03-08T1{len(ident)}:00", **more,
            "target": target}  # fmt: skip


def enter(desk: Desk, *rows: dict[str, Any]) -> tuple[Noted, ...]:
    """Enter annotations as an answer of the search."""
    raw = json.dumps({"total": len(rows), "rows": rows}).encode()
    return annotate(desk, "dam", read_annotations(raw, "notes.json"), by="Ida")


def notes(desk: Desk) -> list[tuple[str, str, tuple[str, ...], int | None]]:
    """The notes of the story: claim, text, statements, what they answer."""
    story = desk.story("dam")
    return [(work.claim, one.text, one.statements, one.reply_to) for work in story.work for one in work.notes]


def test_a_note_stands_on_the_statement_of_its_words(held: Desk) -> None:
    there = "http://quay-gazette.example/dam/#x"
    (done,) = enter(held, row("a", "Ask her  again.", "it\n rains", there, tags=["call"]))
    assert done.entry and done.statements == ("01-02",) and not done.known
    assert notes(held) == [("it-rains", "mira@notes.example: Ask her again. #call", ("01-02",), None)]
    entry = held.entry(done.entry)
    assert entry.person == "Ida"


def test_words_that_stand_twice_are_told_apart_by_the_words_around_them_or_not_at_all(held: Desk) -> None:
    last = row("a", "Who?", "the dam holds", prefix="it rains. Cy Marr said ")
    place = held.story("dam").report["01"].text.index("the dam holds")
    found = enter(held, last, row("ab", "First?", "the dam holds", start=place), row("abc", "Which?", "the dam holds"))
    assert [one.statements for one in found] == [("01-03",), ("01-01",), ()]
    assert "stand 2 times" in (found[2].reason or "")


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (row("a", "Hm.", "the dam stands"), "not in the report"),
        (row("a", "Hm.", "it rains", "https://elsewhere.example/"), "no report of this story"),
        (row("a", "Hm."), "on no words"),
        (row("a", "", "it rains"), "nothing noted"),
        (row("a", "Yes.", references=["gone"]), "not here"),
        (row("a", "Hm.", "said", prefix="Bo Lind "), "no statement"),
    ],
)
def test_what_does_not_anchor_is_told_and_nothing_is_entered(held: Desk, one: dict[str, Any], reason: str) -> None:
    before = held.head()
    (done,) = enter(held, one)
    assert done.entry is None and reason in (done.reason or "") and held.head() == before


def test_the_same_again_enters_nothing_and_an_answer_follows_its_note(held: Desk) -> None:
    rows = [row("answer", "She did.", references=["a"]), row("a", "Ask her.", "it rains")]
    first, then = enter(held, *rows)
    assert (first.annotation, then.annotation) == ("a", "answer")
    assert [one[3] for one in notes(held)] == [None, first.entry]
    head = held.head()
    assert all(one.known for one in enter(held, *rows)) and held.head() == head
    held.undo(first.entry or 0, by="Ida", why="not ours")
    again = enter(held, rows[1])
    assert again[0].known and held.head()[0] == head[0] + 1, "what was taken back here stays so"


def test_a_note_that_was_changed_is_entered_beside_the_old_one(held: Desk) -> None:
    enter(held, row("a", "Ask her.", "it rains"))
    (done,) = enter(held, row("a", "Ask her again.", "it rains"))
    assert not done.known and len(notes(held)) == 2


@pytest.mark.parametrize("form", ["list", "lines", "export"])
def test_every_form_in_which_they_come_is_read(form: str) -> None:
    rows = [row("a", "x", "it rains"), row("b", "y", "it rains")]
    lines = "\n".join(map(json.dumps, rows))
    raw = {"list": json.dumps(rows), "lines": lines, "export": json.dumps({"annotations": rows})}[form]
    assert [one.id for one in read_annotations(raw.encode(), "n")] == ["a", "b"]


@pytest.mark.parametrize("raw", [b"", b"{", b"[1, 2]", b'{"rows": []}', b'{"id": 3, "uri": "x"}', b"\xff\x00"])
def test_what_holds_no_annotations_is_refused_by_its_name(raw: bytes) -> None:
    with pytest.raises(UsageError, match=r"notes\.json: .*annotations"):
        read_annotations(raw, "notes.json")


def test_a_story_that_is_not_there_is_refused(held: Desk) -> None:
    with pytest.raises(UsageError, match="no story"):
        annotate(held, "ferry", (), by="Ida")
