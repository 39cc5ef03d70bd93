"""What stands below a report's prose or is set into it: credits, live-blog stamps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Part, Passage
from onrecord.datamodel.span import Span
from onrecord.reading.dates import ZONE, clock
from onrecord.reading.marking.lines import Line

_CONTRIBUTED = re.compile(
    r"(?P<who>.{2,160}?) (?:also )?contributed (?:to|from|reporting)\b.{0,80}"
    r"|\(?(?:additional )?(?:reporting|writing|editing|research)(?: and (?:writing|editing))? by (?P<by>.{2,200})"
    r"|(?:with|includes) (?:additional )?(?:reporting|files|material|contributions?)(?: by| from) (?P<with>.{2,100})"
    r"|(?:this (?:article|story|report) (?:was )?)?(?:first|originally) (?:published|appeared) (?:by|in|on|at)"
    r" (?P<first>.{2,80})"
    r"|(?P<where>.{2,60}) reported from .{2,60}, and .{2,100} from .{2,60}",
    re.IGNORECASE,
)
_LINKING = frozenset("and of de van der al the for in from at contributing".split())
_WIRE = re.compile(r"[\[(](?P<wire>AP|AFP|Reuters|WSJ|CNN|BBC|UPI|dpa|PA|Associated Press|[A-Z]{2,5})[\])]")
_STAMP = re.compile(
    rf"(?:[-•*]\s*)?(?:updated? (?:at )?)?(?P<clock>\d{{1,2}}[:.]\d\d(?!\d)(?:\s?[ap]\.?m\b\.?)?(?:\s?{ZONE}\b)?"
    rf"|\d{{1,2}}\s?[ap]\.m\.(?:\s?{ZONE}\b)?|\d{{1,2}}\s?[ap]m\b(?:\s?{ZONE}\b)?)\s*(?P<stop>[:–—-]|$)",
    re.IGNORECASE,
)
# "09:31 Engineer takes it back": the entry's time and its title.
_TITLED = re.compile(rf"(?P<clock>(?:[01]\d|2[0-3])[:.][0-5]\d(?: ?{ZONE}\b)?)\s+(?P<title>\S.*)")
_MIN_TITLED = 3
_MAX_TITLE = 110
_ALL_TIMES = re.compile(rf"all times (?:are )?(?P<zone>{ZONE})\b", re.IGNORECASE)
_LAST = 4


def credits(lines: Sequence[Line]) -> Iterator[tuple[Passage, str]]:
    """Lines that say who contributed or published first, and the words that name them."""
    for number, line in enumerate(lines):
        near_end = number >= len(lines) - _LAST
        match = _CONTRIBUTED.fullmatch(line.text.rstrip(".) ")) if len(line.text) <= 260 else None
        who = next((found for found in match.groups() if found), "") if match else ""
        if who and _is_named(who) and (near_end or not line.speaks or "reporting" in line.text.casefold()):
            yield Passage(span=line.span, part=Part.CREDIT), who.strip(" .()")
        elif near_end and (wire := _WIRE.fullmatch(line.text)):
            yield Passage(span=line.span, part=Part.CREDIT), wire.group("wire")


def _is_named(words: str) -> bool:
    """Names only: "Heavy rain contributed to the collapse" credits nobody."""
    found = re.findall(r"[^\s,;&/]+", words)
    return all(word[0].isupper() or word[0] in "@(" or word.casefold() in _LINKING for word in found[1:])


def stamps(lines: Sequence[Line], published: Moment | None, text: str) -> Iterator[Passage]:
    """The times that open a live blog's entries; two or more make a live blog, one alone is no sign of it."""
    titled = [(line, match) for line in lines if (match := _TITLED.match(line.text))]
    if len(titled) >= _MIN_TITLED and _in_order([match.group("clock") for _, match in titled]):
        yield from _titled(titled, published, _zone(text))
        return
    found = [(line, match) for line in lines if (match := _STAMP.match(line.text))]
    found = [(line, match) for line, match in found if match.group("stop") or match.end() == len(line.text)]
    if len(found) < 2:
        return
    zone = _zone(text)
    for line, match in found:
        start = line.start + match.start("clock")
        at = clock(match.group("clock"), published.date, zone) if published else None
        yield Passage(span=Span(start, line.start + match.end()), part=Part.STAMP, at=at)


def _zone(text: str) -> str | None:
    """The zone that a live blog says all its times are in."""
    told = _ALL_TIMES.search(text)
    return told.group("zone") if told else None


def _titled(
    found: Sequence[tuple[Line, re.Match[str]]], published: Moment | None, zone: str | None
) -> Iterator[Passage]:
    for line, match in found:
        at = clock(match.group("clock"), published.date, zone) if published else None
        yield Passage(span=Span(line.start, line.start + match.end("clock")), part=Part.STAMP, at=at)
        title = match.group("title")
        if len(title) <= _MAX_TITLE and not title.endswith((".", '."', ".”")):
            yield Passage(span=Span(line.start + match.start("title"), line.end), part=Part.SUBHEAD)


def _in_order(clocks: Sequence[str]) -> bool:
    """Newest first or oldest first, with at most one midnight between."""
    told = [one[:5].replace(".", ":") for one in clocks]
    turns = sum(one < two for one, two in pairwise(told))
    return turns <= 1 or turns >= len(told) - 2
