"""A page's blocks to the entries of a live blog, each with the instant at which it was posted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.datamodel.moment import Moment, Precision
from onrecord.reading.dates import read_date
from onrecord.reading.markup.page_metadata import updates
from onrecord.reading.markup.scan import Block, Element, Page
from onrecord.reading.markup.words import Words, letters

_MAX_STAMP = 60
_LONG = 40
# So many of the text's letters stand in entries.
_MOSTLY = 0.5
_BODY_LETTERS = 40
_MAX_HEIGHT = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its blocks, when it was posted, and the part of the page's address that leads to it."""

    words: tuple[Words, ...]
    at: Moment
    fragment: str


def entries(page: Page, kept: Sequence[Words]) -> tuple[Entry, ...]:
    """The entries in the order of the page; nothing where it is no live blog.

    They are boxes of one kind beside each other, each with a time tag of its own, that hold most of the text; or the
    entries that the publisher's data lists, found in the text by their headings.
    """
    found = _boxes(page, kept) or _listed(page, kept)
    long = sum(len(one.text) for one in kept if len(one.text) >= _LONG)
    inside = sum(len(one.text) for entry in found for one in entry.words if len(one.text) >= _LONG)
    instants = {entry.at.at for entry in found}
    return found if len(found) > 1 and len(instants) > 1 and inside >= _MOSTLY * long else ()


def _boxes(page: Page, kept: Sequence[Words]) -> tuple[Entry, ...]:
    stamps = _stamps(page, kept)
    if len(stamps) < 2:
        return ()
    kinds: dict[tuple[int, str, str], set[int]] = {}
    for block, _ in stamps:
        for one in _above(block):
            kinds.setdefault(_kind(one), set()).add(id(one))
    boxes: dict[int, Moment] = {}
    for block, at in stamps:
        repeated = [one for one in _above(block) if len(kinds[_kind(one)]) > 1]
        if repeated:
            # The outermost of several boxes of a kind; the first time in it is its own.
            boxes.setdefault(id(repeated[-1]), at)
    return tuple(_entries(kept, boxes))


def _entries(kept: Sequence[Words], boxes: dict[int, Moment]) -> Iterator[Entry]:
    held: dict[int, list[Words]] = {}
    elements: dict[int, Element] = {}
    for one in kept:
        for element in _above(one.block):
            if id(element) in boxes:
                held.setdefault(id(element), []).append(one)
                elements[id(element)] = element
                break
    for number, words in held.items():
        if any(len(one.text) >= _LONG for one in words):
            at = boxes[number]
            yield Entry(tuple(words), at, elements[number].ident or at.isoformat())


def _stamps(page: Page, kept: Sequence[Words]) -> list[tuple[Block, Moment]]:
    """Time tags that are a short line of their own, with the instants that they tell."""
    short = {id(one.block) for one in kept if len(one.text) <= _MAX_STAMP and not one.block.veil}
    found = []
    for told, block, _ in page.times:
        if block is None or id(block) not in short:
            continue
        at = read_date(told.get("datetime", ""))
        if at is not None and at.precision is Precision.MINUTE:
            found.append((block, at))
    return found


def _listed(page: Page, kept: Sequence[Words]) -> tuple[Entry, ...]:
    told = tuple(updates(page))
    keys = [letters(one.text) for one in kept] if told else []
    counts = Counter(keys)
    starts: dict[int, Moment] = {}
    for update in told:
        at = read_date(update.published)
        headline, body = letters(update.headline), letters(update.body)[:_BODY_LETTERS]
        if at is None or at.precision is not Precision.MINUTE:
            continue
        number = next((n for n, key in enumerate(keys) if headline and key == headline and counts[key] == 1), None)
        if number is None and len(body) == _BODY_LETTERS:
            number = next((n for n, key in enumerate(keys) if key.startswith(body)), None)
        if number is not None:
            starts.setdefault(number, at)
    order = sorted(starts)
    if not order:
        return ()
    return tuple(
        Entry(tuple(kept[start:end]), starts[start], starts[start].isoformat())
        for start, end in zip(order, [*order[1:], len(kept)], strict=True)
    )


def _above(block: Block) -> Iterator[Element]:
    one = block.element
    for _ in range(_MAX_HEIGHT):
        if one is None or one.tag in ("body", "html", ""):
            return
        yield one
        one = one.above


def _kind(one: Element) -> tuple[int, str, str]:
    return (id(one.above), one.tag, one.classes)
