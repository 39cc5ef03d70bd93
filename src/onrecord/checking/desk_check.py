"""A draft against a desk: the story that it is about as it stands now, and the versions that count no more."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from onrecord.checking.check import check
from onrecord.checking.findings import CheckedDraft
from onrecord.datamodel.report import Report
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk
from onrecord.linking.terms import names

# With fewer names in common a draft and a story are about other things.
LEAST_NAMES = 2


def check_on_desk(
    held: Desk, draft: Report, story: str | None = None, *, packs: Sequence[str] = (), which: str = "auto"
) -> CheckedDraft:
    """Hold a draft against a story of a desk, or against the one that shares most names with it where none is named.

    Raises UsageError where there is no such story, or none that the draft is about.
    """
    name = story or story_of(held, draft)
    return check(draft, held.story(name), packs=packs, past=past_versions(held, name), which=which)


def check_told(
    held: Desk, draft: Report, story: Story, *, packs: Sequence[str] = (), which: str = "auto"
) -> CheckedDraft:
    """The same against a story that is told already."""
    return check(draft, story, packs=packs, past=past_versions(held, story.name), which=which)


def past_versions(held: Desk, story: str) -> tuple[Report, ...]:
    """The versions of a story's reports that were replaced or withdrawn."""
    state = held.state(story)
    current = {one.report.id for one in state.current()}
    return tuple(one.report for one in state.filed if one.report.id not in current)


def story_of(held: Desk, draft: Report, among: Collection[str] | None = None) -> str:
    """The story whose reports share most names with a draft; raises UsageError where none shares enough."""
    known = [one.name for one in held.stories() if among is None or one.name in among]
    if not known:
        raise UsageError("no story yet · this desk · add one with: onrecord add STORY PATH...")
    if len(known) == 1:
        return known[0]
    mine = names(draft.text)
    shared = {name: len(mine & _names(held, name)) for name in known}
    best = min(known, key=lambda name: (-shared[name], name))
    if shared[best] < LEAST_NAMES:
        listed = ", ".join(known[:5]) + (" …" if len(known) > 5 else "")
        raise UsageError(f"no story shares names with it · {draft.file} · write --story, one of {listed}")
    return best


def _names(held: Desk, story: str) -> frozenset[str]:
    return frozenset(name for one in held.state(story).current() for name in names(one.report.text))
