"""What each member of a cluster does to its claim: support, deny, refuse, ask."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.datamodel.attribution import NEITHER, Act
from onrecord.linking.polarity import affirmative
from onrecord.linking.propositions import Proposition

CUE_DENIES = "its cue denies"
NEGATED = "its words are negated"
POINTS = "points back at it"


def opposes(proposition: Proposition) -> bool:
    """Whether a proposition speaks against its own words' plain content: negated, or under a cue that denies."""
    return proposition.slots.negated != proposition.refused


def turned(cluster: Sequence[Proposition]) -> bool:
    """Whether the claim is best put in the negative: all of it is negated, and no cue denies a plain content.

    What is mostly said as a denial is put in the affirmative, where leaving out the negation makes a sentence.
    """
    said = [proposition for proposition in cluster if proposition.act not in NEITHER]
    # Who denies in one clause does not also say so in another: "she has none; once she has it, she will call".
    denying = {one.attribution for one in said if one.slots.negated and not one.refused}
    said = [one for one in said if one.slots.negated or one.attribution not in denying]
    if not said or not all(proposition.slots.negated and not proposition.refused for proposition in said):
        return False
    denials = sum(proposition.act is Act.DENIES for proposition in said)
    return 2 * denials <= len(said) or not any(affirmative(proposition.text) for proposition in said)


def stance(proposition: Proposition, negative_claim: bool) -> Act:
    """The stance of one proposition's attribution to the claim of its cluster."""
    if proposition.act in NEITHER or proposition.act is Act.RETRACTS:
        return proposition.act
    if proposition.pointer and proposition.act is Act.DENIES:
        # "It was not", "denied it": who answers what was said before denies it, however that is worded.
        return Act.DENIES
    against = opposes(proposition) != negative_claim
    if against or (proposition.act is Act.DENIES and proposition.refused and proposition.whole and not negative_claim):
        return Act.DENIES
    return Act.CONFIRMS if proposition.act is Act.CONFIRMS else Act.ASSERTS
