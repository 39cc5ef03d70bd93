"""Bodies, outlets and unnamed people in a phrase."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import bodies, outlets, places, titles
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.persons import body_in, gender_of
from onrecord.attributing.mentions.tokens import (
    DETERMINERS,
    PREPOSITIONS,
    core_of,
    is_capital,
    is_title,
    roles_of,
    trailing_run,
)

OUTLET_HEADS = frozenset(
    """newspaper magazine broadcaster station channel paper outlet site website publication daily weekly
    tabloid broadsheet blog newsletter podcast portal""".split()
)
_OFFICE_HEADS = ("leader", "president", "secretary", "minister", "pm", "premier", "spokesman", "spokeswoman", "chief")
_NO_HEAD = re.compile(r"(?:ed|ing|there|here|both|alike|alone|ly|close|familiar)$")
_PLURALS = frozenset(
    "people men women children many others some media gunmen policemen firefighters staff crew".split()
)
_DEFINITE = ("the", "his", "her", "its", "their", "this", "that")


def body_head(parts: list[str]) -> str:
    """The body noun that heads a phrase ("group", "ministry"), empty for none."""
    core = core_of(parts)
    last = core[-1].lower() if core else ""
    return last if last in titles.BODY_HEADS else ""


def group_mention(phrase: str, parts: list[str]) -> Mention:
    """A phrase that neither a person nor a document heads."""
    body = _national(parts)
    if body:
        return Mention(words=phrase, type=MentionType.BODY, name=body)
    core = core_of(parts)
    bare = [token for token in core if token.lower() not in DETERMINERS]
    if bare and all(_in_name(token) for token in bare):
        return _capitalised(phrase, bare, core, parts)
    return _described(phrase, core, parts)


def _in_name(token: str) -> bool:
    return is_capital(token) or token in ("'s", "&", "and") or token.lower() in titles.PARTICLES


def _national(parts: list[str]) -> str:
    """A country's government or arm ("Kenya", "Kenya's army", "the Kenyan government"), empty for other words."""
    words = [token for token in parts if token != "'s" and token.lower() not in ("the", "and")]
    for length in (3, 2, 1):
        country = places.country_of(" ".join(words[:length])) if len(words) >= length else None
        if country is None:
            continue
        rest = " ".join(words[length:]).lower()
        alone = " ".join(words[:length]) in places.CAPITALS and " ".join(words[:length]) not in places.COUNTRIES
        arm = "government" if not rest else None if alone else _arm_in(rest, parts)
        if arm:
            return arm_name(country, arm)
    return ""


def _arm_in(rest: str, parts: list[str]) -> str | None:
    first = bodies.arm_of(rest.split(" ")[0]) if "and" in parts else None
    return bodies.arm_of(rest) or first


def arm_name(country: str, arm: str) -> str:
    """The one name of a country's government, military or ministry."""
    people = places.SHORT.get(country) or places.PEOPLES.get(country) or f"{country}'s"
    return "The Pentagon" if (people, arm) == ("U.S.", "defence ministry") else f"{people} {arm}"


def _capitalised(phrase: str, bare: list[str], core: list[str], parts: list[str]) -> Mention:
    roles = roles_of(parts)
    known = _known(bare, parts)
    if known:
        return Mention(words=phrase, type=known[0], name=known[1])
    office = is_title(bare[-1]) and bare[-1].lower() not in titles.BODY_HEADS and len(bare) > 1
    if (
        (all(is_title(token) for token in bare) and len(core) < len(parts))
        or bare[-1].lower() in _OFFICE_HEADS
        or office
    ):
        return Mention(words=phrase, type=MentionType.DESCRIPTION, roles=roles, gender=gender_of(roles_of(bare), []))
    last = bare[-1].lower()
    if len(bare) == 1:
        return _one_word(phrase, bare[0], core, parts)
    if last in titles.UNNAMED_HEADS and last.endswith("s"):
        return _described(phrase, core, parts)
    outlet = bare[-1] in outlets.NAME_ENDS and "'s" not in bare
    full = _full(parts) if len(bare) < 4 else " ".join(bare).replace(" 's", "'s")
    return Mention(words=phrase, type=MentionType.OUTLET if outlet else MentionType.BODY, name=full)


def _full(parts: list[str]) -> str:
    full = " ".join(token for token in parts if token not in ("a", "an")).replace(" 's", "'s")
    return re.sub(r"^\w+-based ", "", full.removeprefix("the ").removeprefix("The "))


def _known(bare: list[str], parts: list[str]) -> tuple[MentionType, str] | None:
    for name in (_full(parts), " ".join(bare).replace(" 's", "'s")):
        body = bodies.body_of(name)
        outlet = outlets.outlet_of(name)
        if body or outlet:
            return (MentionType.BODY, body) if body else (MentionType.OUTLET, outlet or name)
    return None


def _one_word(phrase: str, word: str, core: list[str], parts: list[str]) -> Mention:
    low = word.lower()
    people = low.endswith("s") and (
        is_title(low.removesuffix("s")) or low.removesuffix("s").split("-")[-1].capitalize() in places.DEMONYMS
    )
    if people or low in titles.UNNAMED_HEADS:
        return _described(phrase, core, parts)
    if is_title(word) and (core[0].lower() == "the" or len(parts) == 1):
        return Mention(
            words=phrase, type=MentionType.DESCRIPTION, roles=roles_of(parts), gender=gender_of(roles_of([word]), [])
        )
    if low in titles.BODY_HEADS:
        return Mention(words=phrase, type=MentionType.BODY_DESCRIPTION, name=low, roles=roles_of(parts))
    body = (word.isupper() and len(word) > 1) or core[0].lower() == "the"
    return Mention(words=phrase, type=MentionType.BODY if body else MentionType.NAME, name=word)


def _described(phrase: str, core: list[str], parts: list[str]) -> Mention:
    core = _before_participle(core)
    low = [token.lower() for token in core]
    head = _head(low)
    roles = roles_of(_complement(core, parts))
    named = _named_body(phrase, core, roles)
    if named:
        return named
    if head in ("country", "nation", "kingdom") and low[0] in _DEFINITE:
        return Mention(
            words=phrase, type=MentionType.BODY_DESCRIPTION, name="government", roles=("country", "government")
        )
    if head in titles.BODY_HEADS:
        return _body_described(phrase, core, parts, roles)
    plural = (head.endswith("s") and not head.endswith("ss")) or head in _PLURALS
    definite = bool(low) and (low[0] in _DEFINITE or "'s" in low)
    refers = definite and not plural and (is_title(head) or head in titles.UNNAMED_HEADS)
    sort = MentionType.DESCRIPTION if refers else MentionType.UNNAMED
    gender = gender_of(roles, [])
    return Mention(words=phrase, type=sort, roles=roles, plural=plural, gender=gender, body=body_in(core))


def _before_participle(core: list[str]) -> list[str]:
    """A body without what it does: "a group monitoring the war"; what it calls itself stays."""
    for number, token in enumerate(core[1:-1], 1):
        if token.endswith("ing") and token != "calling" and core[number - 1].lower() in titles.BODY_HEADS:
            return core[:number]
    return core


def _complement(core: list[str], parts: list[str]) -> list[str]:
    """A phrase with the complements that tell its office ("of", "for", "at"), without those of time and place."""
    for number in range(len(core), len(parts)):
        if parts[number].lower() in PREPOSITIONS and parts[number].lower() not in ("of", "for", "at", "to"):
            return parts[:number]
    return parts


def _named_body(phrase: str, core: list[str], roles: tuple[str, ...]) -> Mention | None:
    """A body whose name stands behind its kind: "the risk consultancy Castellan", "state-run Quay TV"."""
    run = trailing_run(core)
    led = [token.lower() for token in core[: len(core) - len(run)]] if run else []
    before = next((token for token in reversed(led) if token != "the"), "")
    outlet = len(run) > 1 and run[-1] in outlets.NAME_ENDS and led[-1:] == [before] and before not in DETERMINERS
    if before in PREPOSITIONS or (before not in titles.BODY_HEADS | OUTLET_HEADS and not (before and outlet)):
        return None
    return Mention(
        words=phrase,
        type=MentionType.OUTLET if outlet or before in OUTLET_HEADS else MentionType.BODY,
        name=" ".join(run),
        roles=roles,
    )


def _head(low: list[str]) -> str:
    known = [
        word
        for word in low
        if word not in DETERMINERS
        and (
            word in titles.UNNAMED_HEADS
            or word.removesuffix("s") in titles.UNNAMED_HEADS
            or word in titles.BODY_HEADS
            or is_title(word)
        )
    ]
    if "and" in low and known and low.index(known[0]) < low.index("and"):
        return known[0]
    last = next((word for word in reversed(low) if word != "'s"), "")
    return known[-1] if known and last not in known and _NO_HEAD.search(last) else last


def _body_described(phrase: str, core: list[str], parts: list[str], roles: tuple[str, ...]) -> Mention:
    first = core[: core.index("and")] if "and" in core[1:] else core
    capital = [token for token in first if is_capital(token) and token.lower() not in DETERMINERS]
    if capital and core[0].lower() not in ("a", "an"):
        return Mention(words=phrase, type=MentionType.BODY, name=_body_name(first, parts, capital[0]), roles=roles)
    run = [token for token in first if token.lower() not in ("the", "a", "an", "'s")]
    return Mention(words=phrase, type=MentionType.BODY_DESCRIPTION, name=run[-1].lower() if run else "", roles=roles)


def _body_name(core: list[str], parts: list[str], first: str) -> str:
    """From the first capital on, with what a preposition joins to a name: "Commission on Harbour Safety"."""
    name = core[core.index(first) :]
    rest = parts[len(core) :]
    if is_capital(name[-1]) and len(rest) > 1 and rest[0].lower() in ("of", "on", "for") and is_capital(rest[1]):
        joined = [token for token in rest[1:] if is_capital(token) or token in ("and", "of", "the", "&")]
        name = [*name, rest[0], *joined]
    return " ".join(name).replace(" 's", "'s")
