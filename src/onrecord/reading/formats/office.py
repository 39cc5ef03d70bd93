"""Word processor files: DOCX and ODT."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.report import Evidence, Locus, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft, Source
from onrecord.reading.guarding import open_zip, parse_xml, unfold
from onrecord.reading.markup.placing import Node, Place, text_places
from onrecord.reading.reader import Gives

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FIELDS = {
    "title": "headline",
    "creator": "byline",
    "initial-creator": "byline",
    "created": "published",
    "creation-date": "published",
}
_APART = (f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}p", f"{_TEXT}h")
_MAX_SPACES = 1_000
Piece = tuple[str, Place | None]
Paragraph = tuple[str, list[Piece]]
Places = dict[Node, Place]


class DocxReader:
    """What stands in the document now; tracked deletions are left out and said."""

    gives = Gives(name="docx", endings=("docx",), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A zip file whose first members are a Word file's, or that is named so."""
        return head.startswith(b"PK\x03\x04") and (
            b"word/" in head or b"[Content_Types].xml" in head or name.lower().endswith(".docx")
        )

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for other zip files, bombs and broken XML."""
        with open_zip(source) as archive:
            if "word/document.xml" not in archive.namelist():
                raise ReadError(f"{source.name}: an Office file that is no Word document; save it as DOCX, PDF or text")
            raw = unfold(archive, "word/document.xml", source.name)
            root = parse_xml(raw, source.name)
            told = tuple(_properties(archive, "docProps/core.xml", source.name))
        notes = []
        if next(root.iter(f"{_W}del"), None) is not None:
            notes.append("deletions that the document still tracks were left out")
        return (_draft(list(_word_paragraphs(root, text_places(raw, root))), source, "docx", told, notes),)


class OdtReader:
    """OpenDocument text."""

    gives = Gives(name="odt", endings=("odt", "fodt"), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A zip file that opens with its type, as the standard asks."""
        return head.startswith(b"PK\x03\x04") and b"opendocument.text" in head[:200]

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for bombs and broken XML."""
        with open_zip(source) as archive:
            raw = unfold(archive, "content.xml", source.name)
            root = parse_xml(raw, source.name)
            told = tuple(_properties(archive, "meta.xml", source.name))
        body = next(root.iter(f"{_OFFICE}text"), root)
        return (_draft(list(_open_paragraphs(body, text_places(raw, root))), source, "odt", told, []),)


def _word_paragraphs(root: Any, places: Places) -> Iterator[Paragraph]:
    for paragraph in root.iter(f"{_W}p"):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = (style.get(f"{_W}val") or "") if style is not None else ""
        yield name.lower(), list(_word_pieces(paragraph, places))


def _word_pieces(paragraph: Any, places: Places) -> Iterator[Piece]:
    skip = {f"{_W}del", f"{_W}instrText", f"{_W}delText", f"{_W}moveFrom", f"{_W}txbxContent"}
    waiting = list(reversed(paragraph))
    while waiting:
        one = waiting.pop()
        if one.tag in skip:
            continue
        if one.tag == f"{_W}t":
            yield one.text or "", places.get((one, False))
        elif one.tag == f"{_W}tab":
            yield "\t", None
        elif one.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n", None
        elif one.tag == f"{_W}noBreakHyphen":
            yield "-", None
        if one.tag != f"{_W}p":
            waiting.extend(reversed(one))


def _open_paragraphs(body: Any, places: Places) -> Iterator[Paragraph]:
    for one in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        style = (one.get(f"{_TEXT}style-name") or "").lower()
        heading = f"heading{one.get(f'{_TEXT}outline-level') or ''}" if one.tag == f"{_TEXT}h" else style
        yield heading, list(_open_pieces(one, places))


def _open_pieces(element: Any, places: Places) -> Iterator[Piece]:
    yield element.text or "", places.get((element, False))
    for one in element:
        if one.tag == f"{_TEXT}s":
            yield " " * min(_number(one.get(f"{_TEXT}c")), _MAX_SPACES), None
        elif one.tag == f"{_TEXT}tab":
            yield "\t", None
        elif one.tag == f"{_TEXT}line-break":
            yield "\n", None
        elif isinstance(one.tag, str) and one.tag not in _APART:
            # Comments and instructions have text and are no words.
            yield from _open_pieces(one, places)
        yield one.tail or "", places.get((one, True))


def _number(told: str | None) -> int:
    return int(told) if told and told.isdigit() and len(told) < 6 else 1


def _draft(found: list[Paragraph], source: Source, reader: str, told: tuple[Evidence, ...], notes: list[str]) -> Draft:
    passages: list[Passage] = []
    loci: list[Locus] = []
    parts: list[str] = []
    at = 0
    for style, pieces in found:
        words = "".join(text for text, _ in pieces)
        if not words.strip():
            continue
        span = Span(at, at + len(words))
        loci.extend(_loci(pieces, at))
        parts.append(words)
        at += len(words) + 2
        part = _part(style, span)
        if part:
            passages.append(Passage(span=span, part=part))
    return Draft(
        text="\n\n".join(parts), sha256=hashlib.sha256(source.raw).hexdigest(), reader=reader,
        passages=tuple(passages), loci=tuple(loci), evidence=told, notes=tuple(notes),
    )  # fmt: skip


def _loci(pieces: list[Piece], at: int) -> Iterator[Locus]:
    """Places in the document's XML, unpacked: of runs of text, not of the tabs and breaks that tags stand for."""
    for text, place in pieces:
        if text and place:
            yield Locus(span=Span(at, at + len(text)), start_byte=place[0], end_byte=place[1])
        at += len(text)


def _part(style: str, span: Span) -> Part | None:
    if style in ("title", "heading1") and not span.start:
        return Part.HEADLINE
    if style == "caption":
        return Part.CAPTION
    return Part.SUBHEAD if style.startswith(("heading", "subtitle")) else None


def _properties(archive: zipfile.ZipFile, member: str, name: str) -> Iterator[Evidence]:
    if member not in archive.namelist():
        return
    for one in parse_xml(unfold(archive, member, name), name).iter():
        field = _FIELDS.get(str(one.tag).rpartition("}")[2])
        value = " ".join((one.text or "").split())[:300]
        at = read_date(value) if field == "published" and value else None
        if field and value and (field != "published" or at):
            yield Evidence(field=field, value=at.isoformat() if at else value, found_in="file properties")
