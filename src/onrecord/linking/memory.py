"""What linking made of single reports and of pairs of wordings, handed in again when the story has grown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Wording
from onrecord.datamodel.kept import Kept
from onrecord.datamodel.report import Report
from onrecord.linking.lexis import Rarity, paragraphs, rarity
from onrecord.linking.propositions import Proposition, propositions
from onrecord.linking.utterances import Said, said_in

# What is kept of a report is some tens of kilobytes, of a pair some hundred bytes.
MOST_REPORTS = 1 << 13
MOST_PAIRS = 1 << 18


class Memory:
    """Parts of a story that depend on one report or two wordings alone; a story is told the same with it and without.

    What a part was made from is kept with it and compared, so that one memory may serve any stories in any order.
    """

    def __init__(self, most_reports: int = MOST_REPORTS) -> None:
        self._paragraphs: Kept[str, tuple[Counter[str], int]] = Kept(most_reports)
        self._propositions: Kept[str, tuple[Proposition, ...]] = Kept(most_reports)
        self._said: Kept[str, tuple[Said, ...]] = Kept(most_reports)
        self._same: Kept[tuple[str, str], bool] = Kept(MOST_PAIRS)
        self._wordings: Kept[tuple[str, str], tuple[Wording, bool]] = Kept(MOST_PAIRS)

    @property
    def made(self) -> dict[str, int]:
        """How many parts of each kind had to be made so far."""
        return {
            "paragraphs": self._paragraphs.made,
            "propositions": self._propositions.made,
            "quotations": self._said.made,
            "pairs of quotations": self._same.made,
            "wordings": self._wordings.made,
        }

    def rarity(self, reports: Sequence[Report]) -> Rarity:
        """How rare each stem is in the paragraphs of some reports."""
        return rarity(self._paragraphs.of(one.id, one.text, partial(paragraphs, one.text)) for one in reports)

    def propositions(
        self, attributions: Sequence[Attribution], reports: Mapping[str, Report], names: Mapping[str, str]
    ) -> tuple[Proposition, ...]:
        """The propositions of attributions that stand together by report; `names` are the speakers', by id."""
        found: list[Proposition] = []
        for ident, mine in groupby(attributions, key=lambda one: one.report):
            if ident in reports:
                some = tuple(mine)
                given = (some, reports[ident].text, tuple(names.get(one.speaker or "", "") for one in some))
                found.extend(self._propositions.of(ident, given, partial(propositions, *given)))
        return tuple(found)

    def said(self, attributions: Sequence[Attribution], reports: Mapping[str, Report]) -> tuple[Said, ...]:
        """The quoted words of attributions that stand together by report, in order."""
        found: list[Said] = []
        for ident, mine in groupby(attributions, key=lambda one: one.report):
            if ident in reports:
                given = (reports[ident].text, tuple(mine))
                found.extend(self._said.of(ident, given, partial(said_in, *given)))
        return tuple(found)

    def same(self, left: Said, right: Said, judge: Callable[[Said, Said], bool]) -> bool:
        """Whether two quotations are one utterance, as `judge` finds."""
        pair = (left, right)
        return self._same.of((left.attribution, right.attribution), pair, partial(judge, *pair))

    def wording(
        self, first: Said, one: Said, compare: Callable[[Said, Said], tuple[Wording, bool]]
    ) -> tuple[Wording, bool]:
        """How a wording differs from the first one, as `compare` finds."""
        pair = (first, one)
        return self._wordings.of((first.attribution, one.attribution), pair, partial(compare, *pair))
