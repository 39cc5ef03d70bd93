"""Two tellings of one story to what changed between them, claim by claim."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimChange:
    """What became of one claim between two tellings; None stands for no claim or no standing."""

    claim: str
    text: str
    before: str | None
    after: str | None
    origins_before: tuple[int, int] | None = None
    origins_after: tuple[int, int] | None = None
    reason: str | None = None


def turns(before: Story, after: Story) -> tuple[ClaimChange, ...]:
    """Each claim that is new, gone, renamed or stands elsewhere, with the reason of where it stands now."""
    pairs = _paired(before, after)
    found = []
    for claim in after.claims:
        old = pairs.get(claim.id)
        turn = _turn(old, claim, before, after)
        if old is None or (turn.before, turn.origins_before, old.text) != (turn.after, turn.origins_after, claim.text):
            found.append(turn)
    carried = {old.id for old in pairs.values()}
    found.extend(_turn(claim, None, before, after) for claim in before.claims if claim.id not in carried)
    return tuple(found)


def _paired(before: Story, after: Story) -> dict[str, Claim]:
    """For each claim the earlier one it carries on: first those that share most of their words, each once."""
    earlier = _Earlier(before)
    ranked = []
    for claim in after.claims:
        for old, shared in earlier.near(claim, _passages(claim, after)):
            named = old.id == claim.id or old.id in claim.formerly
            ranked.append(((shared, named, old.text == claim.text), claim.id, old))
    ranked.sort(key=lambda one: (*(-int(part) for part in one[0]), one[1], one[2].id))
    pairs: dict[str, Claim] = {}
    taken: set[str] = set()
    for _, ident, old in ranked:
        if ident not in pairs and old.id not in taken:
            pairs[ident] = old
            taken.add(old.id)
    return pairs


class _Earlier:
    """The claims of the earlier telling by their words, ids and texts: a story has too many to hold each by each."""

    def __init__(self, before: Story) -> None:
        self._claims = before.claims
        self._by_passage: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_text: dict[str, list[int]] = defaultdict(list)
        for number, old in enumerate(before.claims):
            self._by_name[old.id].append(number)
            self._by_text[old.text].append(number)
            for passage in _passages(old, before):
                self._by_passage[passage].append(number)

    def near(self, claim: Claim, passages: set[tuple[str, str]]) -> Iterator[tuple[Claim, int]]:
        """The earlier claims that share words, a name or the text with a claim, and how many passages each shares."""
        shared = Counter(number for one in passages for number in self._by_passage.get(one, ()))
        names = (number for name in (claim.id, *claim.formerly) for number in self._by_name.get(name, ()))
        for number in dict.fromkeys((*shared, *names, *self._by_text.get(claim.text, ()))):
            yield self._claims[number], shared[number]


def _passages(claim: Claim, story: Story) -> set[tuple[str, str]]:
    """The words that bear on a claim and the file they stand in, which are the same in every version of a report."""
    found = set()
    for member in claim.members:
        if one := story.attribution.get(member.attribution):
            report = story.report[one.report]
            found.add((report.file, words(member.passage or one.content, report.text)))
    return found


def _turn(old: Claim | None, new: Claim | None, before: Story, after: Story) -> ClaimChange:
    stood = before.standing.get(old.id) if old else None
    stands = after.standing.get(new.id) if new else None
    named = new or old
    assert named is not None, "a turn is of a claim that is there before or after"
    return ClaimChange(
        claim=named.id,
        text=named.text,
        before=stood.status.value if stood else None,
        after=stands.status.value if stands else None,
        origins_before=(stood.origins.lo, stood.origins.hi) if stood else None,
        origins_after=(stands.origins.lo, stands.origins.hi) if stands else None,
        reason=stands.reason if stands else None,
    )
