"""A story to what a brief shows, in which order: the one view that every format lays out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Difference, Edit, Wording
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Event, Story
from onrecord.rendering.views.claims import ClaimView, ranked
from onrecord.rendering.views.conflicts import Conflicts, ConflictView, exhibits_of, known_exhibits
from onrecord.rendering.views.documents import DocumentView, document_views
from onrecord.rendering.views.exhibits import Exhibit, Reference, exhibit, holders, outlet_of
from onrecord.rendering.views.sources import SourceView, source_views
from onrecord.rendering.wording import STATUS_ORDER, counted, moment_words, safe_id, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One report's line: what is known of it and how many statements stand in it."""

    report: Report
    outlet: str
    statements: int
    remarks: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its headline, its file where it has none."""
        return shown(self.report.headline or self.report.file)

    @property
    def anchor(self) -> str:
        """The id of the report's place in a page."""
        return f"report-{safe_id(self.report.id)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """One wording of a quote, held against the earliest, or that of its part of what was said."""

    exhibit: Exhibit
    against: Reference | None
    differences: tuple[Difference, ...]
    meaning_changed: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """One utterance in its wordings, the earliest first."""

    holder: str
    drift: bool
    partial: bool
    wordings: tuple[WordingView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One line of the timeline: what the report says, the dated words, and where."""

    at: Moment | None
    text: str
    dated: str
    reference: Reference | None
    outlet: str
    attributions: tuple[str, ...] = ()

    @property
    def day(self) -> str:
        """What it is gathered under: its day, month or year; the undated come last."""
        return self.at.isoformat()[:10] if self.at else "~"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """One change of a claim's standing and the statements that brought it."""

    claim: ClaimView
    at: Moment | None
    before: Status | None
    after: Status
    reason: str
    because: tuple[Exhibit, ...]


@dataclass(frozen=True, kw_only=True)
class Brief:
    """Everything a brief shows, in reading order; each part is made when a format first asks for it."""

    story: Story
    claims: tuple[ClaimView, ...]
    minor: tuple[ClaimView, ...]

    @property
    def name(self) -> str:
        """The story's title."""
        return shown(self.story.title or self.story.name)

    @cached_property
    def lead(self) -> tuple[str, ...]:
        """What was read, in a line."""
        return _lead(self.story)

    @cached_property
    def reports(self) -> tuple[ReportView, ...]:
        """The reports by date."""
        return _reports(self.story)

    @property
    def unread(self) -> tuple[Outcome, ...]:
        """Inputs that are no report of their own, and why."""
        return tuple(outcome for outcome in self.story.outcomes if outcome.fate is not Fate.READ)

    @property
    def conflicts(self) -> tuple[ConflictView, ...]:
        """All that cannot both hold, by the rank of its claim."""
        return self.gathered.some(0, len(self.gathered))

    @cached_property
    def gathered(self) -> Conflicts:
        """The same, some at a time."""
        return Conflicts(self.story, self.by_id)

    @cached_property
    def quotes(self) -> tuple[QuoteView, ...]:
        """Utterances that several reports quote, those whose wordings differ first."""
        return _quotes(self.story)

    @cached_property
    def documents(self) -> tuple[DocumentView, ...]:
        """Documents that the story turns on."""
        return document_views(self.story)

    @cached_property
    def refusals(self) -> tuple[Exhibit, ...]:
        """Who would not comment or confirm."""
        return _refusals(self.story)

    @cached_property
    def timeline(self) -> tuple[EventView, ...]:
        """What happened when, by date."""
        return _timeline(self.story)

    @cached_property
    def changes(self) -> tuple[ChangeView, ...]:
        """Every change of a claim's standing, by time."""
        return _changes(self.story, self.by_id)

    @cached_property
    def sources(self) -> tuple[SourceView, ...]:
        """Who is heard."""
        return source_views(self.story)

    @cached_property
    def by_id(self) -> dict[str, ClaimView]:
        """Claims by id."""
        return {view.id: view for view in (*self.claims, *self.minor)}

    @property
    def tally(self) -> tuple[tuple[Status, int], ...]:
        """How many claims have each standing, in the order of FORMATS.md; none left out but the empty."""
        every = (*self.claims, *self.minor)
        counts = ((status, sum(claim.status is status for claim in every)) for status in STATUS_ORDER)
        return tuple((status, count) for status, count in counts if count)

    @property
    def turns(self) -> tuple[ChangeView, ...]:
        """The changes of claims that did not always stand as they do now."""
        turned = {change.claim.id for change in self.changes if change.before is not None}
        return tuple(change for change in self.changes if change.claim.id in turned)

    @property
    def constant(self) -> int:
        """How many claims stand as they did when they first appeared."""
        return len({change.claim.id for change in self.changes} - {change.claim.id for change in self.turns})


def brief(story: Story) -> Brief:
    """The view of a story; a pure function, the same for every format."""
    main, minor = ranked(story)
    return Brief(story=story, claims=main, minor=minor)


def _lead(story: Story) -> tuple[str, ...]:
    outlets = {report.outlet for report in story.reports if report.outlet}
    nameless = sum(not report.outlet for report in story.reports)
    dated = sorted((report.published for report in story.reports if report.published), key=lambda one: one.at)
    unread = sum(outcome.fate is Fate.REFUSED for outcome in story.outcomes)
    facts = [
        counted(len(story.reports), "report"),
        counted(len(outlets), "known outlet" if nameless else "outlet") if outlets else "outlets unknown",
        counted(len(story.attributions), "statement"),
        counted(len(story.claims), "claim"),
    ]
    if dated:
        first, last = moment_words(dated[0]), moment_words(dated[-1])
        facts.append(f"published {first}" if first == last else f"published {first} – {last}")
    if unread:
        facts.append(f"{counted(unread, 'input')} could not be read")
    return tuple(facts)


def _reports(story: Story) -> tuple[ReportView, ...]:
    statements = Counter(attribution.report for attribution in story.attributions)
    return tuple(
        ReportView(
            report=report,
            outlet=shown(report.outlet or "outlet unknown"),
            statements=statements[report.id],
            remarks=_remarks(report),
        )
        for report in sorted(
            story.reports, key=lambda one: (one.published.at.isoformat() if one.published else "9", one.id)
        )
    )


def _remarks(report: Report) -> tuple[str, ...]:
    remarks = list(report.notes)
    if report.truncated:
        remarks.append("the text is cut off")
    if report.revises:
        remarks.append(f"revises {report.revises}")
    if report.doubtful:
        remarks.append(f"{counted(len(report.doubtful), 'doubtful word')} from a scan")
    return tuple(shown(remark) for remark in remarks)


def _quotes(story: Story) -> tuple[QuoteView, ...]:
    views = []
    for quote in story.quotes:
        told = {wording.attribution: wording for wording in quote.wordings}
        order = [wording.attribution for wording in quote.wordings] or list(quote.members)
        lines = tuple(
            WordingView(
                exhibit=exhibit(story, story.attribution[one]),
                against=_against(story, told.get(one)),
                differences=told[one].differences if one in told else (),
                meaning_changed=one in told and told[one].meaning_changed,
                reasons=tuple(shown(reason) for reason in told[one].reasons) if one in told else (),
            )
            for one in (*order, *(member for member in quote.members if member not in order))
        )
        views.append(
            QuoteView(holder=_speaker(lines), drift=quote.drift, partial=quote.partial, wordings=_earliest_first(lines))
        )
    return tuple(sorted(views, key=lambda one: (not one.drift, -len(one.wordings))))


def _against(story: Story, wording: Wording | None) -> Reference | None:
    other = wording.against if wording else None
    return exhibit(story, story.attribution[other]).reference if other else None


def _earliest_first(lines: tuple[WordingView, ...]) -> tuple[WordingView, ...]:
    """In front the wording that the others are held against: of the earliest report, the longest one unchanged."""

    def length(line: WordingView) -> int:
        same = bool(line.differences) and all(one.edit is Edit.SAME for one in line.differences)
        own = line.exhibit.reference.report == lines[0].exhibit.reference.report
        return len(line.exhibit.words) if own and same else 0

    first = max(lines, key=length)
    return (first, *(line for line in lines if line is not first))


def _speaker(lines: tuple[WordingView, ...]) -> str:
    """Who spoke: the first wording whose speaker is resolved tells it."""
    resolved = (line.exhibit.holder for line in lines if line.exhibit.party)
    return next(resolved, lines[0].exhibit.holder)


def _refusals(story: Story) -> tuple[Exhibit, ...]:
    refused = (one for one in story.attributions if one.act in (Act.NO_COMMENT, Act.NOT_CONFIRMED))
    items = [exhibit(story, attribution) for attribution in refused]
    return tuple(item for holder in holders(items) for item in holder.exhibits)


def _timeline(story: Story) -> tuple[EventView, ...]:
    def when(event: Event) -> tuple[str, str, int]:
        told = event.at.at.isoformat() if event.at else "9999"
        return told, event.report, event.span[0].start if event.span else 0

    return tuple(
        EventView(
            at=event.at,
            text=shown(event.text),
            dated=shown(" … ".join(span.of(story.report[event.report].text) for span in event.span)),
            reference=Reference(event.report, event.span) if event.span else None,
            outlet=outlet_of(story.report[event.report]),
            attributions=event.attributions,
        )
        for event in sorted(story.timeline, key=when)
    )


def _changes(story: Story, by_id: dict[str, ClaimView]) -> tuple[ChangeView, ...]:
    known = {
        ident: known_exhibits(by_id.get(ident)) for ident in dict.fromkeys(change.claim for change in story.changes)
    }
    views = [
        ChangeView(
            claim=by_id[change.claim],
            at=change.at,
            before=change.before,
            after=change.after,
            reason=shown(change.reason),
            because=exhibits_of(story, list(change.because), known[change.claim]),
        )
        for change in story.changes
        if change.claim in by_id
    ]
    # Claims whose moment is unknown come last; within a moment, as the claims are ranked.
    return tuple(sorted(views, key=lambda one: (one.at.at.isoformat() if one.at else "9999", one.claim.number)))
