"""Saved web pages."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Evidence, Locus, Part, Passage, Post
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import find_dates, read_date
from onrecord.reading.decoding import Decoded, decode, sound
from onrecord.reading.draft import Draft, Source
from onrecord.reading.fact_checks.reviews import lay_behind, places
from onrecord.reading.formats import live_blog
from onrecord.reading.formats.live_blog import Entry
from onrecord.reading.marking.corrections import is_label
from onrecord.reading.markup.account import Stretch, account
from onrecord.reading.markup.main_content import CORRECTED, Choice, Reads, choose
from onrecord.reading.markup.page_metadata import (
    Shown,
    candidates,
    corrected,
    modified,
    paid,
    reviews,
    shown_as,
    titles,
)
from onrecord.reading.markup.scan import Block, Page, remainder, scan
from onrecord.reading.markup.veiling import HIDDEN, STRUCK
from onrecord.reading.markup.words import ByteMap, Words, join, letters, text_of, words_of
from onrecord.reading.posts import find_posts
from onrecord.reading.reader import Gives

_MAX_CHARS = 4_000_000
_MAX_STAMP = 60
_MAX_DATED, _FEW_WORDS = 110, 8
_ABOVE_HEADING = 6
_HEIGHT = 4
_LONG, _MOSTLY, _FEW_CHARS = 60, 3, 400
_SIGNS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1|table|span|section)[\s>/]|<script\s[^>]{0,80}ld\+json",
    re.IGNORECASE,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
# The heading of a live blog's entry: the time is found with all the others.
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?!\d)")
_HEADINGS = frozenset({"h2", "h3", "h4"})


class HtmlReader:
    """Keeps the article's blocks; each character of the text leads to its bytes."""

    gives = Gives(name="html", endings=("html", "htm", "xhtml"), date=True, author=True, max_mb=30, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A page opens with markup; UTF-16 hides it behind zero bytes."""
        start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if start[:5] == b"<?xml":
            return b"<html" in start.lower()
        return start[:1] == b"<" and bool(_SIGNS.search(start))

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for a page without text, too large, or nested too deep."""
        declared = _CHARSET.search(source.raw[:4096])
        decoded = decode(source.raw, source.name, declared.group(1).decode("ascii") if declared else None)
        return read_page(decoded, source)


def read_page(decoded: Decoded, source: Source, address: str | None = None) -> tuple[Draft, ...]:
    """A decoded page to a draft; of a live blog one more for each entry, after the one of its head.

    Raises ReadError where no article is found.
    """
    page, reads, choice, unveiled = _chosen(decoded.text, source.name)
    checked = [one for one in reviews(page, decoded.text) if one.rating]
    if not choice.kept and not checked:
        raise ReadError(f"{source.name}: a page with no article text in it; save the article itself or as plain text")
    kept = [words for n in choice.kept if (words := words_of(reads[n].block, decoded.text)).text]
    headline = None if choice.heading is None else reads[choice.heading].block
    shown = _article_of(kept, reads, headline)
    evidence = candidates(page, address, shown, decoded.text)
    notes = (
        *([decoded.note] if decoded.note else []),
        *_notes(page, shown, kept, len(reads), unveiled),
        *_fact_check(evidence),
    )
    posted = live_blog.entries(page, kept)
    whole = _Laid(decoded, source, evidence, headline)
    if posted:
        last = modified(page, shown)
        return whole.live_blog(kept, posted, notes, read_date(last) if last else None)
    text, passages, posts, loci = whole.lay(kept)
    if checked:
        text, passages = lay_behind(text, passages, checked)
        loci = (*loci, *_review_loci(decoded, source.raw, text, passages))
    return (
        Draft(
            text=text,
            sha256=hashlib.sha256(source.raw).hexdigest(),
            reader="html",
            passages=passages,
            posts=posts,
            evidence=evidence,
            loci=loci,
            notes=notes,
            truncated=paid(page, shown) and len(text) < 1500,
        ),
    )


def account_of_page(source: Source) -> tuple[Stretch, ...]:
    """All words of a page in order: what was taken, what was left out, and why; raises ReadError as reading does."""
    declared = _CHARSET.search(source.raw[:4096])
    decoded = decode(source.raw, source.name, declared.group(1).decode("ascii") if declared else None)
    page, reads, choice, _ = _chosen(decoded.text, source.name)
    return account(page, reads, choice, decoded.text)


def _chosen(text: str, name: str) -> tuple[Page, list[Reads], Choice, bool]:
    try:
        page = scan(text)
    except ReadError as error:
        raise ReadError(f"{name}: {error}") from error
    if sum(run.end - run.start for block in page.blocks for run in block.runs) > _MAX_CHARS:
        raise ReadError(f"{name}: more than {_MAX_CHARS:,} characters of text in one page; save the article alone")
    reads, unveiled = _shown([Reads(block, said) for block in page.blocks if (said := text_of(block, text))])
    shown = sound(remainder(page, text, veiled=not unveiled))
    return page, reads, choose(reads, shown, titles(page)), unveiled


def _article_of(kept: Sequence[Words], reads: Sequence[Reads], headline: Block | None) -> Shown:
    """What speaks for the article: its heading, and the blocks above its first long paragraph.

    Some of these stand above the heading, where it is no list of links.
    """
    seen = [one for one in kept if not one.block.veil]
    heading = next((one for one in seen if one.block is headline), None)
    head = {id(one.block) for one in seen[: _first_prose(seen)] if not _is_prose(one.text)}
    beside = set(head)
    if heading is not None:
        places = {id(one.block): n for n, one in enumerate(reads)}
        at, first = places[id(heading.block)], _first_prose(seen)
        text = places[id(seen[first].block)] if first < len(seen) else at
        beside.update(id(one.block) for one in reads[at : text + 1])
        around = _around_heading(heading.block)
        for one in reads[max(0, at - _ABOVE_HEADING) : at]:
            if not one.block.linked and not _is_prose(one.text) and around & _holders(one.block):
                head.add(id(one.block))
    beside |= head
    return shown_as(heading.text if heading else "", head, beside, tuple(one.block for one in seen))


def _is_prose(text: str) -> bool:
    """Whether words are a sentence: a time in it dates what it tells."""
    return len(text) > _LONG and text[-1] in ".!?”"


def _around_heading(block: Block) -> frozenset[int]:
    """The boxes around a heading, not those that hold the whole page."""
    found: list[int] = []
    one = block.element
    while one is not None and one.tag not in ("body", "html", "main", "") and len(found) < _HEIGHT:
        found.append(id(one))
        one = one.above
    return frozenset(found)


def _holders(block: Block) -> frozenset[int]:
    found: list[int] = []
    one = block.element
    while one is not None and len(found) < _HEIGHT:
        found.append(id(one))
        one = one.above
    return frozenset(found)


def _first_prose(kept: Sequence[Words]) -> int:
    return next((n for n, one in enumerate(kept) if len(one.text) > 100 and one.block.tag != "figcaption"), len(kept))


@dataclass(frozen=True, slots=True)
class _Laid:
    """Blocks to drafts' texts, of one page."""

    decoded: Decoded
    source: Source
    evidence: tuple[Evidence, ...]
    headline: Block | None = None

    def lay(
        self, kept: Sequence[Words], entry: bool = False
    ) -> tuple[str, tuple[Passage, ...], tuple[Post, ...], tuple[Locus, ...]]:
        """Text, marked passages, posts and places."""
        text, loci, spans = join(kept, _bytes_at(self.decoded, self.source.raw))
        posts = tuple(_posts(kept, spans, text))
        return text, tuple(_passages(kept, spans, self._head(kept, entry), entry)), posts, loci

    def _head(self, kept: Sequence[Words], entry: bool) -> int | None:
        """Which of some blocks is the headline."""
        if entry:
            return next(
                (n for n, one in enumerate(kept[:4]) if one.block.tag in _HEADINGS and not one.block.veil), None
            )
        titles = {letters(one.value) for one in self.evidence if one.field == "headline"}
        tests: tuple[Callable[[Words], bool], ...] = (
            lambda one: one.block is self.headline,
            lambda one: one.block.tag == "h1",
            lambda one: letters(one.text) in titles,
        )
        for number, test in enumerate(tests):
            seen = kept[:6] if number == 2 else kept
            found = next((n for n, one in enumerate(seen) if not one.block.veil and test(one)), None)
            if found is not None:
                return found
        return None

    def live_blog(
        self, kept: Sequence[Words], posted: Sequence[Entry], notes: tuple[str, ...], changed: Moment | None
    ) -> tuple[Draft, ...]:
        """The head, which says what was known when the page was changed last, and each entry with its own time."""
        inside = {id(one) for entry in posted for one in entry.words}
        last = max((entry.at for entry in posted), key=_instant)
        stands = max((one for one in (last, changed) if one is not None), key=_instant)
        head = [one for one in kept if id(one) not in inside]
        told = f"a live blog: its {len(posted)} entries are reports of their own, each from when it was posted; "
        drafts = []
        digits = len(str(len(posted)))
        if head:
            text, passages, posts, loci = self.lay(head)
            drafts.append(
                Draft(
                    text=text, sha256=hashlib.sha256(self.source.raw).hexdigest(), reader="html", key="head",
                    passages=passages, posts=posts, loci=loci,
                    evidence=(
                        Evidence(field="published", value=stands.isoformat(), found_in="item"),
                        *(one for one in self.evidence if one.field != "published"),
                    ),
                    notes=(*notes, f"{told}its head is from the page’s last change"),
                )
            )  # fmt: skip
        return (*drafts, *(self.entry(f"{number:0{digits}}", one) for number, one in enumerate(posted, 1)))

    def entry(self, number: str, posted: Entry) -> Draft:
        """One entry as an item of its own; its address is the page's with the entry's own part."""
        text, passages, posts, loci = self.lay(posted.words, entry=True)
        url = next((one.value for one in self.evidence if one.field == "url"), None)
        page = [one for one in self.evidence if one.field in ("outlet", "language")]
        own = [Evidence(field="published", value=posted.at.isoformat(), found_in="item")]
        if url:
            own.append(Evidence(field="url", value=f"{url.partition('#')[0]}#{posted.fragment}", found_in="item"))
        head = next((one.span.of(text) for one in passages if one.part is Part.HEADLINE), None)
        if head:
            own.append(Evidence(field="headline", value=head, found_in="heading"))
        return Draft(
            text=text, sha256=hashlib.sha256(f"{posted.at.isoformat()}\n{text}".encode()).hexdigest(),
            reader="live blog", key=f"entry {number}", passages=passages, posts=posts, loci=loci,
            evidence=(*own, *page),
        )  # fmt: skip


def _instant(moment: Moment) -> datetime:
    return moment.at


def _shown(reads: list[Reads]) -> tuple[list[Reads], bool]:
    """The blocks, and whether nearly all words are hidden: then a script shows them, and they are read as shown."""
    prose = Counter[str]()
    for one in reads:
        if len(one.text) >= _LONG:
            prose[one.block.veil] += len(one.text)
    unveiled = prose[HIDDEN] > _MOSTLY * prose[""] and prose[""] < _FEW_CHARS
    if unveiled:
        for one in reads:
            one.block.veil = "" if one.block.veil == HIDDEN else one.block.veil
    return reads, unveiled


def _bytes_at(decoded: Decoded, raw: bytes) -> ByteMap:
    if decoded.encoding in ("utf-16", "utf-32"):
        order = "le" if raw[:2] == b"\xff\xfe" else "be"
        return ByteMap(decoded.text, f"{decoded.encoding}-{order}", 2 if decoded.encoding == "utf-16" else 4)
    return ByteMap(decoded.text, decoded.encoding)


def _review_loci(decoded: Decoded, raw: bytes, text: str, passages: Sequence[Passage]) -> Iterator[Locus]:
    """Where the words of a page's fact checks stand in its bytes."""
    bytes_at, last = _bytes_at(decoded, raw), 0
    for span, place in places(decoded.text, text, passages):
        # Two of them in the same words lead to one place.
        if place.start >= last:
            start, last = bytes_at.at(place.start), place.end
            yield Locus(span=span, start_byte=start, end_byte=bytes_at.at(place.end))


def _posts(kept: Sequence[Words], spans: Sequence[Span], text: str) -> Iterator[Post]:
    """Posts that the page embeds: all their paragraphs, up to the line that credits them."""
    numbers = dict.fromkeys(one.block.post for one in kept if one.block.post and not one.block.veil)
    for number in numbers:
        own = [span for one, span in zip(kept, spans, strict=True) if one.block.post == number and not one.block.veil]
        start, end = own[0].start, own[-1].end
        credit = next(iter(find_posts(text[own[-1].start : end])), None)
        if credit is None:
            # The credit stands on a line of its own below the words.
            credit = next(iter(find_posts(text[own[-2].start : end])), None) if len(own) > 1 else None
            base = own[-2].start if len(own) > 1 else start
        else:
            base = own[-1].start
        if credit is None:
            continue
        body = Span(start, base + credit.body.end)
        line = Span(base + credit.credit.start, base + credit.credit.end)
        yield replace(credit, span=Span(start, line.end), body=body, credit=line)


def _passages(kept: Sequence[Words], spans: Sequence[Span], head: int | None, entry: bool = False) -> Iterator[Passage]:
    """What the markup itself says: the heading is the headline, figcaptions are captions, lower headings subheads."""
    prose = _first_prose(kept)
    for number, (one, span) in enumerate(zip(kept, spans, strict=True)):
        if one.block.veil:
            yield Passage(span=span, part=Part.STRUCK if one.block.veil == STRUCK else Part.HIDDEN)
        elif number == head:
            yield Passage(span=span, part=Part.HEADLINE)
        elif one.block.tag == "figcaption" or "figcaption" in one.block.within:
            yield Passage(span=span, part=Part.CAPTION)
        elif CORRECTED.search(one.block.classes) and one.block.tag not in _HEADINGS:
            yield Passage(span=span, part=Part.CORRECTION)
        elif one.block.when and len(one.text) < _MAX_STAMP and (at := read_date(one.block.when)):
            # Above the prose a time dates the page, within it the entry of a live blog.
            part = Part.STAMP if entry or number > prose else Part.DATELINE
            yield Passage(span=span, part=part, at=at)
        elif number < prose and not one.block.post and (dated := _dated_line(one)):
            yield Passage(span=span, part=Part.DATELINE, at=dated)
        elif one.block.tag in _HEADINGS and len(one.text) <= 160 and not (_CLOCK.match(one.text) or is_label(one.text)):
            yield Passage(span=span, part=Part.SUBHEAD)


def _dated_line(one: Words) -> Moment | None:
    """The date of a line above the text that says little else ("Posted on 4 May 2031 by Ida Voss")."""
    if len(one.text) > _MAX_DATED or one.block.tag in _HEADINGS or one.text[-1] in ".!?”":
        return None
    found = next(find_dates(one.text), None)
    rest = len(one.text.split()) - len(found.span.of(one.text).split()) if found else 0
    return found.at if found and rest <= _FEW_WORDS else None


def _notes(page: Page, shown: Shown, kept: Sequence[Words], all_blocks: int, unveiled: bool) -> Iterator[str]:
    if all_blocks + page.menus > len(kept):
        left_out, whole = all_blocks - len(kept) + page.menus, all_blocks + page.menus
        yield f"{left_out} of the page's {whole} blocks were left out (menus, links to other stories, adverts)"
    if unveiled:
        yield "nearly all of the page’s text is hidden until a script shows it; it was read as shown"
    if struck := [one.text for one in kept if one.block.veil == STRUCK]:
        yield f"struck out on the page, no statement: {_quoted(struck)}"
    if hidden := [one.text for one in kept if one.block.veil == HIDDEN]:
        yield f"hidden on the page, no statement: {_quoted(hidden)}"
    if paid(page, shown):
        yield "the page says that it is not free to read; its text may stop early"
    if any(link.get("rel") == "next" for link in page.links):
        yield "the page has a next page, which is not read here"
    for text in corrected(page, shown):
        yield f"the publisher's data lists a correction: {text}"


def _fact_check(evidence: Sequence[Evidence]) -> Iterator[str]:
    """What a fact check says that it checks."""
    rows: list[dict[str, str]] = []
    for one in evidence:
        if one.field == "claim reviewed":
            rows.append({})
        if one.field in ("claim reviewed", "claimant", "rating") and rows:
            rows[-1][one.field] = one.value
    for row in rows:
        who = f" by {row['claimant']}" if "claimant" in row else ""
        rated = f", rated “{row['rating']}”" if "rating" in row else ""
        yield f"a fact check of the claim “{row['claim reviewed']}”{who}{rated}"


def _quoted(texts: Sequence[str]) -> str:
    """The first words of some texts."""
    told = "; ".join(f"“{one if len(one) <= 90 else one[:90].rsplit(' ', 1)[0] + ' …'}”" for one in texts[:5])
    return told + (f" and {len(texts) - 5} more" if len(texts) > 5 else "")
