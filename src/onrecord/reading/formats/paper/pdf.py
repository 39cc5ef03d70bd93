"""PDF with text: lines with page and box, put together to paragraphs; without text, by character recognition."""

from __future__ import annotations

import ctypes
import hashlib
import math
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
from onrecord.reading.formats.paper.columns import Box, PrintedLine, around, in_reading_order
from onrecord.reading.formats.paper.scan import recognise
from onrecord.reading.limits.record_limits import limit, raised
from onrecord.reading.reader import Gives

_CUT = re.compile(r"[^\W\d_][-\xad\x02‐]$")
_PREFIXES = frozenset("re non anti co pre pro ex self mid semi multi cross all half well so vice post by".split())
_PDF_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(?:\d\d)?(?:([+-]\d\d)'?(\d\d)|(Z))?")
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?[-–— ]*", re.IGNORECASE)
# Words that stand farther apart than this many times their height are in different columns.
_WIDE_GAP = 1.1
_WHITE, _NO_CONTRAST, _NOTHING = 245, 24, 6
_NO_SIZE = 1.5
_MAX_LOOK = 1_000_000
_SAMPLE = 200
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
        places.append(Locus(span=Span(at, at + len(line.text)), page=line.page, box=line.place))
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
        # pdfium marks a word that is cut at a line's end by one sign in place of hyphen and break.
        said = layer.get_text_range().replace("\ufffe", "\x02")
        leaf = _Leaf(page, layer, _way(layer, said))
        rows: list[list[PrintedLine]] = []
        at = 0
        for line in re.findall(r"[^\r\n\x02]*(?:\x02|\r?\n|\r|$)", said):
            words = line.rstrip("\r\n")
            start, at = at, at + len(line)
            if words.strip():
                rows.append(list(_pieces(leaf, words, start, number)))
        if leaf.way != leaf.turn:
            # pdfium tells lines as the page lies, not as its words run.
            rows = [sorted(row, key=_from_left) for row in sorted(rows, key=_from_top)]
        return tuple(map(leaf.hide, in_reading_order(rows))) if rows else ()
    finally:
        layer.close()
        page.close()


def _pieces(leaf: _Leaf, words: str, start: int, number: int) -> Iterator[PrintedLine]:
    """A row's words, parted where a gap is as wide as those between columns."""
    held: list[str] = []
    boxes: list[Box] = []
    shown: list[Box] = []
    index = -1
    for match in re.finditer(r"[^ \x02]+\x02?|\x02", words):
        first = start + match.start()
        own, place = leaf.boxes(first, first + max(0, len(match.group().rstrip("\x02")) - 1))
        wide = _WIDE_GAP * max(1.0, own[3] - own[1])
        if boxes and (own[0] - boxes[-1][2] > wide or own[2] < boxes[-1][0] - wide):
            yield leaf.line(held, number, boxes, shown, index)
            held, boxes, shown = [], [], []
        index = index if held else first
        held.append(match.group())
        boxes.append(own)
        shown.append(place)
    if held:
        yield leaf.line(held, number, boxes, shown, index)


def _from_left(piece: PrintedLine) -> float:
    return piece.box[0]


def _from_top(row: Sequence[PrintedLine]) -> float:
    return -max(piece.box[3] for piece in row)


def _way(layer: Any, said: str) -> int:
    """The way in which most letters of a page run, in degrees against the clock, as its file has them."""
    import pypdfium2.raw as raw

    letters = [at for at, sign in enumerate(said) if sign.isalpha()]
    step = max(1, len(letters) // _SAMPLE)
    angles = Counter(
        round(-math.degrees(raw.FPDFText_GetCharAngle(layer, at)) / 90) * 90 % 360 for at in letters[::step]
    )
    way, count = angles.most_common(1)[0] if angles else (0, 0)
    return way if count * 2 > sum(angles.values()) else 0


class _Leaf:
    """A page with its turn: boxes as its words run and as it is shown, and what of it nobody sees."""

    def __init__(self, page: Any, layer: Any, way: int) -> None:
        self.page, self.layer, self.way = page, layer, way
        self.turn = int(page.get_rotation()) % 360
        left, bottom, right, top = page.get_cropbox()
        self.crop = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        self.grey: Any = None

    def boxes(self, first: int, last: int) -> tuple[Box, Box]:
        """The box around two characters, laid as the words run, and as the page is shown."""
        own = around((_box(self.layer, first), _box(self.layer, last)))
        return _turned(own, self.crop, self.way), _turned(own, self.crop, self.turn)

    def line(
        self, words: Sequence[str], number: int, boxes: Sequence[Box], shown: Sequence[Box], index: int
    ) -> PrintedLine:
        """A piece of a line."""
        place = around(shown) if self.way != self.turn else None
        return PrintedLine(" ".join(words), number, around(boxes), shown=place, index=index)

    def hide(self, line: PrintedLine) -> PrintedLine:
        """A line, hidden where nobody sees it: off the page, without size, under something, in the paper's colour."""
        if not any(line.box):
            return line
        left, bottom, right, top = line.place
        width, height = self.page.get_size()
        beside = right <= 0 or top <= 0 or left >= width or bottom >= height
        if beside or line.box[3] - line.box[1] < _NO_SIZE:
            return replace(line, hidden=True)
        contrast = self.contrast(line.place)
        return replace(line, hidden=contrast is not None and contrast < (_NO_CONTRAST if self.pale(line) else _NOTHING))

    def pale(self, line: PrintedLine) -> bool:
        """Whether a line's own colour is all but white."""
        import pypdfium2.raw as raw

        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not raw.FPDFText_GetFillColor(self.layer, line.index, red, green, blue, alpha):
            return False
        return not alpha.value or min(red.value, green.value, blue.value) >= _WHITE

    def contrast(self, box: Box) -> int | None:
        """How far the lightest and the darkest dot of a box are apart, of 255; None where it is not on the page."""
        if self.grey is None:
            width, height = self.page.get_size()
            self.scale = min(1.0, (_MAX_LOOK / max(1.0, width * height)) ** 0.5)
            self.grey = self.page.render(scale=self.scale).to_pil().convert("L")
        left, bottom, right, top = (edge * self.scale for edge in box)
        height = self.grey.height
        area = (
            max(0, int(left)), max(0, int(height - top)), min(self.grey.width, int(right) + 1),
            min(height, int(height - bottom) + 1),
        )  # fmt: skip
        if area[2] <= area[0] or area[3] <= area[1]:
            return None
        darkest, lightest = self.grey.crop(area).getextrema()
        return int(lightest - darkest)


def _turned(box: Box, crop: Box, degrees: int) -> Box:
    """A box of a page that is turned with the clock."""
    left, bottom, right, top = box
    if degrees == 90:
        return (bottom - crop[1], crop[2] - right, top - crop[1], crop[2] - left)
    if degrees == 180:
        return (crop[2] - right, crop[3] - top, crop[2] - left, crop[3] - bottom)
    if degrees == 270:
        return (crop[3] - top, left - crop[0], crop[3] - bottom, right - crop[0])
    return (left - crop[0], bottom - crop[1], right - crop[0], top - crop[1])


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
    known = frozenset(word.casefold() for line in _whole_words(lines) for word in re.findall(r"[^\W\d_]+", line))
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
            loci.append(Locus(span=Span(length, length + len(said)), page=line.page, box=line.place))
        parts.append(said + joint)
        length += len(said) + len(joint)
    return "".join(parts), tuple(loci)


def _whole_words(lines: Sequence[PrintedLine]) -> Iterator[str]:
    """Lines without the halves of words that are cut at their ends."""
    cut = False
    for line in lines:
        said = re.sub(r"^[^\W\d_]+", "", line.text) if cut else line.text
        cut = bool(_CUT.search(line.text))
        yield re.sub(r"[^\W\d_]+\W$", "", said) if cut else said


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
