"""A draft and what is known from outside to a report: furniture, posts, and one value chosen for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.report import FURNITURE, Evidence, Part, Passage, Post, Report
from onrecord.errors import ReadError
from onrecord.reading.dates import is_placeholder, read_date
from onrecord.reading.draft import Draft
from onrecord.reading.finding.sidecar import NAME, Known
from onrecord.reading.furniture import mark
from onrecord.reading.language import agree, name_of, recognise
from onrecord.reading.limits.record_limits import limit, raised
from onrecord.reading.marking.completeness import early_end
from onrecord.reading.marking.corrections import note_of
from onrecord.reading.posts import find_posts

# Who is believed first, field by field: what the desk says, what the publisher's data says, what the page shows.
ORDER = (
    NAME,
    "item",
    "header",
    "heading",
    "JSON-LD",
    "microdata",
    "meta tag",
    "time tag",
    "feed",
    "date line",
    "dateline",
    "page text",
    "address",
    "file properties",
)
_LEADING_CHARS = 1500


def finish(draft: Draft, known: Known, id: str, file: str) -> Report:
    """The report of a draft; raises ReadError where it holds no words or too many."""
    if not draft.text.strip(" \t\r\n\ufeff\x00"):
        raise ReadError(f"{file}: empty, no words in it; remove it or save it again")
    if (length := len(draft.text)) > (most := limit("chars")):
        todo = f"split it, or {raised('chars', length)}"
        raise ReadError(f"{file}: {length:,} characters, more than {most:,} in one report; {todo}")
    if (lines := draft.text.count("\n")) > (most := limit("lines")):
        todo = f"split it, or {raised('lines', lines)}"
        raise ReadError(f"{file}: {lines:,} lines, more than {most:,} in one report; {todo}")
    posts = _posts(draft)
    believed, disbelieved = _without_placeholders((*_told(known), *draft.evidence))
    outside = tuple(believed)
    spoken = draft.reader == "transcript"
    known_as = _best(outside, "headline")
    marked = mark(draft.text, posts=posts, known=draft.passages, headline=known_as, guess_headline=not spoken)
    candidates = choose((*outside, *_dates_of(marked.passages, draft.text)))
    published = _moment(candidates)
    if published is not None and any(one.part is Part.STAMP and one.at is None for one in marked.passages):
        # The times of a live blog name instants only once its day is known.
        marked = mark(draft.text, posts=posts, known=draft.passages, headline=known_as, published=published)
    cut = early_end(draft.text)
    spoken_in = recognise(_prose(draft.text, marked.passages))
    declared = _chosen(candidates, "language")
    language = declared if declared and agree(declared, spoken_in) else spoken_in or declared
    said = [note_of(one, draft.text) for one in marked.passages if one.part in (Part.CORRECTION, Part.WITHDRAWAL)]
    report = Report(
        id=id,
        text=draft.text,
        file=file,
        sha256=draft.sha256,
        outlet=_chosen(candidates, "outlet"),
        published=published,
        headline=_chosen(candidates, "headline") or marked.headline,
        byline=_chosen(candidates, "byline") or _author(marked.byline, _chosen(candidates, "outlet")),
        url=_chosen(candidates, "url"),
        language=language,
        captured=draft.captured,
        reader=draft.reader,
        passages=marked.passages,
        posts=posts,
        evidence=candidates,
        credits=tuple(dict.fromkeys([*draft.credits, *marked.credits])),
        doubtful=draft.doubtful,
        loci=draft.loci,
        notes=tuple(
            dict.fromkeys(
                [
                    *draft.notes,
                    *([cut] if cut else []),
                    *said,
                    *disbelieved,
                    *_language_notes(declared, spoken_in),
                    *_notes(candidates, known, published),
                ]
            )
        ),
        truncated=draft.truncated or cut is not None,
    )
    return report if report.analysed else replace(report, notes=(*report.notes, not_analysed(report)))


def not_analysed(report: Report) -> str:
    """What is said of a report in another language than English."""
    return f"read, not analysed: {name_of(report.language or '')}"


def _prose(text: str, passages: Sequence[Passage]) -> str:
    """A text without its furniture, which may be in another language."""
    pieces, at = [], 0
    for span in sorted(one.span for one in passages if one.part in FURNITURE):
        pieces.append(text[at : max(at, span.start)])
        at = max(at, span.end)
    return "".join((*pieces, text[at:]))


def _language_notes(declared: str | None, recognised: str | None) -> Iterator[str]:
    if declared and recognised and not agree(declared, recognised):
        yield f"said to be in {name_of(declared)}, its words are {name_of(recognised)}"


def _without_placeholders(found: Sequence[Evidence]) -> tuple[list[Evidence], list[str]]:
    """Evidence without dates that programs write where they know none, and what is said of those."""
    believed, notes = [], []
    for one in found:
        at = read_date(one.value) if one.field == "published" else None
        if at is not None and is_placeholder(at):
            notes.append(f"{one.found_in} gives {one.value} as date, which stands for an unknown one; not believed")
        else:
            believed.append(one)
    return believed, notes


def _author(byline: str | None, outlet: str | None) -> str | None:
    """A line that only names the outlet names no author."""
    return None if byline and outlet and byline.casefold() == outlet.casefold() else byline


def choose(candidates: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """Mark one candidate a field: the first source in ORDER; among its values a minute before a day, then the earliest.

    A minute from a source further down wins over a day from one above where both name the same day.
    """
    best = {
        field: _pick([one for one in candidates if one.field == field]) for field in {one.field for one in candidates}
    }
    return tuple(
        Evidence(field=one.field, value=one.value, found_in=one.found_in, chosen=one is best[one.field])
        for one in candidates
    )


def _pick(found: Sequence[Evidence]) -> Evidence:
    ranked = sorted(found, key=_rank)
    top = ranked[0]
    if top.field != "published" or "T" in top.value or top.found_in == NAME:
        return top
    return next((one for one in ranked if one.value.startswith(top.value + "T")), top)


def _rank(one: Evidence) -> tuple[int, bool, str]:
    place = ORDER.index(one.found_in) if one.found_in in ORDER else len(ORDER)
    return (place, "T" not in one.value, one.value) if one.field == "published" else (place, False, "")


def _told(known: Known) -> Iterator[Evidence]:
    values = {
        "outlet": known.outlet,
        "published": known.published.isoformat() if known.published else None,
        "headline": known.headline,
        "url": known.url,
    }
    for field, value in values.items():
        if value:
            yield Evidence(field=field, value=value, found_in=NAME)


def _dates_of(passages: Sequence[Passage], text: str) -> Iterator[Evidence]:
    """Date lines above the prose; a date line further down belongs to something else on the page."""
    prose = next((p.span.end for p in passages if p.part is Part.DATELINE and p.at is None), _LEADING_CHARS)
    above = [p for p in passages if p.part is Part.DATELINE and p.at and p.span.start < min(prose, _LEADING_CHARS)]
    for passage in above[:1]:
        if passage.at:
            yield Evidence(field="published", value=passage.at.isoformat(), found_in="date line")


def _posts(draft: Draft) -> tuple[Post, ...]:
    """Posts that the page's markup shows, and those in the words, without saying one twice."""
    bare = [post for post in find_posts(draft.text) if not any(post.span.overlaps(known.span) for known in draft.posts)]
    return tuple(sorted((*draft.posts, *bare), key=lambda post: post.span))


def _best(candidates: Sequence[Evidence], field: str) -> str | None:
    return _chosen(choose(candidates), field) if candidates else None


def _chosen(candidates: Sequence[Evidence], field: str) -> str | None:
    return next((one.value for one in candidates if one.chosen and one.field == field), None)


def _moment(candidates: Sequence[Evidence]) -> Moment | None:
    value = _chosen(candidates, "published")
    return read_date(value) if value else None


def _notes(candidates: Sequence[Evidence], known: Known, published: Moment | None) -> Iterator[str]:
    if known.note:
        yield known.note
    for one in candidates:
        if one.field == "claimed url":
            whose = "whether it is a version of that one is for a person to say"
            yield f"it names {one.value} as its address, which is not where it was captured; {whose}"
            break
    if published is None:
        yield "no date was found in the report"
        return
    chosen = next(one for one in candidates if one.field == "published" and one.chosen)
    for other in candidates:
        told = read_date(other.value) if other.field == "published" and not other.chosen else None
        if told and _differs(told, published):
            yield f"{chosen.found_in} gives {chosen.value} as date, the report's {other.found_in} gives {other.value}"


def _differs(left: Moment, right: Moment) -> bool:
    """Two instants of one day agree; a day agrees with the instants within it in any zone."""
    if left.precision is Precision.MINUTE and right.precision is Precision.MINUTE:
        return abs((left.at - right.at).total_seconds()) > 86_400
    return abs((left.date - right.date).days) > (0 if left.precision is right.precision else 1)
