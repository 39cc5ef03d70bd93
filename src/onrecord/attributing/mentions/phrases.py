"""The words of a source to what they name: a person, a body, an outlet, a document, somebody unnamed, a pronoun."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from onrecord.attributing.lexicon import bodies, outlets, titles
from onrecord.attributing.mentions.documents import document_in
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.metonymy import resolve_metonymy
from onrecord.attributing.mentions.organizations import OUTLET_HEADS, body_head, group_mention
from onrecord.attributing.mentions.persons import (
    body_in,
    gender_of,
    is_personal,
    looks_personal,
    person_in,
    person_mention,
)
from onrecord.attributing.mentions.tokens import PRONOUNS, after_titles, clean, is_capital, is_title, roles_of, tokenize

_TAIL = re.compile(
    r",(?!\s*(?:Jr|Sr|II|III|IV)\b)|;|\(|\[|—|–|\s-\s|\s(?:who|which|whose|whom|that|where|when|WHO|WHOSE|THAT)\b|\san?\s(?=\w)|"
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
_HUMAN = titles.UNNAMED_HEADS | titles.ROLES | titles.REDESCRIBING


def claims_a_name(words: str) -> bool:
    """Whether a source only claims, or is only said, to be whom it names: "a man claiming to be Ada Lorne"."""
    return bool(_CLAIMING.search(words))


@lru_cache(maxsize=8192)
def read_mention(words: str) -> Mention:
    """What a source's words name, as far as they tell it by themselves.

    Example:
        >>> read_mention("Defense chief of staff Gen. Ada Lorne").name
        'Ada Lorne'
        >>> read_mention("a senior official").type.value
        'unnamed'
    """
    phrase = clean(words)
    low = phrase.lower()
    if not phrase:
        return Mention(words="", type=MentionType.IMPLICIT)
    if low in PRONOUNS:
        return Mention(words=phrase, type=MentionType.PRONOUN, name=low, gender=PRONOUNS[low])
    handle = _HANDLE.fullmatch(phrase)
    if handle:
        return Mention(words=phrase, type=MentionType.HANDLE, name=handle["name"])
    if _UNIDENTIFIED.match(phrase):
        return Mention(
            words=phrase,
            type=MentionType.UNNAMED,
            roles=roles_of(tokenize(phrase.lower())),
            plural=phrase.lower().endswith("s"),
        )
    claimed = _CLAIMING.search(phrase)
    if claimed:
        return replace(read_mention(claimed["whom"] or claimed["other"]), words=phrase, claimed=True)
    led_by_day = _DAYS.match(phrase)
    if led_by_day:
        return replace(read_mention(f"the {phrase[led_by_day.end() :]}"), words=phrase)
    called = _called(phrase)
    if called:
        return called
    owner = resolve_metonymy(phrase)
    if owner and len(owner) < len(phrase):
        return replace(read_mention(owner), words=phrase)
    return _read_phrase(phrase if bodies.body_of(phrase) else re.sub(r"['’]s?$", "", phrase))


def _read_phrase(phrase: str) -> Mention:
    phrase = _ACRONYM.sub("", phrase)
    head, tail = _split(phrase)
    if head.isupper() and head.split()[-1].lower() in _HUMAN:
        # A headline in capitals: "PRIEST WHO DIED FOR AN HOUR" names nobody.
        head = " ".join(word if len(word) < 4 or bodies.body_of(word) else word.lower() for word in head.split())
    outlet, body = outlets.outlet_of(head), bodies.body_of(head)
    if outlet or body:
        return Mention(words=phrase, type=MentionType.OUTLET if outlet else MentionType.BODY, name=outlet or body or "")
    parts = tokenize(head)
    staff = _outlets_own(phrase, parts)
    if staff:
        return staff
    person = person_in(parts)
    if person:
        return person_mention(phrase, person, parts, tail)
    # "the Harbour Safety Board (HSB)" has its name before the bracket already.
    bracketed = phrase[len(head) :].lstrip().startswith(("(", "["))
    apposed = None if bracketed else _apposed(phrase, parts, tail)
    return document_in(phrase, parts, tail) or apposed or group_mention(phrase, parts)


def _called(phrase: str) -> Mention | None:
    match = _CALLED.fullmatch(phrase)
    name = tokenize(match["name"]) if match else []
    if match is None or not all(_may_name(token) or token == "the" for token in name):
        return None
    kind = tokenize(match["kind"])
    head = kind[-1].lower()
    mention_type = (
        MentionType.OUTLET
        if head in OUTLET_HEADS
        else MentionType.BODY
        if head in titles.BODY_HEADS
        else MentionType.PERSON
    )
    if mention_type is MentionType.PERSON and not is_personal(name):
        return None
    roles, full = roles_of(kind), match["name"].removeprefix("the ")
    gender = gender_of(roles, name) if mention_type is MentionType.PERSON else ""
    return Mention(words=phrase, type=mention_type, name=full, roles=roles, body=body_in(kind), gender=gender)


def _outlets_own(phrase: str, parts: list[str]) -> Mention | None:
    """One capitalised word behind an outlet: "the Courier's Lorne"."""
    if parts[-2:-1] != ["'s"] or not is_capital(parts[-1]) or is_title(parts[-1]):
        return None
    outlet = outlets.outlet_of(" ".join(parts[:-2]))
    return Mention(words=phrase, type=MentionType.NAME, name=parts[-1], body=outlet) if outlet else None


def _split(phrase: str) -> tuple[str, str]:
    cut = _TAIL.search(phrase, 1)
    return (phrase[: cut.start()].strip(), phrase[cut.start() :].strip(" ,;()—–-")) if cut else (phrase, "")


def _apposed(phrase: str, parts: list[str], tail: str) -> Mention | None:
    """A description with its name behind the comma: "a senior aide, Ada Lorne"."""
    if not tail or not parts:
        return None
    for segment in re.split(r"[,;()]", tail)[:2]:
        named = tokenize(segment)
        if not named or len(named) > 8 or not all(_may_name(token) for token in named):
            continue
        before, name = after_titles(named)
        if name and is_personal(name) and (before or looks_personal(name)) and not body_head(parts):
            roles = roles_of([*parts, *before])
            full = " ".join(name)
            gender = gender_of(roles, name)
            return Mention(
                words=phrase, type=MentionType.PERSON, name=full, roles=roles, body=body_in(parts), gender=gender
            )
        known = outlets.outlet_of(segment.strip())
        if body_head(parts) or known:
            mention_type = MentionType.OUTLET if known or body_head(parts) in OUTLET_HEADS else MentionType.BODY
            return Mention(words=phrase, type=mention_type, name=known or segment.strip(), roles=roles_of(parts))
    return None


def _may_name(token: str) -> bool:
    return is_capital(token) or token.lower() in titles.PARTICLES or token in _LINKS
