"""PDF with text: lines with page and box, put together to paragraphs; without text, by character recognition."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from onrecord.datamodel.report import Evidence, Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.scan import recognise
from onrecord.reading.reader import Gives

_MAX_PAGES = 300
_HYPHENS = ("-", "\xad", "\x02", "\ufffe", "‐")
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(?:\d\d)?(?:([+-]\d\d)'?(\d\d)|(Z))?")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?[-–— ]*", re.IGNORECASE)
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

    gives = Gives(name="pdf", endings=("pdf",), date=True, author=True, page=True)

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
    pages = [tuple(_lines(document[number], number + 1)) for number in range(len(document))]
    digest = hashlib.sha256(source.raw).hexdigest()
    if sum(len(line.text) for page in pages for line in page) < 20:
        images = [document[number].render(scale=_OCR_SCALE).to_pil() for number in range(min(len(document), 30))]
        return recognise(images, source, digest, "pdf (scan)")
    kept = _without_running_heads(pages)
    left_out = sum(map(len, pages)) - len(kept)
    text, loci = paragraphs(kept)
    notes = (
        (f"{left_out} lines that repeat on every page were left out (running heads, page numbers)",) if left_out else ()
    )
    return Draft(text=text, sha256=digest, reader="pdf", evidence=tuple(_properties(document)), loci=loci, notes=notes)


def _lines(page: Any, number: int) -> Iterator[PrintedLine]:
    layer = page.get_textpage()
    try:
        said = layer.get_text_range()
        at = 0
        for line in said.splitlines(keepends=True):
            words = line.rstrip("\r\n")
            start, at = at, at + len(line)
            lead = len(words) - len(words.lstrip())
            if not words.strip():
                continue
            first = _box(layer, start + lead)
            last = _box(layer, start + len(words.rstrip()) - 1)
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
    """Lines to paragraphs: broken at a wide gap, a new size or a short last line; words cut at a line's end are"
    " joined."""
    if not lines:
        return "", ()
    right = max(line.box[2] for line in lines)
    gaps = [gap for one, two in pairwise(lines) if (gap := _gap(one, two)) is not None]
    usual = median(gaps) if gaps else 0.0
    parts: list[str] = []
    loci: list[Locus] = []
    length = 0
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        said, joint = line.text, ""
        if following is not None:
            said, joint = _joined(line, following, usual, right)
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
    wide = gap is not None and gap > usual + 0.4 * min(one.height, two.height)
    full = one.text.rstrip("\"”’')")[-1:] in tuple(".!?:…")
    short = one.box[2] < right - 0.15 * (right - one.box[0]) and full
    if wide or not 0.8 < size < 1.25 or short or (one.page == two.page and gap is None):
        return one.text, "\n\n"
    if one.text.endswith(_HYPHENS) and len(one.text) > 2 and two.text[:1].islower():
        return one.text[:-1], ""
    return one.text, " "


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
