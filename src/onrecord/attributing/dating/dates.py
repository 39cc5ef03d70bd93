"""Time expressions of a report resolved to moments, relative to the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from onrecord.attributing.dating.time_expressions import EXPRESSION, counts_from_last_date, resolve_expression
from onrecord.attributing.segmentation import Segmentation
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
class DateMention:
    """A time expression and the moment it denotes."""

    span: Span
    moment: Moment


def reference_date(reports: Sequence[Report]) -> Moment | None:
    """The reference date for reports without one: the median of the story's dates, None where no report has a date."""
    known = sorted((report.published.at, report.published) for report in reports if report.published)
    return known[len(known) // 2][1] if known else None


def find_dates(segmentation: Segmentation, reference: Moment | None) -> Iterator[DateMention]:
    """Every time expression that can be resolved, in order; relative ones need a reference date."""
    text, day = segmentation.text, reference.date if reference else None
    # "Three days earlier" counts from the day that was told last, in this sentence or the one before.
    last: tuple[int, Moment] | None = None
    for number in range(len(segmentation.sentences)):
        start, end = segmentation.sentence_span(number)
        low = text[start:end].lower()
        if not any(hint in low for hint in _HINTS):
            continue
        for match in EXPRESSION.finditer(text, start, end):
            before = _SAME_CLAUSE.split(text[max(0, match.start() - 120) : match.start()])[-1]
            last_date = last[1].date if last and number - last[0] <= 1 else None
            moment = resolve_expression(match, last_date if counts_from_last_date(match) else day, before)
            if moment and moment.precision is Precision.DAY:
                moment = _with_clock(moment, text, match) or moment
                last = number, moment
            if moment:
                yield DateMention(Span(match.start(), match.end()), moment)


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


def statement_date(
    tag: Tag, segmentation: Segmentation, mentions: Sequence[DateMention], reference: Moment | None
) -> Moment | None:
    """When the statement was made: of the time expressions in its sentence the nearest to source and cue."""
    anchor = hull((*tag.source, *tag.cue))
    if anchor is None or reference is None:
        return None
    start, end = segmentation.sentence_span(segmentation.sentence(tag.cue[0].start if tag.cue else anchor.start))
    near = [
        (gap, mention.moment)
        for mention in mentions
        if start <= mention.span.start < end
        and _tells_day(mention, tag, reference)
        and (gap := _gap(mention.span, anchor, segmentation.text)) is not None
    ]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _tells_day(mention: DateMention, tag: Tag, reference: Moment) -> bool:
    exact = mention.moment.precision in (Precision.DAY, Precision.MINUTE) and mention.moment.date <= reference.date
    return exact and not any(span.overlaps(mention.span) for span in tag.content)


def _gap(time_words: Span, anchor: Span, text: str) -> int | None:
    """How far words of time stand from source and cue; None where they belong to another clause."""
    gap = max(anchor.start - time_words.end, time_words.start - anchor.end, 0)
    between = text[min(time_words.end, anchor.end) : max(time_words.start, anchor.start)]
    return None if gap > 60 or _OTHER_CLAUSE.search(between) else gap
