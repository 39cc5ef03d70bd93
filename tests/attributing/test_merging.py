"""Which parties of a story are one."""

from __future__ import annotations

import pytest

from onrecord.attributing.merging.entities import PartyEntity, PartyMention, entities_of
from onrecord.attributing.merging.features import may_be_one, row
from onrecord.attributing.merging.merge import PartyScorer, candidate_pairs, clusters, load_party_scorer, merge_parties
from onrecord.datamodel.party import Party, PartyKind


def party(ident: str, name: str, kind: PartyKind = PartyKind.PERSON, *, named: bool = True, **more: object) -> Party:
    return Party(id=ident, name=name, kind=kind, named=named, **more)  # type: ignore[arg-type]


def entity(one: Party, *sources: str, report: str = "r1") -> PartyEntity:
    said = [PartyMention(one.id, report, number, source, "the crane fell") for number, source in enumerate(sources)]
    return PartyEntity(one, tuple(said))


LORNE = party("lorne", "Ada Lorne")
ODE = party("ode", "Tam Ode")
QUAY = party("quay", "The Quay Gazette", PartyKind.ORGANIZATION, outlet=True)
PAPER = party("paper", "the newspaper", PartyKind.DOCUMENT)


def test_a_pair_has_the_same_features_in_either_order() -> None:
    left, right = entity(QUAY, "the Quay Gazette", "The Gazette"), entity(PAPER, "the newspaper")
    assert row(left, right) == row(right, left)
    assert len(row(left, right)) > 80


@pytest.mark.parametrize(
    ("left", "right", "may"),
    [
        (LORNE, ODE, False),
        (LORNE, party("x", "Ada Lorné"), True),
        (LORNE, party("x", "Lorne"), True),
        (QUAY, party("x", "Harbour Board", PartyKind.ORGANIZATION), False),
        (QUAY, party("x", "Quay Gazette newspaper", PartyKind.ORGANIZATION), True),
        (LORNE, party("x", "unnamed engineer", named=False), True),
    ],
)
def test_two_names_that_share_nothing_are_never_one(left: Party, right: Party, may: bool) -> None:
    assert may_be_one(entity(left, left.name), entity(right, right.name)) is may


def test_clusters_are_joined_by_their_mean_chance() -> None:
    chances = {(0, 1): 0.9, (1, 2): 0.8, (0, 2): 0.0, (3, 4): 0.2}
    assert sorted(map(sorted, clusters(5, chances, 0.5))) == [[0, 1], [2], [3], [4]]
    assert sorted(map(sorted, clusters(5, chances, 0.35))) == [[0, 1, 2], [3], [4]]


def test_who_shares_a_word_or_speaks_nearby_is_compared() -> None:
    far = [PartyMention("ode", "r2", 0, "Tam Ode", "no")]
    entities = entities_of(
        [LORNE, party("x", "unnamed engineer Lorne", named=False), ODE],
        [*entity(LORNE, "Ada Lorne").mentions, PartyMention("x", "r3", 0, "engineer Lorne", "yes"), *far],
    )
    assert list(candidate_pairs(entities)) == [(0, 1)]


def test_a_merged_party_keeps_the_name_and_whom_others_speak_for() -> None:
    always = PartyScorer(bias=9.0, weights={}, threshold=0.5)
    spokesman = party("spokesman", "unnamed spokesman", named=False, speaks_for="paper")
    said = [PartyMention("quay", "r1", 0, "the Quay Gazette", "a b c"), PartyMention("paper", "r1", 1, "it", "d e f")]
    kept, now = merge_parties([PAPER, QUAY, spokesman], said, always)
    assert now == {"paper": "quay", "quay": "quay", "spokesman": "spokesman"}
    assert [one.id for one in kept] == ["quay", "spokesman"]
    assert kept[1].speaks_for == "quay"


def test_no_likeness_names_a_source_that_was_promised_anonymity() -> None:
    official, aide = party("x", "unnamed port official", named=False), party("y", "unnamed aide", named=False)
    said = [
        *entity(LORNE, "Port spokeswoman Ada Lorne").mentions,
        *entity(official, "A port official, who asked not to be named").mentions,
        *entity(aide, "a port aide").mentions,
    ]
    always = PartyScorer(bias=9.0, weights={}, threshold=0.3)
    for order in ((LORNE, official, aide), (aide, official, LORNE)):
        _, now = merge_parties(order, said, always)
        assert now["x"] != now["lorne"] == "lorne"


def test_without_a_scorer_each_party_stays_by_itself() -> None:
    assert merge_parties([QUAY, PAPER], [], None) == ((QUAY, PAPER), {"quay": "quay", "paper": "paper"})


def test_the_packed_scorer_takes_a_paper_for_the_paper_and_keeps_two_persons_apart() -> None:
    scorer = load_party_scorer()
    assert scorer is not None
    paper = party("p", "Quay Gazette newspaper", PartyKind.ORGANIZATION, outlet=True)
    told = scorer.probability(
        entity(QUAY, "the Quay Gazette"), entity(paper, "the Quay Gazette newspaper", report="r2")
    )
    official = party("o", "unnamed port official", PartyKind.PERSON, named=False)
    other = scorer.probability(entity(QUAY, "the Quay Gazette"), entity(official, "a port official", report="r2"))
    assert told > scorer.threshold > other
    assert scorer.probability(entity(LORNE, "Ada Lorne", "she"), entity(ODE, "Tam Ode", "he")) == 0.0
