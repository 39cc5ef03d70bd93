"""Whatever is made of a story later, a decision and an address mean what they meant, or say that it is unclear."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from onrecord.datamodel.entry import Side, Verdict, WorkState
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.desk import Desk, open_desk
from tests import thorough
from tests.ledger.builder import Clock, reading
from tests.ledger.postgres import Databases
from tests.ledger.regrouping import Key, RegroupingBuilder, counted, touched

SPEAKERS = ("Ann Orr", "Bo Lind", "Cy Marr", "Di Voss")
WORDS = tuple(
    f"the {thing} {verb}" for thing in ("dam", "wall", "gate", "town") for verb in ("holds", "broke", "is safe")
)
REPORTS = st.lists(
    st.lists(st.tuples(st.sampled_from(SPEAKERS), st.sampled_from(WORDS)), min_size=1, max_size=5, unique=True),
    min_size=2,
    max_size=5,
)
VERDICTS = (
    Verdict.SAME, Verdict.DIFFERENT, Verdict.NOT_A_CLAIM, Verdict.RENAME, Verdict.ACCEPT, Verdict.SIDE,
    Verdict.STATE, Verdict.OWNER, Verdict.TAG, Verdict.NOTE,
)  # fmt: skip
DECISIONS = st.lists(
    st.tuples(st.sampled_from(VERDICTS), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 2)),
    min_size=1,
    max_size=6,
)
VERSIONS = st.lists(st.integers(0, 1_000), min_size=2, max_size=3, unique=True)
VALUES = {Verdict.STATE: WorkState.CHECKED.value, Verdict.OWNER: "Ida", Verdict.TAG: "dam", Verdict.NOTE: "ask her"}
_names = count()


def wished(verdict: Verdict, picks: tuple[int, int, int, int], desk: Desk, story: str) -> Wish | None:
    """A wish on claims and statements that are there."""
    told = desk.story(story)
    if not told.claims:
        return None
    first, second = (told.claims[one % len(told.claims)] for one in picks[:2])
    statement = told.attributions[picks[2] % len(told.attributions)].id
    value = VALUES.get(verdict) or f"renamed by {picks}"
    if verdict is Verdict.SIDE:
        return Wish(verdict=verdict, ids=(first.id, statement), value=list(Side)[picks[3]].value)
    if verdict is Verdict.SAME:
        return Wish(verdict=verdict, ids=(first.id, statement) if picks[3] == 0 else (first.id, second.id))
    if verdict is Verdict.DIFFERENT:
        return Wish(verdict=verdict, ids=(first.id, first.members[picks[2] % len(first.members)].attribution))
    return Wish(verdict=verdict, ids=(first.id,), value=value)


class History:
    """One story on a desk: what each decision was made on, and what each address meant."""

    def __init__(self, desk: Desk, version: int) -> None:
        self.desk, self.story, self.version = desk, f"story-{next(_names)}", version
        self.made: dict[int, frozenset[Key]] = {}
        self.meant: dict[str, frozenset[Key]] = {}

    def told_by(self, version: int) -> None:
        self.version = version
        self.desk.teller = RegroupingBuilder(version)

    def add(self, number: int, said: list[tuple[str, str]]) -> None:
        list(self.desk.add(self.story, [reading(f"{number:02d}_wire", *said)]))

    def decide(self, verdict: Verdict, *picks: int) -> None:
        wish = wished(verdict, (picks[0], picks[1], picks[2], picks[3]), self.desk, self.story)
        story = self.desk.story(self.story)
        scene = self.desk.scene(story)
        try:
            decision = decision_of(wish, story, scene, 0) if wish else None
        except UsageError:
            decision = None
        if decision:
            meant = {one.id for one in decision.claims}
            basis = [counted(one, scene) for one in story.claims if one.id in meant]
            named = [(one.report, one.words[0]) for one in decision.statements]
            self.made[self.desk.decide(self.story, decision, by="Ida").entry.seq] = frozenset().union(*basis, named)

    def look(self) -> None:
        """Check each decision and each address against what it was made on; and remember today's addresses."""
        story = self.desk.story(self.story)
        scene, state = self.desk.scene(story), self.desk.state(self.story)
        teller = RegroupingBuilder(self.version)
        for entry, claims in touched(teller, state):
            for claim in claims:
                assert counted(claim, scene) & self.made[entry], (entry, claim)
        for ident, meant in self.meant.items():
            trace = self.desk.trace(story, ident)
            assert trace is not None
            if trace.claim is not None and ident not in trace.claim.formerly:
                assert counted(trace.claim, scene) & meant, (ident, trace)
        for claim in story.claims:
            self.meant.setdefault(claim.id, counted(claim, scene))
        assert len({claim.id for claim in story.claims}) == len(story.claims)


def play(
    desk: Desk,
    reports: list[list[tuple[str, str]]],
    decisions: list[tuple[Verdict, int, int, int, int]],
    versions: list[int],
    order: list[int],
) -> None:
    """Half of the reports, decisions, the other reports one by one in any order, and re-runs by other versions."""
    history = History(desk, versions[0])
    history.told_by(versions[0])
    half = max(1, len(reports) // 2)
    for number, said in enumerate(reports[:half]):
        history.add(number, said)
    history.look()
    for verdict, *picks in decisions[: len(decisions) // 2 + 1]:
        history.decide(verdict, *picks)
    history.look()
    late = list(enumerate(reports[half:], start=half))
    for number, said in sorted(late, key=lambda one: order[one[0] % len(order)]):
        history.add(number, said)
    history.look()
    for verdict, *picks in decisions[len(decisions) // 2 + 1 :]:
        history.decide(verdict, *picks)
    for version in versions[1:]:
        history.told_by(version)
        history.look()


HISTORIES = {
    "reports": REPORTS,
    "decisions": DECISIONS,
    "versions": VERSIONS,
    "order": st.permutations(list(range(5))),
}


@pytest.fixture(scope="module")
def file_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    place = tmp_path_factory.mktemp("anchoring") / "desk.db"
    with open_desk(str(place), RegroupingBuilder(0), create=True, clock=Clock()) as desk:
        # Thousands of entries, none of which has to outlive the test.
        desk.store.engine.dispose()
        event.listen(desk.store.engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        yield desk


@pytest.fixture(scope="module")
def server_desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    address = Databases.fresh(request.getfixturevalue("postgres"))
    with open_desk(address, RegroupingBuilder(0), create=True, clock=Clock()) as desk:
        yield desk


# An id that meant two statements, then one of them, and whose own statement counts for nothing in the end.
NARROWED = {
    "reports": [
        [("Ann Orr", "the wall broke"), ("Ann Orr", "the dam holds")],
        [("Ann Orr", "the wall holds")],
        [("Ann Orr", "the dam is safe")],
    ],
    "decisions": [(Verdict.SAME, 0, 0, 0, 0)] * 4 + [(Verdict.DIFFERENT, 0, 0, 0, 0)] * 2,
    "versions": [290, 1, 0],
    "order": [0, 1, 2, 3, 4],
}


@given(**HISTORIES)
@example(**NARROWED)
@settings(max_examples=thorough.HISTORIES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_decision_never_bears_on_a_claim_that_shares_nothing_with_its_own(
    file_desk: Desk,
    reports: list[list[tuple[str, str]]],
    decisions: list[tuple[Verdict, int, int, int, int]],
    versions: list[int],
    order: list[int],
) -> None:
    play(file_desk, reports, decisions, versions, order)


@given(**HISTORIES)
@settings(max_examples=thorough.HISTORIES // 8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nor_does_it_on_a_server(
    server_desk: Desk,
    reports: list[list[tuple[str, str]]],
    decisions: list[tuple[Verdict, int, int, int, int]],
    versions: list[int],
    order: list[int],
) -> None:
    play(server_desk, reports, decisions, versions, order)
