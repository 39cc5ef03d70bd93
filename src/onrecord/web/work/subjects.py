"""What a form decides on: claims and statements of a told story as the form shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.anchors import counts
from onrecord.ledger.deciding.making import claim_named
from onrecord.rendering.views.exhibits import Exhibit, exhibit
from onrecord.rendering.wording import MARKS, shown, visible

_ALIKE_SHOWN = 30
_PARTIES_SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """A claim as a form names it."""

    id: str
    text: str
    status: str
    mark: str
    statements: tuple[Exhibit, ...]
    near: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """What is decided on, in the order asked for."""

    claims: tuple[ClaimRow, ...]
    statements: tuple[Exhibit, ...]
    parties: tuple[Party, ...]
    reports: tuple[Report, ...] = ()
    story: str | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """Their ids: claims, statements, speakers, reports, the story."""
        named = (*(one.id for one in self.claims), *(one.attribution for one in self.statements))
        own = (self.story,) if self.story else ()
        return (*named, *(one.id for one in self.parties), *(one.id for one in self.reports), *own)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A stretch of a report's text as it is shown; `start` is its first code point, `length` where it is not its own.

    `roles` are the parts of the statement that it stands in: "source", "cue", "content".
    """

    start: int
    length: int
    words: str
    roles: tuple[str, ...]


def subjects(story: Story, ids: Sequence[str]) -> Subjects:
    """The claims, statements and parties of these ids; raises UsageError for one that is not there (any more)."""
    if list(ids) == [story.name]:
        return Subjects(claims=(), statements=(), parties=(), story=story.name)
    claims: list[ClaimRow] = []
    statements: list[Exhibit] = []
    parties: list[Party] = []
    reports: list[Report] = []
    for ident in dict.fromkeys(ids):
        if claim := claim_named(story, ident):
            row = claim_row(story, claim)
            claims.extend([row] if row not in claims else [])
        elif one := story.attribution.get(ident):
            statements.append(exhibit(story, one))
        elif party := story.party.get(ident):
            parties.append(party)
        elif report := story.report.get(ident):
            reports.append(report)
        else:
            raise UsageError(f"no claim or statement '{ident[:80]}' · {story.name} · somebody may have changed it")
    return Subjects(claims=tuple(claims), statements=tuple(statements), parties=tuple(parties), reports=tuple(reports))


def claim_row(story: Story, claim: Claim) -> ClaimRow:
    """A claim with its statements, each once."""
    standing = story.standing.get(claim.id)
    held = {
        one.attribution: replace(
            exhibit(story, story.attribution[one.attribution], one.stance, one.passage), loose=not counts(one)
        )
        for one in claim.members
        if one.attribution in story.attribution
    }
    return ClaimRow(
        id=claim.id,
        text=shown(claim.text),
        status=standing.status.value if standing else "not weighed",
        mark=MARKS[standing.status] if standing else "",
        statements=tuple(one for one in held.values() if not one.loose),
        near=tuple(one for one in held.values() if one.loose),
    )


def alike(story: Story, claim: ClaimRow) -> tuple[ClaimRow, ...]:
    """The other claims whose words are most like this one's, the likest first."""
    scored = [
        (-fuzz.token_set_ratio(claim.text, other.text), other.id, other)
        for other in story.claims
        if other.id != claim.id
    ]
    return tuple(claim_row(story, other) for _, _, other in sorted(scored, key=lambda one: one[:2])[:_ALIKE_SHOWN])


def suggested(story: Story, one: Exhibit | None) -> tuple[str, ...]:
    """Names of the story's parties, those that its report credits first."""
    near = {said.speaker for said in story.attributions if one and said.report == one.reference.report}
    ranked = sorted(story.parties, key=lambda party: (party.id not in near, not party.named, party.name))
    return tuple(dict.fromkeys(shown(party.name) for party in ranked))[:_PARTIES_SHOWN]


def other_parties(story: Story, party: Party) -> tuple[Party, ...]:
    """The story's other speakers, those of the likest names first."""
    others = [one for one in story.parties if one.id != party.id]
    ranked = sorted(others, key=lambda one: (-fuzz.token_set_ratio(party.name, one.name), one.name, one.id))
    return tuple(ranked[:_PARTIES_SHOWN])


def runs(report: Report, one: Attribution | None = None) -> tuple[Run, ...]:
    """A report's text in runs, parted where a part of the statement begins or ends and at each unsafe character."""
    roles = (("source", one.source), ("cue", one.cue), ("content", one.content)) if one else ()
    text = report.text
    unsafe = [place for place, char in enumerate(text) if char != "\r" and visible(char) != char]
    edges = {0, len(text), *(edge for place in unsafe for edge in (place, place + 1))}
    edges.update(edge for _, spans in roles for span in spans for edge in (span.start, span.end))
    return tuple(_run(text, Span(start, end), roles) for start, end in pairwise(sorted(edges)))


def _run(text: str, span: Span, roles: Sequence[tuple[str, tuple[Span, ...]]]) -> Run:
    raw = span.of(text)
    told = visible(raw) if len(raw) == 1 else raw
    held = tuple(name for name, spans in roles if any(one.covers(span) for one in spans))
    return Run(start=span.start, length=0 if told == raw else 1, words=told, roles=held)
