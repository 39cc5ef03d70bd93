"""A page's blocks to those of its article: trafilatura's decision, carried over to blocks that know their bytes."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from onrecord.reading.dates import find_dates
from onrecord.reading.marking.corrections import is_label, is_note
from onrecord.reading.marking.lines import speaks
from onrecord.reading.marking.menus import is_section_heading, leads_elsewhere
from onrecord.reading.markup.attribute_floods import without_floods
from onrecord.reading.markup.scan import BLOCKS, PARAGRAPHS, Block, Element
from onrecord.reading.markup.words import letters

# What it says about broken pages is said in the outcome.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
_LONG = 25
# Pictures saved into the page itself; beyond this much markup density decides, which takes no longer for more of it.
_EMBEDDED = re.compile(r"data:[\w/+.-]{3,40};base64,[A-Za-z0-9+/=]+")
_MAX_CHARS = 3_000_000
_ENOUGH_CHARS = 400
_ENOUGH = 0.6
_NEARLY_ALL = 0.95
_FURNITURE = frozenset({"nav", "footer", "form", "menu"})
_ASIDE = re.compile(
    r"\b(?:related|recirc|promo|newsletter|sidebar|comment|share|social|advert|sponsor|cookie|most-(?:read|popular)|trending"
    r"|outbrain|taboola|breadcrumb|menu|nav|footer|teaser|subscribe|signup)"
)
_HEAD = re.compile(
    r"\b(?:standfirst|dek|deck|lead|lede|intro|excerpt|subhead|subtitle|sub-title|summary|byline|author|dateline|timestamp"
    r"|pub-?date|published|correction)"
)
CORRECTED = re.compile(
    r"\b(?:correction|clarification|amend(?:ment|ed)?|editors?-?note|erratum|retraction|update-?note)"
)
_OTHERS = re.compile(r"\b(?:related|recirc|comment|most-(?:read|popular)|trending|outbrain|taboola|newsletter)")
_SENTENCE = re.compile(r"[.!?…][\"”’»)\]]*$")
# How a quotation is signed.
_SIGNED = re.compile(r"[—–―-]\s?\w")
_BY = re.compile(r"by\s+[A-Z]", re.IGNORECASE)
# How sites name boxes that hold the text.
_BODY = re.compile(r"\b(?:article|story|body|text|entry|post|page|copy|continu|paragraph|section)")
_MAX_HEAD = 600
_MIN_TITLE = 12
_MAX_TITLE = 250
_MAX_ABOVE = 30
_MIN_PROSE = 2
_RUNNING = 50
_MAX_NOTE = 800
_MAX_BYLINE = 120
_MAX_DATE, _BESIDE_DATE = 60, 16
_NEAR_HEADING = 15
# Some sites call a standfirst so.
_TEASER = re.compile(r"\bteaser")
_NEXT_TO = 4
# No page has its article in more elements than this.
_MAX_HEIGHT = 60
_HEADINGS = frozenset({"h2", "h3", "h4"})


@dataclass(frozen=True, slots=True)
class Reads:
    """A block and how it reads."""

    block: Block
    text: str


@dataclass(slots=True)
class Choice:
    """Numbers of the blocks that are kept, in order, and of each other block why it is not."""

    kept: tuple[int, ...] = ()
    left: dict[int, str] = field(default_factory=dict)
    heading: int | None = None


def choose(words: Sequence[Reads], source: str, titles: Sequence[str] = ()) -> Choice:
    """The blocks that make up the article; `titles` is what the page calls itself.

    trafilatura (Barbaresi 2021) names the main text; blocks are found again in it by their letters. Whatever stands
    between the headline and the end of that text, or in a box of its kind, stays too, unless something says that it is
    no part of the article: each block that is left has its reason.
    """
    keys = _Keys(words)
    chosen = _in_one_box(words)
    if not chosen:
        lines = _main_text(source, sum(len(one.text) for one in words if not one.block.veil and _is_prose(one)))
        chosen = _match(words, keys, lines) if lines else set()
    if not chosen:
        chosen = _dense(words)
    if not chosen:
        return Choice()
    return _Article(words, keys, chosen, titles).complete()


def _in_one_box(words: Sequence[Reads]) -> set[int]:
    """The paragraphs of a page that has nearly all its running words in one box: there is nothing to choose between."""
    prose = [n for n, one in enumerate(words) if not one.block.veil and len(one.text) >= 60 and not _is_link(one)]
    boxes: Counter[int] = Counter()
    for n in prose:
        if _is_prose(words[n]) and words[n].block.tag == "p" and (box := _box(words[n].block)) is not None:
            boxes[id(box)] += len(words[n].text)
    (best, most), *_ = boxes.most_common(1) or [(0, 0)]
    if most < _ENOUGH_CHARS * 2 or most < _NEARLY_ALL * sum(len(words[n].text) for n in prose):
        return set()
    return {n for n in prose if _is_prose(words[n]) and id(_box(words[n].block)) == best}


def _main_text(source: str, prose: int) -> list[str]:
    """trafilatura's lines; its slower second opinions are asked only where the first leaves much prose out."""
    import trafilatura

    source = without_floods(_EMBEDDED.sub("", source))
    if len(source) > _MAX_CHARS:
        return []
    try:
        found = trafilatura.extract(source, options=_options(fast=True))
        # A short page that is taken nearly whole needs no other opinion, which takes many times as long.
        enough = min(_ENOUGH_CHARS, _NEARLY_ALL * prose) if prose else _ENOUGH_CHARS
        if not found or len(found) < max(enough, _ENOUGH * prose):
            found = trafilatura.extract(source, options=_options(fast=False))
    except Exception:  # a page that trafilatura cannot take is chosen by density instead
        return []
    return [key for line in (found or "").splitlines() if (key := _letters(line))]


@cache
def _options(fast: bool) -> Any:
    """trafilatura's settings, which take it as long to read anew for each page as half a page does."""
    from trafilatura.settings import Extractor

    return Extractor(fast=fast, comments=False, tables=True)


def _match(words: Sequence[Reads], keys: _Keys, lines: Sequence[str]) -> set[int]:
    whole = "".join(lines)
    candidates = [
        n for n, one in enumerate(words) if len(one.text) >= _LONG and not one.block.veil and len(keys[n]) >= _LONG
    ]
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
        if not words[n].block.veil and 0 < len(keys[n]) < _LONG and _stands(keys[n], exact, whole)
    }
    return sure | {n for n in short if not _set_aside(words[n]) and not _is_link(words[n])}


def _stands(key: str, exact: set[str], whole: str) -> bool:
    """A short block is a line of its own, or a line's piece where a break or a link cut it."""
    return key in exact or (len(key) > 11 and key in whole)


def _dense(words: Sequence[Reads]) -> set[int]:
    """Paragraphs of running words outside navigation, where trafilatura finds nothing."""
    return {
        n
        for n, one in enumerate(words)
        if not one.block.veil and (_is_prose(one) or (one.block.tag in ("p", "h1") and not _set_aside(one)))
    }


def _is_link(one: Reads) -> bool:
    """A paragraph that is one link mostly leads to another story."""
    return one.block.linked * 10 >= len(one.text) * 9 and one.block.tag not in ("h1", "h2")


def _is_date(text: str) -> bool:
    """A line that is a date, but for a day's name or a word before it."""
    found = next(find_dates(text), None) if len(text) <= _MAX_DATE else None
    return found is not None and len(text) - len(found.span.of(text)) <= _BESIDE_DATE


def _is_sentence(text: str) -> bool:
    return bool(_SENTENCE.search(text)) and text.count(" ") >= 3


def _is_prose(one: Reads) -> bool:
    return len(one.text) >= 60 and one.block.linked * 2 < len(one.text) and not _set_aside(one)


def _is_running(one: Reads) -> bool:
    """A sentence or more of running words, without a link."""
    return len(one.text) >= _RUNNING and _is_plain(one)


def _is_plain(one: Reads) -> bool:
    """A sentence without a link."""
    return not one.block.linked and not one.block.veil and bool(_SENTENCE.search(one.text))


def _set_aside(one: Reads) -> bool:
    return bool(one.block.within & _FURNITURE or "aside" in one.block.within or _ASIDE.search(one.block.classes))


class _Article:
    """What of a page belongs to the article of which some blocks are known."""

    def __init__(self, words: Sequence[Reads], keys: _Keys, chosen: set[int], titles: Sequence[str]) -> None:
        self.words = words
        self.keys = keys
        self.chosen = chosen
        self.titles = [key for one in titles if len(key := _letters(one)) >= _MIN_TITLE]
        prose = [n for n in chosen if words[n].block.tag not in ("h1", "figcaption") and not self._heads(words[n])]
        self.first, self.last = min(prose or chosen), max(chosen)
        self.heading = self._heading()
        blocks = [words[n].block for n in prose or chosen]
        # What is around all of the article says nothing about its parts ("has-sidebar" on the page's body).
        self.within = frozenset.intersection(*(block.within for block in blocks))
        self.classes = _common([block.classes for block in blocks])
        self.boxes = {id(box) for block in blocks if (box := _box(block)) is not None and box.tag not in ("body", "")}
        self.kinds = {(block.tag, block.classes) for block in blocks if block.classes}
        # What the text's paragraphs are: "p", or "div" where the page knows no better.
        self.tags = {"p", *(block.tag for block in blocks if block.tag == "div")}
        self.articles = {block.article for block in blocks if block.article}
        self.blocks = blocks
        self.next_heading = next(
            (n for n, one in enumerate(words) if n > self.last and one.block.tag == "h1"), len(words)
        )
        self.under: int | None = None

    @cached_property
    def chains(self) -> frozenset[tuple[str, ...]]:
        """The elements around the text's paragraphs, by name."""
        return frozenset(_chain(block) for block in self.blocks if block.tag == "p")

    def complete(self) -> Choice:
        """Everything of the article, the veiled words within it too."""
        kept = set(self.chosen)
        if self.heading is not None:
            kept.add(self.heading)
        known = {self.keys[n] for n in kept}
        left: dict[int, str] = {}
        start = min(kept)
        for n, one in enumerate(self.words):
            if n in kept:
                self.under = None
                continue
            why = self._why_not(n, one, start, known)
            if why is None:
                kept.add(n)
                known.add(self.keys[n])
                if not one.block.veil and n > self.last and one.block.tag == "p" and self._alike(one):
                    self.last = n
            else:
                left[n] = why
        return Choice(tuple(sorted(kept)), left, self.heading)

    def _heading(self) -> int | None:
        """The headline's block: of several the last one above the text; without one what reads as the page's title."""
        words = self.words
        found = [
            n
            for n, one in enumerate(words)
            if one.block.tag == "h1" and not one.block.veil and n <= self.last and self.keys[n]
        ]
        titled = self._titled(found)
        if titled is not None:
            return titled
        if not found or any(n in self.chosen for n in found):
            return next((n for n in found if n in self.chosen), None)
        return ([n for n in found if n <= self.first] or found)[-1]

    def _titled(self, found: Sequence[int]) -> int | None:
        """A block above the text, no heading of the first order, that says what the page calls itself."""
        if not self.titles or any(self._is_title(n) for n in found):
            return None
        near = range(max(0, self.first - _MAX_ABOVE), min(len(self.words), self.first + 1))
        return next((n for n in reversed(near) if self._may_title(n) and self._is_title(n)), None)

    def _may_title(self, n: int) -> bool:
        one = self.words[n]
        return not one.block.veil and len(one.text) <= _MAX_TITLE and not one.block.within & _FURNITURE

    def _is_title(self, n: int) -> bool:
        """Whether a block's letters are a title's, or all of one but for the name of the site."""
        key = self.keys[n]
        return len(key) >= _MIN_TITLE and any(
            title == key or ((title.startswith(key) or title.endswith(key)) and len(key) * 2 >= len(title))
            for title in self.titles
        )

    def _why_not(self, n: int, one: Reads, start: int, known: set[str]) -> str | None:
        """Why a block is no part of the article; None where it is one."""
        block, text = one.block, one.text
        if block.veil:
            inside = start < n <= self.last + 1 and not self._aside(one)
            return None if inside else "not shown, and outside of the article"
        if n < start:
            return "above the headline"
        if not self.keys[n]:
            return "signs without words"
        if self.keys[n] in known:
            return "said above already"
        if is_section_heading(text) and n not in self.chosen:
            self.under = id(_box(block))
            return "heads a list of other stories"
        inside = n <= self.last
        if block.post and inside:
            return None
        if self._is_correction(n, one):
            return None
        if (aside := self._aside(one)) and not (n < self.first and self._is_head(one)) and not self._is_told(n, one):
            return aside
        if block.pressed * 2 > len(text):
            return "a button"
        if block.tag == "figcaption" or (inside and block.when and len(text) < 60):
            return None
        return self._why_not_beside(n, one) if n < self.first else self._why_not_among(n, one, inside)

    def _why_not_beside(self, n: int, one: Reads) -> str | None:
        """Between the headline and the text: a standfirst, a byline, a date."""
        text, block = one.text, one.block
        if (_HEAD.search(self._own(one)) or "time" in block.within) and len(text) < _MAX_HEAD:
            return None
        if self._is_linked_sentence(one):
            return None
        if len(text) < _MAX_BYLINE and (_BY.match(text) or (block.element is not None and block.element.credit)):
            return None
        if _is_link(one) or block.linked * 2 > len(text):
            return "a link above the text"
        near = self.heading is not None and 0 < n - self.heading <= _NEAR_HEADING
        if near and _is_date(text):
            return None
        if near and len(text) >= _LONG and text.count(" ") >= 4 and len(text) <= _MAX_HEAD:
            return None
        return "a short line above the text"

    def _why_not_among(self, n: int, one: Reads, inside: bool) -> str | None:
        """Within the text, and behind it in boxes of its kind."""
        text, block = one.text, one.block
        if self.under is not None and self.under in self._around(block):
            return "in a list of other stories"
        alike = self._alike(one)
        if n <= self.last + 1 and "blockquote" in block.within and (not _is_link(one) or _SIGNED.match(text)):
            return None
        if _is_link(one):
            return None if self._is_linked_sentence(one) else "a link to elsewhere"
        if block.linked * 2 > len(text):
            return "mostly links"
        prose = len(text) >= 60 or _is_sentence(text)
        if alike and (prose or (inside and (block.tag == "p" or block.tag in _HEADINGS))):
            return None
        if inside and self.boxes & self._around(block) and prose:
            return None
        if not inside and self._goes_on(n, one):
            return None
        if len(text) >= 60 and _is_sentence(text) and self._in_article(n, block):
            return None
        return "in no box of the article’s text" if len(text) >= 60 else "a short line beside the text"

    def _alike(self, one: Reads) -> bool:
        """Whether a block stands in a box of the text, or in one that is named just as those are."""
        block = one.block
        box = _box(block)
        if box is not None and id(box) in self.boxes:
            return True
        return (block.tag, block.classes) in self.kinds and (not self.articles or block.article in self.articles)

    def _in_article(self, n: int, block: Block) -> bool:
        """Whether a block stands in the same article element, or where there is none as deep in elements alike.

        Behind a second headline another article begins.
        """
        if self.articles:
            return block.article in self.articles
        return n < self.next_heading and _chain(block) in self.chains

    def _is_linked_sentence(self, one: Reads) -> bool:
        """A paragraph of the text that is wholly a link: it ends as sentences do, and reports somebody's words."""
        text, block = one.text, one.block
        if not _SENTENCE.search(text) or leads_elsewhere(text) or self._aside(one):
            return False
        alike = self._alike(one)
        if alike and block.tag in self.tags and text.count(" ") >= 3:
            return True
        around = [id(each) for each in _above(block)][:4]
        return (alike or not self.boxes.isdisjoint(around)) and speaks(text) and text.count(" ") >= 2

    def _is_correction(self, n: int, one: Reads) -> bool:
        """A note, the heading of one, or what stands below such a heading."""
        named = _OTHERS.search(self._own(one))
        if len(one.text) > _MAX_NOTE or "nav" in one.block.within or (named and not is_note(one.text)):
            return False
        if is_note(one.text) or is_label(one.text):
            return not _is_link(one)
        if n and is_label(self.words[n - 1].text) and _SENTENCE.search(one.text):
            return not _is_link(one)
        return bool(CORRECTED.search(self._own(one))) and _is_sentence(one.text)

    @cached_property
    def _prose_in(self) -> Counter[int]:
        """How many paragraphs of running words without links stand in each element."""
        found: Counter[int] = Counter()
        for one in self.words:
            if _is_running(one):
                found.update(self._around(one.block))
        return found

    def _is_told(self, n: int, one: Reads) -> bool:
        """Whether what a name or an element sets apart is the article's own text, by what it holds.

        A box of background within the article, or a column that is named after its buttons.
        """
        if self.heading is not None and 0 < n - self.heading <= _NEXT_TO and _TEASER.search(self._own(one)):
            return not one.block.linked and one.text.count(" ") >= 4
        if not _is_plain(one) or _OTHERS.search(self._own(one)):
            return False
        apart = next((box for box in _above(one.block) if self._sets_apart(box)), None)
        if apart is None or self._prose_in[id(apart)] < _MIN_PROSE:
            return False
        if self.articles:
            return one.block.article in self.articles
        return self.heading is not None and self.heading < n and (n < self.last or self._alike(one))

    def _sets_apart(self, box: Element) -> bool:
        around = box.above.classes if box.above is not None else ""
        own = box.classes[len(around) :] if box.classes.startswith(around) else box.classes
        return box.tag in _FURNITURE or box.tag == "aside" or bool(_ASIDE.search(own))

    def _goes_on(self, n: int, one: Reads) -> bool:
        """Whether a paragraph behind the text is more of it: in a box named for it, or an article without a heading."""
        block = one.block
        if not _is_plain(one) or n >= self.next_heading:
            return False
        if block.article and block.article not in self.articles:
            return block.article not in self._headed_articles and self._prose_in_article[block.article] >= _MIN_PROSE
        box = _box(block)
        named = any(_BODY.search(self._name(each)) for each in _above(block) if each.tag in BLOCKS)
        return box is not None and named and self._prose_in[id(box)] >= _MIN_PROSE and not self._strange(n)

    def _name(self, box: Element) -> str:
        around = box.above.classes if box.above is not None else ""
        return box.classes[len(around) :] if box.classes.startswith(around) else ""

    def _strange(self, n: int) -> bool:
        """Whether between the text and a block something else has begun: a heading, a list of links."""
        between = self.words[self.last + 1 : n]
        return any(each.block.tag in ("h1", "h2", "h3") or each.block.article for each in between) or len(between) > 12

    @cached_property
    def _headed_articles(self) -> frozenset[int]:
        tags = {"h1", *_HEADINGS}
        return frozenset(one.block.article for one in self.words if one.block.within & tags or one.block.tag in tags)

    @cached_property
    def _prose_in_article(self) -> Counter[int]:
        return Counter(one.block.article for one in self.words if _is_running(one))

    def _aside(self, one: Reads) -> str:
        """What sets a block apart from the article; nothing where nothing does."""
        around = (one.block.within - self.within) & (_FURNITURE | {"aside"})
        if around:
            return f"in <{min(around)}>"
        match = _ASIDE.search(self._own(one))
        return f"in a box named “{match.group()}”" if match else ""

    def _own(self, one: Reads) -> str:
        """What a block's elements are called, without those around the whole article."""
        return one.block.classes.removeprefix(self.classes)

    def _is_head(self, one: Reads) -> bool:
        return bool(_HEAD.search(self._own(one))) and len(one.text) < 300 and not one.block.within & _FURNITURE

    def _heads(self, one: Reads) -> bool:
        return bool(_HEAD.search(one.block.classes)) and len(one.text) < 300

    def _around(self, block: Block) -> set[int]:
        return {id(one) for one in _above(block)}


def _above(block: Block) -> Iterator[Element]:
    one = block.element
    for _ in range(_MAX_HEIGHT):
        if one is None:
            return
        yield one
        one = one.above


def _box(block: Block) -> Element | None:
    """The element that holds a paragraph; of words without a paragraph the one that holds them."""
    blocks = (one for one in _above(block) if one.tag in BLOCKS)
    own = next(blocks, None)
    return next(blocks, None) if own is not None and own.tag in PARAGRAPHS else own


def _chain(block: Block) -> tuple[str, ...]:
    return tuple(one.tag for one in _above(block) if one.tag in BLOCKS)


def _common(texts: Sequence[str]) -> str:
    """What all begin with, up to a whole word."""
    low, high = min(texts), max(texts)
    length = next(
        (n for n, (one, two) in enumerate(zip(low, high, strict=False)) if one != two), min(len(low), len(high))
    )
    whole = length == len(low) == len(high) or (length == len(low) and high[length : length + 1] == " ")
    return low[:length] if whole else low[: low.rfind(" ", 0, length) + 1]


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
    """A text's letters and digits: extractors set spaces and signs differently, and put letters together or apart."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return letters(text)
