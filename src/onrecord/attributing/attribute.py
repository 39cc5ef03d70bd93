"""Tags to attributions and parties: act, speaker, relay chain, naming and time of saying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from onrecord.attributing.acts import act_of
from onrecord.attributing.dates import base_of
from onrecord.attributing.drafting import Draft, drafts, ident
from onrecord.attributing.layout import Layout
from onrecord.attributing.memory import Drafted, Memory
from onrecord.attributing.modes import mode_of
from onrecord.attributing.parties import Told, parties_of
from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.resolving.elsewhere import Asking, Elsewhere
from onrecord.attributing.resolving.scene import Scene, place
from onrecord.datamodel.attribution import Attribution, Tag
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Spans, any_overlap


@dataclass(frozen=True, slots=True)
class Attributed:
    """The attributions of all reports, in order of report and place, and the parties they are credited to, by id."""

    attributions: tuple[Attribution, ...]
    parties: tuple[Party, ...]


def attribute(reports: Sequence[Report], tags: Sequence[Sequence[Tag]], memory: Memory | None = None) -> Attributed:
    """Attributions with speakers over all reports; tags in furniture and doubles are left out.

    So is an outlet that only passes others on: their `relay` tells it. A `memory` keeps what was made of each report
    for the next time; it changes nothing in what is found.
    """
    memory = memory or Memory()
    pairs = sorted(((one, tuple(found)) for one, found in zip(reports, tags, strict=True)), key=lambda pair: pair[0].id)
    stage = _Stage(pairs, memory)
    found = [stage.drafted(*pair) for pair in pairs]
    parties, speakers = parties_of(
        [Told(draft.turn.identity, draft.relay, draft.outlet) for some in found for draft in some]
    )
    made: list[Attribution] = []
    for (report, _), some in zip(pairs, found, strict=True):
        given = (some, speakers[len(made) : len(made) + len(some)])
        made.extend(memory.attributions.of(report.id, given, partial(_made, *given)))
    return Attributed(tuple(made), parties)


class _Stage:
    """The reports of a story with the persons of all; scenes that were set for the persons serve for the drafts."""

    def __init__(self, pairs: Sequence[tuple[Report, tuple[Tag, ...]]], memory: Memory) -> None:
        self._memory = memory
        self._scenes: dict[str, Scene] = {}
        self._base = base_of([report for report, _ in pairs])
        cast = (memory.figures.of(pair[0].id, pair, partial(self._figures, *pair)) for pair in pairs)
        self._everybody = Elsewhere(chain.from_iterable(cast)) if len(pairs) > 1 else Elsewhere()

    def _figures(self, report: Report, tags: tuple[Tag, ...]) -> tuple[Figure, ...]:
        scene = self._scenes[report.id] = Scene(report, kept(report, tags))
        return tuple(scene.cast.figures)

    def drafted(self, report: Report, tags: tuple[Tag, ...]) -> tuple[Draft, ...]:
        """A report's drafts; kept ones hold while all reports answer what this one asks as they did."""
        given = (report, tags, report.published or self._base)
        make = partial(self._draft, report, tags)
        return self._memory.drafts.of(report.id, given, make, self._still_hold)[1]

    def _still_hold(self, drafted: Drafted) -> bool:
        return self._everybody.still_answers(drafted[0])

    def _draft(self, report: Report, tags: tuple[Tag, ...]) -> Drafted:
        scene = self._scenes.pop(report.id, None) or Scene(report, kept(report, tags))
        scene.elsewhere = asking = Asking(self._everybody)
        return asking.answers, tuple(drafts(scene, self._base))


def _made(drafts: Sequence[Draft], speakers: Sequence[str]) -> tuple[Attribution, ...]:
    return tuple(draft.made(speaker) for draft, speaker in zip(drafts, speakers, strict=True))


def without_speakers(report: Report, tags: Sequence[Tag]) -> tuple[Attribution, ...]:
    """One report's attributions with mode and act alone, numbered as `attribute` numbers them: many times faster."""
    layout = Layout(report.text)
    return tuple(
        Attribution(
            id=ident(report, number),
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
