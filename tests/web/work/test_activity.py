"""Decisions in words, and the way back from a form."""

from __future__ import annotations

import pytest

from onrecord.datamodel.entry import ClaimAnchor, Decision, StatementAnchor, Verdict
from onrecord.datamodel.span import Span
from onrecord.web.work import keys
from onrecord.web.work.activity import decided_words
from onrecord.web.work.redirects import back, local
from onrecord.web.work.tasks import task

CLAIM = ClaimAnchor(id="c", text="It rains.")
SAID = StatementAnchor(id="01-01", report="01", sha256="0" * 64, content=(Span(0, 2),), words=("it", "rains"))


@pytest.mark.parametrize(
    ("decision", "what", "about"),
    [
        (Decision(verdict=Verdict.SAME, claims=(CLAIM, CLAIM)), "merged 2 claims", "“It rains.” · “It rains.”"),
        (Decision(verdict=Verdict.DIFFERENT, claims=(CLAIM,), statements=(SAID,)), "split a claim", "“It rains.”"),
        (Decision(verdict=Verdict.DIFFERENT, claims=(CLAIM, CLAIM)), "told 2 claims apart", "“It rains.”"),
        (Decision(verdict=Verdict.NOT_A_CLAIM, claims=(CLAIM,)), "set 1 claim aside", "“It rains.”"),
        (Decision(verdict=Verdict.NOT_A_CLAIM, statements=(SAID,)), "rejected 1 statement", "“it … rains”"),
        (Decision(verdict=Verdict.RENAME, party="p", value="Ann"), "renamed a speaker", "the speaker p → “Ann”"),
        (Decision(verdict=Verdict.RENAME, claims=(CLAIM,), value="Rain"), "renamed a claim", "“It rains.” → “Rain”"),
        (
            Decision(verdict=Verdict.SPEAKER_IS, statements=(SAID,), value="group:Crew"),
            "named Crew (group) as the speaker of 1 statement",
            "“it … rains”",
        ),
        (Decision(verdict=Verdict.ACCEPT, statements=(SAID,)), "accepted 1 statement", "“it … rains”"),
        (Decision(verdict=Verdict.CORRECT_SPAN, statements=(SAID,)), "corrected the words", "“it … rains”"),
    ],
)
def test_a_decision_is_told_as_a_sentence(decision: Decision, what: str, about: str) -> None:
    told = decided_words(decision)
    assert told[0].startswith(what)
    assert told[1].startswith(about)


def test_every_verdict_has_a_form() -> None:
    assert {task(one, False).verdict for one in Verdict} == set(Verdict)
    assert task("not-a-claim", True).title == "Reject a statement"


@pytest.mark.parametrize(
    "place", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "stories", "/a\nb", ""]
)
def test_only_places_of_this_desk_are_led_to(place: str) -> None:
    assert local(place, "/stories/x") == "/stories/x"


def test_the_way_back_keeps_what_the_page_showed() -> None:
    answer = back("/stories/a%20b?standing=denied&landed=3#c-x", 9)
    assert answer.headers["location"] == "/stories/a%20b?standing=denied&landed=9#c-x"


def test_no_key_does_two_things() -> None:
    told = [one.keys for one in keys.KEYS]
    assert len(told) == len(set(told))
    assert {one.group for one in keys.KEYS} == set(keys.GROUPS)
