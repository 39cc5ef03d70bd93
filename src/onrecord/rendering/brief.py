"""A story to what a brief shows, in which order: the one view that every format lays out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Difference, Edit
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Event, Story
from onrecord.rendering.claims import ClaimView, ranked
from onrecord.rendering.exhibits import Exhibit, Holder, Reference, by_time, exhibit, holders, outlet_of
from onrecord.rendering.sources import SourceView, source_views
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
class ConflictView:
    """Two sides of a claim that cannot both hold, each with its statements."""

    claim: ClaimView | None
    kind: str
    left: tuple[Holder, ...]
    right: tuple[Holder, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingView:
    """One wording of a quote, held against the earliest."""

    exhibit: Exhibit
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything a brief shows, in reading order."""

    story: Story
    name: str
    lead: tuple[str, ...]
    reports: tuple[ReportView, ...]
    unread: tuple[Outcome, ...]
    claims: tuple[ClaimView, ...]
    minor: tuple[ClaimView, ...]
    conflicts: tuple[ConflictView, ...]
    quotes: tuple[QuoteView, ...]
    refusals: tuple[Exhibit, ...]
    timeline: tuple[EventView, ...]
    changes: tuple[ChangeView, ...]
    sources: tuple[SourceView, ...]

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
    by_id = {view.id: view for view in (*main, *minor)}
    return Brief(
        story=story,
        name=shown(story.title or story.name),
        lead=_lead(story),
        reports=_reports(story),
        unread=tuple(outcome for outcome in story.outcomes if outcome.fate is not Fate.READ),
        claims=main,
        minor=minor,
        conflicts=_conflicts(story, by_id),
        quotes=_quotes(story),
        refusals=_refusals(story),
        timeline=_timeline(story),
        changes=_changes(story, by_id),
        sources=source_views(story),
    )


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


def _conflicts(story: Story, by_id: dict[str, ClaimView]) -> tuple[ConflictView, ...]:
    """Denials and withdrawals of one claim gathered into two sides; figures, times and places stay pairs."""
    gathered: dict[tuple[str, ...], tuple[list[str], list[str], list[str]]] = {}
    for conflict in story.conflicts:
        key: tuple[str, ...] = (conflict.claim, conflict.kind.value)
        if conflict.kind.value not in ("denial", "withdrawal"):
            key = (*key, conflict.left, conflict.right)
        left, right, reasons = gathered.setdefault(key, ([], [], []))
        left.append(conflict.left)
        right.append(conflict.right)
        reasons.extend(conflict.reasons)
    found = [
        ConflictView(
            claim=by_id.get(key[0]),
            kind=key[1],
            left=holders(_exhibits(story, left, by_id.get(key[0]))),
            right=holders(_exhibits(story, right, by_id.get(key[0]))),
            reasons=tuple(dict.fromkeys(shown(reason) for reason in reasons)),
        )
        for key, (left, right, reasons) in gathered.items()
    ]
    return tuple(sorted(found, key=lambda one: one.claim.number if one.claim else 10**6))


def _exhibits(story: Story, ids: list[str], claim: ClaimView | None) -> tuple[Exhibit, ...]:
    """The exhibits of some attributions, by time, narrowed to the passage that bears on the claim."""
    known = {item.attribution: item for item in claim.exhibits} if claim else {}
    wanted = (known.get(one) or exhibit(story, story.attribution[one]) for one in dict.fromkeys(ids))
    return tuple(sorted(wanted, key=by_time))


def _quotes(story: Story) -> tuple[QuoteView, ...]:
    views = []
    for quote in story.quotes:
        told = {wording.attribution: wording for wording in quote.wordings}
        order = [wording.attribution for wording in quote.wordings] or list(quote.members)
        lines = tuple(
            WordingView(
                exhibit=exhibit(story, story.attribution[one]),
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


def _earliest_first(lines: tuple[WordingView, ...]) -> tuple[WordingView, ...]:
    """In front the wording that the others are held against: of the earliest report, the longest one unchanged."""

    def length(line: WordingView) -> int:
        same = all(one.edit is Edit.SAME for one in line.differences)
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
        )
        for event in sorted(story.timeline, key=when)
    )


def _changes(story: Story, by_id: dict[str, ClaimView]) -> tuple[ChangeView, ...]:
    views = [
        ChangeView(
            claim=by_id[change.claim],
            at=change.at,
            before=change.before,
            after=change.after,
            reason=shown(change.reason),
            because=_exhibits(story, list(change.because), by_id[change.claim]),
        )
        for change in story.changes
        if change.claim in by_id
    ]
    # Claims whose moment is unknown come last; within a moment, as the claims are ranked.
    return tuple(sorted(views, key=lambda one: (one.at.at.isoformat() if one.at else "9999", one.claim.number)))
