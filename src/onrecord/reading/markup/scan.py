"""Markup to blocks of text runs, each with its place in the source, and to what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from onrecord.errors import ReadError

MAX_DEPTH = 2_000
_MAX_TAG_CHARS = 20_000
_MAX_NAV = 300_000
_MAX_TAGS = 150_000

# A whole tag with its quoted attributes; or only the sign that opens a comment, a declaration or a broken tag.
_TAG = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s/>\"'<]{0,100})((?:[^>\"'<]++|\"[^\"<]{0,20000}\"|'[^'<]{0,20000}'|<(?![a-zA-Z/!]))*+)>|/?[a-zA-Z]|[!?])"
)
_ATTRIBUTE = re.compile(r"([^\s=\"'<>/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "textarea", "title", "select", "math", "object", "xmp"}
)
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data dfn em font i ins kbd label mark q rp rt ruby s samp small span"
    " strong sub sup"
    " time tt u var del".split()
)
_CLOSED_BY_SAME = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
_MARKED = re.compile(
    r"(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|fb-post|reddit-card)"
)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters between two tags: a place in the decoded source."""

    start: int
    end: int


@dataclass(slots=True)
class Block:
    """Runs that read as one paragraph; `within` names the elements around it, `broken` a line break before it."""

    tag: str
    within: frozenset[str]
    post: int = 0
    classes: str = ""
    broken: bool = False
    linked: int = 0
    when: str = ""
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """What a scan of the source finds."""

    blocks: list[Block] = field(default_factory=list)
    metas: list[Mapping[str, str]] = field(default_factory=list)
    links: list[Mapping[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    times: list[tuple[Mapping[str, str], int]] = field(default_factory=list)
    articles: list[Mapping[str, Any]] | None = None
    menus: int = 0
    dropped: list[tuple[int, int]] = field(default_factory=list)
    title: str = ""
    language: str = ""


@dataclass(slots=True)
class _Open:
    tag: str
    marks: frozenset[str]
    post: int
    classes: str


def attributes(source: str) -> dict[str, str]:
    """A tag's attributes, names in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source[:_MAX_TAG_CHARS]):
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(match.group(1).lower(), unescape(value) if "&" in value else value)
    return found


_NOTHING = _Open("", frozenset(), 0, "")


class Scanner:
    """Goes through markup once, in time that grows with its length, however broken it is."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.stack: list[_Open] = []
        self.block: Block | None = None
        self.posts = 0
        self.when = ""
        self.told: dict[str, tuple[str, str]] = {}

    def scan(self) -> Page:
        """The page; raises ReadError where elements are nested deeper than any page is."""
        at, tags, source = 0, 0, self.source
        while found := _TAG.search(source, at):
            tags += 1
            if tags > _MAX_TAGS:
                raise ReadError(f"more than {_MAX_TAGS:,} tags, too many for an article; save the article alone")
            start, end = found.span()
            if at < start:
                self._text(at, start)
            name = found.group(2)
            if name is None:
                at = self._odd(start)
            elif found.group(1):
                self._close(name.lower())
                at = end
            else:
                at = self._open(name.lower(), found.group(3), start, end)
        self._text(at, len(source))
        return self.page

    def _odd(self, at: int) -> int:
        """Where a comment, a declaration or a broken tag ends."""
        source = self.source
        end = source.find("-->", at + 4) if source.startswith("<!--", at) else source.find(">", at)
        return len(source) if end < 0 else end + (3 if source.startswith("<!--", at) else 1)

    def _open(self, name: str, inside: str, start: int, end: int) -> int:
        if name in _RAW:
            after = self._raw(name, inside, end)
            if name != "title":
                self.page.dropped.append((start, after))
            return after
        if name == "nav" and (closed := self.source.find("</nav>", end, end + _MAX_NAV)) > 0:
            self.page.menus += 1
            self.page.dropped.append((start, closed + 6))
            self.block = None
            return closed + 6
        if name in _VOID:
            self._void(name, inside)
        else:
            self._enter(name, inside)
        return end

    def _raw(self, name: str, inside: str, end: int) -> int:
        if inside.endswith("/") and name == "svg":
            return end
        close = re.compile(rf"</{name}\b[^>]{{0,200}}>?", re.IGNORECASE).search(self.source, end)
        stop, after = (close.start(), close.end()) if close else (len(self.source), len(self.source))
        if name == "title" and not self.page.title:
            self.page.title = " ".join(unescape(self.source[end : min(stop, end + 1000)]).split())
        elif name == "script" and "ld+json" in inside:
            self.page.scripts.append(self.source[end:stop])
        return after

    def _void(self, name: str, inside: str) -> None:
        if name == "meta":
            self.page.metas.append(attributes(inside))
        elif name == "link":
            self.page.links.append(attributes(inside))
        elif name in ("br", "hr"):
            self.block = self._new_block(broken=name == "br")

    def _enter(self, name: str, inside: str) -> None:
        stack = self.stack
        above = stack[-1] if stack else _NOTHING
        if len(stack) >= MAX_DEPTH:
            raise ReadError(f"elements nested more than {MAX_DEPTH:,} deep; save the page again or as plain text")
        if name in _INLINE:
            if name == "time" or "rel=" in inside:
                self._note(name, inside)
            stack.append(
                _Open(name, above.marks | {name} if name == "time" else above.marks, above.post, above.classes)
            )
            return
        self.block = None
        if name in _CLOSED_BY_SAME and stack and above.tag in (name, "p"):
            stack.pop()
            above = stack[-1] if stack else _NOTHING
        classes, post = above.classes, above.post
        if "=" in inside:
            own, language = self._named(inside)
            if name == "html":
                self.page.language = language
            if own and not post and name in ("blockquote", "div") and _MARKED.search(own):
                self.posts += 1
                post = self.posts
            classes = f"{classes} {own}"[-600:] if own else classes
        marks = above.marks if name in above.marks else above.marks | {name}
        stack.append(_Open(name, marks, post, classes))

    def _named(self, inside: str) -> tuple[str, str]:
        """What a tag calls itself, and its language; pages write the same few tags over and over."""
        known = self.told.get(inside)
        if known is None:
            told = attributes(inside)
            own = " ".join(told[key] for key in ("class", "id", "role") if told.get(key)).lower()[:300]
            known = self.told[inside] = (own, told.get("lang", ""))
        return known

    def _note(self, name: str, inside: str) -> None:
        told = attributes(inside)
        if name == "time":
            self.page.times.append((told, len(self.page.blocks)))
            self.when = told.get("datetime", "")
        elif told.get("rel") in ("next", "prev"):
            self.page.links.append(told)

    def _close(self, name: str) -> None:
        stack = self.stack
        if stack and stack[-1].tag == name:
            stack.pop()
        else:
            for back in range(2, min(len(stack), 60) + 1):
                if stack[-back].tag == name:
                    del stack[-back:]
                    break
            else:
                return
        if name not in _INLINE:
            self.block = None

    def _text(self, start: int, end: int) -> None:
        if start >= end:
            return
        block, stack = self.block, self.stack
        if block is None or not (block.runs or block.broken):
            if self.source[start:end].isspace():
                return
            block = self.block = self._new_block()
        block.runs.append(Run(start, end))
        if stack:
            top = stack[-1].tag
            if top == "time":
                block.when = self.when
            if top == "a" or (len(stack) > 1 and stack[-2].tag == "a"):
                block.linked += end - start

    def _new_block(self, broken: bool = False) -> Block:
        top = self.stack[-1] if self.stack else _NOTHING
        tag = top.tag
        if tag in _INLINE:
            tag = next((one.tag for one in reversed(self.stack[-12:]) if one.tag not in _INLINE), "")
        block = Block(tag, top.marks, top.post, top.classes, broken)
        self.page.blocks.append(block)
        return block


def remainder(page: Page, source: str) -> str:
    """The source without its scripts, styles and menus, in which no article stands."""
    pieces, at = [], 0
    for start, end in page.dropped:
        pieces.append(source[at:start])
        at = end
    return "".join((*pieces, source[at:]))


def scan(source: str) -> Page:
    """Read decoded markup into blocks, metadata tags, links, JSON-LD and times."""
    page = Scanner(source).scan()
    page.blocks = [block for block in page.blocks if block.runs and (not block.broken or _has_words(block, source))]
    return page


def _has_words(block: Block, source: str) -> bool:
    return any(not source[run.start : run.end].isspace() for run in block.runs)
