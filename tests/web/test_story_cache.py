"""Stories kept in hand: told once, told again in the background, and replayed as they would be weighed anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from onrecord import desk_pipeline
from onrecord.datamodel.entry import Verdict
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.standing import Standing
from onrecord.datamodel.story import Story
from onrecord.errors import BackendError, UsageError
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.desk import open_desk
from onrecord.ledger.replay import State
from onrecord.pipeline import tell
from onrecord.web.background.precompute import WeighingAhead, kept_steps
from onrecord.web.background.replaying import Replay
from onrecord.web.background.story_cache import StoryCache
from onrecord.web.background.worker_process import WorkerProcess
from onrecord.weighing.standing_index import StandingIndex
from onrecord.weighing.weigh import weigh
from tests.ledger.builder import PlainBuilder, reading
from tests.web.opening import STORY

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


class SlowTeller(PlainBuilder):
    """A teller that waits until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.go.set()

    def __call__(self, state: State, published: Moment | None, captured: Moment | None) -> Story:
        assert self.go.wait(30)
        return super().__call__(state, published, captured)


def test_readers_never_wait_for_a_newer_telling(desk_file: str) -> None:
    teller = SlowTeller()
    with open_desk(desk_file, teller) as desk:
        shelves = StoryCache(desk)
        first = shelves.shelved(STORY)
        assert first.current and len(first.story.claims) == 2
        teller.go.clear()
        wish = Wish(verdict=Verdict.NOT_A_CLAIM, ids=("the-dam-holds",))
        decision = decision_of(wish, first.story, desk.scene(first.story), first.head)
        landed = desk.decide(STORY, decision, by="Ida")
        for _ in range(20):
            held = shelves.shelved(STORY)
            assert not held.current and held.story is first.story and held.newest == landed.entry.seq
        assert not shelves.settle(STORY, landed.entry.seq, patience_s=0.05)
        told = teller.times
        teller.go.set()
        assert shelves.settle(STORY, landed.entry.seq, patience_s=30)
        assert shelves.shelved(STORY).current and len(shelves.told(STORY).claims) == 1
        assert teller.times == told + 1
        shelves.close()


def test_many_who_ask_at_once_have_it_told_once(desk_file: str) -> None:
    teller = SlowTeller()
    teller.go.clear()
    with open_desk(desk_file, teller) as desk:
        shelves = StoryCache(desk)
        found: list[Story] = []
        asking = [threading.Thread(target=lambda: found.append(shelves.told(STORY))) for _ in range(8)]
        for one in asking:
            one.start()
        teller.go.set()
        for one in asking:
            one.join()
        assert len(found) == 8 and teller.times == 1
        shelves.close()


def test_a_start_waits_for_no_telling_where_the_desk_keeps_one(desk_file: str) -> None:
    teller = SlowTeller()
    with open_desk(desk_file, teller) as desk:
        told = desk.story(STORY)
        list(desk.add(STORY, [reading("04_late", ("Di Moe", "the dam leaks"))]))
        teller.go.clear()
        shelves = StoryCache(desk)
        first = shelves.shelved(STORY)
        assert first.story == told and not first.current and first.head < first.newest
        teller.go.set()
        assert shelves.settle(STORY, first.newest, patience_s=30)
        assert shelves.shelved(STORY).current and shelves.told(STORY) != told
        assert teller.times == 2
        shelves.close()
    with open_desk(desk_file, teller) as desk:
        again = StoryCache(desk)
        assert again.shelved(STORY).current and teller.times == 2
        again.close()


def test_a_story_that_is_not_there_is_told_so(desk_file: str) -> None:
    with open_desk(desk_file, PlainBuilder()) as desk:
        shelves = StoryCache(desk)
        for ask in (shelves.told, shelves.head, shelves.state):
            with pytest.raises(UsageError, match="no story 'none'"):
                ask("none")
        shelves.close()


@pytest.fixture(scope="module")
def dam() -> Story:
    """The example story, told by the real steps."""
    return tell([EXAMPLES / "dam-memo"], which="rules")


@pytest.fixture(scope="module")
def sale() -> Story:
    """Another one, with a report that was revised."""
    return tell([EXAMPLES / "airline-sale"], which="rules")


@pytest.mark.parametrize("which", ["dam", "sale"])
def test_a_replay_stands_as_weighing_anew_does(which: str, request: pytest.FixtureRequest) -> None:
    story: Story = request.getfixturevalue(which)
    replay = Replay(story)
    known = {at.published for at in story.reports if at.published}
    instants = [*sorted(known, key=lambda at: at.end), moment("1900-01-01"), moment("2999-01-01")]
    assert len(instants) > 5
    for instant in reversed(instants):
        found = weigh(story.claims, story.attributions, story.parties, story.reports, instant)
        stood = replay.at(instant)
        assert dict(stood) == {one.claim: one for one in found}
        assert {claim: stood.status(claim) for claim in stood} == {one.claim: one.status for one in found}
        assert len(stood) == len(found)


def test_a_status_takes_no_weighing(dam: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StandingIndex, "stood", lambda *_: pytest.fail("weighed"))
    stood = Replay(dam).at(moment("2999-01-01"))
    assert [stood.status(claim.id) for claim in dam.claims] == [dam.standing[claim.id].status for claim in dam.claims]


def test_what_was_weighed_holds_for_a_newer_telling_of_the_same_claims(
    dam: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    last = moment("2999-01-01")
    before = Replay(dam)
    assert dict(before.at(last))
    renamed = replace(dam.claims[0], text="Other words.")
    after = Replay(replace(dam, claims=(renamed, *dam.claims[1:])), before)
    weighed: list[str] = []
    plain = StandingIndex.stood

    def watched(scales: StandingIndex, claim: str, instant: Moment) -> Standing | None:
        weighed.append(claim)
        return plain(scales, claim, instant)

    monkeypatch.setattr(StandingIndex, "stood", watched)
    assert dict(after.at(last)).keys() == dict(before.at(last)).keys()
    assert weighed == [renamed.id]
    other = Replay(replace(dam, parties=dam.parties[1:]), before)
    assert dict(other.at(last)) and len(weighed) > 1


def test_what_is_weighed_ahead_is_what_weighing_tells(desk_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(desk_file, PlainBuilder()) as desk:
        head, story = desk.head()[0], desk.story(STORY)
        head = desk.told_head(STORY) or head
        assert kept_steps(desk, STORY, head) is None
        ahead = WeighingAhead(desk)
        ahead.begin(STORY)
        _patiently(lambda: kept_steps(desk, STORY, head) is not None)
        steps = kept_steps(desk, STORY, head)
        assert steps is not None
        replay, plain = Replay(story), Replay(story)
        replay.take(steps)
        monkeypatch.setattr(replay, "stood", lambda *_: pytest.fail("weighed"))
        for day in range(1, 20):
            instant = moment(f"2031-03-{day:02}")
            stood, anew = replay.at(instant), plain.at(instant)
            assert list(stood) == list(anew)
            for claim in anew:
                found = anew[claim]
                bare = replace(found, because=(), origins=replace(found.origins, origins=(), reasons=()))
                assert stood.listed(claim) == bare
        desk.put_derived(STORY, head, "steps 1", b"damaged")
        assert kept_steps(desk, STORY, head) is None


def test_a_newer_telling_is_weighed_ahead_where_it_is_another(desk_file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_desk(desk_file, PlainBuilder()) as desk:
        ahead = WeighingAhead(desk)
        story = desk.story(STORY)
        ahead.begin(STORY)
        _patiently(lambda: kept_steps(desk, STORY, desk.told_head(STORY) or 0) is not None)
        weighed: list[str] = []
        plain = StandingIndex.stood

        def watched(scales: StandingIndex, claim: str, instant: Moment) -> Standing | None:
            weighed.append(claim)
            return plain(scales, claim, instant)

        monkeypatch.setattr(StandingIndex, "stood", watched)
        wish = Wish(verdict=Verdict.RENAME, ids=(story.claims[0].id,), value="Other words")
        desk.decide(STORY, decision_of(wish, story, desk.scene(story), 0), by="Ida")
        renamed = desk.story(STORY)
        ahead.begin(STORY)
        _patiently(lambda: kept_steps(desk, STORY, desk.told_head(STORY) or 0) is not None)
        changed = {one.id for one in renamed.claims} - {one.id for one in story.claims}
        changed |= {one.id for one in renamed.claims if one not in story.claims}
        assert changed and set(weighed) == changed


def _patiently(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 20
    while not done():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_process_of_its_own_tells_the_same_and_says_why_it_cannot(tmp_path: Path) -> None:
    place = str(tmp_path / "desk.db")
    with desk_pipeline.desk(place, create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, "dam", [EXAMPLES / "dam-memo" / "01_northline.txt"], "rules"))
        apart = WorkerProcess(desk, place, "rules")
        try:
            apart.begin()
            begun = apart._process
            apart.warm("dam")
            assert desk.told_head("dam") is None
            assert apart("dam") == (desk.told_head("dam"), desk.story("dam"))
            assert apart._process is begun
            shelves = StoryCache(desk, "rules", apart)
            told = shelves.shelved("dam")
            _patiently(lambda: told.replay.ahead)
            shelves.close()
            with pytest.raises(UsageError, match="no story 'none'"):
                apart("none")
            process = apart._process
            assert process is not None
            process.kill()
            process.join()
            with pytest.raises(BackendError, match="try again"):
                apart("dam")
            assert apart("dam") == (desk.told_head("dam"), desk.story("dam"))
        finally:
            apart.close()
        with pytest.raises(BackendError, match="stopping"):
            apart("dam")


def test_the_pipeline_tells_through_the_shelves(tmp_path: Path) -> None:
    with desk_pipeline.desk(str(tmp_path / "desk.db"), create=True, which="rules") as desk:
        list(desk_pipeline.add(desk, "dam", [EXAMPLES / "dam-memo"], "rules"))
        shelves = StoryCache(desk, "rules")
        told = shelves.told("dam")
        assert shelves.shelved("dam").replay.at(moment("2999-01-01")).keys() == told.standing.keys()
        answer = shelves.answer(told, told.claims[0].text)
        assert len(answer.reports) == len(told.reports)
        shelves.close()
