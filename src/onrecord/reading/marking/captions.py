"""Photo captions and credits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.report import Part, Passage
from onrecord.datamodel.span import Span
from onrecord.reading.marking.lines import Line

_AGENCY = (
    r"(?:AP|AFP|Reuters|REUTERS|EPA|PA|Getty(?: Images)?|GETTY(?: IMAGES)?|Shutterstock|Alamy|Rex Features|Xinhua"
    r"|TASS|Anadolu"
    r"|European Press ?photo Agency|Associated Press|Agence France-Presse|Press Association|Bloomberg|UPI|dpa"
    r"|NurPhoto|ZUMA"
    r"|Canadian Press|Kyodo|Handout|Courtesy|Facebook|Twitter|Instagram|YouTube|Screengrab|Screenshot|file photo|File)"
)
# "(Photo by Ann Ray/AFP via Getty Images)", "(AP Photo/Ann Ray)", "(Ann Ray/Reuters)", "(European Pressphoto Agency)"
_CREDIT = re.compile(
    rf"[(\[](?:(?:photo(?:graph)?s?|image|picture|video|credit)s?\b[^()\[\]]{{0,120}}|AP Photo[^()\[\]]{{0,80}}"
    rf"|[^()\[\]]{{0,60}}/\s?{_AGENCY}[^()\[\]]{{0,60}}|{_AGENCY}(?: (?:photo|image|picture)s?)|European Press ?photo"
    rf" Agency"
    rf"|[^()\[\]]{{0,80}}via {_AGENCY}|handout|file photo|file)[)\]]\.?$",
    re.IGNORECASE,
)
_CREDIT_LINE = re.compile(
    rf"(?:(?:photo(?:graph)?|image|picture|video|credit|source)s?(?: credit)?(?: by)?\s*:\s*.{{2,100}}"
    rf"|(?:photo(?:graph)?|image|picture)s? by .{{2,100}}|[^.\"“”]{{2,60}}/\s?{_AGENCY}(?:[/ ].{{0,40}})?"
    rf"|(?:[^.\"“”]{{2,60}} via )?(?:Getty Images|AFP|Shutterstock|Alamy))",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:view (?:full )?gallery|file (?:photo|picture|image)|a (?:screen ?grab|screen ?shot|still (?:image|frame)"
    r"|video grab)\b"
    r"|(?:photo|image|picture|video|media) caption|pictured\b|in this (?:\w+ ){0,4}(?:photo|image|picture|file photo)\b"
    r"|(?:photo|image|picture) (?:shows|of)\b)",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"\((?:image|pictured|left|right|above|below|centre|center|(?-i:[lrc]))\)|, (?:left|right|center|centre|above|far"
    r" left|far right), ",
    re.IGNORECASE,
)
_TAGGED = re.compile(r"(?P<tag>[A-Z][a-z]+(?: [a-z]+){0,2}): [A-Z]")
# Posts lack full stops too, and are statements.
_PERSONAL = re.compile(r"[@#]\w|https?:|\b(?:I|I['’]m|we|our|my|you)\b|[.!?] [A-Z]|\d{4}$", re.IGNORECASE)
_MAX_CAPTION = 420
_MIN_TAGGED = 45
_GALLERY = 3


def captions(lines: Sequence[Line]) -> Iterator[Passage]:
    """Captions as CAPTION, and their credits as CREDIT."""
    gallery = _gallery(lines)
    for number, line in enumerate(lines):
        closed = line.text.rstrip(".")[-1:] in (")", "]") and len(line.text) <= _MAX_CAPTION * 2
        credit = _CREDIT.search(line.text) if closed else None
        if credit and _only_caption(line, credit.start()):
            yield from _split(line, credit.start())
        elif len(line.text) <= 140 and _CREDIT_LINE.fullmatch(line.text.rstrip(".")) and not line.text.endswith(":"):
            yield Passage(span=line.span, part=Part.CREDIT)
        elif number in gallery or _is_caption(line):
            yield Passage(span=line.span, part=Part.CAPTION)


def _only_caption(line: Line, credit: int) -> bool:
    """A credit ends a caption, which is short and quotes nobody; a long paragraph with one is prose."""
    return credit <= _MAX_CAPTION and not re.search(r"[\"“”].{30,}[\"“”]", line.text[:credit])


def _split(line: Line, credit: int) -> Iterator[Passage]:
    words = line.text[:credit].rstrip()
    if words:
        yield Passage(span=Span(line.start, line.start + len(words)), part=Part.CAPTION)
    yield Passage(span=Span(line.start + credit, line.end), part=Part.CREDIT)


def _is_caption(line: Line) -> bool:
    if len(line.text) > _MAX_CAPTION or '"' in line.text or "“" in line.text:
        return False
    if _CAPTION.match(line.text):
        return True
    # "The mayor, left, and the minister on Sunday in Port Alder.": the side is told, nobody speaks.
    return bool(_PICTURED.search(line.text)) and not line.speaks and len(line.text) <= 260


def _gallery(lines: Sequence[Line]) -> frozenset[int]:
    """Lines of a page with many pictures that stop without a full stop and report nobody's words."""
    tags = [match.group("tag") for line in lines if (match := _TAGGED.match(line.text)) and not line.ended]
    tagged = {number for number, line in enumerate(lines) if _is_tagged(line, tags)}
    # The first lines and bulleted summaries lack full stops too.
    loose = {
        number
        for number, line in enumerate(lines)
        if number > 3 and _MIN_TAGGED <= len(line.text) <= 220 and not line.ended and not line.speaks
        and line.text[0].isupper() and not _goes_on(lines, number) and not _PERSONAL.search(line.text)
        and not _TAGGED.match(line.text)
    }  # fmt: skip
    full = sum(1 for line in lines if line.ended)
    found = (tagged if len(tagged) > 1 else set()) | (loose if len(loose) >= _GALLERY and full > len(loose) else set())
    return frozenset(found)


def _is_tagged(line: Line, tags: Sequence[str]) -> bool:
    """ "Remote spot: Officers stand watch": a speaker would come again, and his words would end."""
    match = _TAGGED.match(line.text)
    return bool(
        match
        and not line.ended
        and not line.speaks
        and len(line.text) >= _MIN_TAGGED
        and tags.count(match.group("tag")) == 1
    )


def _goes_on(lines: Sequence[Line], number: int) -> bool:
    return number + 1 < len(lines) and lines[number + 1].text[0].islower()
