"""A told story to where its claims stood at any instant, quickly enough to move a slider."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.standing import Standing
from onrecord.datamodel.story import Story
from onrecord.weighing.weigh import weigh

_KEPT_INSTANTS = 64


class Replay:
    """Standings of one telling by what was published by an instant, as `weigh` gives them.

    Where a claim stands changes only when a report that bears on it is published, so that each is weighed once for each
    number of its reports that were out.
    """

    def __init__(self, story: Story, before: Replay | None = None) -> None:
        self.story = story
        self._weighed: dict[tuple[str, int], Standing]
        self._ends = {claim.id: _ends(claim, story) for claim in story.claims}
        self._weighed = before._still(story) if before else {}
        self._instants: OrderedDict[Moment, Mapping[str, Standing]] = OrderedDict()
        self._lock = threading.Lock()

    def at(self, instant: Moment) -> Mapping[str, Standing]:
        """Standings by claim id; claims that nobody spoke to by then are not in it."""
        with self._lock:
            known = self._instants.get(instant)
        if known is None:
            known = self._stood(instant)
            with self._lock:
                self._instants[instant] = known
                while len(self._instants) > _KEPT_INSTANTS:
                    self._instants.popitem(last=False)
        return known

    def instants(self) -> Iterator[Moment]:
        """Every instant at which a report came out, in order; whoever asked for each has weighed all there is."""
        for end in sorted({end for ends in self._ends.values() for end in ends}):
            yield Moment(end, Precision.MINUTE)

    def prepare(self, instant: Moment) -> None:
        """Weigh ahead what stood at an instant, without keeping the instant itself."""
        self._weigh(self._out(instant), instant)

    def _still(self, story: Story) -> dict[tuple[str, int], Standing]:
        """What was weighed for this telling and holds for a newer one: that of claims that are as they were."""
        ours = self.story
        if (ours.attributions, ours.parties, ours.reports) != (story.attributions, story.parties, story.reports):
            return {}
        held = {claim.id: claim for claim in ours.claims}
        same = {claim.id for claim in story.claims if held.get(claim.id) == claim}
        return {key: found for key, found in list(self._weighed.items()) if key[0] in same}

    def _out(self, instant: Moment) -> dict[str, int]:
        """How many of each claim's reports were out by then."""
        return {ident: count for ident, ends in self._ends.items() if (count := bisect_right(ends, instant.end))}

    def _weigh(self, out: Mapping[str, int], instant: Moment) -> None:
        story = self.story
        missing = [
            claim for claim in story.claims if claim.id in out and (claim.id, out[claim.id]) not in self._weighed
        ]
        if missing:
            found = weigh(missing, story.attributions, story.parties, story.reports, instant)
            self._weighed.update({(one.claim, out[one.claim]): one for one in found})

    def _stood(self, instant: Moment) -> dict[str, Standing]:
        out = self._out(instant)
        self._weigh(out, instant)
        held = ((ident, self._weighed.get((ident, count))) for ident, count in out.items())
        return {ident: replace(found, as_of=instant) for ident, found in held if found}


def _ends(claim: Claim, story: Story) -> list[datetime]:
    """When each report that bears on a claim was certainly out, in order."""
    bearing = {story.attribution[member.attribution].report for member in claim.members}
    dated = (story.report[ident].published for ident in bearing)
    return sorted(at.end for at in dated if at)
