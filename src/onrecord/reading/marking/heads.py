"""What stands above a report's prose: headline, standfirst, date lines, bylines and datelines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.report import Part, Passage
from onrecord.datamodel.span import Span
from onrecord.reading.dates import DATE, MONTH, find_dates
from onrecord.reading.marking.lines import Line

AGENCY = r"(?:dpa|[A-Z][\w.&’' ]{1,30})"
_NAME = r"[A-Z][\w.’'-]{0,30}(?: (?:[A-Z][\w.’'-]{0,30}|de|van|von|der|den|al|bin|of|la)){0,6}"
_UPPER = r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]*){0,4}"
_STATE = r"(?:,? [A-Z][\w.]*(?: [A-Z][\w.]*){0,2}|,? \([A-Z][\w. ]{2,30}\))"
_WHEN = rf"(?i:,? {MONTH}\.? \d{{1,2}}(?:,? \d{{4}})?|,? \d{{1,2}} {MONTH}(?: \d{{4}})?)"
_DASH = r"(?:\s?[-–—―?]{1,2}(?=\s|$)|\s?[—―–](?=\w))"
# "PORT ALDER, May 3 (Northline) - ", "PORT ALDER — ", "Port Alder (Northline) - ", "(Channel 6) -- "
_DATELINE = re.compile(
    rf"(?:(?P<by>By {_NAME})\s+)?"
    rf"(?:(?P<upper>{_UPPER}) ?{_STATE}{{0,2}}?{_WHEN}?(?: ?\((?P<agency>{AGENCY})\))?"
    rf"|(?P<mixed>{_NAME}){_STATE}{{0,2}}?{_WHEN}? ?\((?P<agency2>{AGENCY})\)"
    rf"|\((?P<agency3>[A-Z][\w. ]{{1,20}})\)){_DASH}"
)
_BY = re.compile(r"(?:(?:written|reported|compiled|text|words|story|report) )?by\s+", re.IGNORECASE)
_BY_WORDS = frozenset(
    "and in for at the of de van von der den al bin staff senior political chief special writer"
    " reporter correspondent editor".split()
)
_ROLE = re.compile(
    r",[\w ]{0,40}\b(?:writer|reporter|correspondent|editor|columnist|staff|chief)(?: in [A-Z][\w ]{1,30})?$"
)
_DATE_WORDS = frozenset(
    "broadcast aired recorded date dated published posted first last updated update modified created on at by by:"
    " edt est et gmt utc bst cet am pm".split()
)
_CLOCK_WORD = re.compile(r"\d{1,2}[:.]\d\d(?::\d\d)?|\d{4}|[A-Z]{2,4}|[ap]\.?m\.?|[AP]M|\d{1,2}[ap]m")
_LEAD_DATE = re.compile(rf"(?:date|dated|published(?: on)?|posted(?: on)?|updated)\s*:?\s*{DATE}", re.IGNORECASE)
_ENDINGS = re.compile(r"(?:[,.;:!?…]|\.['\"’”])$")
_SMALL = frozenset(
    "a an the of in on at to for and or but by as with from is are was be not no it its vs via over after".split()
)
_HEAD_LINES = 12
_MAX_HEADLINE = 220
_MAX_DATELINE = 90


def lead_date(text: str) -> Iterator[Passage]:
    """A date that opens the first line ("date 2031-03-07 The bridge ..."), or lines among the first that are only a"
    " date."""
    start = len(text) - len(text.lstrip(" \t\r\n\ufeff\xa0"))
    match = _LEAD_DATE.match(text, start)
    if match:
        found = next(find_dates(match.group()), None)
        yield Passage(span=Span(match.start(), match.end()), part=Part.DATELINE, at=found.at if found else None)


def date_lines(lines: Sequence[Line]) -> Iterator[Passage]:
    """Lines that hold a date and nothing else, with the moment they tell."""
    for line in lines:
        if len(line.text) > _MAX_DATELINE or not re.search(r"\d{4}", line.text):
            continue
        found = next(find_dates(line.text), None)
        if found and _only_date(line.text[: found.span.start] + " " + line.text[found.span.end :]):
            yield Passage(span=line.span, part=Part.DATELINE, at=found.at)


def bylines(lines: Sequence[Line]) -> Iterator[Passage]:
    """Lines among the first that name who wrote the report."""
    for line in lines[:_HEAD_LINES]:
        if len(line.text) <= 120 and _names_author(line.text):
            yield Passage(span=line.span, part=Part.BYLINE)


def authors(lines: Sequence[Line], taken: Sequence[Passage]) -> Iterator[Passage]:
    """Lines between a headline and its date line: who wrote it, for whom ("Ada Lorne, transport editor")."""
    dated = next((n for n, line in enumerate(lines[:7]) if any(p.at and p.span == line.span for p in taken)), 0)
    for line in lines[1:dated]:
        first = re.findall(r"[^\s,]+", line.text.partition(",")[0])
        named = 1 < len(first) < 6 and all(word[0].isupper() or word.casefold() in _BY_WORDS for word in first)
        if named and len(line.text) <= 80 and not line.ended and not line.speaks:
            yield Passage(span=line.span, part=Part.BYLINE)


def datelines(lines: Sequence[Line]) -> Iterator[tuple[Passage, str | None]]:
    """The place and agency that open the prose, and the agency; a byline run into it comes as its own passage."""
    for line in lines[:_HEAD_LINES]:
        match = _DATELINE.match(line.text[: _MAX_DATELINE * 2])
        if match is None or match.end() > _MAX_DATELINE + len(match.group("by") or "") or not _is_place(match, line):
            continue
        start = line.start
        if by := match.group("by"):
            yield Passage(span=Span(start, start + len(by)), part=Part.BYLINE), None
            start += len(by) + len(line.text[len(by) :]) - len(line.text[len(by) :].lstrip())
        agency = match.group("agency") or match.group("agency2") or match.group("agency3")
        yield Passage(span=Span(start, line.start + match.end()), part=Part.DATELINE), agency


def _is_place(match: re.Match[str], line: Line) -> bool:
    """A dateline is followed by a sentence or stands alone; "NATO - the alliance" needs an agency, a date or a"
    " state."""
    if match.group("agency") or match.group("agency2") or match.group("agency3"):
        return True
    place = (match.group("upper") or "").split()
    if len(place) > (4 if "," in match.group() else 3):
        return False
    rest = line.text[match.end() :].strip()
    long_dash = match.group().rstrip()[-1] in "—―–-"
    return long_dash and (not rest or ((rest[0].isupper() or rest[0] in "\"“‘'") and len(rest) > 60))


def _only_date(rest: str) -> bool:
    words = re.findall(r"[^\s()|,–—-]+", rest)
    return all(word.strip(".:").casefold() in _DATE_WORDS or _CLOCK_WORD.fullmatch(word) for word in words)


def _names_author(text: str) -> bool:
    match = _BY.match(text)
    told = _ROLE.sub("", text[match.end() :].rstrip(".")) if match else ""
    words = re.findall(r"[^\s,&;|/]+", told)
    return 1 < len(words) < 14 and all(word[0].isupper() or word.casefold() in _BY_WORDS for word in words)


def headline(lines: Sequence[Line], told: str | None) -> Line | None:
    """The line that is the headline: the one known from elsewhere, else the first line where it reads as one."""
    if told:
        want = _letters(told)
        for line in lines[:_HEAD_LINES]:
            if _letters(line.text.strip("| ")) == want:
                return line
    if len(lines) < 2 or not _reads_as_headline(lines[0], lines[1]):
        return None
    return lines[0]


def subhead(lines: Sequence[Line], after: int) -> Line | None:
    """The line below the headline where it is short and stops without a full stop."""
    following = [line for line in lines if line.start >= after][:1]
    for line in following:
        if len(line.text) <= _MAX_HEADLINE and not line.ended and not line.text.startswith(("-", "•", "*")):
            return line
    return None


def crossheads(lines: Sequence[Line]) -> Iterator[Passage]:
    """Short headings between paragraphs ("A new count", "- Talks in doubt -")."""
    for number, line in enumerate(lines[1:-1], 1):
        words = line.text.strip("-–— ")
        if not 3 <= len(words) <= 70 or _ENDINGS.search(words) or line.text[0] in "•*" or not words[0:2].strip("'‘\"“"):
            continue
        framed = line.text.startswith("- ") and line.text.endswith(" -")
        if line.text.startswith("-") and not framed:
            continue
        opens = words[0].isupper() or words[0] in "'‘\"“"
        if opens and not line.ended and lines[number - 1].ended and _opens_prose(lines[number + 1]):
            yield Passage(span=line.span, part=Part.SUBHEAD)


def _opens_prose(line: Line) -> bool:
    return line.ended and not line.text[0].islower()


def _reads_as_headline(first: Line, second: Line) -> bool:
    if len(first.text) > _MAX_HEADLINE or (len(second.text) < 20 and not second.blank_before):
        return False
    if first.text[0] in "-•*(" or first.text[-1] in ":;," or len(re.findall(r"\w+", first.text)) < 3:
        return False
    if not first.ended:
        return True
    one_sentence = not re.search(r"[.!?][\"”’']? [A-Z]", first.text[:-2])
    return one_sentence and (len(first.text) <= 90 or _title_case(first.text))


def _title_case(text: str) -> bool:
    words = [word for word in re.findall(r"[A-Za-z][\w’'-]*", text) if word.lower() not in _SMALL]
    return len(words) > 3 and sum(word[0].isupper() for word in words) >= 0.75 * len(words)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
