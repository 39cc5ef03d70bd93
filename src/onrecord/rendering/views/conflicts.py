"""What cannot both hold: a story's conflicts gathered by claim, and made into views only where they are shown."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from onrecord.datamodel.claim import Conflict, ConflictKind
from onrecord.datamodel.story import Story
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Exhibit, Holder, by_time, exhibit, holders
from onrecord.rendering.wording import shown

# Of these a claim has two sides; figures, times and places stay pairs.
_TWO_SIDED = (ConflictKind.DENIAL, ConflictKind.WITHDRAWAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictView:
    """Two sides of a claim that cannot both hold, each with its statements."""

    claim: ClaimView | None
    kind: str
    left: tuple[Holder, ...]
    right: tuple[Holder, ...]
    reasons: tuple[str, ...]


# The pairs of statements that one view shows.
_Sides = tuple[Conflict, ...]


class Conflicts:
    """A story's conflicts by the rank of their claims; a large story has more than anybody reads at once."""

    def __init__(self, story: Story, claims: Mapping[str, ClaimView]) -> None:
        self.story = story
        self.claims = claims
        self._gathered: dict[str, tuple[_Sides, ...]] = {}

    def __len__(self) -> int:
        return len(self._every)

    def some(self, first: int, last: int) -> tuple[ConflictView, ...]:
        """Those at some places of the list."""
        return self.views(self._every[first:last])

    def on(self, claim: str, reports: Container[str] | None = None) -> tuple[_Sides, ...]:
        """Those on one claim, between statements of some reports or all, to be made into views."""
        if reports is None:
            return self._on(claim)
        held = self.story.attribution
        known = [
            one
            for one in self._by_claim.get(claim, [])
            if held[one.left].report in reports and held[one.right].report in reports
        ]
        return _gathered(known)

    def views(self, sides: Iterable[_Sides]) -> tuple[ConflictView, ...]:
        """Pairs of statements as they are shown."""
        return _views(tuple(sides), self.story, self.claims)

    def _on(self, claim: str) -> tuple[_Sides, ...]:
        if claim not in self._gathered:
            self._gathered[claim] = _gathered(self._by_claim.get(claim, []))
        return self._gathered[claim]

    @cached_property
    def _by_claim(self) -> dict[str, list[Conflict]]:
        found: dict[str, list[Conflict]] = {}
        for conflict in self.story.conflicts:
            found.setdefault(conflict.claim, []).append(conflict)
        return found

    @cached_property
    def _every(self) -> tuple[_Sides, ...]:
        return tuple(one for ident in sorted(self._by_claim, key=self._rank) for one in self._on(ident))

    def _rank(self, ident: str) -> int:
        found = self.claims.get(ident)
        return found.number if found else len(self.claims) + 1


def _gathered(conflicts: list[Conflict]) -> tuple[_Sides, ...]:
    found: dict[tuple[str, ...], list[Conflict]] = {}
    for one in conflicts:
        pair = () if one.kind in _TWO_SIDED else (one.left, one.right)
        found.setdefault((one.kind.value, *pair), []).append(one)
    return tuple(map(tuple, found.values()))


def _views(sides: tuple[_Sides, ...], story: Story, claims: Mapping[str, ClaimView]) -> tuple[ConflictView, ...]:
    known = {ident: known_exhibits(claims.get(ident)) for ident in dict.fromkeys(one[0].claim for one in sides)}
    return tuple(
        ConflictView(
            claim=claims.get(one[0].claim),
            kind=one[0].kind.value,
            left=holders(exhibits_of(story, [each.left for each in one], known[one[0].claim])),
            right=holders(exhibits_of(story, [each.right for each in one], known[one[0].claim])),
            reasons=tuple(dict.fromkeys(shown(reason) for each in one for reason in each.reasons)),
        )
        for one in sides
    )


def exhibits_of(story: Story, ids: list[str], known: Mapping[str, Exhibit]) -> tuple[Exhibit, ...]:
    """The exhibits of some attributions, by time; those known are narrowed to the passage that bears on a claim."""
    wanted = (known.get(one) or exhibit(story, story.attribution[one]) for one in dict.fromkeys(ids))
    return tuple(sorted(wanted, key=by_time))


def known_exhibits(claim: ClaimView | None) -> dict[str, Exhibit]:
    """A claim's exhibits by their attributions."""
    return {item.attribution: item for item in claim.exhibits} if claim else {}
