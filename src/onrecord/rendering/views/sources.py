"""Parties to the list of sources: who is unnamed, in which words, and through whom each statement came."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.story import Story
from onrecord.rendering.views.exhibits import Exhibit, Reference, by_time, exhibit
from onrecord.rendering.wording import shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """One way by which statements came: the hops from the report's side, outlet first, and the places."""

    chain: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One source of the story and the ways its statements took."""

    name: str
    party: str | None
    role: str | None
    kind: PartyKind
    named: bool
    doubtful: bool
    speaks_for: str | None
    terms: tuple[str, ...]
    paths: tuple[Path, ...]
    exhibits: tuple[Exhibit, ...]


def source_views(story: Story) -> tuple[SourceView, ...]:
    """The sources, the unnamed first, then by how much they say; unresolved ones are gathered by their words."""
    gathered: dict[tuple[str, str], list[Attribution]] = {}
    for attribution in story.attributions:
        known = attribution.speaker if attribution.speaker in story.party else None
        key = (known or "", "" if known else exhibit(story, attribution).holder.casefold())
        gathered.setdefault(key, []).append(attribution)
    views = [_view(story, story.party.get(key[0]), group) for key, group in gathered.items()]
    return tuple(sorted(views, key=lambda one: (one.party is None, one.named, -len(one.exhibits), one.name)))


def _view(story: Story, party: Party | None, group: list[Attribution]) -> SourceView:
    items = tuple(sorted((exhibit(story, attribution) for attribution in group), key=by_time))
    ways: dict[tuple[str, ...], list[Reference]] = {}
    for item in items:
        ways.setdefault(item.chain, []).append(item.reference)
    body = story.party.get(party.speaks_for) if party and party.speaks_for else None
    return SourceView(
        name=items[0].holder,
        party=party.id if party else None,
        role=items[0].role,
        kind=items[0].kind,
        named=party.named if party else items[0].named,
        doubtful=party.doubtful if party else False,
        speaks_for=shown(body.name) if body else None,
        terms=tuple(dict.fromkeys(item.terms for item in items if item.terms)),
        paths=tuple(Path(chain=chain, references=tuple(places)) for chain, places in ways.items()),
        exhibits=items,
    )
