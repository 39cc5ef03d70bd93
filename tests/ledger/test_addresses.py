"""The ids of claims: named after their statements, lasting, telling nothing, and resolved when they are old."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import Verdict
from onrecord.errors import UsageError
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.deciding.preview import preview
from onrecord.ledger.desk import Desk, open_desk
from onrecord.rendering.numbering import meant, numbered
from tests.ledger.builder import Clock, PlainBuilder, reading
from tests.ledger.regrouping import RegroupingBuilder

HOLDS, STANDS, RAIN = ("Ann Orr", "the dam holds"), ("Cy Marr", "the dam stands"), ("Bo Lind", "it rains")


class Scripted(RegroupingBuilder):
    """Groups statements by a table of words, which a test may change as a new version of the rules would."""

    def __init__(self) -> None:
        super().__init__(0)
        self.groups_of: dict[str, str] = {}

    def regroup(self, version: str, **groups: str) -> None:
        self.version, self.groups_of = version, {words.replace("_", " "): group for words, group in groups.items()}

    def claims_of(self, scene: Scene) -> tuple[Claim, ...]:
        merged: dict[str, Claim] = {}
        for claim in PlainBuilder.claims_of(self, scene):
            group = self.groups_of.get(claim.text, claim.text)
            held = merged.get(group)
            members = (*held.members, *claim.members) if held else claim.members
            merged[group] = Claim(id=group, text=held.text if held else claim.text, members=members)
        return tuple(merged.values())


@pytest.fixture
def teller() -> Scripted:
    return Scripted()


@pytest.fixture
def held(tmp_path: object, teller: Scripted) -> Iterator[Desk]:
    """A desk of two reports and three claims under their public ids."""
    with open_desk(f"{tmp_path}/desk.db", teller, create=True, clock=Clock()) as desk:
        list(desk.add("dam", [reading("01_gazette", HOLDS, RAIN), reading("02_wire", STANDS)]))
        yield desk


def ids(desk: Desk) -> dict[str, str]:
    """Each claim's id by its words."""
    return {claim.text: claim.id for claim in desk.story("dam").claims}


def decide(desk: Desk, verdict: Verdict, *named: str, value: str | None = None) -> int:
    story = desk.story("dam")
    wish = Wish(verdict=verdict, ids=meant(desk, story, named), value=value)
    return desk.decide("dam", decision_of(wish, story, desk.scene(story), 0), by="Ida").entry.seq


def test_ids_tell_nothing_and_stay_when_reports_come(held: Desk) -> None:
    before = ids(held)
    assert all(re.fullmatch(r"cl-[a-z2-7]{8}", ident) for ident in before.values())
    list(held.add("dam", [reading("00_early", HOLDS, published="2031-03-01"), reading("03_post", RAIN)]))
    assert ids(held) == before


def test_ids_stay_when_a_report_is_revised(held: Desk) -> None:
    before = ids(held)
    list(held.add("dam", [reading("01_gazette", ("Di", "nothing new"), HOLDS, RAIN)]))
    after = ids(held)
    assert {words: after[words] for words in before} == before


def test_an_old_id_leads_to_its_claim_when_the_machine_merges(held: Desk, teller: Scripted) -> None:
    before = ids(held)
    teller.regroup("2", the_dam_holds="dam", the_dam_stands="dam")
    story = held.story("dam")
    (dam,) = (one for one in story.claims if one.text == "the dam holds")
    assert dam.id == before["the dam holds"]
    trace = held.trace(story, before["the dam stands"])
    assert trace is not None and trace.claim == dam
    assert held.trace(story, "cl-nosuchid") is None


def test_an_old_id_tells_what_became_of_a_claim_whose_report_is_gone(held: Desk) -> None:
    before = ids(held)
    held.withdraw("dam", "02", by="Ida", why="a hoax")
    trace = held.trace(held.story("dam"), before["the dam stands"])
    assert trace is not None and trace.claim is None and trace.text == "the dam stands"
    assert [one.words for one in trace.statements] == [("the dam stands",)]


def test_a_rename_follows_its_statements_and_is_not_applied_where_it_drowned(held: Desk, teller: Scripted) -> None:
    list(held.add("dam", [reading("03_post", ("Di", STANDS[1])), reading("04_echo", ("Eve", STANDS[1]))]))
    entry = decide(held, Verdict.RENAME, ids(held)["the dam holds"], value="The dam will hold.")
    assert "The dam will hold." in ids(held)
    teller.regroup("2", the_dam_holds="rain", it_rains="rain")
    assert "The dam will hold." in ids(held)
    teller.regroup("3", the_dam_holds="dam", the_dam_stands="dam")
    story = held.story("dam")
    assert "The dam will hold." not in {claim.text for claim in story.claims}
    (asked,) = story.unsettled
    assert (asked.entry, asked.value, len(asked.claims)) == (entry, "The dam will hold.", 1)
    held.undo(entry, by="Ida", why="")
    assert held.story("dam").unsettled == ()


def test_two_renamed_claims_that_become_one_are_asked_about(held: Desk, teller: Scripted) -> None:
    named = ids(held)
    decide(held, Verdict.RENAME, named["the dam holds"], value="The dam will hold.")
    second = decide(held, Verdict.RENAME, named["it rains"], value="Rain falls.")
    teller.regroup("2", the_dam_holds="one", it_rains="one")
    story = held.story("dam")
    assert "The dam will hold." in {claim.text for claim in story.claims}
    (asked,) = story.unsettled
    assert (asked.entry, asked.reason) == (second, "it is one with a claim that was renamed too")
    decide(held, Verdict.RENAME, asked.claims[0], value="Dam and rain.")
    assert "Dam and rain." in ids(held)


def test_a_decision_whose_statements_part_shows_both_sides(held: Desk, teller: Scripted) -> None:
    decide(held, Verdict.SAME, ids(held)["the dam holds"], ids(held)["the dam stands"])
    (dam,) = (one for one in held.story("dam").claims if len(one.members) == 2)
    entry = decide(held, Verdict.NOTE, dam.id, value="call the engineer")
    held.undo(entry - 1, by="Ida", why="two dams")
    story = held.story("dam")
    (asked,) = story.unsettled
    assert (asked.entry, asked.reason) == (entry, "its statements are in different claims now")
    assert sorted(asked.claims) == sorted([ids(held)["the dam holds"], ids(held)["the dam stands"]])


def test_a_merge_counts_only_what_counted_and_what_is_ticked(held: Desk, teller: Scripted) -> None:
    def near(scene: Scene) -> tuple[Claim, ...]:
        from dataclasses import replace

        found = []
        for claim in PlainBuilder.claims_of(teller, scene):
            extra = [one for one in scene.attributions.values() if one.id == "02-01" and claim.text == "the dam holds"]
            loose = tuple(replace(claim.members[0], attribution=one.id, loose=True) for one in extra)
            found.append(replace(claim, members=(*claim.members, *loose)))
        return tuple(found)

    teller.version, teller.claims_of = "near", near  # type: ignore[method-assign]
    named = ids(held)
    story = held.story("dam")
    wish = Wish(verdict=Verdict.SAME, ids=(named["it rains"], named["the dam holds"]))
    told = preview(wish, story, held.scene(story))
    assert [(one.statements, one.origins) for one in told.after] == [(2, (2, 2))] and told.near == 1
    assert len(told.before) == 2
    entry = decide(held, Verdict.SAME, *wish.ids)
    (merged,) = (one for one in held.story("dam").claims if one.id == named["it rains"])
    assert [(one.attribution, one.loose) for one in merged.members] == [
        ("01-02", False), ("01-01", False), ("02-01", True),
    ]  # fmt: skip
    held.undo(entry, by="Ida", why="")
    decide(held, Verdict.SAME, *wish.ids, "02-01")
    (merged,) = (one for one in held.story("dam").claims if one.id == named["it rains"])
    assert not any(one.loose for one in merged.members)


def test_a_number_of_the_brief_names_a_claim(held: Desk) -> None:
    story = held.story("dam")
    first = numbered(story, "C1")
    assert first in {claim.id for claim in story.claims} and numbered(story, "c1") == first
    assert meant(held, story, ["C1", "01-01"]) == (first, "01-01")
    with pytest.raises(UsageError, match="no claim C9"):
        numbered(story, "C9")
    decide(held, Verdict.RENAME, "C1", value="Renamed by its number.")
    assert ids(held)["Renamed by its number."] == first
