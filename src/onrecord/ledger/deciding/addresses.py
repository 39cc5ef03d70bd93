"""The public ids of claims: each after the statement that founds it, so that it lasts while claims are regrouped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.span import Spans
from onrecord.datamodel.story import Story
from onrecord.ledger.deciding.anchors import Scene, counts

_PREFIX, _CHARS = "cl-", 8


def statement_address(scene: Scene, one: Attribution, passage: Spans = ()) -> str:
    """The id of a claim that a statement founds: a digest of its report's first version and of its exact words.

    Where these words stand in the report more than once, which of them it is counts too. It stays the same in newer
    versions of the report that keep the words, and tells nothing of what is said.
    """
    report = scene.reports[one.report]
    root = scene.roots_sha256.get(scene.root(one.report), report.sha256)
    return words_address(root, report.text, passage or one.content)


def words_address(root_sha256: str, text: str, spans: Spans) -> str:
    """The id that words of a text give, whose report's first version has this digest."""
    words = " ".join(re.findall(r"\w+", " ".join(span.of(text) for span in spans).casefold()))
    occurrence = text.count(spans[0].of(text), 0, spans[0].start)
    return _address("\n".join((root_sha256, words, str(occurrence))))


def _address(text: str) -> str:
    raw = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return _PREFIX + base64.b32encode(raw).decode()[:_CHARS].lower()


def founders(claims: Sequence[Claim], scene: Scene) -> Iterator[tuple[Claim, str]]:
    """Each claim with the id that its founding statement gives it.

    That is the earliest on record of those that count for this claim only; where each counts for another claim too, the
    earliest that founds no other.
    """
    addresses: dict[str, list[str]] = {
        claim.id: [_of(scene, one) for one in _counted(claim, scene)] for claim in claims
    }
    shared: dict[str, int] = {}
    for found in addresses.values():
        for address in dict.fromkeys(found):
            shared[address] = shared.get(address, 0) + 1
    taken: set[str] = set()
    ordered = sorted(claims, key=lambda one: (*map(scene.order, _counted(one, scene)[:1]), one.text))
    for own in (True, False):
        for claim in ordered:
            found = addresses[claim.id]
            if own is not any(shared[one] == 1 for one in found):
                continue
            free = [one for one in found if one not in taken and (not own or shared[one] == 1)]
            address = free[0] if free else salted(found[0] if found else _address(claim.id), taken)
            taken.add(address)
            yield claim, address


def is_address(ident: str) -> bool:
    """Whether an id names a claim by a statement, as all public ones do."""
    return ident.startswith(_PREFIX)


def unsalted(ident: str) -> str:
    """The statement's address in an id."""
    return ident[: len(_PREFIX) + _CHARS]


def salted(address: str, taken: set[str]) -> str:
    """An id beside another: that of a second claim on the same words."""
    number = 2
    while f"{address}-{number}" in taken:
        number += 1
    return f"{address}-{number}"


def _of(scene: Scene, member: Member) -> str:
    return statement_address(scene, scene.attributions[member.attribution], member.passage)


def _counted(claim: Claim, scene: Scene) -> list[Member]:
    held = [one for one in claim.members if one.attribution in scene.attributions]
    return sorted([one for one in held if counts(one)] or held, key=scene.order)


def named_by_founders(story: Story, scene: Scene) -> Story:
    """The story with public ids in place of those that its claims were built with, wherever a claim is named."""
    return renamed(story, {claim.id: address for claim, address in founders(story.claims, scene)})


def renamed(story: Story, ids: Mapping[str, str]) -> Story:
    """The story with other ids for its claims."""

    def to(ident: str) -> str:
        return ids.get(ident, ident)

    return replace(
        story,
        claims=tuple(replace(one, id=to(one.id)) for one in story.claims),
        standings=tuple(replace(one, claim=to(one.claim)) for one in story.standings),
        changes=tuple(replace(one, claim=to(one.claim)) for one in story.changes),
        conflicts=tuple(replace(one, claim=to(one.claim)) for one in story.conflicts),
    )


def counting(claims: Iterable[Claim], scene: Scene, address: str) -> tuple[Claim, ...]:
    """The claims for which the statement of an address counts."""
    return tuple(claim for claim in claims if any(_of(scene, member) == address for member in _counted(claim, scene)))
