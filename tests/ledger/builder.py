"""Readings and a teller in one line each, all invented."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from onrecord.datamodel.attribution import Act, Attribution, Mode, Tag
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.entry import Capture, Line, Reading
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Story
from onrecord.ledger.deciding.addresses import renamed
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.deciding.settling import settled
from onrecord.ledger.deciding.speaker_decisions import corrected
from onrecord.ledger.replay import State
from onrecord.weighing.weigh import changes, published_by, weigh

MADE_BY = "plain 1"


def reading(name: str, *said: tuple[str, str], published: str | None = "2031-03-07", url: str | None = None) -> Reading:
    """A report in which each (speaker, words) is a sentence of its own."""
    text, lines = "", []
    for speaker, words in said:
        start = len(text) + len(speaker) + len(" said ")
        lines.append((Span(len(text), len(text) + len(speaker)), Span(start, start + len(words)), speaker, words))
        text += f"{speaker} said {words}.\n"
    raw = text.encode()
    report = Report(
        id=name.partition("_")[0],
        text=text,
        file=f"{name}.txt",
        sha256=hashlib.sha256(raw).hexdigest(),
        published=moment(published) if published else None,
        headline=f"News of {name}",
        url=url,
    )
    capture = Capture(raw=raw, came_from=f"in/{name}.txt", tool="test 1")
    return Reading(report=report, capture=capture, lines=tuple(_line(*one) for one in lines), made_by=MADE_BY)


def _line(source: Span, content: Span, speaker: str, words: str) -> Line:
    tag = Tag(source=(source,), cue=(), content=(content,), score=0.9, made_by=MADE_BY)
    return Line(tag=tag, content_words=(words,), source_words=(speaker,), speaker=speaker, act=Act.ASSERTS)


class Clock:
    """A clock that goes one minute a look."""

    def __init__(self, start: str = "2031-03-10T08:00:00Z") -> None:
        self.now = moment(start).at

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now.astimezone(UTC)


class PlainBuilder:
    """Tells a story in which equal words are one claim; no step of the real pipeline but weighing."""

    version = "plain teller 1"

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, state: State, published: Moment | None, captured: Moment | None) -> Story:
        self.times += 1
        chosen = state.current(published)
        kept = {one.id for one in published_by([one.report for one in chosen], published)}
        filed = [one for one in chosen if one.report.id in kept]
        reports = tuple(one.report for one in filed)
        said = {one.id: one for held in filed for one in _attributions(held.report, corrected(held, state.decisions))}
        parties = {
            one.speaker: Party(id=one.speaker, name=one.speaker.replace("-", " ").title())
            for one in said.values()
            if one.speaker
        }
        story = Story(
            name=state.story,
            as_of=published,
            reports=reports,
            parties=tuple(parties.values()),
            attributions=tuple(said.values()),
            made_by=(self.version,),
        )
        scene = Scene(story.report, said, {})
        claims = self.claims_of(scene)
        story = replace(
            story,
            claims=claims,
            standings=weigh(claims, story.attributions, story.parties, reports),
            changes=changes(claims, story.attributions, story.parties, reports),
        )
        return self.settled(story, state)

    def claims_of(self, scene: Scene) -> tuple[Claim, ...]:
        """Statements of equal words are one claim."""
        return _claims(scene)

    def settled(self, story: Story, state: State) -> Story:
        """With decisions, under ids that are the claims' words, so that tests can be read."""
        words = {claim.id: claim.text.replace(" ", "-") for claim in story.claims}
        return settled(story, state, naming=lambda given, _: renamed(given, words))


def _attributions(report: Report, tags: tuple[Tag, ...]) -> Iterator[Attribution]:
    for number, tag in enumerate(tags, start=1):
        speaker = tag.source[0].of(report.text).lower().replace(" ", "-") if tag.source else None
        yield Attribution(
            id=f"{report.id}-{number:02d}",
            report=report.id,
            source=tag.source,
            cue=tag.cue,
            content=tag.content,
            mode=Mode.INDIRECT,
            act=Act.ASSERTS,
            speaker=speaker,
            named=speaker is not None,
            confidence=tag.score,
            made_by=tag.made_by,
        )


def _claims(scene: Scene) -> tuple[Claim, ...]:
    groups: dict[str, list[Attribution]] = {}
    for one in scene.attributions.values():
        groups.setdefault(one.content[0].of(scene.reports[one.report].text), []).append(one)
    return tuple(
        Claim(
            id=words.replace(" ", "-"),
            text=words,
            members=tuple(Member(attribution=one.id, stance=Act.ASSERTS) for one in group),
        )
        for words, group in sorted(groups.items())
    )
