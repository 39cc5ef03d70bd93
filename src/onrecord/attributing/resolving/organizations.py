"""Names and descriptions of bodies and outlets to the bodies of the report."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.attributing.lexicon import bodies, outlets, places
from onrecord.attributing.mentions.anonymity import description
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.organizations import arm_name
from onrecord.attributing.resolving.context import DocumentContext, Resolution, ResolvedSource
from onrecord.attributing.resolving.naming.identity import (
    Identity,
    acronym,
    body_identity,
    normalize_name,
    person_identity,
)
from onrecord.datamodel.party import PartyKind

_OUTLET_WORDS = frozenset(
    """newspaper paper magazine broadcaster station channel network outlet site website publication daily
    weekly tabloid agency wire""".split()
)
_ANY_BODY = frozenset(("group", "organization", "organisation", "body", "watchdog"))
_COMMON = frozenset(
    "news daily weekly state-run rights aid militant rebel armed islamist parent state national".split()
)
_ARM_WORDS = frozenset(word for names in bodies.ARMS for name in names for word in name.split())
_FIRMS = frozenset(
    "company firm maker operator airline bank giant manufacturer retailer supplier publisher store side".split()
)
_MOVEMENTS = frozenset("group movement organization organisation party militants".split())
_GENERIC = _OUTLET_WORDS | _ANY_BODY | _MOVEMENTS | _FIRMS
_FORCES = frozenset("police prosecutors services forces".split())
_COUNTRY = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.escape(word) for word in sorted((*places.COUNTRIES, *places.DEMONYMS), key=lambda word: (-len(word), word))
    )
    + r")(?!\w)"
)
_NAME = re.compile(r"(?:the |The )?[A-Z][\w&’'.-]*(?: (?:of|for|and|&|the) [A-Z][\w&’'-]*| [A-Z][\w&’'-]*)*")
_OWNED = re.compile(
    r"(?P<who>[\w. -]+?)(?:['’]s?)? (?P<what>government|administration|campaign|team|camp|office)", re.IGNORECASE
)
_POLICE = re.compile(
    r"\b(?!The |Officials |Local |State |National )"
    r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3} Police(?: Department| Service)?\b"
)
_RULERS = frozenset("president prime minister premier chancellor leader king".split())


def resolve_outlet(context: DocumentContext, mention: Mention) -> Resolution:
    """A news outlet."""
    return body_identity(full_outlet(context, mention.name), outlet=True, alias=mention.words), True


def full_outlet(context: DocumentContext, name: str) -> str:
    """ "The Times" and "the Post" are the paper that the report calls by its full name."""
    short = name.removeprefix("The ").removeprefix("the ")
    if " " in short or short not in outlets.NAME_ENDS:
        return name
    house = outlets.outlet_of(context.report.outlet or "")
    for full in outlets.OUTLETS:
        bare = full.removeprefix("The ")
        if bare != short and bare.split()[-1] == short and (full == house or bare in context.text):
            return full
    return name


def resolve_named_body(context: DocumentContext, mention: Mention) -> Resolution:
    """A body by its name, an acronym that the report spells out, a ruler's government."""
    shouted = context.person_index.find(mention.name.title()) or context.story_people.by_surname(mention.name.title())
    if mention.name.isupper() and len(mention.name) > 3 and shouted and mention.name != "".join(shouted.name):
        return person_identity(shouted, mention), True
    full = full_outlet(context, mention.name)
    if full != mention.name:
        return body_identity(full, outlet=True, alias=mention.words), True
    known = context.nearest_before(
        lambda resolved: (
            resolved.identity.kind is PartyKind.ORGANIZATION and acronym(resolved.identity.name) == mention.name
        ),
        len(context.text),
    )
    if known and len(mention.name) > 1:
        return known.identity, True
    spelt = spelt_out(mention.name, context.text)
    is_outlet = bool(outlets.outlet_of(mention.name))
    name = (
        outlets.outlet_of(mention.name)
        or bodies.body_of(spelt or "")
        or spelt
        or _owned(context, mention.name)
        or mention.name
    )
    return body_identity(name, outlet=is_outlet, alias=mention.words), True


def _owned(context: DocumentContext, name: str) -> str | None:
    """The country's government that "Lorne's government" means; "Ada Lorne's team" and "the Lorne team" are one."""
    parted = _OWNED.fullmatch(name)
    person = context.person_index.find(parted["who"]) if parted else None
    if parted is None or person is None:
        return None
    if parted["what"] not in ("government", "administration"):
        what = "campaign" if parted["what"] == "camp" else parted["what"]
        return f"{person.surname}'s office" if what == "office" else f"{person.surname} {what}"
    if not person.roles & _RULERS:
        return None
    for role in sorted(person.roles):
        country = places.country_of(role.title()) or (places.country_of(role.upper()) if len(role) <= 3 else None)
        if country:
            return arm_name(country, "government")
    return None


def resolve_described_body(context: DocumentContext, mention: Mention, at: int) -> Resolution:
    """ "The government", "the agency", "police": a body that the report names in another place."""
    head = mention.name
    ruled = re.search(r"\b[A-Z][\w’'-]+ administration\b", context.text) if head == "administration" else None
    if ruled:
        return body_identity(ruled[0], alias=mention.words), True
    arm = _arm(mention)
    country = _country(context, mention, at) if arm else None
    if arm and country and head != "police":
        return body_identity(arm_name(country, arm), alias=mention.words), True
    force = _police(context) if head == "police" else None
    if force:
        return force, True
    if head in _FORCES and len(mention.roles) <= 2:
        named = head == "police"
        key = f"body {normalize_name(mention.words)}"
        name = mention.words.lower()
        return Identity(key=key, name=name, kind=PartyKind.ORGANIZATION, gender="n", named=named), named
    new = mention.words.lower().startswith(("a ", "an ", "one "))
    identity = None if new else _told_before(context, mention, head, at)
    identity = identity or _introduced(context, mention, head)
    if identity:
        return identity, identity.named
    label = description(mention)
    if mention.words.lower().startswith("the ") and head not in _OUTLET_WORDS | _ANY_BODY | _MOVEMENTS | _FIRMS:
        return body_identity(label, alias=mention.words), True
    key = f"unnamed {label.casefold()}"
    name = f"the {label}"
    return Identity(key=key, name=name, kind=PartyKind.ORGANIZATION, named=False, gender="n", outlet_scoped=True), False


# Words of a description, and those by which a name tells the same.
_KIN = {
    "monitor": "Observatory|Monitor|Monitoring|Watch",
    "monitoring": "Observatory|Monitor|Monitoring|Watch",
    "watchdog": "Observatory|Monitor|Watch|Watchdog|Commission|Authority",
    "rights": "Rights|Observatory|Amnesty",
    "activist": "Observatory|Network|Watch|Coordination",
    "aid": "Aid|Relief|Rescue|Crescent|Cross",
    "charity": "Aid|Relief|Trust|Foundation|Fund",
}


def _introduced(context: DocumentContext, mention: Mention, head: str) -> Identity | None:
    """The one body that a report first describes and then names: "a monitoring group", later "the Quay Observatory"."""
    described_words = {word.lower().rstrip(",.") for word in mention.words.split()}
    kin = "|".join(dict.fromkeys(_KIN[word] for word in sorted(described_words) if word in _KIN))
    patterns = []
    if kin:
        patterns.append(
            rf"(?P<name>(?:[A-Z][\w’'-]+ (?:for |of |on |and )?){{1,4}}(?:{kin})(?: (?:for|of|on) [A-Z][\w’'-]+"
            rf"(?: [A-Z][\w’'-]+){{0,3}})?|(?:{kin}) (?:for|of|on) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){{0,3}})"
        )
    if len(described_words) > 2:
        patterns.append(
            rf"(?P<name>[A-Z][\w’'-]+(?: (?:(?:for|of|on|and|the) )?[A-Z][\w’'-]+){{1,6}})(?: \([A-Z]+\))?, "
            rf"(?:an?|the) (?:[\w’'-]+ ){{0,4}}{re.escape(head)}\b"
        )
    names_by_key = {normalize_name(name): name for pattern in patterns for name in _names(pattern, context.text)}
    return body_identity(next(iter(names_by_key.values())), alias=mention.words) if len(names_by_key) == 1 else None


@lru_cache(maxsize=32)
def _names(pattern: str, text: str) -> tuple[str, ...]:
    names = [
        re.sub(r"^(?:(?:The|A|An|But|And|In) |[\w-]+-based )+", "", match["name"])
        for match in re.finditer(pattern, text)
    ]
    longest = sorted(set(names), key=lambda name: (-len(name), name))
    # A name cut short ("the Observatory") is the longer one that holds it.
    return tuple(name for number, name in enumerate(longest) if not any(name in other for other in longest[:number]))


def _police(context: DocumentContext) -> Identity | None:
    """The police force that the report names, where it names one only."""
    names = {match[0] for match in _POLICE.finditer(context.text)}
    plain_names = {normalize_name(name): name for name in sorted(names)}
    return body_identity(next(iter(plain_names.values()))) if len(plain_names) == 1 else None


def _arm(mention: Mention) -> str | None:
    first = (
        " ".join(mention.roles[: mention.roles.index(mention.name) + 1])
        if mention.name in mention.roles
        else mention.name
    )
    return bodies.arm_of(first.removeprefix("country ")) or bodies.arm_of(first) or bodies.arm_of(mention.name)


# "Army Sgt. Ada Lorne" is how American forces are told of, wherever they are.
_AMERICAN_RANK = re.compile(
    r"\b(?:Army|Navy|Marine|Air Force) (?:\w+ )?(?:Sgt|Col|Lt|Capt|Maj|Gen|Spc|Pvt|Pfc|Cpl|Adm|Cmdr)\b"
)


def _country(context: DocumentContext, mention: Mention, at: int) -> str | None:
    """The country a body without one belongs to: the one just told of for "the country's", else the report's."""
    counted: dict[str, int] = {}
    last = None
    for match in _COUNTRY.finditer(context.text):
        country = places.country_of(match[0])
        if country is None:
            continue
        counted[country] = counted.get(country, 0) + 1
        last = country if match.start() < at else last
    if "country" in mention.roles:
        here = _COUNTRY.search(context.text, context.sentence_start(at), at)
        return places.country_of(here[0]) if here else last
    if _arm(mention) == "military" and "United States" in counted and _AMERICAN_RANK.search(context.text):
        return "United States"
    return max(sorted(counted), key=lambda country: counted[country]) if counted else None


def _told_before(context: DocumentContext, mention: Mention, head: str, at: int) -> Identity | None:
    wire = head == "agency" and "news" in mention.roles

    distinguishing = {role for role in mention.roles if role != head} - _COMMON

    def fits(resolved: ResolvedSource) -> bool:
        identity = resolved.identity
        firm = identity.kind is PartyKind.ORGANIZATION or (
            identity.kind is PartyKind.UNKNOWN and resolved.mention.type is MentionType.NAME
        )
        if (
            not firm
            or not identity.named
            or (distinguishing and not distinguishing & set(normalize_name(identity.name).split()))
        ):
            return False
        if not context.within_paragraphs(resolved.at, at, 3) and head not in normalize_name(identity.name):
            return False
        spoken = f"{normalize_name(identity.name)} {resolved.mention.words.lower()}"
        if head not in _GENERIC and not re.search(rf"\b{re.escape(head)}\b", spoken):
            return False
        if identity.name.split()[-1].lower() in _ARM_WORDS and head not in normalize_name(identity.name):
            return False
        printed = head in _OUTLET_WORDS - {"agency"} or wire
        return identity.outlet == printed or head in _ANY_BODY or (head == "agency" and not wire)

    resolved = context.nearest_before(fits, at)
    if resolved:
        return resolved.identity
    if head in _MOVEMENTS and context.person_index.bodies:
        return body_identity(max(sorted(context.person_index.bodies), key=context.text.count))
    nearest = _in_text(context, at, head)
    return body_identity(nearest, outlet=bool(outlets.outlet_of(nearest))) if nearest else None


def _in_text(context: DocumentContext, at: int, head: str) -> str | None:
    """The body of that kind whose name stands nearest before."""
    last = None
    for match in _NAME.finditer(context.text, max(0, at - 600), at):
        phrase = re.sub(r"^(?:And|But|In|At|By|Of|For|While|As|If|When) (?:the )?|['’]s$", "", match[0])
        printed, known = outlets.outlet_of(phrase), bodies.body_of(phrase)
        kind = any(word.lower() == head for word in phrase.split()) and " " in phrase.removeprefix("the ").removeprefix(
            "The "
        )
        if head in _OUTLET_WORDS and printed:
            last = printed
        elif kind or (known and (head in known.lower() or head in _ANY_BODY)):
            last = known or phrase.removeprefix("the ").removeprefix("The ")
    return last


def spelt_out(acronym: str, text: str) -> str | None:
    """The words that a report gives for an acronym: "Harbour Safety Board (HSB)"."""
    if not 2 <= len(acronym) <= 6 or not acronym.isalpha():
        return None
    words = r"[\w’'-]* (?:(?:of|for|and|the|on|&) )*".join(re.escape(letter) for letter in acronym.upper())
    match = re.search(rf"\b({words}[\w’'-]*),? \((?:the )?{re.escape(acronym)}\)", text)
    return match[1] if match else None
