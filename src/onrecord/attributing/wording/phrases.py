"""The words of a source to what they name: a person, a body, an outlet, a document, somebody unnamed, a pronoun."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from onrecord.attributing.lexicon import bodies, outlets, titles
from onrecord.attributing.wording.behalf import on_behalf_of
from onrecord.attributing.wording.documents import document_in
from onrecord.attributing.wording.groups import OUTLET_HEADS, body_head, group_mention
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.persons import (
    body_in,
    gender_of,
    is_personal,
    looks_personal,
    person_in,
    person_mention,
)
from onrecord.attributing.wording.words import PRONOUNS, after_titles, clean, is_capital, is_title, roles_of, tokens

_TAIL = re.compile(
    r",(?!\s*(?:Jr|Sr|II|III|IV)\b)|;|\(|\[|—|–|\s-\s|\s(?:who|which|whose|whom|that|where|when)\b|\san?\s(?=\w)|"
    r"\sas (?=(?:his|her|their|its|he|she|they|it|the)\s)"
)
_CLAIMING = re.compile(
    r"\b(?:claiming|claimed|purporting|believed|said|thought|alleged) to be\s+(?P<whom>.+)$|"
    r"\bpurported\s+(?P<other>.+)$"
)
# "A site called Quayline", "an agent named Tam": the name stands behind the kind.
_CALLED = re.compile(
    r"(?P<kind>(?:an?|the|one|another|some) (?:[\w’'.-]+ ){0,4}[\w’'-]+),? (?:named|called|dubbed|identified "
    r"(?:only |simply )?(?:as|by)|known (?:only |simply )?as|going by(?: the name(?: of)?)?|who gave (?:his|her|their) "
    r"name as) [“\"‘']?(?P<name>(?:the )?[\w’'.&-]+(?: [\w’'.&-]+){0,4}?)[”\"’']?",
    re.IGNORECASE,
)
# "Monday's report", "last week's statement": the day is nobody's name.
_DAYS = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[Yy]esterday|[Tt]oday|(?:last|this) (?:week|month|year))['’]s\s"
)
_HANDLE = re.compile(r"(?:[a-z]+ ){0,3}@(?P<name>\w+)")
_UNIDENTIFIED = re.compile(r"(?:an? )?(?:UNIDENTIFIED|UNKNOWN|Unidentified) [A-Z]\w+")
# "Harbour Watch (HW) spokesman Tam Ode".
_ACRONYM = re.compile(r"\s\([A-Z]{2,8}\)(?=\s\w)")
_LINKS = frozenset(("&", "and"))


@lru_cache(maxsize=8192)
def read_mention(words: str) -> Mention:
    """What a source's words name, as far as they tell it by themselves.

    Example:
        >>> read_mention("Defense chief of staff Gen. Ada Lorne").name
        'Ada Lorne'
        >>> read_mention("a senior official").sort.value
        'unnamed'
    """
    told = clean(words)
    low = told.lower()
    if not told:
        return Mention(words="", sort=Sort.NOTHING)
    if low in PRONOUNS:
        return Mention(words=told, sort=Sort.PRONOUN, name=low, gender=PRONOUNS[low])
    handle = _HANDLE.fullmatch(told)
    if handle:
        return Mention(words=told, sort=Sort.HANDLE, name=handle["name"])
    if _UNIDENTIFIED.match(told):
        return Mention(
            words=told, sort=Sort.UNNAMED, roles=roles_of(tokens(told.lower())), plural=told.lower().endswith("s")
        )
    claimed = _CLAIMING.search(told)
    if claimed:
        return replace(read_mention(claimed["whom"] or claimed["other"]), words=told, claimed=True)
    dated = _DAYS.match(told)
    if dated:
        return replace(read_mention(f"the {told[dated.end() :]}"), words=told)
    called = _called(told)
    if called:
        return called
    owner = on_behalf_of(told)
    if owner and len(owner) < len(told):
        return replace(read_mention(owner), words=told)
    return _read_phrase(told if bodies.body_of(told) else re.sub(r"['’]s?$", "", told))


def _read_phrase(told: str) -> Mention:
    told = _ACRONYM.sub("", told)
    head, tail = _split(told)
    outlet, body = outlets.outlet_of(head), bodies.body_of(head)
    if outlet or body:
        return Mention(words=told, sort=Sort.OUTLET if outlet else Sort.BODY, name=outlet or body or "")
    parts = tokens(head)
    staff = _outlets_own(told, parts)
    if staff:
        return staff
    person = person_in(parts)
    if person:
        return person_mention(told, person, parts, tail)
    # "the Harbour Safety Board (HSB)" has its name before the bracket already.
    bracketed = told[len(head) :].lstrip().startswith(("(", "["))
    apposed = None if bracketed else _apposed(told, parts, tail)
    return document_in(told, parts, tail) or apposed or group_mention(told, parts)


def _called(told: str) -> Mention | None:
    match = _CALLED.fullmatch(told)
    name = tokens(match["name"]) if match else []
    if match is None or not all(_may_name(token) or token == "the" for token in name):
        return None
    kind = tokens(match["kind"])
    head = kind[-1].lower()
    sort = Sort.OUTLET if head in OUTLET_HEADS else Sort.BODY if head in titles.BODY_HEADS else Sort.PERSON
    if sort is Sort.PERSON and not is_personal(name):
        return None
    roles, full = roles_of(kind), match["name"].removeprefix("the ")
    gender = gender_of(roles, name) if sort is Sort.PERSON else ""
    return Mention(words=told, sort=sort, name=full, roles=roles, body=body_in(kind), gender=gender)


def _outlets_own(told: str, parts: list[str]) -> Mention | None:
    """One capitalised word behind an outlet: "the Courier's Lorne"."""
    if parts[-2:-1] != ["'s"] or not is_capital(parts[-1]) or is_title(parts[-1]):
        return None
    outlet = outlets.outlet_of(" ".join(parts[:-2]))
    return Mention(words=told, sort=Sort.NAME, name=parts[-1], body=outlet) if outlet else None


def _split(told: str) -> tuple[str, str]:
    cut = _TAIL.search(told, 1)
    return (told[: cut.start()].strip(), told[cut.start() :].strip(" ,;()—–-")) if cut else (told, "")


def _apposed(told: str, parts: list[str], tail: str) -> Mention | None:
    """A description with its name behind the comma: "a senior aide, Ada Lorne"."""
    if not tail or not parts:
        return None
    for segment in re.split(r"[,;()]", tail)[:2]:
        named = tokens(segment)
        if not named or len(named) > 8 or not all(_may_name(token) for token in named):
            continue
        before, name = after_titles(named)
        if name and is_personal(name) and (before or looks_personal(name)) and not body_head(parts):
            roles = roles_of([*parts, *before])
            full = " ".join(name)
            gender = gender_of(roles, name)
            return Mention(words=told, sort=Sort.PERSON, name=full, roles=roles, body=body_in(parts), gender=gender)
        known = outlets.outlet_of(segment.strip())
        if body_head(parts) or known:
            sort = Sort.OUTLET if known or body_head(parts) in OUTLET_HEADS else Sort.BODY
            return Mention(words=told, sort=sort, name=known or segment.strip(), roles=roles_of(parts))
    return None


def _may_name(token: str) -> bool:
    return is_capital(token) or token.lower() in titles.PARTICLES or token in _LINKS
