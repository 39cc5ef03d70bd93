"""A story to a Markdown brief that reads well unrendered too."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.datamodel.claim import Difference, Edit
from onrecord.datamodel.story import Story
from onrecord.rendering.brief import Brief, QuoteView, brief
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.documents import Line, lines
from onrecord.rendering.views.exhibits import Exhibit, Holder, Reference, way_words
from onrecord.rendering.views.sources import Path, SourceView
from onrecord.rendering.wording import MARKS, counted, moment_words, shown

# What Markdown and the HTML inside it would read as markup, anywhere in a line.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!@]|(?<=www)\.|:(?=//))")

SIDES = (("for", "For"), ("against", "Against"), ("neither", "Neither"))


def escaped(text: str) -> str:
    """Text on one line in which nothing is markup."""
    return SPECIAL.sub(r"\\\1", shown(text))


def render(story: Story, *, changes: bool = False) -> str:
    """The brief; the same story gives the same bytes."""
    view = brief(story)
    blocks = (
        *_head(view),
        *_claims(view),
        *(_changes(view) if changes else ()),
        *_conflicts(view),
        *_quotes(view),
        *_documents(view),
        *_refusals(view),
        *_timeline(view),
        *_sources(view),
        *_minor(view),
    )
    return "\n\n".join(blocks) + "\n"


def reference(place: Reference) -> str:
    """A reference as it stands in Markdown: code, so that no renderer takes it for a link."""
    return f"`[{place.label.replace('`', '')}]`"


def _head(view: Brief) -> Iterator[str]:
    told = f", as of {moment_words(view.story.as_of)}" if view.story.as_of else ""
    yield f"# {escaped(view.name)}{told}"
    yield " · ".join(view.lead)
    rows = [
        f"| {escaped(one.report.id)} | {escaped(one.outlet)} | {moment_words(one.report.published)} "
        f"| {escaped(one.title)} | {one.statements} | {escaped('; '.join(one.remarks))} |"
        for one in view.reports
    ]
    if rows:
        heading = "| id | outlet | published | headline | statements | remarks |\n| --- | --- | --- | --- | --: | --- |"
        yield "\n".join((heading, *rows))
    if view.unread:
        yield "Not read as reports of their own:\n\n" + "\n".join(
            f"- {escaped(one.input)}: {one.fate.value}, {escaped(one.reason or 'no reason given')}"
            for one in view.unread
        )
    for note in view.story.notes:
        yield f"> {escaped(note)}"


def _claims(view: Brief) -> Iterator[str]:
    yield "## The claims and where each stands"
    if not view.claims:
        yield "No claim was found in these reports."
        return
    yield " · ".join(f"{MARKS[status]} {count} {status.value}" for status, count in view.tally)
    rows = (
        f"| C{claim.number} | {claim.mark} {claim.status.value} | {claim.interval} | {claim.outlets} "
        f"| {escaped(claim.text)} |"
        for claim in view.claims
    )
    yield "\n".join(("| | standing | origins | outlets | claim |\n| --- | --- | --: | --: | --- |", *rows))
    for claim in view.claims:
        yield from _claim(claim)


def _claim(claim: ClaimView) -> Iterator[str]:
    yield f"### C{claim.number} · {escaped(claim.text)}"
    origins = (
        counted(claim.hi, "independent origin") if claim.lo == claim.hi else f"{claim.interval} independent origins"
    )
    carried = counted(claim.outlets, "outlet")
    yield f"**{claim.mark} {claim.status.value}** · {origins} in {carried} · {escaped(claim.reason)}"
    lines = [
        line
        for key, heading in SIDES
        if claim.holders[key]
        for line in (f"**{heading}**\n", *(_holder(holder) for holder in claim.holders[key]), "")
    ]
    if lines:
        yield "\n".join(lines).rstrip()
    if claim.near:
        items = (item for holder in claim.holders["near"] for item in holder.exhibits)
        yield "Near it, not counted: " + " ".join(reference(item.reference) for item in items)
    if claim.origin_reasons:
        yield "Origins: " + "; ".join(escaped(reason) for reason in claim.origin_reasons)


def _holder(holder: Holder) -> str:
    first = holder.first
    also = " ".join(reference(item.reference) for item in holder.exhibits[1:])
    return f"- {_credit(first)}: {_said(first)}" + (f"; also {also}" if also else "")


def _credit(item: Exhibit) -> str:
    role = f", {escaped(item.role)}" if item.role else ""
    unnamed = " (unnamed)" if item.marked_unnamed else ""
    return f"**{escaped(item.holder)}**{role}{unnamed}, {escaped(item.way)}"


def _said(item: Exhibit) -> str:
    cue = f"*{escaped(item.said)}:* " if item.said else ""
    return f"{cue}{escaped(item.words)} {reference(item.reference)}"


def _conflicts(view: Brief) -> Iterator[str]:
    if not view.conflicts:
        return
    yield "## Who contradicts whom"
    for conflict in view.conflicts:
        about = f"C{conflict.claim.number} · {escaped(conflict.claim.text)}" if conflict.claim else "Without a claim"
        lines = [f"**{about}** ({conflict.kind})", ""]
        lines.extend(_holder(holder) for holder in conflict.left)
        lines.append("- *against*")
        lines.extend(_holder(holder) for holder in conflict.right)
        yield "\n".join(lines)


def _quotes(view: Brief) -> Iterator[str]:
    drifting = [quote for quote in view.quotes if quote.drift]
    steady = len(view.quotes) - len(drifting)
    if not view.quotes:
        return
    yield "## Quotes in several wordings"
    for quote in drifting:
        yield "\n".join((f"**{escaped(quote.holder)}**", "", *_wordings(quote)))
    if steady:
        yield f"{counted(steady, 'further quote')} in the same words in several reports."


def _documents(view: Brief) -> Iterator[str]:
    if not view.documents:
        return
    yield "## Documents"
    for one in view.documents:
        yield f"### {escaped(one.title)}\n\nCounts as {escaped(one.standing)}."
        yield "\n".join(_document_line(line) for line in lines(one))


def _document_line(line: Line) -> str:
    label = f"**{escaped(line.label)}** " if line.label else ""
    words = _marked(line.differences) if line.differences else escaped(f"“{line.words}”" if line.quoted else line.words)
    credit = f" ({escaped(line.credit)})" if line.credit else ""
    return f"- {label}{words}{credit}" + "".join(f" {reference(place)}" for place in line.references)


def _wordings(quote: QuoteView) -> Iterator[str]:
    for place, line in enumerate(quote.wordings):
        words = _marked(line.differences) if place and line.differences else escaped(line.exhibit.words)
        warning = " **the meaning changed**" if line.meaning_changed else ""
        first = "earliest" if place == 0 else "then"
        against = f", against {reference(line.against)}" if line.against else ""
        where = reference(line.exhibit.reference)
        yield f"- {first}, {escaped(line.exhibit.outlet)}{against}: {words} {where}{warning}"


def _marked(differences: tuple[Difference, ...]) -> str:
    marks = {Edit.SAME: "{}", Edit.CUT: "~~{}~~", Edit.ADDED: "**{}**"}
    return " ".join(marks[one.edit].format(escaped(one.text)) for one in differences if one.text.strip())


def _refusals(view: Brief) -> Iterator[str]:
    if view.refusals:
        yield "## Who would not comment or could not confirm"
        yield "\n".join(f"- {_credit(item)}: {_said(item)}" for item in view.refusals)


def _timeline(view: Brief) -> Iterator[str]:
    if not view.timeline:
        return
    yield "## Timeline"
    yield "\n".join(
        f"- **{moment_words(event.at)}**: {escaped(event.text)} (“{escaped(event.dated)}”, {escaped(event.outlet)}) "
        + (reference(event.reference) if event.reference else "")
        for event in view.timeline
    )


def _changes(view: Brief) -> Iterator[str]:
    yield "## When each standing changed"
    if view.constant or not view.changes:
        yield f"{counted(view.constant, 'claim')} stood from the first as now."
    lines = "\n".join(
        f"- **{moment_words(one.at)}** C{one.claim.number} {escaped(one.claim.text)} "
        f"{one.before.value if one.before else 'new'} → **{one.after.value}**: {escaped(one.reason)} "
        + " ".join(reference(item.reference) for item in one.because)
        for one in view.turns
    )
    if lines:
        yield lines


def _sources(view: Brief) -> Iterator[str]:
    if view.sources:
        yield "## Sources"
        yield "\n".join(_source(source) for source in view.sources)


def _source(source: SourceView) -> str:
    facts = [source.kind.value, "named" if source.named else "unnamed"]
    facts.extend(["doubtful"] if source.doubtful else [])
    facts.extend([f"for {source.speaks_for}"] if source.speaks_for else [])
    paths = "; ".join(_path(source.name, path) for path in source.paths)
    return f"- **{escaped(source.name)}** ({escaped(', '.join(facts))}): {paths}"


def _path(name: str, path: Path) -> str:
    places = " ".join(reference(place) for place in path.references)
    return f"{escaped(way_words(path.chain, name) or 'in its own report')} {places}"


def _minor(view: Brief) -> Iterator[str]:
    if not view.minor:
        return
    yield f"## Further claims ({len(view.minor)}, each held in one report)"
    yield "\n".join(
        f"- C{claim.number} {claim.mark} {claim.status.value}: {escaped(claim.text)} "
        + " ".join(reference(item.reference) for item in claim.exhibits)
        for claim in view.minor
    )
