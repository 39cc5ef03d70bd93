"""The view that all formats share: order, references, what is gathered."""

from __future__ import annotations

from dataclasses import replace

from tests.bridge_story import build_story

from onrecord.datamodel.standing import Status
from onrecord.linking.link import link
from onrecord.rendering.brief import brief
from onrecord.rendering.views.claims import MOST_SHOWN


def test_claims_of_most_reports_come_first_and_are_numbered() -> None:
    view = brief(build_story())
    assert [(claim.reports, claim.status) for claim in view.claims] == [
        (3, Status.UNCONFIRMED),
        (2, Status.DENIED),
        (2, Status.RETRACTED),
        (1, Status.SINGLE_ORIGIN),
    ]
    assert [claim.number for claim in view.claims] == [1, 2, 3, 4]


def test_a_claim_less_than_a_sentence_comes_last() -> None:
    story = build_story()
    memo = next(claim for claim in story.claims if claim.id == "memo-genuine")
    rest = [claim for claim in story.claims if claim is not memo]
    claims = (replace(memo, text="Photographs of the memo."), *rest)
    view = brief(replace(story, claims=claims))
    assert [claim.id for claim in (*view.claims, *view.minor)][-1] == "memo-genuine"


def test_a_page_and_the_story_file_tell_claims_in_one_order() -> None:
    story = build_story()
    told = link(story.attributions, story.reports, story.parties).claims
    view = brief(replace(story, claims=tuple(reversed(told))))
    assert [claim.id for claim in (*view.claims, *view.minor)] == [claim.id for claim in told]


def test_no_more_claims_are_shown_in_full_than_an_editor_reads() -> None:
    story = build_story()
    memo = next(claim for claim in story.claims if claim.id == "memo-genuine")
    many = tuple(replace(memo, id=f"memo-{number:02}", text=f"Memo {number} is genuine.") for number in range(20))
    view = brief(replace(story, claims=many))
    assert (len(view.claims), len(view.minor)) == (MOST_SHOWN, 20 - MOST_SHOWN)


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
