"""A story as it was built, and people's decisions on it: what both together say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.entry import Verdict
from onrecord.datamodel.party import Party
from onrecord.datamodel.span import Spans
from onrecord.datamodel.story import Story
from onrecord.ledger.deciding.addresses import named_by_founders
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.deciding.grouping import Grouping
from onrecord.ledger.deciding.speaker_decisions import apply_speakers
from onrecord.ledger.replay import Decided, State
from onrecord.weighing.weigh import changes, weigh

# Attributions whose speakers people changed, and the parties, to the story with its claims built from them.
Relink = Callable[[Story, tuple[Attribution, ...], tuple[Party, ...]], Story]


def scene_of(story: Story, state: State) -> Scene:
    """What anchors are looked up in, with what the ledger knows of the story's reports."""
    firsts: dict[str, str] = {}
    entered: dict[str, int] = {}
    for one in sorted(state.filed, key=lambda one: one.entry):
        firsts.setdefault(one.root, one.report.sha256)
        entered.setdefault(one.root, one.entry)
        entered.setdefault(one.report.id, one.entry)
    roots = {one.report.id: one.root for one in state.filed}
    return Scene(story.report, story.attribution, roots, entered, firsts, corrections_of(state.decisions))


def corrections_of(decisions: Iterable[Decided]) -> dict[tuple[str, str, Spans], Spans]:
    """The spans that people put in place of others."""
    return {
        (anchor.report, anchor.sha256, anchor.content): one.decision.content
        for one in decisions
        if one.decision.verdict is Verdict.CORRECT_SPAN and one.decision.content
        for anchor in one.decision.statements
    }


def settled(
    story: Story,
    state: State,
    relink: Relink | None = None,
    naming: Callable[[Story, Scene], Story] = named_by_founders,
) -> Story:
    """The story with people's decisions applied and its claims under the ids that `naming` gives them.

    `relink` builds the claims again where people's speakers differ from the machine's. A decision that has no one clear
    subject any more is not applied; `unsettled` holds it.
    """
    scene = scene_of(story, state)
    if not state.decisions:
        return naming(story, scene)
    said, parties, notes = apply_speakers(scene, story.parties, state.decisions)
    if said != story.attributions and relink:
        story = relink(story, said, parties)
    used = {one.speaker for one in said}
    titles = [one.decision.value for one in state.decisions if one.decision.verdict is Verdict.TITLE]
    story = replace(
        story,
        title=titles[-1] if titles else story.title,
        attributions=said,
        parties=tuple(party for party in parties if party.id in used),
    )
    scene = replace(scene, attributions={one.id: one for one in said})
    return _regrouped(naming(story, scene), scene, state.decisions, notes, parties)


def _regrouped(
    story: Story, scene: Scene, decisions: Sequence[Decided], notes: Sequence[str], parties: Sequence[Party]
) -> Story:
    grouping = Grouping(scene, story.claims)
    grouping.apply(decisions)
    claims, said = tuple(grouping.claims), story.attributions
    unsettled = tuple(sorted(grouping.unsettled, key=lambda one: one.entry))
    return replace(
        story,
        claims=claims,
        conflicts=grouping.conflicts(story.conflicts),
        links=(*story.links, *grouping.links),
        standings=weigh(claims, said, parties, story.reports),
        changes=changes(claims, said, parties, story.reports),
        notes=(*story.notes, *notes, *grouping.notes),
        unsettled=unsettled,
        work=grouping.working.on(claims),
    )
