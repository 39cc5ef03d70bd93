"""What linking made of single reports and of pairs of wordings, handed in again when the story has grown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, groupby
from typing import Any, Generic, TypeVar

import numpy as np

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Conflict, Link, Member, Quote, Wording
from onrecord.datamodel.kept import Kept, KeptBeside
from onrecord.datamodel.report import Report
from onrecord.linking.contrasts import Contrast
from onrecord.linking.incidence import Numbers
from onrecord.linking.lexis import Counted, Rarity, counted, paragraphs
from onrecord.linking.paired import Paired
from onrecord.linking.propositions import Proposition, propositions
from onrecord.linking.quoted_text import QuotedText, quoted_texts

Part = TypeVar("Part")

# What is kept of a report is some tens of kilobytes, of a pair of statements some bytes, of a claim a kilobyte.
MOST_REPORTS = 1 << 13
MOST_PAIRS = 1 << 22
MOST_WORDINGS, MOST_CLAIMS, MOST_MEMBERS = 1 << 17, 1 << 16, 1 << 18


@dataclass(frozen=True, slots=True)
class Numbered(Generic[Part]):
    """Parts of reports with numbers that stay while a report stays as it is. Shape of `numbers`: (parts,)."""

    parts: tuple[Part, ...]
    numbers: Numbers


class Memory:
    """Parts of a story that depend on one report or two wordings alone; a story is told the same with it and without.

    What a part was made from is kept with it and compared, so that one memory may serve any stories in any order.
    """

    def __init__(self, most_reports: int = MOST_REPORTS) -> None:
        self._numbers = count()
        self._paragraphs: Kept[str, tuple[Counter[str], int]] = Kept(most_reports)
        self._counted = Counted()
        self._propositions: Kept[str, Numbered[Proposition]] = Kept(most_reports)
        self._said: Kept[str, Numbered[QuotedText]] = Kept(most_reports)
        self._quotes: Kept[str, Quote] = Kept(MOST_CLAIMS)
        self._wordings: Kept[tuple[str, str], tuple[Wording, bool]] = Kept(MOST_WORDINGS)
        self._links: Kept[str, tuple[Link, ...]] = Kept(MOST_CLAIMS)
        self._conflicts: Kept[str, tuple[Conflict, ...]] = Kept(MOST_CLAIMS)
        self._claims: Kept[tuple[str, int, int], Claim] = Kept(MOST_CLAIMS)
        self._members: dict[tuple[int, bool, float], Member] = {}
        self._renamed: KeptBeside[dict[tuple[str, str], Claim]] = KeptBeside(MOST_CLAIMS)
        # What later steps find of a claim while it stays the same object, and so of the same statements.
        self.near: KeptBeside[Claim] = KeptBeside(MOST_CLAIMS)
        self.doubts: KeptBeside[Any] = KeptBeside(MOST_CLAIMS)
        self.supporters: KeptBeside[Any] = KeptBeside(MOST_CLAIMS)
        self.same: Paired[tuple[tuple[int, int, float], ...]] = Paired(MOST_PAIRS)
        self.contrasts: Paired[Contrast] = Paired(MOST_PAIRS)

    @property
    def made(self) -> dict[str, int]:
        """How many parts of each kind had to be made so far."""
        return {
            "paragraphs": self._paragraphs.made,
            "propositions": self._propositions.made,
            "quotations": self._said.made,
            "pairs of quotations": self.same.made,
            "quotes": self._quotes.made,
            "wordings": self._wordings.made,
            "pairs of statements": self.contrasts.made,
            "claims": self._claims.made,
        }

    def rarity(self, reports: Sequence[Report], in_steps: bool = False) -> Rarity:
        """How rare each stem is in the paragraphs of some reports; `in_steps` rounds what is counted."""
        told = {one.id: self._paragraphs.of(one.id, one.text, partial(paragraphs, one.text)) for one in reports}
        self._counted = counted(told, self._counted)
        return self._counted.rarity(in_steps)

    def propositions(
        self, attributions: Sequence[Attribution], reports: Mapping[str, Report], names: Mapping[str, str]
    ) -> Numbered[Proposition]:
        """The propositions of attributions that stand together by report; `names` are the speakers', by id.

        Their numbers change with the report's date too, so that as long as they stay so does their order.
        """
        found: list[Numbered[Proposition]] = []
        for ident, mine in groupby(attributions, key=lambda one: one.report):
            if ident in reports:
                some = tuple(mine)
                told = (some, reports[ident].text, tuple(names.get(one.speaker or "", "") for one in some))
                make, given = partial(propositions, *told), (*told, reports[ident].published)
                found.append(self._propositions.of(ident, given, partial(self._numbered, make)))
        return _together(found)

    def said(self, attributions: Sequence[Attribution], reports: Mapping[str, Report]) -> Numbered[QuotedText]:
        """The quoted words of attributions that stand together by report, in order."""
        found: list[Numbered[QuotedText]] = []
        for ident, mine in groupby(attributions, key=lambda one: one.report):
            if ident in reports:
                given = (reports[ident].text, tuple(mine))
                found.append(self._said.of(ident, given, partial(self._numbered, partial(quoted_texts, *given))))
        return _together(found)

    def _numbered(self, make: Callable[[], Sequence[Part]]) -> Numbered[Part]:
        parts = tuple(make())
        return Numbered(parts, np.array([next(self._numbers) for _ in parts], dtype=np.int64))

    def quote(self, group: Sequence[QuotedText], places: Sequence[int], make: Callable[[], Quote]) -> Quote:
        """The quote that some wordings make; `places` are their reports' in time."""
        return self._quotes.of(" ".join(one.attribution for one in group), (tuple(group), tuple(places)), make)

    def wording(
        self, first: QuotedText, one: QuotedText, compare: Callable[[QuotedText, QuotedText], tuple[Wording, bool]]
    ) -> tuple[Wording, bool]:
        """How a wording differs from the first one, as `compare` finds."""
        pair = (first, one)
        return self._wordings.of((first.attribution, one.attribution), pair, partial(compare, *pair))

    def links(self, claim: Claim, make: Callable[[Claim], tuple[Link, ...]]) -> tuple[Link, ...]:
        """The links that a claim's members make, as `make` finds."""
        return self._links.of(claim.id, claim, partial(make, claim))

    def conflicts(
        self,
        claim: Claim,
        speakers: Sequence[str | None],
        make: Callable[[Claim, Sequence[str | None]], tuple[Conflict, ...]],
    ) -> tuple[Conflict, ...]:
        """The conflicts within a claim, as `make` finds; `speakers` are its members'."""
        return self._conflicts.of(claim.id, (claim, speakers), partial(make, claim, speakers))

    def members(self, keys: Sequence[tuple[int, bool, float]], make: Callable[[int], Member]) -> list[Member]:
        """The members that propositions make of claims; a key is a proposition's lasting number, whether the claim is
        negative, and the member's score. `make` makes one by the place of its key. Once there are too many, all go.
        """
        if len(self._members) > MOST_MEMBERS:
            self._members = {}
        held = self._members
        for place, key in enumerate(keys):
            if key not in held:
                held[key] = make(place)
        return [held[key] for key in keys]

    def claim(self, key: tuple[str, int, int], given: object, make: Callable[[], Claim]) -> Claim:
        """The claim that is made from what is `given`."""

        def again() -> Claim:
            """An equal claim is the same object, so that what is kept beside it holds."""
            fresh, before = make(), self._claims.last(key)
            return before if before is not None and before == fresh else fresh

        return self._claims.of(key, given, again)

    def renamed(self, claim: Claim, ident: str, text: str) -> Claim:
        """The claim under another id or in other words; the same object each time."""
        held = self._renamed.of(claim, dict)
        if (ident, text) not in held:
            held[ident, text] = replace(claim, id=ident, text=text)
        return held[ident, text]


def _together(found: Sequence[Numbered[Part]]) -> Numbered[Part]:
    numbers = [one.numbers for one in found]
    return Numbered(
        tuple(part for one in found for part in one.parts),
        np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int64),
    )
