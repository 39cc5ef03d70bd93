"""One thing of a desk by its id, in full, for people and for programs."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.cli.desk.custody import entry_line
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.span import words
from onrecord.datamodel.story import ClaimWork, Story, Unsettled
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.ledger.desk import Desk, Trace
from onrecord.ledger.entries import entry_json
from onrecord.ledger.replay import Filed, State
from onrecord.rendering.numbering import numbered, unclear
from onrecord.rendering.storyfile import attribution_json, claim_json, party_json, report_json
from onrecord.rendering.wording import ACT_WORDS, counted, moment_words, shown


@dataclass(frozen=True, slots=True)
class Found:
    """One thing in lines of text and as a JSON value."""

    lines: tuple[str, ...]
    told: object


def look_up(desk: Desk, what: Sequence[str], published: Moment | None, captured: Moment | None) -> Found:
    """The thing meant by "#ENTRY", "STORY", "STORY ID", "STORY/ID", or an ID where the desk holds one story."""
    if len(what) == 1 and what[0].startswith("#") and what[0][1:].isdigit():
        entry = desk.entry(int(what[0][1:]))
        told = entry_json(entry)
        return Found((entry_line(entry), *_indented(told["payload"])), told)
    name, ident = _names(desk, what)
    story, state = desk.story(name, published, captured), desk.state(name, captured)
    if ident is None:
        return _story(story)
    ident = numbered(story, ident)
    if claim := claim_named(story, ident):
        return Found(tuple(_claim(claim, story)), claim_json(claim, story.standing.get(claim.id)))
    if one := story.attribution.get(ident):
        return Found(tuple(_statement(one, story)), attribution_json(one, story.report[one.report]))
    if filed := state.version(ident):
        return Found(tuple(_report(filed, state)), report_json(filed.report))
    if party := story.party.get(ident):
        mine = [one for one in story.attributions if one.speaker == ident]
        lines = [f"{shown(party.name)} · {party.kind.value}", *(_line(one, story) for one in mine)]
        return Found(tuple(lines), party_json(party))
    if trace := desk.trace(story, ident):
        return _traced(trace, story)
    raise UsageError(f"no '{ident}' · story {name} · see: onrecord show {name}")


def _traced(trace: Trace, story: Story) -> Found:
    """What became of an id that a claim had once."""
    if trace.claim:
        told = claim_json(trace.claim, story.standing.get(trace.claim.id))
        return Found((f"{trace.ident} is {trace.claim.id} now", *_claim(trace.claim, story)), told)
    lines = [f"{trace.ident}: {shown(unclear(trace))}"]
    lines.extend(f"  counted then: {shown(' … '.join(one.words))}  [{one.id}]" for one in trace.statements)
    value = {"id": trace.ident, "text": trace.text, "reason": trace.reason, "claims": [one.id for one in trace.claims]}
    return Found(tuple(lines), value)


def _names(desk: Desk, what: Sequence[str]) -> tuple[str, str | None]:
    if len(what) > 2:
        raise UsageError(f"{len(what)} names · show · give [STORY] ID")
    if len(what) == 2:
        return what[0], what[1]
    names = [one.name for one in desk.stories()]
    if what[0] in names:
        return what[0], None
    head, slash, rest = what[0].partition("/")
    if slash and head in names:
        return head, rest
    if len(names) == 1:
        return names[0], what[0]
    raise UsageError(f"no story '{what[0]}' · show · write STORY ID; see: onrecord stories")


def _story(story: Story) -> Found:
    lines = [f"{shown(story.name)}: {counted(len(story.reports), 'report')}, {counted(len(story.claims), 'claim')}"]
    for report in story.reports:
        who = shown(report.outlet or report.file)
        lines.append(f"{report.id}  {moment_words(report.published)}  {who}: {shown(report.headline or '–')}")
    lines.extend(f"needs a look: {unsettled_line(one)}" for one in story.unsettled)
    lines.extend(f"note: {shown(note)}" for note in story.notes)
    return Found(tuple(lines), {"story": story.name, "reports": [report_json(one) for one in story.reports]})


def unsettled_line(one: Unsettled) -> str:
    """A decision that is not applied because its claim is not clear any more, and what can be done."""
    who = one.by.removeprefix("person:")
    value = f" → “{shown(one.value)}”" if one.value else ""
    claims = f" ({', '.join(one.claims)})" if one.claims else ""
    return (
        f"“{one.verdict}” by {shown(who)} on “{shown(one.words)}”{value} is not applied: {one.reason}{claims}"
        f" · decide again, or onrecord undo {one.entry}"
    )


def _claim(claim: Claim, story: Story) -> Iterator[str]:
    yield f"{shown(claim.text)} [{claim.id}]"
    if claim.formerly:
        yield f"formerly: {', '.join(claim.formerly)}"
    if standing := story.standing.get(claim.id):
        yield f"{standing.status.value}: {shown(standing.reason)}"
        yield from (f"  origins: {shown(reason)}" for reason in standing.origins.reasons)
    if work := story.work_on.get(claim.id):
        yield from _work(work)
    for member in claim.members:
        if one := story.attribution.get(member.attribution):
            near = "near, not counted · " if member.loose else ""
            yield f"{near}{ACT_WORDS[member.stance]}: {_line(one, story)}"
            yield from (f"    {shown(reason)}" for reason in member.reasons)


def _work(work: ClaimWork) -> Iterator[str]:
    told = [
        ("state", work.state),
        ("owner", work.owner),
        ("accepted by", work.accepted),
        ("tags", ", ".join(work.tags)),
    ]
    yield from (f"{name}: {shown(value)}" for name, value in told if value)
    yield from (
        f"note by {shown(one.by)}, {one.at[:16]}Z (entry {one.entry}"
        + (f", answers {one.reply_to}" if one.reply_to else "")
        + (f", on {', '.join(one.statements)}" if one.statements else "")
        + f"): {shown(one.text)}"
        for one in work.notes
    )


def _line(one: Attribution, story: Story) -> str:
    text = story.report[one.report].text
    party = story.party.get(one.speaker or "")
    return f"{one.id}  {shown(party.name if party else 'unknown')}: {shown(words(one.content, text))}"


def _statement(one: Attribution, story: Story) -> Iterator[str]:
    report = story.report[one.report]
    yield _line(one, story)
    for name, spans in (("source", one.source), ("cue", one.cue), ("content", one.content)):
        places = ", ".join(f"{span.start}:{span.end}" for span in spans)
        yield f"  {name}: {shown(words(spans, report.text)) if spans else '–'}{f'  [{places}]' if spans else ''}"
    yield f"  {ACT_WORDS[one.act]} · {one.mode.value} · {'named' if one.named else 'not named'}"
    if one.relay:
        yield f"  through: {' → '.join(shown(hop) for hop in one.relay)}"
    yield f"  report {report.id}: {shown(report.outlet or report.file)}, {moment_words(report.published)}"
    yield f"  made by {shown(one.made_by)} ({one.confidence:.2f})"
    yield from (f"  {shown(reason)}" for reason in one.reasons)
    for claim in story.claims:
        if stance := claim.stance_of(one.id):
            yield f"  {ACT_WORDS[stance]}: {shown(claim.text)} [{claim.id}]"


def _report(filed: Filed, state: State) -> Iterator[str]:
    report = filed.report
    who, headline = shown(report.outlet or "–"), shown(report.headline or "–")
    yield f"{report.id}  {who}, {moment_words(report.published)}: {headline}"
    yield f"  file {shown(report.file)} · sha256 {filed.raw}"
    yield f"  entered {filed.at:%Y-%m-%d %H:%M:%S}Z (entry {filed.entry})"
    if filed.withdrawn:
        yield f"  withdrawn by entry {filed.withdrawn}"
    yield f"  {counted(len(filed.lines), 'line')} found by {shown(filed.made_by)}"
    before = next((one for one in state.versions(filed.root) if one.report.id == report.revises), None)
    if before:
        old, new = before.report.text.splitlines(), report.text.splitlines()
        yield from (
            shown(line) for line in difflib.unified_diff(old, new, before.report.id, report.id, n=0, lineterm="")
        )


def _indented(payload: object) -> list[str]:
    return json.dumps(payload, ensure_ascii=False, indent=1).splitlines()
