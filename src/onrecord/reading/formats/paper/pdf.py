"""PDF with text: lines with page and box, put together to paragraphs; without text, by character recognition."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from onrecord.datamodel.report import Evidence, Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.paper.scan import recognise
from onrecord.reading.reader import Gives

_MAX_PAGES = 300
_CUT = re.compile(r"[^\W\d_][-\xad\x02‐]$")
_PREFIXES = frozenset("re non anti co pre pro ex self mid semi multi cross all half well so vice post by".split())
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(?:\d\d)?(?:([+-]\d\d)'?(\d\d)|(Z))?")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?[-–— ]*", re.IGNORECASE)
_MAX_SCANS = 30
_MAX_PIXELS = 16_000_000
_OCR_SCALE = 200 / 72


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page and its box (left, bottom, right, top) in points."""

    text: str
    page: int
    box: tuple[float, float, float, float]

    @property
    def height(self) -> float:
        """The box's height."""
        return max(1.0, self.box[3] - self.box[1])


class PdfReader:
    """Reads the text layer; a page number and a box lead each line back to the paper."""

    gives = Gives(name="pdf", endings=("pdf",), date=True, author=True, page=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """The mark may stand behind a few stray bytes."""
        return b"%PDF-" in head[:1024]

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for a locked, broken or endless file, and for scans where no OCR is installed."""
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(source.raw)
        except pypdfium2.PdfiumError as error:
            raise ReadError(
                f"{source.name}: a PDF that cannot be opened ({error}); unlock it or print it anew"
            ) from error
        try:
            return (_read(document, source),)
        finally:
            document.close()


def _read(document: Any, source: Source) -> Draft:
    if len(document) > _MAX_PAGES:
        raise ReadError(f"{source.name}: {len(document)} pages, more than {_MAX_PAGES}; take out the pages that matter")
    pages = [_page(document, number, source) for number in range(len(document))]
    digest = hashlib.sha256(source.raw).hexdigest()
    if sum(len(line.text) for page in pages for line in page) < 20:
        images = (_picture(document[number]) for number in range(min(len(document), _MAX_SCANS)))
        return recognise(images, source, digest, "pdf (scan)")
    kept = _without_running_heads(pages)
    left_out = sum(map(len, pages)) - len(kept)
    text, loci = paragraphs(kept)
    notes = (
        (f"{left_out} lines that repeat on every page were left out (running heads, page numbers)",) if left_out else ()
    )
    return Draft(text=text, sha256=digest, reader="pdf", evidence=tuple(_properties(document)), loci=loci, notes=notes)


def _picture(page: Any) -> Any:
    """A page at 200 dpi, or at what keeps a poster within memory."""
    width, height = page.get_size()
    scale = min(_OCR_SCALE, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale).to_pil()


def _page(document: Any, number: int, source: Source) -> tuple[PrintedLine, ...]:
    import pypdfium2

    try:
        return tuple(_lines(document[number], number + 1))
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{source.name}: page {number + 1} is damaged ({error}); print the PDF anew") from error


def _lines(page: Any, number: int) -> Iterator[PrintedLine]:
    layer = page.get_textpage()
    try:
        # pdfium marks a word that is cut at a line's end by one sign in place of hyphen and break.
        said = layer.get_text_range().replace("\ufffe", "\x02")
        at = 0
        for line in re.findall(r"[^\r\n\x02]*(?:\x02|\r?\n|\r|$)", said):
            words = line.rstrip("\r\n")
            start, at = at, at + len(line)
            lead = len(words) - len(words.lstrip())
            if not words.strip():
                continue
            first = _box(layer, start + lead)
            last = _box(layer, start + len(words.rstrip(" \x02")) - 1)
            box = (min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3]))
            yield PrintedLine(words.strip(), number, box)
    finally:
        layer.close()
        page.close()


def _box(layer: Any, index: int) -> tuple[float, float, float, float]:
    import pypdfium2

    try:
        left, bottom, right, top = layer.get_charbox(index, loose=True)
    except (pypdfium2.PdfiumError, ValueError, IndexError):
        return (0.0, 0.0, 0.0, 0.0)
    return (round(left, 1), round(bottom, 1), round(right, 1), round(top, 1))


def _without_running_heads(pages: Sequence[Sequence[PrintedLine]]) -> list[PrintedLine]:
    """Drop first and last lines that return on most pages; their digits count the pages."""
    shapes = Counter(
        shape for page in pages for shape in {re.sub(r"\d+", "#", line.text) for line in (*page[:2], *page[-2:])}
    )
    running = {shape for shape, count in shapes.items() if count >= 3 and count * 2 > len(pages)}
    edges = {id(line) for page in pages for line in (*page[:2], *page[-2:])}
    return [line for page in pages for line in page if not (id(line) in edges and _runs(line.text, running))]


def _runs(text: str, running: set[str]) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text)) or re.sub(r"\d+", "#", text) in running


def paragraphs(lines: Sequence[PrintedLine]) -> tuple[str, tuple[Locus, ...]]:
    """Lines to paragraphs: broken at a wide gap, a new size, a short last line; cut words are put together again."""
    if not lines:
        return "", ()
    right = max(line.box[2] for line in lines)
    gaps = [gap for one, two in pairwise(lines) if (gap := _gap(one, two)) is not None]
    # The closest lines are those of one paragraph; on a page of one-line paragraphs the median is not.
    usual = sorted(gaps)[len(gaps) // 7] if gaps else 0.0
    known = frozenset(word.casefold() for line in lines for word in re.findall(r"[^\W\d_]+", line.text))
    parts: list[str] = []
    loci: list[Locus] = []
    length = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        said, joint = line.text, ""
        if following is not None:
            said, joint = _joined(line, following, usual, right)
            if not joint:
                said = _rejoined(said, following.text, known)
        said = said.replace("\x02", "-")
        if said:
            loci.append(Locus(span=Span(length, length + len(said)), page=line.page, box=line.box))
        parts.append(said + joint)
        length += len(said) + len(joint)
    return "".join(parts), tuple(loci)


def _gap(one: PrintedLine, two: PrintedLine) -> float | None:
    return one.box[1] - two.box[3] if one.page == two.page and two.box[3] <= one.box[1] + one.height else None


def _joined(one: PrintedLine, two: PrintedLine, usual: float, right: float) -> tuple[str, str]:
    """A line's words and what stands between it and the next line."""
    gap = _gap(one, two)
    size = one.height / two.height
    near = min(one.height, two.height)
    wide = gap is not None and (gap > usual + 0.4 * near or (gap > 0.8 * near and usual < 0.5 * near))
    left_over = right - one.box[2]
    width = right - one.box[0]
    ended = one.text.rstrip("\"”’')")[-1:] in tuple(".!?:…")
    short = left_over > (0.15 if ended else 0.25) * width and not two.text[:1].islower()
    goes_on = not ended and two.text[:1].islower()
    if not 0.8 < size < 1.25 or (not goes_on and (wide or short or (one.page == two.page and gap is None))):
        return one.text, "\n\n"
    if _CUT.search(one.text) and two.text[:1].isalpha():
        return one.text, ""
    return one.text, " "


def _rejoined(said: str, following: str, known: frozenset[str]) -> str:
    """A line's words without the hyphen that only cut the last one."""
    match = re.match(r"[^\W\d_]+", following)
    left = re.search(r"[^\W\d_]+(?=.$)", said)
    return said if not match or not left or _keeps_hyphen(left.group(), match.group(), known) else said[:-1]


def _keeps_hyphen(left: str, right: str, known: frozenset[str]) -> bool:
    """A compound keeps its hyphen: the whole is no word of this text, and both halves are, or the first is a prefix."""
    if (left + right).casefold() in known:
        return False
    if right[:1].isupper() or left[:1].isupper():
        return True
    return left.casefold() in _PREFIXES or {left.casefold(), right.casefold()} <= known


def _properties(document: Any) -> Iterator[Evidence]:
    """What the file says about itself; printing programs write nonsense here, so every other source is believed"
    " first."""
    told = document.get_metadata_dict(skip_empty=True)
    if title := told.get("Title", "").strip():
        yield Evidence(field="headline", value=title[:300], found_in="file properties")
    if author := told.get("Author", "").strip():
        yield Evidence(field="byline", value=author[:200], found_in="file properties")
    if (match := _PDF_DATE.match(told.get("CreationDate", ""))) and (at := read_date(_iso(match))):
        yield Evidence(field="published", value=at.isoformat(), found_in="file properties")


def _iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute, zone, zone_minute, utc = match.groups()
    if not hour or not (zone or utc):
        return f"{year}-{month}-{day}"
    return f"{year}-{month}-{day}T{hour}:{minute or '00'}:00{'Z' if utc else f'{zone}:{zone_minute}'}"
