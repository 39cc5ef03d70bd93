"""One report's resolved sources as attributions that wait for the parties of the story."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.attributing.acts import act_of, is_hedged
from onrecord.attributing.dates import dated, said_at
from onrecord.attributing.modes import mode_of
from onrecord.attributing.relaying.choice import load_choice
from onrecord.attributing.relays import Relays
from onrecord.attributing.resolving.scene import Scene, Turn
from onrecord.attributing.resolving.speakers import resolve
from onrecord.attributing.wording.unnamed import Anonymity
from onrecord.datamodel.attribution import Attribution, Mode
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span


@dataclass(frozen=True, slots=True)
class Draft:
    """An attribution before the story's parties are known."""

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
        """What tells this report's unnamed sources from another's."""
        return self.report.outlet or self.report.id

    def made(self, speaker: str) -> Attribution:
        """The attribution, with the party it is credited to."""
        tag, text = self.turn.tag, self.report.text
        return Attribution(
            id=ident(self.report, self.number),
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
            outer_of=tuple(ident(self.report, number) for number in self.outer),
            kind=tag.kind,
            confidence=tag.score,
            made_by=tag.made_by,
        )


def ident(report: Report, number: int) -> str:
    """An attribution's id."""
    return f"{report.id}-{number:02d}"


def drafts(scene: Scene, base: Moment | None) -> list[Draft]:
    """One report's attributions in order; `base` is the day to hold relative times against where it has no date."""
    turns = resolve(scene)
    relays = Relays(scene, turns, load_choice())
    asked = Anonymity(scene.layout)
    day = scene.report.published or base
    times = tuple(dated(scene.layout, day))
    numbers = {turn: number for number, turn in enumerate(turns, 1)}
    found = []
    for turn, number in numbers.items():
        if relays.only_passes_on(turn):
            continue
        terms = asked.beside(turn.tag) or (None if turn.named else asked.behind(turn.tag))
        outer = tuple(sorted(numbers[inner] for inner in relays.outer_of(turn)))
        said = said_at(turn.tag, scene.layout, times, day)
        mode = mode_of(turn.tag.content, scene.layout)
        found.append(Draft(scene.report, number, turn, relays.chains[turn], outer, terms, said, mode))
    return found
