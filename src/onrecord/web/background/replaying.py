"""A told story to where its claims stood at any instant, quickly enough to move a slider."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.standing import Standing, Status
from onrecord.datamodel.story import Story
from onrecord.web.background.precompute import Step, Steps, same_ground
from onrecord.weighing.standing_index import StandingIndex

# Standings kept of one telling: those of a long pull at the slider.
_KEPT = 4000
# A claim and how many of its reports were out: where it stands depends on nothing else.
_Key = tuple[str, int]


class Replay:
    """Standings of one telling by what was published by an instant, as `weigh` gives them, each when it is asked for.

    Where a claim stands changes only when a report that bears on it is published, so that each is weighed once for each
    number of its reports that were out.
    """

    def __init__(self, story: Story, before: Replay | None = None) -> None:
        self.story = story
        self._lock = threading.Lock()
        self._steps: dict[_Key, Step] = {}
        self._weighed: OrderedDict[_Key, Standing | None] = OrderedDict(before._still(story) if before else ())

    def at(self, instant: Moment) -> Stood:
        """Standings by claim id; claims that nobody spoke to by then are not in it."""
        return Stood(self, instant)

    def out(self, instant: Moment) -> dict[str, int]:
        """How many of each claim's reports were out by then, of the claims that have any."""
        return self._scales.out(instant)

    def stood(self, key: _Key, instant: Moment) -> Standing | None:
        """Where one claim stood, None where nobody spoke to it by then."""
        with self._lock:
            if key in self._weighed:
                self._weighed.move_to_end(key)
                return self._weighed[key]
        found = self._scales.stood(key[0], instant)
        with self._lock:
            self._weighed[key] = found
            while len(self._weighed) > _KEPT:
                self._weighed.popitem(last=False)
        return found

    def take(self, steps: Steps) -> None:
        """Use what was weighed ahead."""
        self._steps = {(one.claim, one.out): one for one in steps.steps}

    @property
    def ahead(self) -> bool:
        """Whether it was weighed ahead."""
        return bool(self._steps)

    def step(self, key: _Key, instant: Moment) -> Standing | None:
        """Where one claim stood without what that rests on, which takes no weighing where it was weighed ahead."""
        found = self._steps.get(key)
        return found.standing(instant) if found else self.stood(key, instant)

    def status(self, claim: str, instant: Moment) -> Status | None:
        """A claim's status by its changes, which are told already; None where they do not tell it."""
        ends, statuses = self._turns.get(claim, ((), ()))
        place = bisect_right(ends, instant.end)
        return statuses[place - 1] if place else None

    @cached_property
    def _scales(self) -> StandingIndex:
        story = self.story
        return StandingIndex(story.claims, story.attributions, story.parties, story.reports)

    @cached_property
    def _turns(self) -> dict[str, tuple[list[datetime], list[Status]]]:
        found: dict[str, tuple[list[datetime], list[Status]]] = {}
        dated = ((change.at.end, change) for change in self.story.changes if change.at)
        for end, change in sorted(dated, key=lambda one: one[0]):
            ends, statuses = found.setdefault(change.claim, ([], []))
            ends.append(end)
            statuses.append(change.after)
        return found

    def _still(self, story: Story) -> list[tuple[_Key, Standing | None]]:
        """What was weighed for this telling and holds for a newer one: that of claims that are as they were."""
        if not same_ground(self.story, story):
            return []
        held = {claim.id: claim for claim in self.story.claims}
        same = {claim.id for claim in story.claims if held.get(claim.id) == claim}
        with self._lock:
            return [(key, found) for key, found in self._weighed.items() if key[0] in same]


class Stood(Mapping[str, Standing]):
    """Where the claims stood at one instant, by claim id."""

    def __init__(self, replay: Replay, instant: Moment) -> None:
        self._replay, self._instant = replay, instant
        self._out = replay.out(instant)

    def __getitem__(self, claim: str) -> Standing:
        found = self._replay.stood((claim, self._out[claim]), self._instant)
        if found is None:
            raise KeyError(claim)
        return found if found.as_of == self._instant else replace(found, as_of=self._instant)

    def listed(self, claim: str) -> Standing:
        """A claim's standing without the statements and origins that it rests on, as lists show it."""
        found = self._replay.step((claim, self._out[claim]), self._instant)
        if found is None:
            raise KeyError(claim)
        return found

    def __iter__(self) -> Iterator[str]:
        return (claim for claim in self._out if claim in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, claim: object) -> bool:
        return isinstance(claim, str) and self.status(claim) is not None

    def status(self, claim: str) -> Status | None:
        """A claim's status alone, which takes no weighing; None where nobody spoke to it by then."""
        if claim not in self._out:
            return None
        found = self._replay.status(claim, self._instant)
        if found is None:
            weighed = self._replay.stood((claim, self._out[claim]), self._instant)
            found = weighed.status if weighed else None
        return found
