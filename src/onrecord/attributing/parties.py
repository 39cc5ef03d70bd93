"""Parties of single reports to parties of the story."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.attributing.lexicon import bodies, outlets
from onrecord.attributing.resolving.identity import Identity, plain
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
    found = [_party(ids[key], grouped[key], ids, told) for key in sorted(grouped, key=lambda key: ids[key])]
    return tuple(found), tuple(ids[key] for key in keys)


def _keys(told: Sequence[Told]) -> tuple[str, ...]:
    fullest = _fullest(one.identity for one in told)
    return tuple(_key(one, fullest) for one in told)


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


def _party(ident: str, identities: Sequence[Identity], ids: Mapping[str, str], told: Sequence[Told]) -> Party:
    first = max(
        identities,
        key=lambda one: (one.kind is not PartyKind.UNKNOWN, len(one.figure), len(one.name) if one.figure else 0),
    )
    role = max((one.role for one in identities if one.role), key=lambda role: (len(role), role), default=None)
    known = {one.alias for one in identities if one.alias and plain(one.alias) != plain(first.name)}
    return Party(
        id=ident,
        name=first.name,
        kind=first.kind,
        named=any(one.named for one in identities),
        role=_role_alone(role, first.name) if role else None,
        aliases=tuple(sorted(known)),
        speaks_for=_speaks_for(first, role, ids),
        doubtful=any(one.doubtful for one in identities),
        outlet=any(one.outlet for one in identities),
    )


def _role_alone(role: str, name: str) -> str | None:
    told = role.replace(name, "").strip(" ,") if name in role else role
    return told or None


_SPOKES = re.compile(r"\bspokes(?:man|woman|person|people)\b")


def _speaks_for(identity: Identity, role: str | None, ids: Mapping[str, str]) -> str | None:
    """The id of the body a spokesman speaks for, where that body is a party of the story too."""
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
        base = slug(max(grouped[key], key=lambda one: (len(one.figure), one.name)).name)
        taken[base] = taken.get(base, 0) + 1
        ids[key] = base if taken[base] == 1 else f"{base}-{taken[base]}"
    return ids


def slug(name: str) -> str:
    """A name in lower-case letters and figures with hyphens, ASCII where it can be."""
    bare = (
        unicodedata.normalize("NFKD", name.replace("U.S.", "US").replace("’", "'")).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", bare.lower().replace("'", "")).strip("-")[:60] or "party"
