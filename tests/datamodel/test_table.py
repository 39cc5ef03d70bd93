"""A story's rows show themselves as tables, and become data frames."""

from __future__ import annotations

import pickle
from dataclasses import replace
from typing import get_type_hints

import pytest

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.claim import Claim, Conflict, ConflictKind, Member
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.standing import Change, Origins, Standing, Status
from onrecord.datamodel.story import Story
from onrecord.datamodel.tables.table import Table
from onrecord.errors import UsageError
from onrecord.ledger.codec import decode, encode

TEXT = "The harbour is shut, the pilot Ada Wren said. A <b>guard</b> denied that the harbour is shut."


def said(id: str, words: str, cue: str, source: str, act: Act, speaker: str) -> Attribution:
    def at(piece: str) -> Span:
        return Span(TEXT.index(piece), TEXT.index(piece) + len(piece))

    return Attribution(
        id=id, report="r1", source=(at(source),), cue=(at(cue),), content=(at(words),), mode=Mode.INDIRECT, act=act,
        speaker=speaker,
    )  # fmt: skip


@pytest.fixture
def story() -> Story:
    """One report, two statements that cannot both hold."""
    return Story(
        name="harbour",
        reports=(Report(id="r1", text=TEXT, file="r1.txt", sha256="0" * 64, outlet="Quay Post"),),
        parties=(Party(id="p1", name="Ada Wren"), Party(id="p2", name="a <b>guard</b>")),
        attributions=(
            said("a1", "The harbour is shut", "said", "the pilot Ada Wren", Act.ASSERTS, "p1"),
            said("a2", "that the harbour is shut", "denied", "A <b>guard</b>", Act.DENIES, "p2"),
        ),
        claims=(
            Claim(
                id="c1",
                text="The harbour is shut.",
                members=(Member(attribution="a1", stance=Act.ASSERTS), Member(attribution="a2", stance=Act.DENIES)),
            ),
        ),
        standings=(
            Standing(
                claim="c1",
                as_of=None,
                status=Status.DISPUTED,
                because=("a1", "a2"),
                reason="one says so, one denies it",
                rule="disputed",
                origins=Origins(lo=1, hi=1),
            ),
        ),
        changes=(
            Change(
                claim="c1",
                at=moment("2031-03-07"),
                before=None,
                after=Status.DISPUTED,
                because=("a2",),
                reason="denied",
            ),
        ),
        conflicts=(Conflict(claim="c1", left="a1", right="a2", kind=ConflictKind.DENIAL),),
    )


def test_rows_are_told_with_names_and_exact_words(story: Story) -> None:
    first, second = story.attributions.records()
    assert (first["speaker"], first["content"], first["outlet"]) == ("Ada Wren", "The harbour is shut", "Quay Post")
    start, end = second["start"], second["end"]
    assert isinstance(start, int) and isinstance(end, int)
    assert TEXT[start:end] == second["content"] == "that the harbour is shut"
    (claim,) = story.claims.records()
    assert (claim["standing"], claim["supported_by"], claim["denied_by"]) == ("disputed", "Ada Wren", "a <b>guard</b>")
    (conflict,) = story.conflicts.records()
    assert (conflict["left_speaker"], conflict["right_words"]) == ("Ada Wren", "that the harbour is shut")
    assert story.changes.columns()["at"] == ["2031-03-07"]


def test_a_table_is_the_tuple_it_was(story: Story) -> None:
    assert isinstance(story.claims, tuple)
    assert story.claims == (story.claims[0],)
    assert story.claims is story.claims
    assert story == replace(story) == pickle.loads(pickle.dumps(story)) == decode(Story, encode(story))
    assert replace(story, claims=()).claims == ()
    assert get_type_hints(Story)["claims"] == tuple[Claim, ...]


def test_a_table_of_another_story_takes_this_ones_names(story: Story) -> None:
    renamed = replace(story, parties=(Party(id="p1", name="A. Wren"), Party(id="p2", name="someone")))
    assert renamed.attributions.columns()["speaker"] == ["A. Wren", "someone"]
    assert story.attributions.columns()["speaker"] == ["Ada Wren", "a <b>guard</b>"]


def test_an_empty_table_has_its_columns() -> None:
    empty = Story(name="nothing")
    assert empty.claims.names == tuple(empty.claims.columns()) != ()
    assert empty.claims.columns()["standing"] == []
    assert list(Table().records()) == []


@pytest.mark.parametrize(("method", "package"), [("pandas", "pandas"), ("polars", "polars"), ("arrow", "pyarrow")])
def test_tables_become_data_frames(story: Story, method: str, package: str) -> None:
    pytest.importorskip(package)
    frame = getattr(story.attributions, f"to_{method}")()
    assert frame.shape == (2, len(story.attributions.names))
    speaker = frame["speaker"][0]
    assert str(speaker) == "Ada Wren"


def test_a_missing_package_is_told_in_one_line(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "narwhals", None)
    with pytest.raises(UsageError, match="pip install narwhals pandas"):
        story.claims.to_pandas()


def test_notebooks_show_escaped_rows_and_programs_short_ones(story: Story) -> None:
    assert "<b>guard" not in story.claims._repr_html_()
    assert "a &lt;b&gt;guard&lt;/b&gt;" in story._repr_html_()
    assert repr(story) == "<Story 'harbour': 1 reports, 2 attributions, 1 claims, 1 conflicts>"
    assert repr(story.claims) == "<Table: 1 × Claim>"
