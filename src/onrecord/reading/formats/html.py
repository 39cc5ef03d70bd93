"""Saved web pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.report import Evidence, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import Decoded, decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.markup.main_content import Reads, choose
from onrecord.reading.markup.page_metadata import candidates, corrected, paid
from onrecord.reading.markup.scan import Page, remainder, scan
from onrecord.reading.markup.words import ByteMap, Words, join, text_of, words_of
from onrecord.reading.reader import Gives

_MAX_CHARS = 4_000_000
_MAX_STAMP = 60
_SIGNS = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|main|div|p|h1|table|span|section)[\s>/]", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.IGNORECASE)
# The heading of a live blog's entry: the time is found with all the others.
_CLOCK = re.compile(r"\d{1,2}[.:]\d\d(?!\d)")
_LETTERS = re.compile(r"[\W_]+")


class HtmlReader:
    """Keeps the article's blocks; each character of the text leads to its bytes."""

    gives = Gives(name="html", endings=("html", "htm", "xhtml"), date=True, author=True, max_mb=30)

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
        return (read_page(decoded, source),)


def read_page(decoded: Decoded, source: Source, address: str | None = None) -> Draft:
    """A decoded page to a draft; raises ReadError where no article is found."""
    try:
        page = scan(decoded.text)
    except ReadError as error:
        raise ReadError(f"{source.name}: {error}") from error
    if sum(run.end - run.start for block in page.blocks for run in block.runs) > _MAX_CHARS:
        raise ReadError(
            f"{source.name}: more than {_MAX_CHARS:,} characters of text in one page; save the article alone"
        )
    reads = [Reads(block, said) for block in page.blocks if (said := text_of(block, decoded.text))]
    chosen = choose(reads, remainder(page, decoded.text))
    if not chosen:
        raise ReadError(f"{source.name}: a page with no article text in it; save the article itself or as plain text")
    kept = [words for n in chosen if (words := words_of(reads[n].block, decoded.text)).text]
    text, loci, spans = join(kept, _bytes_at(decoded, source.raw))
    evidence = candidates(page, address)
    notes = [*([decoded.note] if decoded.note else []), *_notes(page, len(reads), len(chosen))]
    return Draft(
        text=text,
        sha256=hashlib.sha256(source.raw).hexdigest(),
        reader="html",
        passages=tuple(_passages(kept, spans, evidence)),
        evidence=_with_heading(evidence, kept),
        loci=loci,
        notes=tuple(notes),
        truncated=paid(page) and len(text) < 1500,
    )


def _bytes_at(decoded: Decoded, raw: bytes) -> ByteMap:
    if decoded.encoding in ("utf-16", "utf-32"):
        order = "le" if raw[:2] == b"\xff\xfe" else "be"
        return ByteMap(decoded.text, f"{decoded.encoding}-{order}", 2 if decoded.encoding == "utf-16" else 4)
    return ByteMap(decoded.text, decoded.encoding)


def _passages(kept: Sequence[Words], spans: Sequence[Span], evidence: Sequence[Evidence]) -> Iterator[Passage]:
    """What the markup itself says: the first heading is the headline, figcaptions are captions, lower headings"
    " subheads."""
    titles = {_LETTERS.sub("", one.value).casefold() for one in evidence if one.field == "headline"}
    head = next((n for n, one in enumerate(kept) if one.block.tag == "h1"), None)
    if head is None:
        head = next((n for n, one in enumerate(kept[:6]) if _LETTERS.sub("", one.text).casefold() in titles), None)
    prose = next((n for n, one in enumerate(kept) if len(one.text) > 100 and one.block.tag != "figcaption"), len(kept))
    for number, (one, span) in enumerate(zip(kept, spans, strict=True)):
        if number == head:
            yield Passage(span=span, part=Part.HEADLINE)
        elif one.block.tag == "figcaption" or "figcaption" in one.block.within:
            yield Passage(span=span, part=Part.CAPTION)
        elif "correction" in one.block.classes and one.block.tag == "p":
            yield Passage(span=span, part=Part.CORRECTION)
        elif one.block.when and len(one.text) < _MAX_STAMP and (at := read_date(one.block.when)):
            # Above the prose a time dates the page, within it the entry of a live blog.
            part = Part.STAMP if number > prose else Part.DATELINE
            yield Passage(span=span, part=part, at=at)
        elif one.block.tag in ("h2", "h3", "h4") and len(one.text) <= 160 and not _CLOCK.match(one.text):
            yield Passage(span=span, part=Part.SUBHEAD)


def _with_heading(evidence: tuple[Evidence, ...], kept: Sequence[Words]) -> tuple[Evidence, ...]:
    heading = next((one.text for one in kept if one.block.tag == "h1"), None)
    shown = (Evidence(field="headline", value=heading, found_in="page text"),) if heading else ()
    return (*shown, *evidence)


def _notes(page: Page, all_blocks: int, kept: int) -> Iterator[str]:
    if all_blocks + page.menus > kept:
        left_out, whole = all_blocks - kept + page.menus, all_blocks + page.menus
        yield f"{left_out} of the page's {whole} blocks were left out (menus, links to other stories, adverts)"
    if paid(page):
        yield "the page says that it is not free to read; its text may stop early"
    if any(link.get("rel") == "next" for link in page.links):
        yield "the page has a next page, which is not read here"
    for text in corrected(page):
        yield f"the publisher's data lists a correction: {text}"
