"""What is held to bear on a claim."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking.joining import CLOSE
from onrecord.linking.judge import load_judge
from onrecord.linking.verifying import contested


def test_what_is_left_open_belongs_to_the_closest_claim_only() -> None:
    texts = (
        "The board sold the quay in May.",
        "The quay was sold by the board.",
        "did not say whether the quay was sold",
    )
    reports = {str(n): Report(id=str(n), text=text, file="", sha256="") for n, text in enumerate(texts)}

    def member(number: int, act: Act, score: float) -> Member:
        reasons = (CLOSE,) if act is Act.NOT_CONFIRMED else ()
        passage = (Span(0, len(texts[number])),)
        return Member(attribution=str(number), stance=act, passage=passage, score=score, reasons=reasons)

    claims = [
        Claim(
            id=str(number),
            text=texts[number],
            members=(member(number, Act.ASSERTS, 1.0), member(2, Act.NOT_CONFIRMED, score)),
        )
        for number, score in ((0, 0.2), (1, 0.25))
    ]
    assert contested(claims, reports, {name: name for name in reports}, {}, load_judge()) == {(0, "2")}


def test_nobody_denies_his_own_words_by_a_turn_of_phrase() -> None:
    texts = ("The board sold the quay in May.", "The board did not sell the quay for less.")
    reports = {str(n): Report(id=str(n), text=text, file="", sha256="") for n, text in enumerate(texts)}
    members = tuple(
        Member(attribution=str(number), stance=stance, passage=(Span(0, len(texts[number])),), reasons=(CLOSE,))
        for number, stance in enumerate((Act.ASSERTS, Act.DENIES))
    )
    claims = [Claim(id="0", text=texts[0], members=(replace(members[0], reasons=()), members[1]))]
    homes = {name: name for name in reports}
    assert (0, "1") in contested(claims, reports, homes, {}, load_judge(), lambda _: "Tam Ode")


@pytest.mark.parametrize(
    "texts",
    [
        ("The Kessan raid on the camp was lawful.", "no Kessan troops were near the raid"),
        ("Tam Ode has been set to play the keeper in the upcoming lighthouse drama.", "It’s not a drama."),
        ("If the crew could not send a distress call, the ferry sank within minutes.", "no distress call was sent"),
        (
            "The arrest of the harbour guard who shot a boy on the quay.",
            "they felt at first that the tape of the shots on the quay was a hoax of bored students",
        ),
    ],
)
def test_what_a_negation_shares_in_passing_is_no_denial(texts: tuple[str, str]) -> None:
    reports = {str(n): Report(id=str(n), text=text, file="", sha256="") for n, text in enumerate(texts)}
    members = tuple(
        Member(attribution=str(number), stance=stance, passage=(Span(0, len(texts[number])),), score=score, reasons=why)
        for number, (stance, score, why) in enumerate(((Act.ASSERTS, 1.0, ()), (Act.DENIES, 0.4, (CLOSE,))))
    )
    claims = [Claim(id="0", text=texts[0], members=members)]
    assert contested(claims, reports, {name: name for name in reports}, {}, load_judge()) == {(0, "1")}
