"""Invented statements as attributions, one report each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.attributing.modes import mode_of
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Act, Attribution
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking.judge import Judge
from onrecord.linking.link import Linked, link


@dataclass(frozen=True)
class Said:
    """Who says what, with which verb."""

    speaker: str
    words: str
    cue: str = "said"
    act: Act = Act.ASSERTS


def reports_of(said: Sequence[Said]) -> tuple[list[Report], list[Attribution], list[Party]]:
    """One report a statement, a day apart."""
    reports, attributions = [], []
    for number, one in enumerate(said):
        text = f"{one.speaker} {one.cue} {one.words}"
        start = len(one.speaker) + 1
        content = (Span(start + len(one.cue) + 1, len(text)),)
        day = moment(f"2022-05-{number + 1:02}")
        reports.append(Report(id=f"{number:02}", text=text, file=f"{number:02}.txt", sha256="", published=day))
        attributions.append(
            Attribution(
                id=f"{number:02}-01",
                report=f"{number:02}",
                source=(Span(0, len(one.speaker)),),
                cue=(Span(start, start + len(one.cue)),),
                content=content,
                mode=mode_of(content, Segmentation(text)),
                act=one.act,
                speaker=one.speaker,
                named=True,
            )
        )
    names = sorted({one.speaker for one in said})
    return reports, attributions, [Party(id=name, name=name, kind=PartyKind.PERSON) for name in names]


def linked(*said: Said, judge: Judge | None = None) -> Linked:
    """The statements, linked."""
    reports, attributions, parties = reports_of(said)
    return link(attributions, reports, parties, judge)
