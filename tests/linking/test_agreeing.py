"""What is quoted alike takes one side of a claim, unless its meaning changed."""

from __future__ import annotations

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Claim, Member, Quote, Wording
from onrecord.linking.agreeing import QUOTED_ALIKE, agreed

MEMBERS = (
    Member(attribution="a", stance=Act.DENIES),
    Member(attribution="b", stance=Act.ASSERTS),
    Member(attribution="c", stance=Act.DENIES),
    Member(attribution="d", stance=Act.ASSERTS),
)
CLAIM = Claim(id="bridge", text="The bridge is open.", members=MEMBERS)


def test_the_side_of_most() -> None:
    (claim,) = agreed([CLAIM], [Quote(members=("a", "b", "c"), drift=False)])
    assert [member.stance for member in claim.members] == [Act.DENIES, Act.DENIES, Act.DENIES, Act.ASSERTS]
    assert claim.members[1].reasons == (QUOTED_ALIKE,)


def test_the_earliest_where_they_are_even() -> None:
    (claim,) = agreed([CLAIM], [Quote(members=("a", "b"), drift=False)])
    assert claim.stance_of("b") is Act.DENIES


def test_a_changed_meaning_keeps_its_side() -> None:
    wordings = (Wording(attribution="a"), Wording(attribution="b", meaning_changed=True))
    assert agreed([CLAIM], [Quote(members=("a", "b"), drift=True, wordings=wordings)]) == [CLAIM]
