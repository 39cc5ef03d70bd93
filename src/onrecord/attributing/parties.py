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
from onrecord.attributing.mentions.tokens import tokenize
from onrecord.attributing.outlets.parties import is_outlet
from onrecord.attributing.resolving.naming.identity import Identity, acronym, normalize_name
from onrecord.attributing.resolving.naming.name_matching import name_words, same_name
from onrecord.datamodel.party import Party, PartyKind


@dataclass(frozen=True, slots=True)
class SpeakerMention:
    """One attribution's speaker as its report identifies it, with the relay it came through."""

    identity: Identity
    relay: tuple[str, ...]
    outlet: str


def parties_of(mentions: Sequence[SpeakerMention]) -> tuple[tuple[Party, ...], tuple[str, ...]]:
    """The story's parties, by id, and the party id of each attribution, in the order given."""
    keys = _keys(mentions)
    grouped: dict[str, list[Identity]] = {}
    for key, mention in zip(keys, mentions, strict=True):
        grouped.setdefault(key, []).append(mention.identity)
    ids = _ids(grouped)
    relays = {name for mention in mentions for name in mention.relay}
    carriers = {name.partition(" (")[0].casefold() for name in relays} | {name.casefold() for name in relays}
    parties = [_party(ids[key], grouped[key], ids, carriers) for key in sorted(grouped, key=lambda key: ids[key])]
    return tuple(parties), tuple(ids[key] for key in keys)


def _keys(mentions: Sequence[SpeakerMention]) -> tuple[str, ...]:
    fullest = _fullest(mention.identity for mention in mentions)
    keys = [_key(mention, fullest) for mention in mentions]
    longer = _longer_bodies(keys, [mention.identity for mention in mentions])
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
        key: normalize_name(identity.name)
        for key, identity in zip(keys, identities, strict=True)
        if _is_body(key, identity)
    }
    firm = {name: key for key, name in sorted(names.items()) if key.startswith("body ")}
    short = {
        normalize_name(identity.name): identity.name
        for identity in identities
        if re.fullmatch(r"[A-Z]{3,6}", identity.name)
    }
    written = {key: acronym(identity.name) for key, identity in zip(keys, identities, strict=True)}
    renamed: dict[str, str] = {}
    for key, name in sorted(names.items()):
        if not key.startswith("body ") and name in firm:
            renamed[key] = firm[name]
            continue
        fuller = {other for other in firm if other != name and _shortens(name.split(), other.split())}
        fuller |= {other for other, of in firm.items() if name in short and written[of] == short[name]}
        if len(fuller) == 1 and not country_of(name.title()):
            renamed[key] = firm[fuller.pop()]
    return {key: renamed.get(other, other) for key, other in renamed.items()}


def _is_body(key: str, identity: Identity) -> bool:
    if key.startswith(("body ", "name ")):
        return True
    return (
        key.startswith("person ") and len(identity.person_name) > 1 and identity.person_name[0].lower() not in FORENAMES
    )


def _shortens(short: list[str], full: list[str]) -> bool:
    if len(short) >= 2 and full[-len(short) :] == short and len(full) > len(short):
        return True
    return (
        full[: len(short)] == short and len(full) > len(short) and all(word in _ENDINGS for word in full[len(short) :])
    )


def _key(mention: SpeakerMention, fullest: Mapping[tuple[str, ...], str]) -> str:
    identity = mention.identity
    if identity.person_name:
        return fullest.get(identity.person_name, identity.key)
    if identity.outlet_scoped:
        through = " > ".join(normalize_name(name) for name in mention.relay) or normalize_name(mention.outlet)
        return f"{identity.key} | {through}"
    return identity.key


def _fullest(identities: Iterable[Identity]) -> dict[tuple[str, ...], str]:
    """For each way a person is named, the key of the fullest name it fits; a surname that fits two stays by itself."""
    keys = {identity.person_name: identity.key for identity in identities if identity.person_name}
    names = sorted(keys, key=lambda name: (-len(name_words(name)), -sum(map(len, name)), name))
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
        merged[name] = keys[name]
        for word in name_words(name):
            heads.setdefault(word, []).append(name)
    return merged


# An article that stands before a name is no office.
_NO_ROLE = frozenset({"", "the", "The", "a", "A", "an", "An"})


def _party(party_id: str, identities: Sequence[Identity], ids: Mapping[str, str], carriers: Set[str]) -> Party:
    first = _head(identities)
    roles = sorted(
        {_role_without_names(identity.role, (first, identity)) for identity in identities if identity.role} - _NO_ROLE
    )
    role = max(roles, key=_role_rank, default=None)
    known = {
        identity.alias
        for identity in identities
        if identity.alias and normalize_name(identity.alias) != normalize_name(first.name)
    }
    named = any(identity.named for identity in identities)
    return Party(
        id=party_id,
        name=first.name,
        kind=first.kind,
        named=named,
        role=role,
        aliases=tuple(sorted(known)),
        speaks_for=_speaks_for(first, role, ids),
        doubtful=any(identity.doubtful for identity in identities),
        outlet=any(identity.outlet for identity in identities) or is_outlet(first.name, first.kind, named, carriers),
    )


def _head(identities: Sequence[Identity]) -> Identity:
    """The identity that names a party best: a body's over a person's, the fullest name, a document's usual noun."""
    often = Counter(identity.name for identity in identities)

    def rank(identity: Identity) -> tuple[bool, bool, int, bool, int, int, str]:
        document = identity.kind is PartyKind.DOCUMENT
        name_length = (
            0
            if document
            else len(identity.name)
            if identity.person_name or identity.kind is PartyKind.ORGANIZATION
            else 0
        )
        plain_noun = document and not identity.name.endswith("document")
        known = identity.kind is not PartyKind.UNKNOWN
        return (
            identity.kind is PartyKind.ORGANIZATION,
            known,
            len(identity.person_name),
            plain_noun,
            name_length,
            often[identity.name],
            identity.name,
        )

    return max(identities, key=rank)


# What no role is: a plain honorific, the day of the report, a clause about the person, the space before a comma.
_BARE = re.compile(
    r"^(?:Mr|Mrs|Ms)\.? ?(?=,|$)|^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day |\s*,\s*(?:who|which|whose)\b.*|"
    r"\s+as (?:his|her|their|its)\b.*|\s+(?=,)"
)


def _role_without_names(role: str, called: Sequence[Identity]) -> str:
    """What a description tells beside the names: "head of the union" of "Mr Vance, head of the union"."""
    names = "|".join(re.escape(identity.name) for identity in sorted(called, key=lambda identity: -len(identity.name)))
    surname = re.escape(called[0].person_name[-1]) if called[0].person_name else "$^"
    bare = re.sub(rf"(?:{names}|\b(?:(?:Mr|Mrs|Ms|Dr|Sir|Dame)\.? )?{surname})(?:['’]s?(?: [a-z]+$)?)?", "", role)
    return _BARE.sub("", re.sub(r"\s+", " ", bare)).strip(" ,")


def _role_rank(role: str) -> tuple[bool, bool, int, str]:
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
    words = [token for token in tokenize(role) if token != "'s"]
    for length in range(min(6, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            full = bodies.body_of(name) or outlets.outlet_of(name) or name
            party_id = ids.get(f"body {normalize_name(full)}")
            if party_id:
                return party_id
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
