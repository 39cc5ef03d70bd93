"""A page's blocks to those of its article: trafilatura's decision, carried over to blocks that know their bytes."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.reading.markup.scan import Block

# What it says about broken pages is said in the outcome.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
_SIGNS = str.maketrans("", "", " \t\r\n\xa0!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~‘’“”„«»‹›–—―…·•")
_LONG = 25
# Pictures saved into the page itself; beyond this much markup density decides, which takes no longer for more of it.
_EMBEDDED = re.compile(r"data:[\w/+.-]{3,40};base64,[A-Za-z0-9+/=]+")
_MAX_CHARS = 3_000_000
_ENOUGH_CHARS = 400
_ENOUGH = 0.6
_FURNITURE = frozenset({"nav", "footer", "form", "button", "menu"})
_ASIDE = re.compile(
    r"\b(?:related|recirc|promo|newsletter|sidebar|comment|share|social|advert|sponsor|cookie|most-(?:read|popular)|trending"
    r"|outbrain|taboola|breadcrumb|menu|nav|footer|teaser|subscribe|signup)"
)
_HEAD = re.compile(
    r"\b(?:standfirst|dek|subhead|subtitle|summary|byline|author|dateline|timestamp|pub-?date|published|correction)"
)


@dataclass(frozen=True, slots=True)
class Reads:
    """A block and how it reads."""

    block: Block
    text: str


def choose(words: Sequence[Reads], source: str) -> tuple[int, ...]:
    """Numbers of the blocks that make up the article, in order.

    trafilatura (Barbaresi 2021) names the main text; blocks are found again in it by their letters. What it drops and a
    record needs is put back: the headline, captions, posts, corrections, and paragraphs between two that it kept.
    """
    keys = _Keys(words)
    lines = _main_text(source, sum(len(one.text) for one in words if _is_prose(one)))
    chosen = _match(words, keys, lines) if lines else set()
    if not chosen:
        chosen = _dense(words)
    if not chosen:
        return ()
    return tuple(sorted(_complete(words, keys, chosen)))


def _main_text(source: str, prose: int) -> list[str]:
    """trafilatura's lines; its slower second opinions are asked only where the first leaves much prose out."""
    import trafilatura

    source = _EMBEDDED.sub("", source)
    if len(source) > _MAX_CHARS:
        return []
    try:
        found = trafilatura.extract(source, include_comments=False, include_tables=True, fast=True)
        if not found or len(found) < _ENOUGH_CHARS or len(found) < _ENOUGH * prose:
            found = trafilatura.extract(source, include_comments=False, include_tables=True)
    except Exception:  # a page that trafilatura cannot take is chosen by density instead
        return []
    return [key for line in (found or "").splitlines() if (key := _letters(line))]


def _match(words: Sequence[Reads], keys: _Keys, lines: Sequence[str]) -> set[int]:
    whole = "".join(lines)
    candidates = [n for n, one in enumerate(words) if len(one.text) >= _LONG and len(keys[n]) >= _LONG]
    counts = Counter(keys[n] for n in candidates)
    long = [n for n in candidates if keys[n] in whole]
    sure = {n for n in long if counts[keys[n]] == 1 and not _is_link(words[n])} or set(long)
    if not sure:
        return set()
    middle = sorted(sure)[len(sure) // 2]
    for key in sorted(key for key, count in counts.items() if count > 1 and key in whole):
        sure.add(min((n for n in candidates if keys[n] == key), key=lambda n: abs(n - middle)))
    first, last = min(sure), max(sure)
    exact = set(lines)
    short = {
        n
        for n in range(max(0, first - 6), min(len(words), last + 7))
        if 0 < len(keys[n]) < _LONG and _stands(keys[n], exact, whole)
    }
    return sure | {n for n in short if not _set_aside(words[n]) and not _is_link(words[n])}


def _stands(key: str, exact: set[str], whole: str) -> bool:
    """A short block is a line of its own, or a line's piece where a break or a link cut it."""
    return key in exact or (len(key) > 11 and key in whole)


def _dense(words: Sequence[Reads]) -> set[int]:
    """Paragraphs of running words outside navigation, where trafilatura finds nothing."""
    return {
        n for n, one in enumerate(words) if _is_prose(one) or (one.block.tag in ("p", "h1") and not _set_aside(one))
    }


def _is_link(one: Reads) -> bool:
    """A paragraph that is one link leads to another story."""
    return one.block.linked * 10 >= len(one.text) * 9 and one.block.tag not in ("h1", "h2")


def _is_prose(one: Reads) -> bool:
    return len(one.text) >= 60 and one.block.linked * 2 < len(one.text) and not _set_aside(one)


def _complete(words: Sequence[Reads], keys: _Keys, chosen: set[int]) -> set[int]:
    prose = [
        n for n in chosen if words[n].block.tag not in ("h1", "figcaption") and not _HEAD.search(words[n].block.classes)
    ]
    first, last = min(prose or chosen), max(chosen)
    added = set(chosen)
    headings = [n for n, one in enumerate(words) if one.block.tag == "h1" and n <= last and keys[n]]
    if headings and not any(n in chosen for n in headings):
        near = [n for n in headings if n <= first] or headings
        added.add(near[-1])
    start = min(added)
    kept = {keys[n] for n in added}
    tags = {words[n].block.classes for n in chosen if words[n].block.tag == "p"}
    for n in range(start, min(len(words), last + 4)):
        if n not in added and keys[n] and keys[n] not in kept and _belongs(words[n], n <= last, n < first, tags):
            added.add(n)
    return added


def _belongs(one: Reads, inside: bool, before: bool, containers: set[str]) -> bool:
    block = one.block
    if block.post and inside:
        return True
    if _set_aside(one):
        return bool(before and _HEAD.search(block.classes) and len(one.text) < 300 and not block.within & _FURNITURE)
    if block.tag == "figcaption" or "correction" in block.classes or (inside and block.when and len(one.text) < 60):
        return True
    if before:
        return bool(_HEAD.search(block.classes) or "time" in block.within) and len(one.text) < 300
    return inside and block.tag == "p" and block.classes in containers and block.linked * 2 < len(one.text)


def _set_aside(one: Reads) -> bool:
    return bool(one.block.within & _FURNITURE or "aside" in one.block.within or _ASIDE.search(one.block.classes))


class _Keys:
    """The letters of blocks, worked out for those that are asked for: most of a page is menu."""

    def __init__(self, words: Sequence[Reads]) -> None:
        self.words = words
        self.known: dict[int, str] = {}

    def __getitem__(self, number: int) -> str:
        if number not in self.known:
            self.known[number] = _letters(self.words[number].text)
        return self.known[number]


def _letters(text: str) -> str:
    """A text without spaces and common punctuation, which extractors set differently; other signs stay on both"
    " sides."""
    return text.translate(_SIGNS).casefold()
