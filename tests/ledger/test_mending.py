"""What an editor can mend: sides, speakers, reports, claims and statements of their own, each undoable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import Verdict
from onrecord.datamodel.moment import moment
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.storage.searching import HitKind, Wanted
from tests.ledger.builder import Clock, PlainBuilder, reading

HOLDS, RAIN = ("Ann Orr", "the dam holds"), ("Bo Lind", "it rains")


@pytest.fixture
def held(tmp_path: object) -> Iterator[Desk]:
    """A desk of three reports and two claims."""
    with open_desk(f"{tmp_path}/desk.db", PlainBuilder(), create=True, clock=Clock()) as desk:
        given = [
            reading("01_gazette", HOLDS, RAIN),
            reading("02_wire", ("Cy Marr", HOLDS[1])),
            reading("03_post", HOLDS),
        ]
        list(desk.add("dam", given))
        yield desk


def decide(desk: Desk, verdict: str, *ids: str, **more: Any) -> int:
    story = desk.story("dam")
    wish = Wish(verdict=Verdict(verdict), ids=ids, **more)
    return desk.decide("dam", decision_of(wish, story, desk.scene(story), 0), by="Ida").entry.seq


def named(story: Story, text: str) -> Claim:
    return next(one for one in story.claims if one.text == text)


def test_a_statement_is_put_on_the_other_side_and_back(held: Desk) -> None:
    entry = decide(held, "side", "the-dam-holds", "02-01", value="denies", why="she said it does not")
    story = held.story("dam")
    assert named(story, "the dam holds").stance_of("02-01") is Act.DENIES
    assert story.standing["the-dam-holds"].status is Status.DISPUTED
    assert [(one.left, one.right) for one in story.conflicts] == [("01-01", "02-01")]
    held.undo(entry, by="Ida", why="")
    assert named(held.story("dam"), "the dam holds").stance_of("02-01") is Act.ASSERTS


def test_a_statement_that_is_not_about_a_claim_goes_out_of_it(held: Desk) -> None:
    decide(held, "side", "the-dam-holds", "02-01", value="not-about")
    assert named(held.story("dam"), "the dam holds").stance_of("02-01") is None
    decide(held, "side", "it-rains", "02-01", value="open")
    assert named(held.story("dam"), "it rains").stance_of("02-01") is Act.NOT_CONFIRMED


def test_two_speakers_are_one(held: Desk) -> None:
    assert held.story("dam").standing["the-dam-holds"].origins.lo == 2
    entry = decide(held, "same-party", "ann-orr", "cy-marr")
    story = held.story("dam")
    assert story.attribution["02-01"].speaker == "ann-orr" and "cy-marr" not in story.party
    assert story.party["ann-orr"].aliases == ("Cy Marr",)
    assert story.standing["the-dam-holds"].origins.lo == 1
    held.undo(entry, by="Ida", why="")
    assert "cy-marr" in held.story("dam").party


def test_a_spokesman_and_the_body_are_one_origin(held: Desk) -> None:
    decide(held, "speaks-for", "ann-orr", value="organization:Dam Authority")
    decide(held, "speaks-for", "cy-marr", value="Dam Authority")
    story = held.story("dam")
    assert {story.party[one].speaks_for for one in ("ann-orr", "cy-marr")} == {"dam-authority"}
    assert story.standing["the-dam-holds"].origins.hi == 1


def test_a_speaker_who_only_passed_it_on(held: Desk) -> None:
    decide(held, "passed-on", "02-01", value="Di Voss")
    one = held.story("dam").attribution["02-01"]
    assert (held.story("dam").party[one.speaker or ""].name, one.relay) == ("Di Voss", ("Cy Marr",))
    decide(held, "passed-on", "03-01")
    one = held.story("dam").attribution["03-01"]
    assert (one.speaker, one.named, one.relay) == (None, False, ("Ann Orr",))


def test_a_reports_date_and_outlet_are_corrected_and_searched(held: Desk) -> None:
    entry = decide(held, "report", "02", field="published", value="2031-03-05")
    decide(held, "report", "02", field="outlet", value="Dale Wire")
    report = held.story("dam").report["02"]
    assert (report.published, report.outlet) == (moment("2031-03-05"), "Dale Wire")
    assert report.evidence[0].found_in == "Ida (entry 11)" and report.evidence[0].chosen
    assert [one.id for one in held.story("dam", moment("2031-03-05")).reports] == ["02"]
    assert [hit.report for hit in held.find(Wanted(words="dam holds", outlet="Dale Wire"))] == ["02"]
    held.undo(entry, by="Ida", why="")
    assert held.story("dam").report["02"].published == moment("2031-03-07")
    held.rebuild()
    assert [hit.report for hit in held.find(Wanted(words="dam holds", outlet="Dale Wire"))] == ["02"]


def test_a_date_that_cannot_be_read_is_refused_with_the_forms_that_can(held: Desk) -> None:
    with pytest.raises(UsageError, match="'yesterday' is no date · published · write 2031-03-07, 2031-03-07T18:00Z"):
        decide(held, "report", "02", field="published", value="yesterday")


def test_a_claim_in_a_desks_own_words(held: Desk) -> None:
    decide(held, "new-claim", "01-02", "02-01", value="The valley is at risk.")
    claim = named(held.story("dam"), "The valley is at risk.")
    assert [one.attribution for one in claim.members] == ["01-02", "02-01"]
    decide(held, "side", claim.id, "02-01", value="denies")
    assert held.story("dam").standing[claim.id].status is Status.DISPUTED


def test_a_missed_statement_is_added_by_its_words(held: Desk) -> None:
    text = held.story("dam").report["01"].text
    entry = decide(held, "add-statement", "01", content="rains", source="Bo Lind")
    (added,) = (one for one in held.story("dam").attributions if one.made_by == "person:Ida")
    assert (added.content[0].of(text), added.source[0].of(text)) == ("rains", "Bo Lind")
    with pytest.raises(UsageError, match=f"these words are statement {added.id} already"):
        decide(held, "add-statement", "01", content="rains")
    held.undo(entry, by="Ida", why="")
    assert all(one.made_by != "person:Ida" for one in held.story("dam").attributions)


def test_the_desks_work_on_a_claim(held: Desk) -> None:
    decide(held, "state", "it-rains", value="being-checked")
    decide(held, "owner", "it-rains", value="Ana")
    decide(held, "tag", "it-rains", value="#Weather")
    note = decide(held, "note", "it-rains", value="ask the @met office about Tolvay")
    decide(held, "accept", "it-rains")
    work = held.story("dam").work_on["it-rains"]
    assert (work.state, work.owner, work.tags, work.accepted) == ("being-checked", "Ana", ("weather",), "Ida")
    assert [(one.entry, one.by, one.text) for one in work.notes] == [(note, "Ida", "ask the @met office about Tolvay")]
    assert [(hit.kind, hit.claim) for hit in held.find(Wanted(words="tolvay"))] == [(HitKind.NOTE, "it-rains")]
    decide(held, "untag", "it-rains", value="weather")
    assert held.story("dam").work_on["it-rains"].tags == ()
    with pytest.raises(UsageError, match="no state 'done' · state · one of new, being-checked"):
        decide(held, "state", "it-rains", value="done")


def test_work_follows_a_merge(held: Desk) -> None:
    decide(held, "tag", "it-rains", value="weather")
    decide(held, "same", "the-dam-holds", "it-rains")
    assert held.story("dam").work_on["the-dam-holds"].tags == ("weather",)


def test_everything_is_searched_and_told_by_facets(held: Desk) -> None:
    held.story("dam")
    found = held.find_all(Wanted(words="Orr holds"))
    assert [(hit.kind, hit.report) for hit in found.hits] == [
        (HitKind.STATEMENT, "01"), (HitKind.STATEMENT, "03"),
    ]  # fmt: skip
    first = held.find(Wanted(words="dam holds"))[0]
    assert (first.kind, first.claim) == (HitKind.CLAIM, "the-dam-holds")
    said = held.find_all(Wanted(words="said"))
    assert {hit.kind for hit in said.hits} == {HitKind.TEXT} and said.hits[0].words.startswith("Ann Orr said")
    assert dict(found.facets["speaker"]) == {"Ann Orr": 2} and found.total == 2
    assert held.find(Wanted(words="dam holds", kinds=frozenset({HitKind.CLAIM})))[0].standing == "corroborated"


def test_a_report_that_is_a_copy_says_what_its_original_says(held: Desk) -> None:
    entry = decide(held, "report", "02", field="copy-of", value="01")
    story = held.story("dam")
    original = next(one.speaker for one in story.attributions if one.report == "01")
    assert {one.speaker for one in story.attributions if one.report == "02"} == {original}
    assert any("a copy of report 01" in note for note in story.report["02"].notes)
    held.undo(entry, by="Ida", why="")
    assert {one.speaker for one in held.story("dam").attributions if one.report == "02"} != {original}


def test_a_report_is_no_copy_of_itself_or_of_nothing(held: Desk) -> None:
    for value, told in (("01", "no copy of itself"), ("yesterday", "no report 'yesterday'")):
        with pytest.raises(UsageError, match=told):
            decide(held, "report", "01", field="copy-of", value=value)


def test_a_story_has_the_last_title_that_stands(held: Desk) -> None:
    decide(held, "title", "dam", value="The Dam")
    entry = decide(held, "title", "dam", value="The Dam at Hask")
    assert held.story("dam").title == "The Dam at Hask"
    held.undo(entry, by="Ida", why="")
    assert held.story("dam").title == "The Dam"


def test_a_note_answers_a_note_of_its_claim_alone(held: Desk) -> None:
    claim = held.story("dam").claims[0].id
    first = decide(held, "note", claim, value="call them")
    decide(held, "note", claim, value="done", reply_to=first)
    notes = held.story("dam").work_on[claim].notes
    assert [one.reply_to for one in notes] == [None, first]
    with pytest.raises(UsageError, match="no note with entry 1"):
        decide(held, "note", claim, value="what?", reply_to=1)
