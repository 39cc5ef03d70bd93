"""All words of a page, each counted once: in the body, in its furniture, hidden, or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import unescape

from onrecord.reading.markup.main_content import Choice, Reads
from onrecord.reading.markup.scan import Block, Page

_TAGS = re.compile(r"<[^<>]*>?")


class Kind(StrEnum):
    """What became of some words of an input."""

    BODY = "body"
    FURNITURE = "furniture"
    HIDDEN = "hidden"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words and what became of them; `places` are the source characters they stand at, `why` says why not taken."""

    kind: Kind
    text: str
    why: str = ""
    taken: bool = True
    places: tuple[tuple[int, int], ...] = ()


def account(page: Page, reads: Sequence[Reads], choice: Choice, source: str) -> tuple[Stretch, ...]:
    """Every text node of a page in exactly one stretch, in order."""
    found = [*_blocks(reads, choice), *_asides(page, source)]
    return tuple(sorted(found, key=lambda one: one.places[:1]))


def _blocks(reads: Sequence[Reads], choice: Choice) -> Iterator[Stretch]:
    kept = set(choice.kept)
    for number, one in enumerate(reads):
        taken = number in kept
        kind = Kind.HIDDEN if one.block.veil else Kind.BODY if taken else Kind.OTHER
        why = choice.left.get(number, "") or (f"{one.block.veil} on the page" if one.block.veil else "")
        if not taken and not why:
            why = "no article was found on the page"
        yield Stretch(kind, one.text, why, taken, _places(one.block))


def _places(block: Block) -> tuple[tuple[int, int], ...]:
    return tuple((run.start, run.end) for run in block.runs)


def _asides(page: Page, source: str) -> Iterator[Stretch]:
    for one in page.asides:
        words = " ".join(unescape(_TAGS.sub(" ", source[one.start : one.end])).split())
        if words:
            yield Stretch(Kind(one.kind), words, one.reason, False, ((one.start, one.end),))
