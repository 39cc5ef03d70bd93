"""Markup to blocks of text runs, each with its place in the source, and to what the page says about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.markup.veiling import HIDDEN, STRUCK, Facts, Styles, by_itself, may_veil, veil_of

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
_RAW = frozenset({
    "script", "style", "noscript", "template", "svg", "iframe", "textarea", "title", "select", "object", "xmp",
    "annotation", "annotation-xml", "noframes", "datalist",
})  # fmt: skip
# What is raw and shows no words of its own, and what does.
_UNSEEN = frozenset({"script", "style", "title"})
_CONTROLS = frozenset({"textarea", "select", "xmp", "svg", "datalist"})
# HTML's own blocks; every other element, also one that HTML does not know, stands in the line as in a browser.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html legend li main menu nav ol optgroup option p pre"
    " search section summary table tbody td tfoot th thead tr ul".split()
)
_PHRASES = frozenset(
    "a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em font i ins kbd label map mark math"
    " meter nobr output picture progress q rb rp rt rtc ruby s samp slot small span strike strong sub sup time tt u"
    " var video".split()
)
# Elements that hold one paragraph: what HTML does not know is a part of its sentence there.
PARAGRAPHS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "figcaption", "td", "th", "caption"})
_CLOSED_BY_SAME = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option"})
_MARKED = re.compile(
    r"(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|fb-post|reddit-card)"
)
_STRUCK = frozenset({"s", "strike", "del"})
_ID = re.compile(r"""(?:^|\s)id\s*=\s*["']?([\w.:-]{1,80})""", re.IGNORECASE)
_COMMENT_END = re.compile(r"<!--?-?>|--!?>")
# Scripts, and what only stands in for them, hide the style sheets that they hold.
_SHEET_OR_SHADE = re.compile(r"<(?:(!--)|(script|noscript|template|style)\b([^>]*)>)", re.IGNORECASE)
# A sheet for paper or for some screens only, and AMP's own, which hides all until its script has run.
_PARTIAL = re.compile(r"media\s*=\s*[\"']?(?!all\b|screen\s*[\"'>]|screen\s*$)|amp-boilerplate", re.IGNORECASE)
_MAX_AROUND = 40
_TIMES = ("datetime", "data-datetime", "data-published", "data-timestamp")
# What says of an element that it names who wrote the page; a comment's author did not.
_AUTHOR = re.compile(
    r"(?:rel|itemprop)\s*=\s*[\"']?author\b|class\s*=\s*(?:[\"'](?:[^\"']*\s)?)?(?:[a-z_-]*[_-])?(?:author|byline)(?:[_-]+(?:name|link))?(?=[\s\"'>]|$)",
    re.IGNORECASE,
)
_NAMING = ("class", "id", "role", "itemprop", "data-component", "data-testid", "data-type", "data-block-type")
_OPENS_QUOTE = frozenset("“\"„«‘'")
_CLOSES_QUOTE = frozenset("”»’")
_AROUND_QUOTE = frozenset('“”"„«»')
_REFERENCE = re.compile(r"&(?:[lr][ds]?quo|quot|[lr]aquo|bdquo|#\d{2,5}|#x[\da-fA-F]{2,4});")
# What these hold is shown only where the browser cannot show them.
_STAND_IN = frozenset({"audio", "video", "canvas", "rp"})


@dataclass(frozen=True, slots=True)
class Run:
    """Characters between two tags: a place in the decoded source. Of a `<q>` it is the tag, which shows a mark.

    `single`: the mark of a `<q>` within another.
    """

    start: int
    end: int
    single: bool = False


@dataclass(slots=True)
class Element:
    """An open element: what is around it, and whether a reader sees it."""

    tag: str
    marks: frozenset[str]
    post: int
    classes: str
    above: Element | None = None
    veil: str = ""
    start: int = 0
    article: int = 0
    # Of what is hidden, the outermost element that hides, known by where it starts.
    veiled_at: int = -1
    ident: str = ""
    # Its names as selectors write them, where the page's own style may hide some.
    names: frozenset[str] = frozenset()
    # Its attributes as they stand, and whether it names an author.
    inside: str = ""
    credit: bool = False


@dataclass(slots=True)
class Block:
    """Runs that read as one paragraph; `within` names the elements around it, `broken` a line break before it."""

    tag: str
    within: frozenset[str]
    post: int = 0
    classes: str = ""
    broken: bool = False
    linked: int = 0
    pressed: int = 0
    when: str = ""
    veil: str = ""
    element: Element | None = None
    runs: list[Run] = field(default_factory=list)

    @property
    def article(self) -> int:
        """The number of the article element around it, 0 without one."""
        return self.element.article if self.element else 0


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch of the source that is left out as a whole, `kind` as in `markup.account`, and why."""

    start: int
    end: int
    kind: str
    reason: str


@dataclass(slots=True)
class Page:
    """What a scan of the source finds; `metas` and `times` come with the element that they stand in."""

    blocks: list[Block] = field(default_factory=list)
    metas: list[tuple[Mapping[str, str], Element | None]] = field(default_factory=list)
    links: list[Mapping[str, str]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    times: list[tuple[Mapping[str, str], Block | None, Element | None]] = field(default_factory=list)
    credits: list[tuple[int, int, Element, Block]] = field(default_factory=list)
    nodes: list[Mapping[str, Any]] | None = None
    asides: list[Aside] = field(default_factory=list)
    menus: int = 0
    dropped: list[tuple[int, int]] = field(default_factory=list)
    veiled: list[tuple[int, int]] = field(default_factory=list)
    title: str = ""
    language: str = ""


def attributes(source: str) -> dict[str, str]:
    """A tag's attributes, names in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source[:_MAX_TAG_CHARS]):
        value = next((part for part in match.groups()[1:] if part is not None), "")
        found.setdefault(match.group(1).lower(), unescape(value) if "&" in value else value)
    return found


def _sign_at(said: str, first: bool) -> str:
    """The first or the last sign of some source, a reference to a quotation mark read as it."""
    found = list(_REFERENCE.finditer(said))
    one = (found[0] if first else found[-1]) if found else None
    if one is not None and (one.start() == 0 if first else one.end() == len(said)):
        return unescape(one.group())
    return said[:1] if first else said[-1:]


def _credits(inside: str) -> bool:
    return ("author" in inside or "byline" in inside) and bool(_AUTHOR.search(inside))


_NOTHING = Element("", frozenset(), 0, "")


class Scanner:
    """Goes through markup once, in time that grows with its length, however broken it is."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.page = Page()
        self.stack: list[Element] = []
        self.block: Block | None = None
        self.veiled: tuple[tuple[int, int], Block] | None = None
        self.posts = 0
        self.articles = 0
        self.when = ""
        self.told: dict[str, tuple[str, str]] = {}
        self.styles = Styles()
        self.own_veils: dict[tuple[str, str], str] = {}

    def scan(self) -> Page:
        """The page; raises ReadError where elements are nested deeper than any page is."""
        at, tags, source = 0, 0, self.source
        self._late_styles()
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
                self._close(name.lower(), start, end)
                at = end
            else:
                at = self._open(name.lower(), found.group(3), start, end)
        self._text(at, len(source))
        self._unveil(self.stack, len(source))
        return self.page

    def _odd(self, at: int) -> int:
        """Where a comment, a declaration or a broken tag ends."""
        source = self.source
        if source.startswith("<!--", at):
            end = _COMMENT_END.match(source, at) or _COMMENT_END.search(source, at + 4)
            return end.end() if end else len(source)
        closing = "]]>" if source.startswith("<![CDATA[", at) else ">"
        end_at = source.find(closing, at)
        return len(source) if end_at < 0 else end_at + len(closing)

    def _open(self, name: str, inside: str, start: int, end: int) -> int:
        if name in _RAW and not (name == "template" and "shadowroot" in inside):
            after = self._raw(name, inside, end)
            if name != "title":
                self.page.dropped.append((start, after))
            if name not in _UNSEEN:
                kind = "other" if name in _CONTROLS else "hidden"
                self.page.asides.append(Aside(end, after, kind, f"<{name}>"))
            return after
        if name == "nav" and (closed := self.source.find("</nav>", end, end + _MAX_NAV)) > 0:
            self.page.menus += 1
            self.page.dropped.append((start, closed + 6))
            self.page.asides.append(Aside(end, closed, "other", "navigation"))
            self.block = None
            return closed + 6
        if name in _VOID:
            self._void(name, inside)
        else:
            self._enter(name, inside, start, end)
        return end

    def _raw(self, name: str, inside: str, end: int) -> int:
        if inside.endswith("/") and name == "svg":
            return end
        close = re.compile(rf"</{name}\b[^>]{{0,200}}>?", re.IGNORECASE).search(self.source, end)
        stop, after = (close.start(), close.end()) if close else (len(self.source), len(self.source))
        if name == "title" and not self.page.title:
            self.page.title = " ".join(unescape(self.source[end : min(stop, end + 1000)]).split())
        elif name == "script" and "ld+json" in inside.lower():
            self.page.scripts.append(self.source[end:stop])
        elif name == "style" and not _PARTIAL.search(inside):
            self.styles.add(self.source[end:stop])
        return after

    def _late_styles(self) -> None:
        """Style sheets that stand behind what they hide; those in scripts and templates hold for nobody."""
        source = self.source
        body = source.find("<body")
        if source.find("<style", max(body, 0)) < 0:
            return
        at = max(body, 0)
        while match := _SHEET_OR_SHADE.search(source, at):
            name = (match.group(2) or "").lower()
            close = re.compile(rf"</{name}", re.IGNORECASE) if name else _COMMENT_END
            end = close.search(source, match.end())
            if end is None:
                return
            if name == "style" and not _PARTIAL.search(match.group(3)):
                self.styles.add(source[match.end() : end.start()])
            at = end.end()

    @cached_property
    def _white(self) -> bool:
        """Whether the page is surely white: nothing gives it another ground."""
        return not any(sign in self.source for sign in ("background", "bgcolor", "stylesheet"))

    def _void(self, name: str, inside: str) -> None:
        if name == "meta":
            self.page.metas.append((attributes(inside), self.stack[-1] if self.stack else None))
        elif name == "link":
            self.page.links.append(attributes(inside))
        elif name in ("br", "hr"):
            self.block = self._new_block(broken=name == "br")

    def _enter(self, name: str, inside: str, start: int, end: int) -> None:
        stack = self.stack
        above = stack[-1] if stack else _NOTHING
        if len(stack) >= MAX_DEPTH:
            raise ReadError(f"elements nested more than {MAX_DEPTH:,} deep; save the page again or as plain text")
        if name not in BLOCKS:
            self._phrase(name, inside, start, end)
            return
        self.block = None
        if name in _CLOSED_BY_SAME and stack and above.tag in (name, "p"):
            self._unveil([stack.pop()], start)
            above = stack[-1] if stack else _NOTHING
        classes, post, article = above.classes, above.post, above.article
        if "=" in inside:
            own, language = self._named(inside)
            if name == "html":
                self.page.language = language
            if own and not post and name in ("blockquote", "div") and _MARKED.search(own):
                self.posts += 1
                post = self.posts
            classes = f"{classes} {own}"[-600:] if own else classes
        if name == "article":
            self.articles += 1
            article = self.articles
        # The foot of a quotation says whose it is; it is none of the page's.
        known = name in above.marks or (name == "footer" and "blockquote" in above.marks)
        marks = above.marks if known else above.marks | {name}
        one = Element(name, marks, post, classes, above, above.veil, start, article, above.veiled_at)
        one.inside, one.credit = inside, above.credit or _credits(inside)
        if " id=" in inside and (match := _ID.search(inside)):
            one.ident = match.group(1)
        if not above.veil:
            self._veil(one, inside)
        stack.append(one)

    def _phrase(self, name: str, inside: str, start: int, end: int) -> None:
        """An element within a line. One that HTML does not know may hold a whole part of the page: it is named."""
        stack = self.stack
        above = stack[-1] if stack else _NOTHING
        if name == "time" or "rel=" in inside or "datetime=" in inside or name == "abbr":
            self._note(name, inside)
        marks, classes = above.marks, above.classes
        if name in ("time", "button"):
            marks = marks | {name}
        elif name not in _PHRASES:
            classes = f"{classes} {name}"[-600:]
            if not self._in_sentence():
                self.block = None
        one = Element(name, marks, above.post, classes, above, above.veil, start, above.article, above.veiled_at)
        one.inside, one.credit = inside, above.credit or _credits(inside)
        if not above.veil:
            self._veil(one, inside)
            if one.veil == HIDDEN and self._within_word(inside, start):
                one.veil, one.veiled_at = "", -1
        stack.append(one)
        if name == "q":
            self._mark(start, end)
        if name == "q" or name == "button" or (name not in _PHRASES and one.veiled_at != start):
            self.page.dropped.append((start, end))

    def _in_sentence(self) -> bool:
        """Whether what opens here goes on with a line that has begun, or stands in a paragraph."""
        if self.block is not None and self.block.runs:
            return True
        holder = next((one.tag for one in reversed(self.stack[-12:]) if one.tag in BLOCKS), "")
        return holder in PARAGRAPHS

    def _within_word(self, inside: str, start: int) -> bool:
        """A large first letter is hidden from screen readers alone."""
        if "aria-hidden" not in inside:
            return False
        shown = re.match(r"<[^<>]*>\w{1,2}</\w+>\w", self.source[start : start + 400])
        return bool(shown)

    def _veil(self, one: Element, inside: str) -> None:
        """Note that an element is not shown, or struck out."""
        veil = STRUCK if one.tag in _STRUCK else HIDDEN if one.tag in _STAND_IN else ""
        if self.styles:
            veil = self._styled(one, inside) or veil
        elif inside or one.tag == "dialog":
            known = self.own_veils.get((one.tag, inside))
            if known is None:
                known = self.own_veils[one.tag, inside] = self._own_veil(one.tag, inside)
            veil = known or veil
        if veil:
            one.veil, one.veiled_at = veil, one.start

    def _own_veil(self, tag: str, inside: str) -> str:
        """What a tag's own attributes do to its words."""
        if tag != "dialog" and not may_veil(inside):
            return ""
        told = attributes(inside)
        return veil_of(tag, told, by_itself(told.get("style", "")), self._white)

    def _styled(self, one: Element, inside: str) -> str:
        """What a tag's attributes and the page's own rules do to its words."""
        told = attributes(inside) if "=" in inside or "hidden" in inside or "popover" in inside else {}
        one.names = self.styles.names(told)
        around = [(each.tag, each.names) for each in reversed(self.stack[-_MAX_AROUND:])]
        declared = self.styles.declared(Facts(one.tag, one.names, around), told)
        return veil_of(one.tag, told, declared, self._white)

    def _unveil(self, left: Sequence[Element], at: int) -> None:
        """Elements end here: what they hid is known from where to where."""
        for one in left:
            if one.veil and one.veiled_at == one.start:
                self.page.veiled.append((one.start, at))

    def _mark(self, start: int, end: int) -> None:
        """A quotation element shows marks, unless the words bring their own."""
        source = self.source
        opens = source[start + 1] != "/"
        inner, outer = (source[end : end + 8], source[max(0, start - 8) : start])
        inner, outer = (inner, outer) if opens else (outer, inner)
        beside = _sign_at(inner, first=opens)
        outside = _sign_at(outer, first=not opens)
        if beside in _OPENS_QUOTE or beside in _CLOSES_QUOTE or outside in _AROUND_QUOTE:
            return
        within = sum(one.tag == "q" for one in self.stack[-_MAX_AROUND:]) - opens
        self._text(start, end, single=within % 2 == 1)

    def _named(self, inside: str) -> tuple[str, str]:
        """What a tag calls itself, and its language; pages write the same few tags over and over."""
        known = self.told.get(inside)
        if known is None:
            told = attributes(inside)
            own = " ".join(told[key] for key in _NAMING if told.get(key)).lower()[:300]
            if "correct" in told.get("aria-label", "").lower():
                own += " correction"
            known = self.told[inside] = (own, told.get("lang", ""))
        return known

    def _note(self, name: str, inside: str) -> None:
        told = attributes(inside)
        at = next((told[key] for key in _TIMES if told.get(key)), "")
        if name == "time" or (name != "abbr" and at) or (name == "abbr" and "publish" in told.get("class", "")):
            told["datetime"] = at or told.get("title", "")
            self.page.times.append((told, None, self.stack[-1] if self.stack else None))
            self.when = told["datetime"]
        elif told.get("rel") in ("next", "prev"):
            self.page.links.append(told)

    def _close(self, name: str, start: int, end: int) -> None:
        stack = self.stack
        if stack and stack[-1].tag == name:
            self._unveil([stack.pop()], end)
        else:
            for back in range(2, min(len(stack), 60) + 1):
                if stack[-back].tag == name:
                    self._unveil(stack[-back:], end)
                    del stack[-back:]
                    break
            else:
                return
        if name in BLOCKS:
            self.block = None
        elif name == "q":
            self._mark(start, end)
            self.page.dropped.append((start, end))
        elif name not in _PHRASES or name == "button":
            self.page.dropped.append((start, end))
            if name != "button" and not (self._in_sentence() and self._goes_on(end)):
                self.block = None

    def _goes_on(self, at: int) -> bool:
        """Whether a line goes on behind an element that HTML does not know: with words, or in its paragraph."""
        following = self.source[at : at + 40].lstrip()
        if following[:1] != "<":
            return bool(following)
        holder = next((one.tag for one in reversed(self.stack[-12:]) if one.tag in BLOCKS), "")
        return holder in PARAGRAPHS

    def _text(self, start: int, end: int, single: bool = False) -> None:
        if start >= end:
            return
        stack = self.stack
        above = stack[-1] if stack else _NOTHING
        if above.veil:
            self._veiled_text(start, end, above)
            return
        block = self.block
        if block is None or not (block.runs or block.broken):
            if self.source[start:end].isspace():
                return
            block = self.block = self._new_block()
        block.runs.append(Run(start, end, single))
        if stack:
            top = above.tag
            if top == "time" or (self.when and self.page.times and self.page.times[-1][1] is None):
                self._timed(block)
            if above.credit:
                self.page.credits.append((start, end, above, block))
            if top == "a" or (len(stack) > 1 and stack[-2].tag == "a"):
                block.linked += end - start
            if "button" in above.marks:
                block.pressed += end - start

    def _timed(self, block: Block) -> None:
        block.when = self.when
        if self.page.times and self.page.times[-1][1] is None:
            told, _, element = self.page.times[-1]
            self.page.times[-1] = (told, block, element)

    def _veiled_text(self, start: int, end: int, above: Element) -> None:
        """Words that a reader does not see are blocks of their own behind the one that they stand in."""
        if self.source[start:end].isspace() and (self.veiled is None or above.veiled_at != self.veiled[0][0]):
            return
        holder = above
        while holder.above is not None and holder.tag not in BLOCKS and holder.start != above.veiled_at:
            holder = holder.above
        key = (above.veiled_at, holder.start)
        if self.veiled is None or self.veiled[0] != key:
            if self.source[start:end].isspace():
                return
            block = Block(above.tag, above.marks, above.post, above.classes, veil=above.veil, element=above)
            self.page.blocks.append(block)
            self.veiled = (key, block)
        self.veiled[1].runs.append(Run(start, end))

    def _new_block(self, broken: bool = False) -> Block:
        top = self.stack[-1] if self.stack else _NOTHING
        tag = top.tag
        if tag not in BLOCKS:
            tag = next((one.tag for one in reversed(self.stack[-12:]) if one.tag in BLOCKS), "")
        block = Block(tag, top.marks, top.post, top.classes, broken, element=top)
        self.page.blocks.append(block)
        return block


def remainder(page: Page, source: str, veiled: bool = True) -> str:
    """The source as it is shown: without scripts, styles, menus, what is hidden, and tags that HTML does not know."""
    pieces, at = [], 0
    for start, end in sorted([*page.dropped, *(page.veiled if veiled else ())]):
        if end <= at:
            continue
        pieces.append(source[at : max(at, start)])
        at = end
    return "".join((*pieces, source[at:]))


def scan(source: str) -> Page:
    """Read decoded markup into blocks, metadata tags, links, JSON-LD and times."""
    page = Scanner(source).scan()
    page.blocks = [block for block in page.blocks if block.runs and (not block.broken or _has_words(block, source))]
    return page


def _has_words(block: Block, source: str) -> bool:
    return any(not source[run.start : run.end].isspace() for run in block.runs)
