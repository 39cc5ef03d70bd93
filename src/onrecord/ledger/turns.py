"""Two tellings of one story to what changed between them, claim by claim."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What became of one claim between two tellings; None stands for no claim or no standing."""

    claim: str
    text: str
    before: str | None
    after: str | None
    origins_before: tuple[int, int] | None = None
    origins_after: tuple[int, int] | None = None
    reason: str | None = None


def turns(before: Story, after: Story) -> tuple[Turn, ...]:
    """Each claim that is new, gone, renamed or stands elsewhere, with the reason of where it stands now."""
    left = list(before.claims)
    found = []
    for claim in after.claims:
        old = _same(claim, left)
        if old:
            left.remove(old)
        turn = _turn(old, claim, before, after)
        if old is None or (turn.before, turn.origins_before, old.text) != (turn.after, turn.origins_after, claim.text):
            found.append(turn)
    found.extend(_turn(claim, None, before, after) for claim in left)
    return tuple(found)


def _same(claim: Claim, earlier: Sequence[Claim]) -> Claim | None:
    """The earlier claim that this one carries on: of the same name, or the one it shares most statements with."""
    mine = {one.attribution for one in claim.members}

    def rank(old: Claim) -> tuple[int, bool]:
        return len(mine & {one.attribution for one in old.members}), old.id == claim.id or old.id in claim.formerly

    best = max(earlier, key=rank, default=None)
    return best if best and any(rank(best)) else None


def _turn(old: Claim | None, new: Claim | None, before: Story, after: Story) -> Turn:
    stood = before.standing.get(old.id) if old else None
    stands = after.standing.get(new.id) if new else None
    named = new or old
    assert named is not None, "a turn is of a claim that is there before or after"
    return Turn(
        claim=named.id,
        text=named.text,
        before=stood.status.value if stood else None,
        after=stands.status.value if stands else None,
        origins_before=(stood.origins.lo, stood.origins.hi) if stood else None,
        origins_after=(stands.origins.lo, stands.origins.hi) if stands else None,
        reason=stands.reason if stands else None,
    )
