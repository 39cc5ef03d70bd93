"""Claims, stances and conflicts of invented statements, through `link` alone; and what holds of every story."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.datamodel.attribution import DENIAL, NEITHER, SUPPORT, Act
from onrecord.datamodel.claim import Claim, ConflictKind, Member
from onrecord.datamodel.span import words
from onrecord.errors import BackendError
from onrecord.linking.judge import Judge, load_judge
from onrecord.linking.link import Linked, distinct, link
from tests.linking.builder import Said, linked, reports_of

BRIDGE = "that the council approved the new harbour bridge"
WHO = "Ada Brink/Otto Lund/Mina Voss/the union/the harbour office".split("/")
DONE = "the ferry was closed on Monday/the ferry was not closed on Monday/the bridge lost 12 of its crew".split("/")
CUES = (("said", Act.ASSERTS), ("denied", Act.DENIES), ("would not say", Act.NO_COMMENT), ("asked", Act.ASKS))
STORIES = st.lists(
    st.builds(
        lambda who, done, cue: Said(who, f"that {done}", cue[0], cue[1]),
        st.sampled_from(WHO),
        st.sampled_from(DONE),
        st.sampled_from(CUES),
    ),
    max_size=7,
)


@pytest.fixture(scope="module")
def judge() -> Judge:
    try:
        return load_judge()
    except BackendError as error:
        pytest.skip(f"no packed weights: {error}")


def shared(found: Linked) -> list[Claim]:
    return [claim for claim in found.claims if len(claim.members) > 1]


def test_nothing_gives_nothing() -> None:
    assert link([], [], []) == Linked(claims=(), quotes=(), conflicts=(), links=())


def test_one_claim_of_two_reports(judge: Judge) -> None:
    found = linked(
        Said("Ada Brink", BRIDGE),
        Said("Otto Lund", "that the new harbour bridge was approved by the council"),
        judge=judge,
    )
    claim = shared(found)[0]
    assert {member.stance for member in claim.members} == {Act.ASSERTS}
    assert found.conflicts == ()


@pytest.mark.parametrize(
    "denial",
    [
        Said("Otto Lund", "that the council did not approve the new harbour bridge"),
        Said("Otto Lund", BRIDGE, cue="denied", act=Act.DENIES),
        Said("Otto Lund", "reports that the council approved the new harbour bridge", "dismissed", Act.DENIES),
    ],
)
def test_a_denial_finds_what_it_denies(judge: Judge, denial: Said) -> None:
    found = linked(Said("Ada Brink", BRIDGE), denial, judge=judge)
    claim = shared(found)[0]
    assert claim.stance_of("00-01") is Act.ASSERTS
    assert claim.stance_of("01-01") is Act.DENIES
    assert [conflict.kind for conflict in found.conflicts] == [ConflictKind.DENIAL]


def test_two_figures_of_two_holders_are_two_claims_in_conflict(judge: Judge) -> None:
    found = linked(
        Said("Ada Brink", "that fourteen passengers were injured on the ferry"),
        Said("Otto Lund", "that 40 passengers were injured on the ferry"),
        judge=judge,
    )
    assert not any(len([one for one in claim.members if one.stance in SUPPORT]) > 1 for claim in found.claims)
    assert ConflictKind.NUMBER in {conflict.kind for conflict in found.conflicts}


def test_a_later_figure_of_one_holder_is_an_update(judge: Judge) -> None:
    found = linked(
        Said("Ada Brink", "that fourteen passengers were injured on the ferry"),
        Said("Ada Brink", "that sixteen passengers were injured on the ferry"),
        judge=judge,
    )
    assert found.conflicts == ()


def test_what_has_nothing_to_do_with_a_claim_bears_on_none(judge: Judge) -> None:
    found = linked(
        Said("Ada Brink", BRIDGE),
        Said("Otto Lund", "that the new harbour bridge was approved by the council"),
        Said("Ida Moe", "that tea was served to the guests of the hotel"),
        judge=judge,
    )
    assert all(claim.stance_of("02-01") is None for claim in found.claims if claim.stance_of("00-01"))


def test_claims_keep_their_ids_when_a_report_is_added(judge: Judge) -> None:
    said = [Said("Ada Brink", BRIDGE), Said("Otto Lund", "that the new harbour bridge was approved by the council")]
    before = shared(linked(*said, judge=judge))[0].id
    more = linked(*said, Said("Ida Moe", "that tea was served to the guests"), judge=judge)
    assert before in {claim.id for claim in more.claims}


@settings(max_examples=25, deadline=None)
@given(STORIES)
def test_guards_that_hold_of_every_story(told: list[Said]) -> None:
    found = linked(*told)
    reports, said, _ = reports_of(told)
    acts, holders = {one.id: one.act for one in said}, {one.id: one.speaker for one in said}
    texts = {report.id: report.text for report in reports}
    homes = {one.id: one.report for one in said}
    assert len({claim.id for claim in found.claims}) == len(found.claims)
    assert len({claim.text for claim in found.claims}) == len(found.claims)
    for claim in found.claims:
        for member in claim.members:
            # Who refuses or asks is on no side.
            assert acts[member.attribution] not in NEITHER or member.stance in NEITHER
            assert not member.passage or words(member.passage, texts[homes[member.attribution]])
    for conflict in found.conflicts:
        # Nobody contradicts himself but by taking a thing back.
        same = holders[conflict.left] == holders[conflict.right]
        assert not same or conflict.kind is ConflictKind.WITHDRAWAL


@settings(max_examples=15, deadline=None)
@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_arguments_changes_nothing(told: list[Said], chance: object) -> None:
    reports, said, parties = reports_of(told)
    assert link(said, reports, parties) == link(said[::-1], reports[::-1], parties[::-1])


def test_a_claims_text_is_on_the_side_of_what_it_is_from(judge: Judge) -> None:
    for first, second in product(DONE[:2], repeat=2):
        found = linked(Said("Ada Brink", f"that {first}"), Said("Otto Lund", f"that {second}"), judge=judge)
        for claim in found.claims:
            support = [one for one in claim.members if one.stance in SUPPORT and not one.loose]
            denial = [one for one in claim.members if one.stance in DENIAL and not one.loose]
            negative = " not " in claim.text
            assert all((" not " in (first, second)[int(one.attribution[:2])]) == negative for one in support)
            assert all((" not " in (first, second)[int(one.attribution[:2])]) != negative for one in denial)


@pytest.mark.parametrize(
    "words", ["“No ferry was sold to the harbour office.”", "“The ferry was never sold by the union.”"]
)
def test_who_is_quoted_with_a_denial_says_what_he_says(judge: Judge, words: str) -> None:
    for claim in linked(Said("Mina Voss", words, "denied", Act.DENIES), judge=judge).claims:
        negative = "no " in claim.text.lower() or "never" in claim.text
        assert {member.stance in SUPPORT for member in claim.members} == {negative}


def test_a_quoted_denial_stands_against_what_it_denies(judge: Judge) -> None:
    found = linked(
        Said("Mina Voss", "“No ferry was sold to the harbour office.”", "denied", Act.DENIES),
        Said("Otto Lund", "that the ferry was not sold to the harbour office"),
        judge=judge,
    )
    stances = {member.attribution: member.stance in DENIAL for claim in found.claims[:1] for member in claim.members}
    affirmative = not any(word in found.claims[0].text for word in ("No ", "not "))
    assert stances["00-01"] is affirmative


def test_what_nobody_asserts_is_told_as_it_was_said(judge: Judge) -> None:
    (claim,) = linked(
        Said("Mina Voss", "“There are no further details at this stage.”", act=Act.DENIES), judge=judge
    ).claims
    assert claim.text == "There are no further details at this stage."
    assert [member.stance for member in claim.members] == [Act.ASSERTS]


def test_no_sentence_has_nobody_as_its_subject(judge: Judge) -> None:
    reports, attributions, parties = reports_of(
        [Said("an unstated source", "to have sold the ferry to the harbour office")]
    )
    unnamed = [replace(party, named=False) for party in parties]
    assert [one.text for one in link(attributions, reports, parties, judge).claims] == [
        "An unstated source has sold the ferry to the harbour office."
    ]
    (claim,) = link(attributions, reports, unnamed, judge).claims
    assert "source" not in claim.text


def test_claims_that_differ_in_their_marks_alone_are_told_once() -> None:
    held = tuple(
        Claim(id=f"claim-{number}", text=text, members=(Member(attribution=f"{number}", stance=Act.ASSERTS),))
        for number, text in enumerate(("The ferry’s crew is safe.", "The ferry's crew is safe."))
    )
    assert distinct(held, 0.7) == [held[0]]


def test_one_speaker_takes_one_side_of_a_claim(judge: Judge) -> None:
    found = linked(
        Said("Mina Voss", "that she would not talk about the ferry any more"),
        Said("Mina Voss", "“I am not going to talk about this ferry any more.”", act=Act.DENIES),
        Said("Mina Voss", "“I have nothing more to say about the ferry. It does not sail.”", act=Act.DENIES),
        Said("Otto Lund", "that the ferry would sail on Friday"),
        judge=judge,
    )
    for claim in found.claims:
        sides = {member.stance in DENIAL for member in claim.members if not member.loose and member.attribution < "03"}
        assert len(sides) <= 1, claim
