"""Claims to what is shown of each, the most central first, the minor ones folded away."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace

from onrecord.datamodel.claim import Claim, Link
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.standing import Origin, Origins, Standing, Status
from onrecord.datamodel.story import Story
from onrecord.linking.claims import rank
from onrecord.linking.standalone import fragment
from onrecord.rendering.views.exhibits import Exhibit, Holder, exhibit, holders, side
from onrecord.rendering.wording import MARKS, interval, shown

# A brief of few reports has few claims that several hold; it still shows this many in full.
LEAST_SHOWN = 6
# A desk names about ten claims of a story; what comes behind these is folded away.
MOST_SHOWN = 15

# A question in other words, a request, what only points, and less than a sentence.
_OPEN = re.compile(
    r"^(?:how|what|who|whose|why|whether|when|where|this|that|please|do not|don[’']t)\b|^\W*\S+(?:\s+\S+)?\W*$",
    re.IGNORECASE,
)
SIDES = ("for", "against", "neither", "near")
CONTESTED = (Status.DISPUTED, Status.DENIED, Status.RETRACTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginView:
    """One independent origin of a claim, why it counts as one, and the statements that lead to it."""

    name: str
    named: bool
    doubtful: bool
    reason: str
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """Why two statements of a claim were linked."""

    left: Exhibit
    right: Exhibit
    relation: str
    score: float
    reasons: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """A claim, where it stands, who holds what of it, and why; `number` is its rank in the brief."""

    id: str
    number: int
    text: str
    status: Status
    reason: str
    rule: str
    lo: int
    hi: int
    holders: dict[str, tuple[Holder, ...]]
    origins: tuple[OriginView, ...]
    origin_reasons: tuple[str, ...]
    links: tuple[LinkView, ...]

    @property
    def mark(self) -> str:
        """The shape of its standing."""
        return MARKS[self.status]

    @property
    def interval(self) -> str:
        """The number of independent origins that support it."""
        return interval(self.lo, self.hi)

    @property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every statement on it, side by side, without those that only lie near it."""
        return tuple(item for one in SIDES[:3] for holder in self.holders[one] for item in holder.exhibits)

    @property
    def near(self) -> int:
        """How many statements lie near it and are not counted."""
        return sum(len(holder.exhibits) for holder in self.holders["near"])

    @property
    def outlets(self) -> int:
        """How many outlets carry support: the count that the origins must not be mistaken for."""
        return len({item.outlet for holder in self.holders["for"] for item in holder.exhibits})

    @property
    def reports(self) -> int:
        """How many reports bear on it."""
        return len({item.reference.report for item in self.exhibits})


def ranked(story: Story) -> tuple[tuple[ClaimView, ...], tuple[ClaimView, ...]]:
    """The claims shown in full and the minor ones, numbered through in reading order.

    The order is that of linking, so that a page shows first what the story file tells first.
    """
    pairs = _touching(story)
    claims = sorted(story.claims, key=lambda claim: rank(claim, story.attribution))
    views = [_view(story, claim, pairs) for claim in claims]
    weighty = sum(not _minor(view) for view in views)
    shown_in_full = max(min(MOST_SHOWN, weighty), min(LEAST_SHOWN, len(views)))
    numbered = tuple(replace(view, number=number) for number, view in enumerate(views, start=1))
    return numbered[:shown_in_full], numbered[shown_in_full:]


def _minor(view: ClaimView) -> bool:
    """Whether its text claims nothing, or one report alone holds it, uncontradicted and of one origin."""
    if _OPEN.search(view.text) or fragment(view.text):
        return True
    contradicted = view.status in CONTESTED and view.holders["for"] and view.holders["against"]
    return view.reports < 2 and not contradicted and view.status is not Status.CORROBORATED


def _view(story: Story, claim: Claim, pairs: dict[str, list[Link]]) -> ClaimView:
    members = {member.attribution: member for member in claim.members}
    items = {
        member.attribution: replace(
            exhibit(story, story.attribution[member.attribution], member.stance, member.passage),
            score=member.score,
            loose=member.loose,
            reasons=tuple(shown(reason) for reason in member.reasons),
        )
        for member in members.values()
    }
    standing = story.standing.get(claim.id) or _unweighed(claim)
    return ClaimView(
        id=claim.id,
        number=0,
        text=shown(claim.text),
        status=standing.status,
        reason=shown(standing.reason),
        rule=standing.rule,
        lo=standing.origins.lo,
        hi=standing.origins.hi,
        holders={
            one: holders(item for item in items.values() if (one == "near" if item.loose else side(item.stance) == one))
            for one in SIDES
        },
        origins=tuple(_origin(story, origin, items) for origin in standing.origins.origins),
        origin_reasons=tuple(dict.fromkeys(shown(reason) for reason in standing.origins.reasons)),
        links=_links(items, pairs),
    )


def stood(story: Story, view: ClaimView, standing: Standing, reports: Container[str]) -> ClaimView:
    """A claim as it stood by another standing, with the statements of some reports alone."""
    kept = {one: _narrowed(found, reports) for one, found in view.holders.items()}
    items = {item.attribution: item for found in kept.values() for holder in found for item in holder.exhibits}
    return replace(
        view,
        status=standing.status,
        reason=shown(standing.reason),
        rule=standing.rule,
        lo=standing.origins.lo,
        hi=standing.origins.hi,
        holders=kept,
        origins=tuple(_origin(story, origin, items) for origin in standing.origins.origins),
        origin_reasons=tuple(dict.fromkeys(shown(reason) for reason in standing.origins.reasons)),
        links=tuple(one for one in view.links if one.left.attribution in items and one.right.attribution in items),
    )


def restood(view: ClaimView, standing: Standing, reports: Container[str]) -> ClaimView:
    """The same without its origins and their reasons, for lists, which do not show them."""
    return replace(
        view,
        status=standing.status,
        reason=shown(standing.reason),
        rule=standing.rule,
        lo=standing.origins.lo,
        hi=standing.origins.hi,
        holders={one: _narrowed(found, reports) for one, found in view.holders.items()},
        origins=(),
        origin_reasons=(),
    )


def _narrowed(found: tuple[Holder, ...], reports: Container[str]) -> tuple[Holder, ...]:
    """Holders with what they say in some reports, in the same order; those who say nothing there are left out."""
    kept = []
    for holder in found:
        items = tuple(item for item in holder.exhibits if item.reference.report in reports)
        if len(items) == len(holder.exhibits):
            kept.append(holder)
        elif items:
            kept.append(replace(holder, exhibits=items, named=any(item.named for item in items)))
    return tuple(sorted(kept, key=lambda one: (not one.named, one.kind is PartyKind.DOCUMENT)))


def _unweighed(claim: Claim) -> Standing:
    return Standing(
        claim=claim.id,
        as_of=None,
        status=Status.UNCONFIRMED,
        because=(),
        reason="not weighed",
        rule="",
        origins=Origins(lo=0, hi=0),
    )


def _origin(story: Story, origin: Origin, items: dict[str, Exhibit]) -> OriginView:
    found = tuple(
        items.get(one) or exhibit(story, story.attribution[one])
        for one in origin.attributions
        if one in story.attribution
    )
    party = story.party.get(origin.party) if origin.party else None
    return OriginView(
        name=shown(party.name) if party else found[0].holder if found else "unresolved",
        named=origin.named,
        doubtful=origin.doubtful,
        reason=shown(origin.reason),
        exhibits=found,
    )


def _touching(story: Story) -> dict[str, list[Link]]:
    """Links by their left attribution."""
    pairs: dict[str, list[Link]] = {}
    for link in story.links:
        pairs.setdefault(link.left, []).append(link)
    return pairs


def _links(items: dict[str, Exhibit], pairs: dict[str, list[Link]]) -> tuple[LinkView, ...]:
    """The links between two statements of one claim, the strongest first."""
    found = [
        LinkView(
            left=items[link.left],
            right=items[link.right],
            relation=link.relation.value,
            score=link.score,
            reasons=tuple(shown(reason) for reason in link.reasons),
            by=shown(link.by),
        )
        for one in items
        for link in pairs.get(one, ())
        if link.right in items
    ]
    return tuple(sorted(found, key=lambda one: (-one.score, one.left.attribution, one.right.attribution)))
