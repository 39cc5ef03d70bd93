"""The places of a text that name a document: noun phrases with their determiner and modifiers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from onrecord.attributing.lexicon.documents import CONTINUING, FAMILY, MODIFIERS
from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.quotation import quoted_flags
from onrecord.datamodel.report import Part, Report
from onrecord.datamodel.span import Span

_ALL = sorted({*FAMILY, *CONTINUING}, key=lambda noun: (-len(noun), noun))
_NOUN = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, _ALL))})(?![\w-])", re.IGNORECASE)
_TOKEN = re.compile(r"[\w.’'&-]+$")
_INDEFINITE = frozenset("a an another one some any no every each two three several new".split())
_DEFINITE = frozenset("the this that these those its his her their our my your".split())
# Words that end a noun phrase to the left.
_STOPS = frozenset(
    """of in on at to for from by with about into over after before as and or but if that which who is are was were be
    been has have had says said say tells told calls called would could should may might will can not it he she they
    we i you there when while where than then also only so because per via according saw see sees read reads reading
    obtained released posted confirmed confirm verified verify confirms watched shared showed shows show sent send
    how what why against between during through under until among such do does did""".split()
)
_POSSESSIVE = re.compile(r"['’]s?$")
# What may follow a noun that heads its phrase; any other word makes the noun a part of a longer one ("video chat").
_FOLLOWS = frozenset(
    """of in on at to for from by with about into over after before as and or but if that which who whose is are was
    were be been has have had would could should may might will can cannot not it he she they we i you when while where
    than then also only so because per via according up out during through under until among does do did reads read
    said says say went came got made found gave led left began became shown sent written seen given taken told both all
    itself actually really apparently allegedly purportedly reportedly supposedly never now just first today yesterday
    online the a an this these his her its their""".split()
)
_SUFFIX = re.compile(r"\w+(?:ed|ing|ly|s|n['’]t)$")
_LONGEST = 6
_FAR = 200
# A report that names documents more often is a list of them.
MOST = 400
_SKIPPED = (Part.MENU, Part.RELATED, Part.CREDIT, Part.BYLINE, Part.CAPTION, Part.STAMP, Part.HIDDEN, Part.STRUCK)


@dataclass(frozen=True, slots=True)
class Named:
    """A noun phrase for a document: its span, its noun in lower case, whether it introduces one, and its modifiers."""

    span: Span
    noun: str
    at: int
    indefinite: bool
    bare: bool
    modifiers: tuple[tuple[str, Span], ...]
    owner: Span | None = None

    @property
    def continuing(self) -> bool:
        """Whether the noun only takes up a document that is named otherwise."""
        return self.noun not in FAMILY

    @property
    def families(self) -> frozenset[str]:
        """What sorts of document the noun may name."""
        return frozenset({FAMILY[self.noun]} if self.noun in FAMILY else {FAMILY[one] for one in CONTINUING[self.noun]})


def named(report: Report, layout: Segmentation) -> tuple[Named, ...]:
    """The mentions of documents in a report's prose and headlines, in order."""
    some = tuple(islice(_phrases(layout), MOST))
    if not some:
        return ()
    left_out = [one.span for one in report.passages if one.part in _SKIPPED]
    quoted = quoted_flags(report.text)
    found = (one for one in some if not any(span.start <= one.at < span.end for span in left_out))
    # What a quotation brings in for the first time is no document of the report's.
    return tuple(
        one
        for one in found
        if not (one.indefinite and any(a <= one.span.start and one.span.end <= b for a, b in quoted))
    )


def _phrases(layout: Segmentation) -> Iterator[Named]:
    text = layout.text
    for match in _NOUN.finditer(text):
        if not _heads(text, match.end()):
            continue
        start = max(match.start() - _FAR, layout.sentence_span(layout.sentence(match.start()))[0])
        phrase = _leftwards(text, start, match)
        if phrase is not None:
            yield phrase


def _heads(text: str, end: int) -> bool:
    """Whether the word before this place heads its phrase, by what follows."""
    behind = re.match(r"(?:['’]s?)?[ \t]+([\w’'-]+)(?:[ \t]+([\w’'-]+))?", text[end : end + 60])
    if behind is None or text[end : end + 1] in "'’":
        return True
    word, beyond = behind[1], (behind[2] or "")
    low = word.lower()
    if low in FAMILY or low in ("games", "news", "clips"):
        return False
    if low in _FOLLOWS or not word[0].islower():
        return True
    if low.endswith("ing"):
        return not beyond or beyond.lower() in _FOLLOWS or beyond[0].isdigit() or not beyond[0].islower()
    return bool(_SUFFIX.fullmatch(low))


def _leftwards(text: str, start: int, match: re.Match[str]) -> Named | None:
    """The noun phrase that a noun heads: its words back to a determiner; None where the noun is none."""
    begin = match.start()
    modifiers: list[tuple[str, Span]] = []
    owner: Span | None = None
    determiner = ""
    while len(modifiers) <= _LONGEST:
        before = text[start:begin].rstrip(' \t“"‘')
        joined = before.endswith(",") and bool(modifiers) and re.search(r"\b[a-z-]+,$", before) is not None
        token = _TOKEN.search(before[:-1] if joined else before)
        if token is None or (joined and not _adjective(token[0])):
            break
        word = token[0]
        low = word.lower()
        place = Span(start + token.start(), start + token.end())
        if low in _INDEFINITE or low in _DEFINITE:
            determiner, begin = low, place.start
            break
        if _POSSESSIVE.search(word):
            determiner, owner = "'s", place
            begin = place.start
            break
        if low in _STOPS or word.endswith("."):
            break
        modifiers.append((low, place))
        begin = place.start
    if not determiner and not _bare(modifiers):
        return None
    if not determiner and modifiers:
        modifiers = _trimmed(modifiers)
        begin = modifiers[-1][1].start if modifiers else match.start()
    return Named(
        span=Span(begin, match.end()),
        noun=_noun(match[0].lower()),
        at=match.start(),
        indefinite=determiner in _INDEFINITE,
        bare=not determiner,
        modifiers=tuple(reversed(modifiers)),
        owner=owner,
    )


def _noun(words: str) -> str:
    """The noun that heads a compound, or what tells more of it: "audio clip" is a clip, "audio file" an audio."""
    first, _, last = words.rpartition(" ")
    return words if not first else last if last in FAMILY else first if first in FAMILY else words


def _adjective(word: str) -> bool:
    return word.lower() in MODIFIERS or word[:1].islower()


def _bare(modifiers: list[tuple[str, Span]]) -> bool:
    """Whether a noun without a determiner names a document: in a headline's style, with a word that marks one."""
    return any(word in MODIFIERS for word, _ in modifiers)


def _trimmed(modifiers: list[tuple[str, Span]]) -> list[tuple[str, Span]]:
    """The modifiers from the noun back to the furthest that marks a document."""
    last = max(number for number, (word, _) in enumerate(modifiers) if word in MODIFIERS)
    return modifiers[: last + 1]
