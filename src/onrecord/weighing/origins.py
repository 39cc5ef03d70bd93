"""How many independent origins support a claim, as an interval with its reasons.

An origin is who said it first hand. Relays of one speaker are one; a spokesman and his body are one; unnamed sources
whose descriptions could fit one person make the interval's lower end (FORMATS.md, `origins`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from onrecord.datamodel.attribution import Act, Mode
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.quotation import quotations
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import words
from onrecord.datamodel.standing import Origin, Origins
from onrecord.weighing.descriptions import could_be_same
from onrecord.weighing.voices import Voice, by_party

# Two unnamed sources with contents this much alike, in two reports, are one source in copied text.
COPY_RATIO = 90.0
_COPY_CHARS = 40
# Nobody else says so many quoted words again in a row.
_LONG = 8
# "CNN (Jake Tapper)": an outlet and who spoke there.
_PARTS = re.compile(r"[^()]+")


@dataclass(frozen=True, slots=True)
class _Group:
    """Parties that are certainly one origin, the best known first.

    `said` are reports and words that may be copies, `quoted` runs of words between quotation marks.
    """

    parties: tuple[Party, ...]
    voices: tuple[Voice, ...]
    reasons: tuple[str, ...]
    said: tuple[tuple[str, str], ...] = ()
    quoted: frozenset[str] = frozenset()

    @property
    def head(self) -> Party:
        return self.parties[0]


def origins(supporters: tuple[Voice, ...], reports: Mapping[str, Report]) -> Origins:
    """Count the origins behind supporting voices; `hi` after certain merges, `lo` after possible ones too."""
    groups = _merge(by_party(supporters), reports)
    kept: list[_Group] = []
    doubts: list[str] = []
    for group in sorted(groups, key=_certainty):
        reason = _absorbed(group, kept)
        if reason is None:
            kept.append(group)
        else:
            doubts.append(reason)
    listed = tuple(_origin(group) for group in groups)
    certain = tuple(reason for group in groups for reason in group.reasons)
    lo, hi = sum(map(_heads, kept)), sum(map(_heads, groups))
    counted = tuple(f"{group.head.name} counts as {_heads(group)}" for group in groups if _heads(group) > 1)
    return Origins(lo=lo, hi=hi, origins=listed, reasons=(*certain, *doubts, *counted))


def _merge(grouped: Mapping[str, tuple[Voice, ...]], reports: Mapping[str, Report]) -> tuple[_Group, ...]:
    merged: list[_Group] = []
    for found in grouped.values():
        group = _Group((found[0].party,), found, (), _said(found, reports), _quoted(found, reports))
        for number, other in enumerate(merged):
            reason = _certainly_one(other, group)
            if reason:
                ranked = sorted((*other.parties, *group.parties), key=_rank)
                reasons = (*other.reasons, *group.reasons, reason)
                merged[number] = _Group(
                    tuple(ranked),
                    (*other.voices, *group.voices),
                    reasons,
                    (*other.said, *group.said),
                    other.quoted | group.quoted,
                )
                break
        else:
            merged.append(group)
    return tuple(merged)


def _said(found: tuple[Voice, ...], reports: Mapping[str, Report]) -> tuple[tuple[str, str], ...]:
    """Reports and words of who is no origin with a name of its own; theirs alone are held against copies."""
    if found[0].party.named and not found[0].party.outlet:
        return ()
    told = (voice.attribution for voice in found if voice.attribution.report in reports)
    each = ((one.report, words(one.content, reports[one.report].text)) for one in told)
    return tuple((report, text) for report, text in each if len(text) >= _COPY_CHARS)


def _quoted(found: tuple[Voice, ...], reports: Mapping[str, Report]) -> frozenset[str]:
    """All runs of eight words that reports print between quotation marks as a party's, in lower case."""
    told: set[str] = set()
    for one in (voice.attribution for voice in found):
        if one.mode is Mode.INDIRECT or one.report not in reports:
            continue
        text = reports[one.report].text
        told.update(*(_runs(text[span.start : span.end]) for span in one.content))
    return frozenset(told)


@lru_cache(maxsize=1 << 13)
def _runs(content: str) -> frozenset[str]:
    told: set[str] = set()
    for quote in quotations(content):
        plain = re.findall(r"\w+", quote.inner.of(content).lower())
        told.update(" ".join(plain[at : at + _LONG]) for at in range(len(plain) - _LONG + 1))
    return frozenset(told)


def _certainly_one(left: _Group, right: _Group) -> str | None:
    for one in left.parties:
        for other in right.parties:
            if one.origin == other.id or other.origin == one.id or (one.origin and one.origin == other.origin):
                return f"{one.name} and {other.name} are one document or its author"
            if one.speaks_for == other.id or other.speaks_for == one.id:
                return f"{one.name} and {other.name} speak as one"
            if one.speaks_for and one.speaks_for == other.speaks_for:
                return f"{one.name} and {other.name} speak for the same body"
    return _rests_on(left, right) or _rests_on(right, left) or _copied(left, right) or _one_quotation(left, right)


_NUMBERS = {word: number for number, word in enumerate("two three four five six seven eight nine ten".split(), 2)}


def _heads(group: _Group) -> int:
    """How many people an unnamed description tells of: "two people briefed on it" are two origins, "officials" one."""
    if group.head.named or len(group.parties) > 1:
        return 1
    words = group.head.name.lower().removeprefix("unnamed ").removeprefix("at least ").split()
    return _NUMBERS.get(words[0], 1) if words else 1


def _rests_on(group: _Group, other: _Group) -> str | None:
    """Why who passes on the other's words is no origin beside the other, unless they confirm them themselves."""
    head = group.head
    if not head.outlet and any(voice.stance is Act.CONFIRMS for voice in group.voices):
        return None
    relays = {part for voice in other.voices for relay in voice.attribution.relay for part in _parts(relay)}
    name = _folded(head.name)
    if any(name in relay if head.outlet else _of_one(name, relay) for relay in relays):
        return f"{head.name} passes on {other.head.name}"
    return None


def _parts(relay: str) -> tuple[str, ...]:
    return tuple(_folded(part) for part in _PARTS.findall(relay) if part.strip())


@lru_cache(maxsize=1 << 12)
def _folded(name: str) -> str:
    """A name without its article, letter case and diacritics."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).strip().removeprefix("the ")


def _of_one(name: str, relay: str) -> bool:
    """Whether a name is a relay's, or a longer form of it: "jesus murillo" is passed on as "jesus murillo karam"."""
    short, long = sorted((name.split(), relay.split()), key=len)
    return name == relay or (len(short) > 1 and set(short) <= set(long))


def _one_quotation(left: _Group, right: _Group) -> str | None:
    shared = left.quoted & right.quoted
    if not shared:
        return None
    return f"{left.head.name} and {right.head.name} are quoted with the same words (“… {min(shared)} …”)"


def _copied(left: _Group, right: _Group) -> str | None:
    if left.head.named or right.head.named:
        return None
    for ours, said in left.said:
        for theirs, again in right.said:
            if ours != theirs and fuzz.ratio(said, again, score_cutoff=COPY_RATIO):
                return f"{theirs} prints the words of {ours}"
    return None


def _rank(party: Party) -> tuple[int, str]:
    if party.named and not party.outlet:
        order = {PartyKind.PERSON: 0, PartyKind.ORGANIZATION: 1, PartyKind.GROUP: 2, PartyKind.DOCUMENT: 3}
        return order.get(party.kind, 4), party.id
    return (6 if party.outlet else 5), party.id


def _certainty(group: _Group) -> tuple[int, int, str]:
    rank, ident = _rank(group.head)
    return rank, -len(group.head.name), ident


def _absorbed(group: _Group, kept: list[_Group]) -> str | None:
    if group.head.outlet and any(voice.stance is Act.CONFIRMS for voice in group.voices):
        return None
    for other in kept:
        reason = could_be_same(group.head, other.head)
        if reason:
            return reason
    return None


def _origin(group: _Group) -> Origin:
    return Origin(
        party=group.head.id,
        attributions=tuple(voice.attribution.id for voice in group.voices),
        named=any(voice.on_record for voice in group.voices),
        doubtful=all(party.doubtful or party.outlet for party in group.parties),
        reason="; ".join(group.reasons),
    )
