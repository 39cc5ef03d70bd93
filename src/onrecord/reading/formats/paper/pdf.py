"""PDF with text: lines with page and box, put together to paragraphs; without text, by character recognition."""

from __future__ import annotations

import ctypes
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from onrecord.datamodel.report import Evidence, Locus, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.paper.columns import PrintedLine, in_reading_order
from onrecord.reading.formats.paper.scan import recognise
from onrecord.reading.reader import Gives
from onrecord.reading.record_limits import limit, raised

_CUT = re.compile(r"[^\W\d_][-\xad\x02‐]$")
_PREFIXES = frozenset("re non anti co pre pro ex self mid semi multi cross all half well so vice post by".split())
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(?:\d\d)?(?:([+-]\d\d)'?(\d\d)|(Z))?")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?[-–— ]*", re.IGNORECASE)
# Words that stand farther apart than this many times their height are in different columns.
_WIDE_GAP = 1.1
_WHITE, _NO_CONTRAST = 245, 24
_MAX_PIXELS = 16_000_000
_OCR_SCALE = 200 / 72
# What programs write where nobody gave a title or an author.
_UNNAMED = frozenset({"untitled", "anonymous", "unspecified", "unknown", "user", "administrator"})


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
    most = limit("pages")
    if len(document) > most:
        todo = f"take out the pages that matter, or {raised('pages', len(document))}"
        raise ReadError(f"{source.name}: {len(document)} pages, more than {most}; {todo}")
    pages = [_page(document, number, source) for number in range(len(document))]
    digest = hashlib.sha256(source.raw).hexdigest()
    if sum(len(line.text) for page in pages for line in page) < 20:
        count = min(len(document), limit("scans"))
        draft = recognise((_picture(document[number]) for number in range(count)), source, digest, "pdf (scan)")
        return _some_of(draft, count, len(document))
    unseen = [line for page in pages for line in page if line.hidden]
    shown = [[line for line in page if not line.hidden] for page in pages]
    kept = _without_running_heads(shown)
    left_out = sum(map(len, shown)) - len(kept)
    text, loci, passages = _with_unseen(*paragraphs(kept), unseen)
    notes = (
        (f"{left_out} lines that repeat on every page were left out (running heads, page numbers)",) if left_out else ()
    )
    if unseen:
        words = " ".join(line.text for line in unseen)
        notes = (*notes, f"printed so that nobody sees it, no statement: “{words[:200]}”")
    evidence = tuple(_properties(document))
    made = next((one.value for one in evidence if one.field == "created"), None)
    if made:
        notes = (*notes, f"the file was made on {made}, which need not be when it was published")
    return Draft(text=text, sha256=digest, reader="pdf", evidence=evidence, loci=loci, passages=passages, notes=notes)


def _some_of(draft: Draft, count: int, total: int) -> Draft:
    """A scan of which not all pages were read says so."""
    if count == total:
        return draft
    note = f"only the first {count} of {total} scanned pages were read; {raised('scans', total)}"
    return replace(draft, notes=(*draft.notes, note), truncated=True)


def _with_unseen(
    text: str, loci: tuple[Locus, ...], unseen: Sequence[PrintedLine]
) -> tuple[str, tuple[Locus, ...], tuple[Passage, ...]]:
    """A text with the words behind it that are printed so that nobody sees them, marked as hidden."""
    places = list(loci)
    start = at = len(text) + 2 if text else 0
    for line in unseen:
        places.append(Locus(span=Span(at, at + len(line.text)), page=line.page, box=line.box))
        at += len(line.text) + 1
    if not unseen:
        return text, loci, ()
    words = " ".join(line.text for line in unseen)
    whole = f"{text}\n\n{words}" if text else words
    return whole, tuple(places), (Passage(span=Span(start, start + len(words)), part=Part.HIDDEN),)


def _picture(page: Any) -> Any:
    """A page at 200 dpi, or at what keeps a poster within memory."""
    width, height = page.get_size()
    scale = min(_OCR_SCALE, (_MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale).to_pil()


def _page(document: Any, number: int, source: Source) -> tuple[PrintedLine, ...]:
    import pypdfium2

    try:
        return _lines(document[number], number + 1)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"{source.name}: page {number + 1} is damaged ({error}); print the PDF anew") from error


def _lines(page: Any, number: int) -> tuple[PrintedLine, ...]:
    """The lines of a page in the order of reading."""
    layer = page.get_textpage()
    try:
        turned = _Turned(page)
        # pdfium marks a word that is cut at a line's end by one sign in place of hyphen and break.
        said = layer.get_text_range().replace("\ufffe", "\x02")
        rows: list[list[PrintedLine]] = []
        at = 0
        for line in re.findall(r"[^\r\n\x02]*(?:\x02|\r?\n|\r|$)", said):
            words = line.rstrip("\r\n")
            start, at = at, at + len(line)
            if words.strip():
                rows.append(list(_pieces(layer, words, start, turned, number)))
        paper = _Paper(page)
        return tuple(_hide(paper, layer, line) for line in in_reading_order(rows)) if rows else ()
    finally:
        layer.close()
        page.close()


def _pieces(layer: Any, words: str, start: int, turned: _Turned, number: int) -> Iterator[PrintedLine]:
    """A row's words, parted where a gap is as wide as those between columns."""
    held: list[str] = []
    box: tuple[float, float, float, float] | None = None
    for match in re.finditer(r"[^ \x02]+\x02?|\x02", words):
        first = turned.box(layer, start + match.start())
        last = turned.box(layer, start + match.start() + max(0, len(match.group().rstrip("\x02")) - 1))
        own = _around(first, last)
        if box is not None and own[0] - box[2] > _WIDE_GAP * max(1.0, own[3] - own[1]):
            yield PrintedLine(" ".join(held), number, box)
            held, box = [], None
        held.append(match.group())
        box = own if box is None else _around(box, own)
    if held and box is not None:
        yield PrintedLine(" ".join(held), number, box)


def _around(
    one: tuple[float, float, float, float], two: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return (min(one[0], two[0]), min(one[1], two[1]), max(one[2], two[2]), max(one[3], two[3]))


class _Turned:
    """A page's turn: boxes are told as the page is shown."""

    def __init__(self, page: Any) -> None:
        self.turn = int(page.get_rotation()) % 360
        left, bottom, right, top = page.get_mediabox() if self.turn else (0.0, 0.0, 0.0, 0.0)
        self.left, self.bottom, self.right, self.top = left, bottom, right, top

    def box(self, layer: Any, index: int) -> tuple[float, float, float, float]:
        """A character's box."""
        left, bottom, right, top = _box(layer, index)
        if self.turn == 90:
            return (bottom - self.bottom, self.right - right, top - self.bottom, self.right - left)
        if self.turn == 180:
            return (self.right - right, self.top - top, self.right - left, self.top - bottom)
        if self.turn == 270:
            return (self.top - top, left - self.left, self.top - bottom, right - self.left)
        return (left, bottom, right, top)


class _Paper:
    """A page as it looks, drawn only where somebody has to look."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.upright = int(page.get_rotation()) % 360 == 0
        self.grey: Any = None

    def contrast(self, box: tuple[float, float, float, float]) -> int | None:
        """How far the lightest and the darkest dot of a box are apart, of 255; None where it is not on the page."""
        if self.grey is None:
            self.grey = self.page.render(scale=1).to_pil().convert("L")
        left, bottom, right, top = box
        height = self.grey.height
        around = (
            max(0, int(left)), max(0, int(height - top)), min(self.grey.width, int(right) + 1),
            min(height, int(height - bottom) + 1),
        )  # fmt: skip
        if around[2] <= around[0] or around[3] <= around[1]:
            return None
        darkest, lightest = self.grey.crop(around).getextrema()
        return int(lightest - darkest)


def _hide(paper: _Paper, layer: Any, line: PrintedLine) -> PrintedLine:
    """A line, hidden where it is printed in the colour of the paper: looked at where its own is all but white."""
    import pypdfium2.raw as raw

    middle = (line.box[1] + line.box[3]) / 2
    index = layer.get_index(line.box[0] + 1, middle, 4, 4) if paper.upright else None
    if index is None:
        return line
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(layer, index, red, green, blue, alpha):
        return line
    if alpha.value and min(red.value, green.value, blue.value) < _WHITE:
        return line
    contrast = paper.contrast(line.box)
    return replace(line, hidden=contrast is not None and contrast < _NO_CONTRAST)


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
            said, joint = _joined(line, following, usual, line.right or right)
            if not joint:
                said = _rejoined(said, following.text, known)
        said = said.replace("\x02", "-")
        if said:
            loci.append(Locus(span=Span(length, length + len(said)), page=line.page, box=line.box))
        parts.append(said + joint)
        length += len(said) + len(joint)
    return "".join(parts), tuple(loci)


def _gap(one: PrintedLine, two: PrintedLine) -> float | None:
    beside = one.page != two.page or one.column != two.column
    return one.box[1] - two.box[3] if not beside and two.box[3] <= one.box[1] + one.height else None


def _same_column(one: PrintedLine, two: PrintedLine) -> bool:
    return one.page == two.page and one.column == two.column


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
    if not 0.8 < size < 1.25 or (not goes_on and (wide or short or (_same_column(one, two) and gap is None))):
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
    if (title := told.get("Title", "").strip()) and title.casefold() not in _UNNAMED:
        yield Evidence(field="headline", value=title[:300], found_in="file properties")
    if (author := told.get("Author", "").strip()) and author.casefold() not in _UNNAMED:
        yield Evidence(field="byline", value=author[:200], found_in="file properties")
    if (match := _PDF_DATE.match(told.get("CreationDate", ""))) and (at := read_date(_iso(match))):
        # When a program made the file says nothing of when the words were published.
        yield Evidence(field="created", value=at.isoformat(), found_in="file properties")


def _iso(match: re.Match[str]) -> str:
    year, month, day, hour, minute, zone, zone_minute, utc = match.groups()
    if not hour or not (zone or utc):
        return f"{year}-{month}-{day}"
    return f"{year}-{month}-{day}T{hour}:{minute or '00'}:00{'Z' if utc else f'{zone}:{zone_minute}'}"
