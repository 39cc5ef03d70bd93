"""People's decisions: applied, kept over re-runs and revisions, shown as such, undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import desk_pipeline
from onrecord.datamodel.entry import Verdict
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import Span
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Story
from onrecord.desk_pipeline import PipelineStoryBuilder
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.desk import Desk, EntryReceipt, open_desk
from tests.ledger.builder import Clock, PlainBuilder, reading

ROOT = Path(__file__).resolve().parents[2]
HOLDS = ("Ann Orr", "the dam holds")
STANDS = ("Cy Marr", "the dam stands")
RAIN = ("Bo Lind", "it rains")


@pytest.fixture
def held(tmp_path: object) -> Iterator[Desk]:
    """A desk of two reports and three claims."""
    with open_desk(f"{tmp_path}/desk.db", PlainBuilder(), create=True, clock=Clock()) as desk:
        list(desk.add("dam", [reading("01_gazette", HOLDS, RAIN), reading("02_wire", STANDS)]))
        yield desk


def decide(
    desk: Desk,
    verdict: str,
    *ids: str,
    seen: int = 0,
    value: str | None = None,
    content: str | None = None,
    source: str | None = None,
    why: str = "",
) -> EntryReceipt:
    """Decide as the command line does."""
    story = desk.story("dam")
    wish = Wish(verdict=Verdict(verdict), ids=ids, value=value, content=content, source=source, why=why)
    return desk.decide("dam", decision_of(wish, story, desk.scene(story), seen or desk.head()[0]), by="Ida")


def told(story: Story) -> dict[str, list[str]]:
    """Each claim's statements."""
    return {claim.id: [one.attribution for one in claim.members] for claim in story.claims}


def test_same_joins_claims_and_their_standing_is_weighed_again(held: Desk) -> None:
    decide(held, "same", "the-dam-holds", "the-dam-stands", why="one dam")
    story = held.story("dam")
    assert told(story) == {"it-rains": ["01-02"], "the-dam-holds": ["01-01", "02-01"]}
    assert story.claims[1].formerly == ("the-dam-stands",)
    assert story.standing["the-dam-holds"].status is Status.CORROBORATED
    assert story.links[-1].by == "person:Ida"
    assert story.claims[1].members[1].reasons == ("joined: decided by Ida (entry 7): one dam",)


def test_different_takes_statements_out_of_a_claim_and_the_later_decision_counts(held: Desk) -> None:
    decide(held, "same", "the-dam-holds", "the-dam-stands")
    decide(held, "different", "the-dam-holds", "02-01")
    parted = told(held.story("dam"))
    assert parted.pop("it-rains") == ["01-02"] and parted.pop("the-dam-holds") == ["01-01"]
    assert [(ident[:3], members) for ident, members in parted.items()] == [("cl-", ["02-01"])]
    decide(held, "same", "01-01", "02-01")
    assert told(held.story("dam"))["the-dam-holds"] == ["01-01", "02-01"]


def test_two_statements_are_told_apart(held: Desk) -> None:
    list(held.add("dam", [reading("03_post", HOLDS)]))
    decide(held, "different", "01-01", "03-01")
    assert told(held.story("dam"))["the-dam-holds"] == ["01-01"]


def test_what_is_no_claim_goes(held: Desk) -> None:
    decide(held, "not-a-claim", "it-rains")
    assert set(told(held.story("dam"))) == {"the-dam-holds", "the-dam-stands"}
    decide(held, "not-a-claim", "02-01")
    assert set(told(held.story("dam"))) == {"the-dam-holds"}


def test_a_speaker_is_named(held: Desk) -> None:
    decide(held, "speaker-is", "02-01", value="ann orr")
    decide(held, "speaker-is", "01-02", value="organization:The Met Office")
    story = held.story("dam")
    assert story.attribution["02-01"].speaker == "ann-orr"
    assert story.attribution["02-01"].reasons == ("speaker decided by Ida (entry 7)",)
    assert story.party[story.attribution["01-02"].speaker or ""].kind is PartyKind.ORGANIZATION


def test_claims_and_parties_are_renamed(held: Desk) -> None:
    decide(held, "rename", "it-rains", value="It is raining.")
    decide(held, "rename", "bo-lind", value="Bo J. Lind")
    story = held.story("dam")
    assert story.claims[0].text == "It is raining."
    assert (story.party["bo-lind"].name, story.party["bo-lind"].aliases) == ("Bo J. Lind", ("Bo Lind",))


def test_a_span_is_corrected_by_words_or_by_place(held: Desk) -> None:
    decide(held, "correct-span", "01-01", content="dam holds")
    one = held.story("dam").attribution["01-01"]
    assert one.made_by == "person:Ida"
    assert one.content[0].of(held.story("dam").report["01"].text) == "dam holds"
    decide(held, "correct-span", "01-01", content="13:26", source="Ann")
    one = held.story("dam").attribution["01-01"]
    assert [(span.start, span.end) for span in (*one.content, *one.source)] == [(13, 26), (0, 3)]


def test_a_source_is_taken_away(held: Desk) -> None:
    decide(held, "correct-span", "01-01", source=" ")
    one = held.story("dam").attribution["01-01"]
    assert (one.source, one.made_by) == ((), "person:Ida") and one.content
    decide(held, "correct-span", "01-01", source="Ann")
    assert held.story("dam").attribution["01-01"].source == (Span(0, 3),)


def test_decisions_that_stand_are_told_by_themselves(held: Desk) -> None:
    decide(held, "accept", "it-rains")
    undone = decide(held, "correct-span", "01-01", content="dam holds").entry.seq
    held.undo(undone, by="Ida", why="no")
    assert held.decisions("dam") == held.state("dam").decisions and len(held.decisions("dam")) == 1


def test_accepting_is_shown(held: Desk) -> None:
    decide(held, "accept", "it-rains", why="seen it")
    assert held.story("dam").claims[0].members[0].reasons == ("accepted: decided by Ida (entry 7): seen it",)


@pytest.mark.parametrize(
    ("verdict", "ids", "more"),
    [
        ("same", ("it-rains",), {}),
        ("same", ("it-rains", "nothing"), {}),
        ("rename", ("it-rains",), {}),
        ("rename", ("01-01",), {"value": "x"}),
        ("speaker-is", ("it-rains",), {"value": "x"}),
        ("speaker-is", ("01-01",), {}),
        ("correct-span", ("01-01",), {}),
        ("correct-span", ("01-01",), {"content": "not in there"}),
        ("correct-span", ("01-01",), {"content": " ", "source": "Ann"}),
        ("correct-span", ("01-01",), {"content": "5:5000"}),
        ("not-a-claim", ("bo-lind",), {}),
    ],
)
def test_what_cannot_be_decided_is_refused(
    held: Desk, verdict: str, ids: tuple[str, ...], more: dict[str, str]
) -> None:
    with pytest.raises(UsageError, match="·"):
        decide(held, verdict, *ids, value=more.get("value"), content=more.get("content"))
    assert held.head()[0] == 6


def test_decisions_outlive_a_newer_tagger_and_a_revision(held: Desk) -> None:
    decide(held, "same", "01-01", "02-01")
    decide(held, "correct-span", "01-02", content="rains")
    lines = reading("01_gazette", HOLDS, RAIN).lines
    held.again("dam", "01", lines[::-1], "plain 2")
    assert told(held.story("dam")) == {"rains": ["01-01"], "the-dam-holds": ["01-02", "02-01"]}
    list(held.add("dam", [reading("01_gazette", ("Di", "nothing new"), HOLDS)]))
    assert told(held.story("dam"))["the-dam-holds"] == ["01-v2-02", "02-01"]


def test_a_decision_on_what_is_gone_says_so_and_guesses_nothing(held: Desk) -> None:
    decide(held, "same", "01-01", "02-01")
    list(held.add("dam", [reading("01_gazette", ("Ann Orr", "the dam might hold"))]))
    story = held.story("dam")
    assert told(story) == {"the-dam-might-hold": ["01-v2-01"], "the-dam-stands": ["02-01"]}
    (asked,) = story.unsettled
    assert (asked.entry, asked.verdict, asked.by, asked.words) == (7, "same", "person:Ida", "the dam holds")
    assert asked.reason == "its statements are not there any more"


def test_a_decision_on_a_report_that_is_not_out_yet_is_no_complaint(held: Desk) -> None:
    list(held.add("dam", [reading("03_late", ("Di", "the dam broke"), published="2031-03-09")]))
    decide(held, "same", "01-01", "03-01")
    decide(held, "speaker-is", "03-01", value="Eve")
    story = held.story("dam", moment("2031-03-07"))
    assert story.notes == ()
    assert told(story)["the-dam-holds"] == ["01-01"]


def test_undoing_takes_a_decision_back(held: Desk) -> None:
    before = held.story("dam")
    landed = decide(held, "same", "the-dam-holds", "the-dam-stands")
    held.undo(landed.entry.seq, by="Bo", why="two dams")
    assert held.story("dam") == before


def test_what_changed_meanwhile_is_said(held: Desk) -> None:
    seen = held.head()[0]
    first = decide(held, "same", "the-dam-holds", "the-dam-stands", seen=seen)
    second = decide(held, "not-a-claim", "the-dam-holds", seen=seen)
    assert (first.meanwhile, [one.seq for one in second.meanwhile]) == ((), [7])
    third = decide(held, "accept", "it-rains", seen=seen)
    assert third.meanwhile == ()


def test_a_teller_that_told_before_tells_a_decision_as_a_new_one_does(tmp_path: Path) -> None:
    used = PipelineStoryBuilder("rules")
    with desk_pipeline.desk(f"{tmp_path}/desk.db", create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, "dam", [ROOT / "examples" / "dam-memo"], "rules"))
        before = used(desk.state("dam"), None, None)
        first, second = (one.id for one in before.claims[:2])
        wish = Wish(verdict=Verdict.SAME, ids=(first, second), value=None, content=None, source=None, why="one")
        desk.decide("dam", decision_of(wish, before, desk.scene(before), desk.head()[0]), by="Ida")
        after = used(desk.state("dam"), None, None)
        assert after != before
        assert after == PipelineStoryBuilder("rules")(desk.state("dam"), None, None)


def test_a_statement_near_a_claim_counts_once_it_is_called_the_same(tmp_path: Path) -> None:
    with desk_pipeline.desk(f"{tmp_path}/desk.db", create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, "dam", [ROOT / "examples" / "dam-memo"], "rules"))
        story = desk.story("dam")
        near = [(claim, one) for claim in story.claims for one in claim.members if one.loose]
        assert near
        claim, member = near[0]
        decide(desk, "same", claim.id, member.attribution, why="the same thing")
        after = next(one for one in desk.story("dam").claims if one.id == claim.id)
        counted = next(one for one in after.members if one.attribution == member.attribution)
        assert not counted.loose
        assert [one.attribution for one in after.members] == [one.attribution for one in claim.members]
