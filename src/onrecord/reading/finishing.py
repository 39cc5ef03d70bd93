"""A draft and what is known from outside to a report: furniture, posts, and one value chosen for each field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.report import Evidence, Part, Passage, Post, Report
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft
from onrecord.reading.finding.sidecar import NAME, Known
from onrecord.reading.furniture import mark
from onrecord.reading.marking.completeness import early_end
from onrecord.reading.marking.corrections import note_of
from onrecord.reading.posts import find_posts

MAX_TEXT_CHARS = 1_000_000
MAX_LINES = 50_000
# Who is believed first, field by field: what the desk says, what the publisher's data says, what the page shows.
ORDER = (
    NAME,
    "item",
    "header",
    "JSON-LD",
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
    if len(draft.text) > MAX_TEXT_CHARS:
        raise ReadError(f"{file}: {len(draft.text):,} characters, more than {MAX_TEXT_CHARS:,} in one report; split it")
    if draft.text.count("\n") > MAX_LINES:
        raise ReadError(f"{file}: more than {MAX_LINES:,} lines in one report; split it")
    posts = _posts(draft)
    outside = (*_told(known), *draft.evidence)
    spoken = draft.reader == "transcript"
    known_as = _best(outside, "headline")
    marked = mark(draft.text, posts=posts, known=draft.passages, headline=known_as, guess_headline=not spoken)
    candidates = choose((*outside, *_dates_of(marked.passages, draft.text)))
    published = _moment(candidates)
    if published is not None and any(passage.part is Part.STAMP for passage in marked.passages):
        # The times of a live blog name instants only once its day is known.
        marked = mark(draft.text, posts=posts, known=draft.passages, headline=known_as, published=published)
    cut = early_end(draft.text)
    said = [note_of(one, draft.text) for one in marked.passages if one.part in (Part.CORRECTION, Part.WITHDRAWAL)]
    return Report(
        id=id,
        text=draft.text,
        file=file,
        sha256=draft.sha256,
        outlet=_chosen(candidates, "outlet"),
        published=published,
        headline=_chosen(candidates, "headline") or marked.headline,
        byline=_chosen(candidates, "byline") or _author(marked.byline, _chosen(candidates, "outlet")),
        url=_chosen(candidates, "url"),
        language=_chosen(candidates, "language"),
        captured=draft.captured,
        reader=draft.reader,
        passages=marked.passages,
        posts=posts,
        evidence=candidates,
        credits=tuple(dict.fromkeys([*draft.credits, *marked.credits])),
        doubtful=draft.doubtful,
        loci=draft.loci,
        notes=tuple(
            dict.fromkeys([*draft.notes, *([cut] if cut else []), *said, *_notes(candidates, known, published)])
        ),
        truncated=draft.truncated or cut is not None,
    )


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
