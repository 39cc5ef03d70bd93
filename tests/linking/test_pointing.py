"""What only points comes to the claim that it points at."""

from __future__ import annotations

import pytest

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import ConflictKind
from onrecord.linking.propositions import propositions
from tests.linking.builder import Said, linked, reports_of


def test_who_takes_back_his_words_takes_back_his_own_claim() -> None:
    found = linked(
        Said("Orla Venn", "that the harbour bridge had been sold to a bank"),
        Said("Tam Ode", "that the harvest had been the best in years"),
        Said("Orla Venn", "his statement", cue="withdrew", act=Act.RETRACTS),
    )
    claim = next(claim for claim in found.claims if claim.stance_of("00-01"))
    assert claim.stance_of("02-01") is Act.RETRACTS
    assert claim.stance_of("01-01") is None
    assert ConflictKind.WITHDRAWAL in {conflict.kind for conflict in found.conflicts}


def test_who_stands_by_his_story_supports_it_again() -> None:
    found = linked(
        Said("Orla Venn", "that the harbour bridge had been sold to a bank"),
        Said("Orla Venn", "that she stood by her account", cue="said"),
    )
    claim = next(claim for claim in found.claims if claim.stance_of("00-01"))
    assert claim.stance_of("01-01") is Act.ASSERTS


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("that the ferry sank on Monday off the pier", "that the ferry sank on Friday off the pier", ConflictKind.TIME),
        (
            "the ferry sank in Kessa with all hands",
            "the ferry sank in Ness with all hands",
            ConflictKind.PLACE,
        ),
    ],
)
def test_two_times_or_places_for_one_event_are_in_conflict(left: str, right: str, kind: ConflictKind) -> None:
    found = linked(Said("Orla Venn", left), Said("Tam Ode", right))
    assert [conflict.kind for conflict in found.conflicts] == [kind]


def test_a_holder_who_names_another_day_updates_himself() -> None:
    found = linked(
        Said("Orla Venn", "that the ferry sank on Monday off the pier"),
        Said("Orla Venn", "that the ferry sank on Friday off the pier"),
    )
    assert found.conflicts == ()


def test_a_lower_bound_allows_a_higher_figure() -> None:
    found = linked(
        Said("Orla Venn", "that at least 12 sailors drowned when the ferry sank"),
        Said("Tam Ode", "that 14 sailors drowned when the ferry sank"),
    )
    assert ConflictKind.NUMBER not in {conflict.kind for conflict in found.conflicts}


@pytest.mark.parametrize(
    ("content", "cue", "points"),
    [
        ("there is no truth to the claim on the website", "said", True),
        ("there is no truth to the claim that the pier fell", "said", False),
        ("a post on the website", "rejected", True),
        ("claims of theft on the website", "rejected", False),
    ],
)
def test_who_finds_no_truth_in_a_post_points_at_what_it_says(content: str, cue: str, points: bool) -> None:
    reports, attributions, _ = reports_of([Said("Sheriff Tam Ode", content, cue=cue, act=Act.DENIES)])
    assert [one.pointer for one in propositions(attributions, reports[0].text, ["Tam Ode"])] == [points]
