"""Tags to attributions and parties: act, speaker, relay chain, naming and time of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attributing.acts import act_of, is_hedged
from onrecord.attributing.dates import base_of, dated, said_at
from onrecord.attributing.layout import Layout
from onrecord.attributing.modes import mode_of
from onrecord.attributing.parties import Told, parties_of
from onrecord.attributing.relays import Relays
from onrecord.attributing.resolving.elsewhere import Elsewhere
from onrecord.attributing.resolving.scene import Scene, Turn, place
from onrecord.attributing.resolving.speakers import resolve
from onrecord.attributing.wording.unnamed import Anonymity
from onrecord.datamodel.attribution import Attribution, Mode, Tag
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, Spans, any_overlap


@dataclass(frozen=True, slots=True)
class Attributed:
    """The attributions of all reports, in order of report and place, and the parties they are credited to, by id."""

    attributions: tuple[Attribution, ...]
    parties: tuple[Party, ...]


def attribute(reports: Sequence[Report], tags: Sequence[Sequence[Tag]]) -> Attributed:
    """Attributions with speakers over all reports; tags in furniture and doubles are left out.

    So is an outlet that only passes others on: their `relay` tells it.
    """
    pairs = sorted(zip(reports, tags, strict=True), key=lambda pair: pair[0].id)
    scenes = [Scene(report, kept(report, found)) for report, found in pairs]
    if len(scenes) > 1:
        everybody = Elsewhere(figure for scene in scenes for figure in scene.cast.figures)
        for scene in scenes:
            scene.elsewhere = everybody
    base = base_of([report for report, _ in pairs])
    drafts = [draft for scene in scenes for draft in _drafts(scene, base)]
    parties, speakers = parties_of([Told(draft.turn.identity, draft.relay, draft.outlet) for draft in drafts])
    made = tuple(draft.made(speaker) for draft, speaker in zip(drafts, speakers, strict=True))
    return Attributed(made, parties)


def without_speakers(report: Report, tags: Sequence[Tag]) -> tuple[Attribution, ...]:
    """One report's attributions with mode and act alone, numbered as `attribute` numbers them: many times faster."""
    layout = Layout(report.text)
    return tuple(
        Attribution(
            id=_id(report, number),
            report=report.id,
            source=tag.source,
            cue=tag.cue,
            content=tag.content,
            mode=mode_of(tag.content, layout),
            act=act_of(tag, report.text),
            kind=tag.kind,
            confidence=tag.score,
            made_by=tag.made_by,
        )
        for number, tag in enumerate(kept(report, tags), 1)
    )


def kept(report: Report, tags: Sequence[Tag]) -> tuple[Tag, ...]:
    """Tags outside furniture, each once, in the order of the text."""
    found: list[Tag] = []
    seen: set[tuple[Spans, Spans]] = set()
    furniture = report.furniture
    for tag in sorted(tags, key=lambda one: (place(one), one.content, -one.score, one.source, one.cue)):
        if (tag.source, tag.content) in seen or any_overlap(tag.content, furniture):
            continue
        seen.add((tag.source, tag.content))
        found.append(tag)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Draft:
    report: Report
    number: int
    turn: Turn
    relay: tuple[str, ...]
    outer: tuple[int, ...]
    terms: Span | None
    said: Moment | None
    mode: Mode

    @property
    def outlet(self) -> str:
        return self.report.outlet or self.report.id

    def made(self, speaker: str) -> Attribution:
        tag, text = self.turn.tag, self.report.text
        return Attribution(
            id=_id(self.report, self.number),
            report=self.report.id,
            source=tag.source,
            cue=tag.cue,
            content=tag.content,
            mode=self.mode,
            act=act_of(tag, text),
            speaker=speaker,
            relay=self.relay,
            named=self.turn.named and self.turn.identity.named,
            terms=self.terms.of(text) if self.terms else None,
            hedged=is_hedged(tag, text),
            said_at=self.said,
            outer_of=tuple(_id(self.report, number) for number in self.outer),
            kind=tag.kind,
            confidence=tag.score,
            made_by=tag.made_by,
        )


def _id(report: Report, number: int) -> str:
    return f"{report.id}-{number:02d}"


def _drafts(scene: Scene, base: Moment | None) -> list[_Draft]:
    turns = resolve(scene)
    relays = Relays(scene, turns)
    asked = Anonymity(scene.layout)
    day = scene.report.published or base
    times = tuple(dated(scene.layout, day))
    numbers = {turn: number for number, turn in enumerate(turns, 1)}
    drafts = []
    for turn, number in numbers.items():
        if relays.only_passes_on(turn):
            continue
        terms = asked.beside(turn.tag) or (None if turn.named else asked.behind(turn.tag))
        outer = tuple(sorted(numbers[inner] for inner in relays.outer_of(turn)))
        said = said_at(turn.tag, scene.layout, times, day)
        mode = mode_of(turn.tag.content, scene.layout)
        drafts.append(_Draft(scene.report, number, turn, relays.chains[turn], outer, terms, said, mode))
    return drafts
