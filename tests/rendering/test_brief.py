"""The view that all formats share: order, references, what is gathered."""

from __future__ import annotations

from dataclasses import replace

from tests.bridge_story import build_story

from onrecord.datamodel.standing import Status
from onrecord.rendering.brief import brief


def test_contested_claims_come_first_and_are_numbered() -> None:
    view = brief(build_story())
    assert [claim.status for claim in view.claims] == [
        Status.DENIED,
        Status.RETRACTED,
        Status.UNCONFIRMED,
        Status.SINGLE_ORIGIN,
    ]
    assert [claim.number for claim in view.claims] == [1, 2, 3, 4]


def test_outlets_are_counted_beside_origins() -> None:
    memo = next(claim for claim in brief(build_story()).claims if claim.id == "memo-genuine")
    assert (memo.interval, memo.outlets, memo.reports) == ("2–3", 3, 3)


def test_statements_of_one_holder_are_gathered_earliest_first() -> None:
    memo = next(claim for claim in brief(build_story()).claims if claim.id == "memo-genuine")
    people = next(holder for holder in memo.holders["for"] if holder.party == "two-people")
    assert [item.attribution for item in people.exhibits] == ["02-03", "03-01"]
    assert people.exhibits[1].way == "via Northline Wire, in The Morning Tally, Sat 8 Mar 2031"


def test_a_reference_leads_to_the_exact_words() -> None:
    story = build_story()
    view = brief(story)
    for claim in view.claims:
        for item in claim.exhibits:
            text = story.report[item.reference.report].text
            assert item.words == " … ".join(span.of(text) for span in item.reference.spans)


def test_a_member_s_passage_is_what_is_shown() -> None:
    hangers = next(claim for claim in brief(build_story()).claims if claim.id == "hangers-14")
    assert hangers.holders["against"][0].first.words == "I was wrong to say 14 hangers"


def test_both_sides_of_a_denial_are_gathered_by_holder() -> None:
    first = brief(build_story()).conflicts[0]
    assert [holder.name for holder in first.left] == ["the leaked memo"]
    assert [len(holder.exhibits) for holder in first.right] == [2]


def test_inputs_that_are_no_reports_of_their_own_are_told() -> None:
    view = brief(build_story())
    assert [one.input for one in view.unread] == ["06_copy.txt", "07_scan.txt"]
    assert "1 input could not be read" in view.lead


def test_a_claim_without_standing_says_so() -> None:
    view = brief(replace(build_story(), standings=()))
    assert {claim.reason for claim in view.claims} == {"not weighed"}
