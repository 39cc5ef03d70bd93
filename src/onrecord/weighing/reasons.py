"""Why a claim stands where it stands, in one line that an editor can act on."""

from __future__ import annotations

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.party import PartyKind
from onrecord.weighing.rules import Weighed
from onrecord.weighing.voices import Voice, by_party

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SHOWN = 3


def reason(found: Weighed) -> str:
    """Supporters, what they rest on, deniers and refusals, in that order."""
    parts = [_support(found)]
    withdrawn = {voice.party.name for voice in found.withdrawn}
    if withdrawn:
        parts.append(f"withdrawn by {_listed(sorted(withdrawn))}")
    deniers = [voice for voice in found.deniers if voice.party.name not in withdrawn]
    if deniers:
        parts.append(f"denied by {_people(tuple(deniers))}")
    silent = tuple(voice for voice in found.voices if voice.stance in (Act.NO_COMMENT, Act.NOT_CONFIRMED))
    if silent:
        parts.append(f"not confirmed by {_people(silent)}")
    return "; ".join(parts)


def _support(found: Weighed) -> str:
    if not found.supporters:
        return "nobody supports it"
    told = _people(found.supporters)
    if not found.on_record:
        return f"{told}; nobody on the record"
    alone = len({voice.party.id for voice in found.supporters}) == 1
    return f"{told} alone, on the record" if alone else told


def _people(voices: tuple[Voice, ...]) -> str:
    grouped = by_party(voices)
    named = [_named(found) for found in grouped.values() if found[0].party.named]
    unnamed = [found for found in grouped.values() if not found[0].party.named]
    parts = [_listed(named)] if named else []
    if unnamed:
        parts.append(_unnamed(unnamed))
    return " and ".join(parts)


def _named(found: tuple[Voice, ...]) -> str:
    party = found[0].party
    doubt = " (doubtful)" if party.doubtful else " (its own words)" if party.outlet else ""
    via = _via(found).removeprefix(", ")
    return f"{party.name}{doubt}{f' ({via})' if via else ''}"


def _unnamed(groups: list[tuple[Voice, ...]]) -> str:
    if len(groups) == 1:
        party = groups[0][0].party
        name = party.name if party.name.startswith(("unnamed", "unresolved")) else f"{party.name} (unnamed)"
        return f"{name}{_via(groups[0])}"
    kinds = {found[0].party.kind for found in groups}
    noun = "unnamed documents" if kinds == {PartyKind.DOCUMENT} else f"unnamed {_noun(groups)}"
    count = _NUMBERS[len(groups)] if len(groups) < len(_NUMBERS) else str(len(groups))
    return f"{count} {noun}{_via(tuple(voice for found in groups for voice in found))}"


def _noun(groups: list[tuple[Voice, ...]]) -> str:
    """What all descriptions call them ("officials"), else "sources"."""
    for noun in ("official", "witness", "diplomat", "aide", "lawmaker", "analyst", "expert", "resident"):
        if all(noun in found[0].party.name.lower() for found in groups):
            return f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return "sources"


def _via(found: tuple[Voice, ...]) -> str:
    relays = sorted({relay for voice in found for relay in voice.attribution.relay})
    return f", via {_listed(relays)}" if relays else ""


def _listed(names: list[str]) -> str:
    shown = names[:_SHOWN]
    if len(names) > _SHOWN:
        return f"{', '.join(shown)} and {len(names) - _SHOWN} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
