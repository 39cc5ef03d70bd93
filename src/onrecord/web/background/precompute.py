"""Where claims stood at every step of a story, weighed ahead of whoever moves the slider, and kept on the desk."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.standing import Origins, Standing, Status
from onrecord.datamodel.story import Story
from onrecord.errors import LedgerError
from onrecord.ledger.desk import Desk
from onrecord.ledger.storage.columns import packed, unpacked
from onrecord.weighing.standing_index import StandingIndex

_WHAT = "steps 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a claim stood while so many of its reports were out: what lists of claims show of it."""

    claim: str
    out: int
    status: Status
    reason: str
    rule: str
    lo: int
    hi: int

    def standing(self, instant: Moment) -> Standing:
        """The same as a standing, without the statements and origins that it rests on."""
        return Standing(
            claim=self.claim,
            as_of=instant,
            status=self.status,
            because=(),
            reason=self.reason,
            rule=self.rule,
            origins=Origins(lo=self.lo, hi=self.hi),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Every step of every claim of one telling."""

    steps: tuple[Step, ...]


def steps_of(claim: Claim, scales: StandingIndex) -> Iterator[Step]:
    """The steps of one claim, in order of time."""
    for out, instant in scales.steps(claim.id):
        if found := scales.stood(claim.id, instant):
            yield Step(
                claim=claim.id,
                out=out,
                status=found.status,
                reason=found.reason,
                rule=found.rule,
                lo=found.origins.lo,
                hi=found.origins.hi,
            )


def kept_steps(desk: Desk, name: str, head: int) -> Steps | None:
    """The steps of the telling from the entries up to `head`; None where they are not kept, or were damaged."""
    body = desk.beside(name, head, _WHAT)
    try:
        return unpacked(Steps, body) if body else None
    except LedgerError:
        return None


class WeighingAhead:
    """Weighs one telling of a story at a time in the background; a newer telling takes over what still holds."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._newest: dict[str, int] = {}
        self._done: dict[str, tuple[Story, dict[str, tuple[Step, ...]]]] = {}
        self._one = threading.Lock()

    def begin(self, name: str) -> None:
        """Weigh what the desk keeps as the last telling of a story, unless that is done already."""
        head = self.desk.told_head(name)
        if head is None or self._newest.get(name) == head or self.desk.beside(name, head, _WHAT):
            return
        self._newest[name] = head
        threading.Thread(target=self._weigh, args=(name, head), name="weighing-ahead", daemon=True).start()

    def _weigh(self, name: str, head: int) -> None:
        with self._one:
            told = self.desk.latest_snapshot(name)
            if told is None or told[0] != head:
                return
            story, found = told[1], self._still(name, told[1])
            scales = StandingIndex(story.claims, story.attributions, story.parties, story.reports)
            for claim in story.claims:
                if self._newest.get(name) != head:
                    return
                if claim.id not in found:
                    found[claim.id] = tuple(steps_of(claim, scales))
            self._done[name] = story, found
            every = tuple(step for claim in story.claims for step in found[claim.id])
            self.desk.put_derived(name, head, _WHAT, packed(Steps(steps=every)))

    def _still(self, name: str, story: Story) -> dict[str, tuple[Step, ...]]:
        """The steps of claims that are as they were, where nothing was added or corrected."""
        before, steps = self._done.get(name, (None, {}))
        if before is None or not same_ground(before, story):
            return {}
        held = {claim.id: claim for claim in before.claims}
        return {claim.id: steps[claim.id] for claim in story.claims if held.get(claim.id) == claim}


def same_ground(before: Story, story: Story) -> bool:
    """Whether claims that are the same in both tellings stand the same in both."""
    ours = before.attributions, before.parties, before.reports
    return ours == (story.attributions, story.parties, story.reports)
