"""Words of time to moments, held against the day a report was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from onrecord.attributing.layout import Layout
from onrecord.attributing.timewords import EXPRESSION, counts_from_told_day, resolve
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, hull
from onrecord.datamodel.time_zones import NAMES, named_zone

_CLOCK = re.compile(
    r"\b(?:at |around |about |by )?(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<ap>a\.?m\.?|"
    rf"p\.?m\.?)?(?:\s(?P<zone>{NAMES}))?(?!\w)",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(r";|\b(?:after|before|since|when|who|which|whose)\b")
_SAME_CLAUSE = re.compile(r"\n|[\"“”;]")
# What a sentence must hold for the long pattern to be tried on it.
_HINTS = (
    *(
        "day",
        "ago",
        "earlier",
        " later",
        "last ",
        "next ",
        "this ",
        "tomorrow",
        "tonight",
        "previous",
        "easter",
        "christmas",
        "new year",
    ),
    *("jan", "feb", "mar", "apr", " may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "from now"),
    *(" 19", " 20", "(19", "(20", *(f"the {number}" for number in range(1, 10))),
)


@dataclass(frozen=True, slots=True)
class Dated:
    """Words of time and the moment they mean."""

    span: Span
    moment: Moment


def base_of(reports: Sequence[Report]) -> Moment | None:
    """The day to hold relative words against where a report has no date: the median of the story's dates."""
    known = sorted((report.published.at, report.published) for report in reports if report.published)
    return known[len(known) // 2][1] if known else None


def dated(layout: Layout, base: Moment | None) -> Iterator[Dated]:
    """Every expression of time that can be resolved, in order; relative ones need a base."""
    text, day = layout.text, base.date if base else None
    # "Three days earlier" counts from the day that was told last, in this sentence or the one before.
    last: tuple[int, Moment] | None = None
    for number in range(len(layout.sentences)):
        start, end = layout.sentence_span(number)
        low = text[start:end].lower()
        if not any(hint in low for hint in _HINTS):
            continue
        for match in EXPRESSION.finditer(text, start, end):
            before = _SAME_CLAUSE.split(text[max(0, match.start() - 120) : match.start()])[-1]
            told = last[1].date if last and number - last[0] <= 1 else None
            moment = resolve(match, told if counts_from_told_day(match) else day, before)
            if moment and moment.precision is Precision.DAY:
                moment = _with_clock(moment, text, match) or moment
                last = number, moment
            if moment:
                yield Dated(Span(match.start(), match.end()), moment)


def _with_clock(moment: Moment, text: str, match: re.Match[str]) -> Moment | None:
    """A day with a time of day beside it that tells its zone; without a zone the day alone is certain."""
    for piece in (text[match.end() : match.end() + 28], text[max(0, match.start() - 28) : match.start()]):
        clock = _CLOCK.search(piece)
        if clock is None or not clock["zone"] or not (clock["m"] or clock["ap"]):
            continue
        hour = (
            int(clock["h"]) % 12 + (12 if (clock["ap"] or "").lower().startswith("p") else 0)
            if clock["ap"]
            else int(clock["h"])
        )
        zone = named_zone(clock["zone"])
        if zone is not None and hour < 24 and int(clock["m"] or 0) < 60:
            local = datetime.combine(moment.date, time(hour, int(clock["m"] or 0)), zone)
            return Moment(local.astimezone(UTC), Precision.MINUTE)
    return None


def said_at(tag: Tag, layout: Layout, found: Sequence[Dated], base: Moment | None) -> Moment | None:
    """When the sentence says that it was said: words of time beside source and cue, outside the content."""
    anchor = hull((*tag.source, *tag.cue))
    if anchor is None or base is None:
        return None
    start, end = layout.sentence_span(layout.sentence(tag.cue[0].start if tag.cue else anchor.start))
    near = [
        (gap, one.moment)
        for one in found
        if start <= one.span.start < end
        and _tells_day(one, tag, base)
        and (gap := _gap(one.span, anchor, layout.text)) is not None
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _tells_day(one: Dated, tag: Tag, base: Moment) -> bool:
    exact = one.moment.precision in (Precision.DAY, Precision.MINUTE) and one.moment.date <= base.date
    return exact and not any(span.overlaps(one.span) for span in tag.content)


def _gap(time_words: Span, anchor: Span, text: str) -> int | None:
    """How far words of time stand from source and cue; None where they belong to another clause."""
    gap = max(anchor.start - time_words.end, time_words.start - anchor.end, 0)
    between = text[min(time_words.end, anchor.end) : max(time_words.start, anchor.start)]
    return None if gap > 60 or _OTHER_CLAUSE.search(between) else gap
