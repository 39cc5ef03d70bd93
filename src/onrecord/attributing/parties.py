"""Parties of single reports to parties of the story."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from onrecord.attributing.lexicon import bodies, outlets, titles
from onrecord.attributing.lexicon.forenames import FORENAMES
from onrecord.attributing.lexicon.places import country_of
from onrecord.attributing.outlet_parties import is_outlet
from onrecord.attributing.resolving.identity import Identity, acronym, plain
from onrecord.attributing.resolving.matching import name_words, same_name
from onrecord.attributing.wording.words import tokens
from onrecord.datamodel.party import Party, PartyKind


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution's speaker as its report tells it, with the relay it came through."""

    identity: Identity
    relay: tuple[str, ...]
    outlet: str


def parties_of(told: Sequence[Told]) -> tuple[tuple[Party, ...], tuple[str, ...]]:
    """The story's parties, by id, and the party id of each attribution, in the order given."""
    keys = _keys(told)
    grouped: dict[str, list[Identity]] = {}
    for key, one in zip(keys, told, strict=True):
        grouped.setdefault(key, []).append(one.identity)
    ids = _ids(grouped)
    relays = {name for one in told for name in one.relay}
    carriers = {name.partition(" (")[0].casefold() for name in relays} | {name.casefold() for name in relays}
    found = [_party(ids[key], grouped[key], ids, carriers) for key in sorted(grouped, key=lambda key: ids[key])]
    return tuple(found), tuple(ids[key] for key in keys)


def _keys(told: Sequence[Told]) -> tuple[str, ...]:
    fullest = _fullest(one.identity for one in told)
    keys = [_key(one, fullest) for one in told]
    longer = _longer_bodies(keys, [one.identity for one in told])
    return tuple(longer.get(key, key) for key in keys)


# What may follow a body's short name in its full one.
_ENDINGS = frozenset(
    """group inc corp corporation company co plc ltd limited llc holdings news agency airlines airways air
    party organization organisation bank media network international industries partners ministry university
    foundation newspaper radio television magazine times post daily campaign movement union federation
    association club fc""".split()
)


def _longer_bodies(keys: Sequence[str], identities: Sequence[Identity]) -> dict[str, str]:
    """Short names of bodies ("Castellan", "River Board", "NRB") to the one fuller name of the story that they shorten.

    A name that one report takes for a person's and another for a body's is a body's.
    """
    names = {
        key: plain(identity.name) for key, identity in zip(keys, identities, strict=True) if _is_body(key, identity)
    }
    firm = {name: key for key, name in sorted(names.items()) if key.startswith("body ")}
    short = {
        plain(identity.name): identity.name for identity in identities if re.fullmatch(r"[A-Z]{3,6}", identity.name)
    }
    written = {key: acronym(one.name) for key, one in zip(keys, identities, strict=True)}
    found: dict[str, str] = {}
    for key, name in sorted(names.items()):
        if not key.startswith("body ") and name in firm:
            found[key] = firm[name]
            continue
        fuller = {other for other in firm if other != name and _shortens(name.split(), other.split())}
        fuller |= {other for other, of in firm.items() if name in short and written[of] == short[name]}
        if len(fuller) == 1 and not country_of(name.title()):
            found[key] = firm[fuller.pop()]
    return {key: found.get(other, other) for key, other in found.items()}


def _is_body(key: str, identity: Identity) -> bool:
    if key.startswith(("body ", "name ")):
        return True
    return key.startswith("person ") and len(identity.figure) > 1 and identity.figure[0].lower() not in FORENAMES


def _shortens(short: list[str], full: list[str]) -> bool:
    if len(short) >= 2 and full[-len(short) :] == short and len(full) > len(short):
        return True
    return (
        full[: len(short)] == short and len(full) > len(short) and all(word in _ENDINGS for word in full[len(short) :])
    )


def _key(one: Told, fullest: Mapping[tuple[str, ...], str]) -> str:
    identity = one.identity
    if identity.figure:
        return fullest.get(identity.figure, identity.key)
    if identity.loose:
        through = " > ".join(plain(name) for name in one.relay) or plain(one.outlet)
        return f"{identity.key} | {through}"
    return identity.key


def _fullest(identities: Iterable[Identity]) -> dict[tuple[str, ...], str]:
    """For each way a person is named, the key of the fullest name it fits; a surname that fits two stays by itself."""
    found = {identity.figure: identity.key for identity in identities if identity.figure}
    names = sorted(found, key=lambda name: (-len(name_words(name)), -sum(map(len, name)), name))
    heads: dict[str, list[tuple[str, ...]]] = {}
    merged: dict[tuple[str, ...], str] = {}
    for name in names:
        near = list(dict.fromkeys(head for word in name_words(name) for head in heads.get(word, ())))
        fitting = [head for head in near if same_name(head, name)]
        if not fitting and len(name) == 1:
            fitting = near
        if len({merged[head] for head in fitting}) == 1:
            merged[name] = merged[fitting[0]]
            continue
        merged[name] = found[name]
        for word in name_words(name):
            heads.setdefault(word, []).append(name)
    return merged


# An article that stands before a name is no office.
_NO_ROLE = frozenset({"", "the", "The", "a", "A", "an", "An"})


def _party(ident: str, identities: Sequence[Identity], ids: Mapping[str, str], carriers: Set[str]) -> Party:
    first = _head(identities)
    roles = sorted({_role_alone(one.role, (first, one)) for one in identities if one.role} - _NO_ROLE)
    role = max(roles, key=_told_best, default=None)
    known = {one.alias for one in identities if one.alias and plain(one.alias) != plain(first.name)}
    named = any(one.named for one in identities)
    return Party(
        id=ident,
        name=first.name,
        kind=first.kind,
        named=named,
        role=role,
        aliases=tuple(sorted(known)),
        speaks_for=_speaks_for(first, role, ids),
        doubtful=any(one.doubtful for one in identities),
        outlet=any(one.outlet for one in identities) or is_outlet(first.name, first.kind, named, carriers),
    )


def _head(identities: Sequence[Identity]) -> Identity:
    """The identity that names a party best: a body's over a person's, the fullest name, a document's usual noun."""
    often = Counter(one.name for one in identities)

    def rank(one: Identity) -> tuple[bool, bool, int, bool, int, int, str]:
        document = one.kind is PartyKind.DOCUMENT
        told = 0 if document else len(one.name) if one.figure or one.kind is PartyKind.ORGANIZATION else 0
        plain_noun = document and not one.name.endswith("document")
        known = one.kind is not PartyKind.UNKNOWN
        return one.kind is PartyKind.ORGANIZATION, known, len(one.figure), plain_noun, told, often[one.name], one.name

    return max(identities, key=rank)


# What no role is: a plain honorific, the day of the report, a clause about the person, the space before a comma.
_BARE = re.compile(
    r"^(?:Mr|Mrs|Ms)\.? ?(?=,|$)|^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day |\s*,\s*(?:who|which|whose)\b.*|"
    r"\s+as (?:his|her|their|its)\b.*|\s+(?=,)"
)


def _role_alone(role: str, called: Sequence[Identity]) -> str:
    """What a description tells beside the names: "head of the union" of "Mr Vance, head of the union"."""
    names = "|".join(re.escape(one.name) for one in sorted(called, key=lambda one: -len(one.name)))
    surname = re.escape(called[0].figure[-1]) if called[0].figure else "$^"
    bare = re.sub(rf"(?:{names}|\b(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.? )?{surname})(?:['’]s?(?: [a-z]+$)?)?", "", role)
    return _BARE.sub("", re.sub(r"\s+", " ", bare)).strip(" ,")


def _told_best(role: str) -> tuple[bool, bool, int, str]:
    """Sorting key: a role word first, no run-on clause, then the fullest."""
    words = role.lower().split()
    return any(word in titles.ROLES for word in words), len(words) <= _LONGEST_ROLE, len(role), role


_LONGEST_ROLE = 14
# Who heads a body speaks for it as a spokesman does.
_SPOKES = re.compile(
    r"\b(?:spokes(?:man|woman|person|people)|head of|director of|founder of|chief executive of|who runs)\b"
)


def _speaks_for(identity: Identity, role: str | None, ids: Mapping[str, str]) -> str | None:
    """The id of the body that a spokesman or its head speaks for, where it is a party of the story too."""
    if identity.speaks_for:
        return ids.get(identity.speaks_for)
    if not role or not _SPOKES.search(role):
        return None
    words = [token for token in tokens(role) if token != "'s"]
    for length in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            full = bodies.body_of(name) or outlets.outlet_of(name) or name
            found = ids.get(f"body {plain(full)}")
            if found:
                return found
    return None


def _ids(grouped: Mapping[str, Sequence[Identity]]) -> dict[str, str]:
    taken: dict[str, int] = {}
    ids: dict[str, str] = {}
    for key in sorted(grouped):
        base = slug(_head(grouped[key]).name)
        taken[base] = taken.get(base, 0) + 1
        ids[key] = base if taken[base] == 1 else f"{base}-{taken[base]}"
    return ids


def slug(name: str) -> str:
    """A name in lower-case letters and figures with hyphens, ASCII where it can be."""
    bare = (
        unicodedata.normalize("NFKD", name.replace("U.S.", "US").replace("’", "'")).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", bare.lower().replace("'", "")).strip("-")[:60] or "party"
