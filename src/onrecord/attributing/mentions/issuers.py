"""Who put out what a phrase calls a report, a survey, a post: "a report by the Harbour Observatory"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.attributing.lexicon import bodies, outlets, places
from onrecord.attributing.mentions.mention import MentionType
from onrecord.attributing.mentions.persons import is_personal, looks_personal
from onrecord.attributing.mentions.tokens import DETERMINERS, PREPOSITIONS, after_titles, is_capital, trailing_run

REPORTED = frozenset(
    """report reports article articles story stories piece editorial column headline headlines study studies survey
    surveys poll polls review investigation analysis profile edition publication bulletin statement release
    website site page portal""".split()
)
POSTED = frozenset("post posts blog tweet tweets message messages page account website column".split())
# What outlets print: who it is from is one, whatever its name.
PRINTED = frozenset("article articles story stories piece column headline headlines edition".split())
# What one writes on, which is nobody's word.
_PLATFORMS = frozenset("facebook twitter instagram youtube reddit tumblr telegram whatsapp snapchat x".split())
_BY = frozenset(("by", "from"))
_IN = frozenset(("in", "on", "at"))
_MADE = frozenset("published released posted issued written conducted compiled carried prepared produced".split())
_DAYS = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August
    September October November December Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec""".split()
)
_LINKS = frozenset("of for and the &".split())


def issuer_of(core: Sequence[str], rest: Sequence[str]) -> tuple[MentionType, str] | None:
    """The outlet, body or person that put out a document, by the words up to its noun and those behind; None for none.

    Example:
        >>> issuer_of(["a", "report"], ["from", "the", "broadsheet", "Quay", "Herald"])
        (<MentionType.OUTLET: 'outlet'>, 'Quay Herald')
        >>> issuer_of(["a", "Lorne", "Rights", "Union", "survey"], [])
        (<MentionType.BODY: 'body'>, 'Lorne Rights Union')
    """
    noun = core[-1].lower()
    if noun not in REPORTED | POSTED:
        return None
    if noun in POSTED and "'s" in core:
        owner = after_titles(trailing_run(list(core[: core.index("'s")])))[1]
        if owner and is_personal(owner):
            return MentionType.PERSON, " ".join(owner)
    before = _issuing(_before(core), noun, sure=False)
    behind = ((sure, _issuing(name, noun, sure=sure)) for name, sure in _behind(rest))
    # What stands "in" or "on" an outlet is the outlet's; "on the Harbour Board" tells what it is about.
    return before or next((found for sure, found in behind if found and (sure or found[0] is MentionType.OUTLET)), None)


def _before(core: Sequence[str]) -> list[str]:
    """The capitalised words that stand before a document's noun, platforms and plain words between them left out."""
    words = [token for token in core[:-1] if token != "'s"]
    while words and (not is_capital(words[-1]) or words[-1].lower() in _PLATFORMS):
        words.pop()
    return [token for token in trailing_run(words) if token.lower() not in DETERMINERS]


def _behind(rest: Sequence[str]) -> Iterator[tuple[list[str], bool]]:
    """The names behind a document's noun, each with whether "by" or "from" stands before it."""
    for number, token in enumerate(rest):
        low = token.lower()
        if low not in _BY | _IN:
            if low in PREPOSITIONS or not (is_capital(token) or token[:1].isdigit() or low in _MADE | DETERMINERS):
                return
            continue
        name: list[str] = []
        for word in rest[number + 1 :]:
            if is_capital(word) or (name and word.lower() in _LINKS):
                name.append(word)
            elif word.lower() in PREPOSITIONS:
                break
            else:
                name = []
        while name and name[-1].lower() in _LINKS:
            name.pop()
        if name:
            yield name, low in _BY


def _issuing(name: list[str], noun: str, *, sure: bool) -> tuple[MentionType, str] | None:
    """What a name is that a document is from; one word that no list knows is one only where that is `sure`."""
    words = " ".join(name)
    known = outlets.outlet_of(words) or outlets.outlet_of(f"the {words}") or _outlet_at_end(name)
    if known:
        return MentionType.OUTLET, known
    body = bodies.body_of(words)
    if body:
        return MentionType.BODY, body
    if not name or _is_place_or_day(name) or words.lower() in _PLATFORMS:
        return None
    person = after_titles(name)[1]
    if person and is_personal(person) and looks_personal(person):
        return (MentionType.PERSON, " ".join(person)) if sure and noun in POSTED else None
    if len(name) > 1:
        return MentionType.BODY, words
    if noun in POSTED:
        return (MentionType.NAME, words) if sure else None
    return (MentionType.OUTLET, words) if _inner_capital(words) or (sure and noun in PRINTED) else None


def _outlet_at_end(name: list[str]) -> str | None:
    """The outlet with which a run of capitals ends: "UK publication The Mirror" holds one."""
    for start in range(1, len(name)):
        known = outlets.outlet_of(" ".join(name[start:]))
        if known:
            return known
    return None


def _inner_capital(word: str) -> bool:
    return not word.isupper() and any(letter.isupper() for letter in word[1:])


def _is_place_or_day(name: list[str]) -> bool:
    words = " ".join(name)
    first = name[0].rstrip(".")
    return bool(
        places.country_of(words)
        or words in places.DEMONYMS
        or words in places.OTHER_PLACES
        or words in places.STATES
        or first in _DAYS
    )
