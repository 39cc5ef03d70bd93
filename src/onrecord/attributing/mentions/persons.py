"""Personal names in a phrase, told from titles, forenames and what no list knows as a body."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import bodies, outlets, places, titles
from onrecord.attributing.lexicon.forenames import FEMALE, FORENAMES, MALE
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.tokens import (
    PREPOSITIONS,
    after_titles,
    bare,
    core_of,
    is_capital,
    is_title,
    roles_of,
    tokenize,
    trailing_run,
)

_PARTIES = ("Republican", "Democrat", "Democratic", "Conservative", "Labour")
# Words that end as a trade does and stand before the names of firms, ships and places.
_FIRM = re.compile(
    r"(?:maker|retailer|insurer|lender|publisher|manufacturer|operator|broadcaster|developer|supplier|provider|"
    r"carrier|producer|builder|brewer|processor|vendor|contractor|distributor|refiner|paper|tanker|"
    r"freighter|liner|cruiser|trawler|theat(?:er|re)|cent(?:er|re)|border|river|tower|harbou?r|exporter|importer|"
    r"wholesaler|grocer|explorer|advertiser|charter|chapter|quarter|order|chamber|number|corner|cluster|"
    r"government|department|parliament|statement|document|continent|settlement|establishment|"
    r"committee|restaurant|instrument|plant|front|mor|door|floor|former|other|another|under|over|after|later|never|"
    r"super|inner|outer|upper|lower|elder|younger|older|latter|whether|either)$"
)
# "The head of the world's two million Harbour Keepers" names nobody.
_COUNTING = frozenset("hundred thousand million billion dozen hundreds thousands millions many".split())
_PLACE_OPENERS = frozenset(
    "The North South East West Northern Southern Eastern Western Central Greater Upper Lower New Air Los San".split()
)


def person_in(parts: list[str]) -> list[str] | None:
    """The tokens of the personal name that heads the phrase, None where none does."""
    core = core_of(parts)
    name = name_at_end(core)
    if name:
        return name
    return _behind_office(core, parts) if core and parts[len(core) : len(core) + 1] == ["of"] else None


def _behind_office(core: list[str], parts: list[str]) -> list[str] | None:
    """The name behind an office with "of" in it: "chairman of the Joint Chiefs of Staff General Ada Lorne"."""
    run = trailing_run(parts)
    before, name = after_titles(run)
    while len(name) > 2 and not before and name[0] in bodies.NAME_WORDS:
        before, name = [*before, name[0]], name[1:]
    if not name or len(name) > 4 or not is_personal(name):
        return None
    if not is_title(core[-1]) and (len(before) < 2 or not is_capital(core[-1])):
        return None
    led = parts[-len(run) - 1].lower() if len(run) < len(parts) else ""
    if led in _COUNTING or led[:1].isdigit():
        return None
    if len(before) == 1 and before[0] in bodies.NAME_WORDS and is_title(core[-1]):
        return name
    return name if len(before) > 1 or (led not in PREPOSITIONS and led != "the") else None


def name_at_end(core: list[str]) -> list[str] | None:
    """The personal name with which a phrase ends, titles and nations left off; None where it ends otherwise."""
    run = trailing_run(core)
    if not run:
        return None
    position = len(core) - len(run)
    led = core[position - 1] if position else ""
    before, name = after_titles(run)
    titled = bool(before) or (led and not is_capital(led) and is_title(led) and led.lower() not in PREPOSITIONS)
    if titled and name and is_personal(name):
        return name
    name = _without_nation(name)
    if led.lower() == "'s" and looks_personal(name):
        return name
    if led and led.lower() not in ("and", ",") and not titled and not _may_lead(led, name):
        return None
    return name if looks_personal(name) else None


def _may_lead(led: str, name: list[str]) -> bool:
    """Whether a word no list holds may be a trade before a name: "pollster Ada Lorne", "ventriloquist Ada Lorne"."""
    trade = not is_capital(led) and re.search(r"(?:er|or|ist|ian|man|woman|ee|ent|ant)$", led) is not None
    named = name[:1] != [] and (name[0].lower() in FORENAMES or (len(name) == 2 and not _FIRM.search(led.lower())))
    return trade and named and led.lower() not in PREPOSITIONS


def _without_nation(name: list[str]) -> list[str]:
    while len(name) > 2 and (name[0] in places.DEMONYMS or name[0] in _PARTIES):
        name = name[1:]
    return name


def is_personal(name: list[str]) -> bool:
    """Whether words behind a title can be a name."""
    joined = " ".join(name)
    if (
        len(name) > 4 + sum(token.lower() in titles.PARTICLES for token in name)
        or outlets.outlet_of(joined)
        or bodies.body_of(joined)
    ):
        return False
    if joined in places.STATES or (len(name) == 1 and (places.country_of(joined) or joined in places.OTHER_PLACES)):
        return False
    return not any(token in bodies.NAME_WORDS for token in name) or name[0].lower() in FORENAMES


def looks_personal(name: list[str]) -> bool:
    """Whether two to five capitalised words without a title are a person's name: no list knows them as a body."""
    if not 2 <= len(name) <= 5 or not is_personal(name):
        return False
    first = name[0].lower().rstrip(".")
    if first in FORENAMES or re.fullmatch(r"(?:[A-Z]\.){1,3}", name[0]):
        return True
    if places.country_of(" ".join(name)) or name[0] in places.OTHER_PLACES or name[-1] in outlets.NAME_ENDS:
        return False
    if any(len(bare(token)) > 1 and token.isupper() and bare(token) not in titles.SUFFIXES for token in name):
        return False
    nation = any(token in places.DEMONYMS or token in places.COUNTRIES for token in name[:-1])
    return not nation and name[0] not in _PLACE_OPENERS


def gender_of(roles: tuple[str, ...], name: list[str]) -> str:
    """m or f where a title, a role or a forename tells it, else empty."""
    for role in roles:
        if role in titles.MALE_HONORIFICS or role in titles.MALE_ROLES:
            return "m"
        if role in titles.FEMALE_HONORIFICS or role in titles.FEMALE_ROLES:
            return "f"
    first = name[0].lower() if name else ""
    if first in MALE and first not in FEMALE:
        return "m"
    return "f" if first in FEMALE and first not in MALE else ""


def body_in(parts: list[str]) -> str:
    """The outlet or known body among a description's words, the longest first; empty for none."""
    words = [token for token in parts if token != "'s"]
    for length in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = " ".join(words[start : start + length])
            name = (outlets.outlet_of(run) or bodies.body_of(run)) if is_capital(words[start]) else None
            if name:
                return name
    return ""


def person_mention(phrase: str, name: list[str], parts: list[str], tail: str) -> Mention:
    """A person with what the phrase says of office and body."""
    before = parts[: len(parts) - len(name)] if parts[-len(name) :] == name else _before(parts, name)
    hung = parts[len(before) + len(name) :]
    before = _own_titles(before)
    roles = roles_of([*before, *hung, *tokenize(tail)[:24]])
    kept = [token for token in name if token != "'s"]
    while len(kept) > 1 and bare(kept[-1]) in titles.POST_NOMINALS:
        kept = kept[:-1]
    return Mention(
        words=phrase,
        type=MentionType.PERSON,
        name=" ".join(kept),
        roles=roles,
        body=body_in(before) or body_in(hung) or body_in(tokenize(tail)),
        gender=gender_of(roles, kept),
    )


def _own_titles(before: list[str]) -> list[str]:
    """What stands before a name without another person's name and office ("secretary Ada Lorne President …")."""
    for number in range(len(before) - 1, -1, -1):
        if before[number].lower() in FORENAMES and is_capital(before[number]) and not is_title(before[number]):
            return before[number + 2 :]
    return before


def _before(parts: list[str], name: list[str]) -> list[str]:
    for start in range(len(parts) - len(name) + 1):
        if parts[start : start + len(name)] == name:
            return parts[:start]
    return parts
