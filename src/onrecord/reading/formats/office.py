"""Word processor files: DOCX and ODT."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.report import Evidence, Locus, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.guarding import open_zip, parse_xml, unfold
from onrecord.reading.markup.xml_offsets import Node, Place, text_places
from onrecord.reading.reader import Gives

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_DRAW_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_FIELDS = {
    "title": "headline",
    "creator": "byline",
    "initial-creator": "byline",
    "created": "created",
    "creation-date": "created",
}
_APART = (f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}p", f"{_TEXT}h")
_MAX_SPACES = 1_000
_NO_SIZE = 4
# The namespace of "strict" files, and the one that all others use.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_LOOSE = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# What the text shows, "" for all that it does: see Part.HIDDEN and Part.STRUCK.
_HIDDEN, _STRUCK = "hidden", "struck"
Piece = tuple[str, Place | None]
Paragraph = tuple[str, list[Piece]]
Places = dict[Node, Place]


class DocxReader:
    """What stands in the document now, its notes behind it; tracked deletions and hidden words are kept and marked."""

    gives = Gives(name="docx", endings=("docx",), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A zip file whose first members are a Word file's, or that is named so."""
        return head.startswith(b"PK\x03\x04") and (
            b"word/" in head or b"[Content_Types].xml" in head or name.lower().endswith(".docx")
        )

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for other zip files, bombs and broken XML."""
        with open_zip(source) as archive:
            main = _main_part(archive, source.name)
            raw = unfold(archive, main, source.name)
            root = parse_xml(raw.replace(_STRICT, _LOOSE), source.name)
            told = tuple(_properties(archive, "docProps/core.xml", source.name))
            folder = main.rpartition("/")[0]
            styles = _word_styles(archive, folder, source.name)
            beside, notes = _notes_beside(archive, folder, source.name)
            notes.extend(_unread_parts(archive, folder, source.name))
        # Places are told in the file's own bytes: not in those of the other namespace.
        places = {} if _STRICT in raw else text_places(raw, root)
        paragraphs = [*_word_paragraphs(root, places, styles), *beside]
        return (_draft(paragraphs, source, "docx", told, [*_veiled_notes(paragraphs), *notes]),)


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    """The member that the package names as its document; raises ReadError where it names none."""
    members = archive.namelist()
    if "_rels/.rels" in members:
        for one in parse_xml(unfold(archive, "_rels/.rels", name), name).iter():
            target = str(one.get("Target") or "").lstrip("/")
            if str(one.get("Type") or "").endswith("/officeDocument") and target in members and "word" in target:
                return target
    if "word/document.xml" not in members:
        raise ReadError(f"{name}: an Office file that is no Word document; save it as DOCX, PDF or text")
    return "word/document.xml"


def _notes_beside(archive: zipfile.ZipFile, folder: str, name: str) -> tuple[list[Paragraph], list[str]]:
    """Foot- and endnotes as paragraphs, comments as hidden ones, and what is said of them."""
    found: list[Paragraph] = []
    comments = 0
    for member, style in (("footnotes", "note"), ("endnotes", "note"), ("comments", _HIDDEN)):
        path = f"{folder}/{member}.xml"
        if path not in archive.namelist():
            continue
        for note in parse_xml(unfold(archive, path, name).replace(_STRICT, _LOOSE), name):
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            # Places lead into the document's own part, and notes stand in another.
            paragraphs = [(style, pieces) for _, pieces in _word_paragraphs(note, {}, {})]
            found.extend(paragraphs)
            comments += style == _HIDDEN and any(text.strip() for _, pieces in paragraphs for text, _ in pieces)
    told = [f"{comments} comments stand behind the text, hidden: they are their writers’"] if comments else []
    return found, told


def _unread_parts(archive: zipfile.ZipFile, folder: str, name: str) -> Iterator[str]:
    """What stands on every page beside the text, and parts in other formats, which are not read."""
    for member in archive.namelist():
        if re.fullmatch(rf"{re.escape(folder)}/(?:header|footer)\d*\.xml", member):
            root = parse_xml(unfold(archive, member, name).replace(_STRICT, _LOOSE), name)
            if words := " ".join(" ".join(one.text or "" for one in root.iter(f"{_W}t")).split()):
                yield f"on its pages’ edges, not in the text: “{words[:200]}”"
        elif re.search(r"/(?:afchunk|chunk)\d*\.\w+$", member, re.IGNORECASE):
            yield f"a part in another format was not read: {member}; save the document anew as DOCX"


def _word_styles(archive: zipfile.ZipFile, folder: str, name: str) -> dict[str, str]:
    """The styles that hide words or strike them out, also by the style that they rest on."""
    path = f"{folder}/styles.xml"
    if path not in archive.namelist():
        return {}
    own: dict[str, str] = {}
    rests_on: dict[str, str] = {}
    for style in parse_xml(unfold(archive, path, name).replace(_STRICT, _LOOSE), name).iter(f"{_W}style"):
        key = style.get(f"{_W}styleId") or ""
        own[key] = _veil_in(style.find(f"{_W}rPr"))
        base = style.find(f"{_W}basedOn")
        if base is not None:
            rests_on[key] = base.get(f"{_W}val") or ""
    return _inherited(own, rests_on)


def _inherited(own: dict[str, str], rests_on: dict[str, str]) -> dict[str, str]:
    found = {}
    for key in own:
        at, seen = key, set[str]()
        while at and not own.get(at) and at not in seen:
            seen.add(at)
            at = rests_on.get(at, "")
        if own.get(at):
            found[key] = own[at]
    return found


def _veiled_notes(paragraphs: list[Paragraph]) -> Iterator[str]:
    for style, said in ((_STRUCK, "deleted or struck out in the document"), (_HIDDEN, "hidden in the document")):
        words = ["".join(text for text, _ in pieces).strip() for one, pieces in paragraphs if one == style]
        if words := [one for one in words if one]:
            yield f"{said}, no statement: {'; '.join(f'“{one[:90]}”' for one in words[:5])}"


class OdtReader:
    """OpenDocument text."""

    gives = Gives(name="odt", endings=("odt", "fodt"), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A zip file that opens with its type, as the standard asks; or the same as one XML document."""
        if head.startswith(b"PK\x03\x04"):
            return b"opendocument.text" in head[:200]
        return b"<" in head[:64] and b"mimetype" in head and b"vnd.oasis.opendocument.text" in head

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for bombs and broken XML."""
        if source.raw.startswith(b"PK"):
            with open_zip(source) as archive:
                raw = unfold(archive, "content.xml", source.name)
                root = parse_xml(raw, source.name)
                told = tuple(_properties(archive, "meta.xml", source.name))
                shared = "styles.xml" in archive.namelist()
                styles = parse_xml(unfold(archive, "styles.xml", source.name), source.name) if shared else None
        else:
            raw, told, styles = source.raw, (), None
            root = parse_xml(raw, source.name)
        body = next(root.iter(f"{_OFFICE}text"), root)
        paragraphs = list(
            _open_paragraphs(body, text_places(raw, root), _open_styles([root] if styles is None else [styles, root]))
        )
        return (_draft(paragraphs, source, "odt", told, list(_veiled_notes(paragraphs))),)


def _word_paragraphs(root: Any, places: Places, styles: dict[str, str]) -> Iterator[Paragraph]:
    """Paragraphs in order, what they hide or strike out behind each; what only stands in for a drawing is left out."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one.tag == _DRAW_FALLBACK:
            continue
        if one.tag == f"{_W}p":
            yield from _word_paragraph(one, places, styles)
        waiting.extend(reversed(one))


def _word_paragraph(paragraph: Any, places: Places, styles: dict[str, str]) -> Iterator[Paragraph]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = (style.get(f"{_W}val") or "") if style is not None else ""
    yield from _parted(name.lower(), _word_pieces(paragraph, places, styles, styles.get(name, "")))


def _parted(style: str, pieces: Iterator[tuple[str, str, Place | None]]) -> Iterator[Paragraph]:
    """A paragraph's shown words, and behind it those that it hides or strikes out."""
    shown: dict[str, list[Piece]] = {"": [], _STRUCK: [], _HIDDEN: []}
    for veil, text, place in pieces:
        held = shown[veil]
        # What is taken out leaves two spaces where one was.
        if not veil and text[:1] == " " and held and held[-1][0][-1:] == " " and (shown[_STRUCK] or shown[_HIDDEN]):
            text, place = text[1:], (place[0] + 1, place[1]) if place else None
        if text:
            held.append((text, place))
    yield style, shown[""]
    for veil in (_STRUCK, _HIDDEN):
        if shown[veil]:
            yield veil, shown[veil]


def _word_pieces(
    paragraph: Any, places: Places, styles: dict[str, str], around: str
) -> Iterator[tuple[str, str, Place | None]]:
    skip = {f"{_W}instrText", f"{_W}txbxContent", _DRAW_FALLBACK}
    waiting = [(one, around) for one in reversed(paragraph)]
    while waiting:
        one, veil = waiting.pop()
        if one.tag in skip:
            continue
        if one.tag in (f"{_W}del", f"{_W}moveFrom"):
            veil = _STRUCK
        elif one.tag == f"{_W}r":
            veil = veil or _run_veil(one, styles)
        if one.tag in (f"{_W}t", f"{_W}delText"):
            yield veil, one.text or "", places.get((one, False))
        elif one.tag == f"{_W}tab":
            yield veil, "\t", None
        elif one.tag in (f"{_W}br", f"{_W}cr"):
            yield veil, "\n", None
        elif one.tag == f"{_W}noBreakHyphen":
            yield veil, "-", None
        if one.tag != f"{_W}p":
            waiting.extend((each, veil) for each in reversed(one))


def _run_veil(run: Any, styles: dict[str, str]) -> str:
    """What a run's own properties, or those of its style, do to its words."""
    told = run.find(f"{_W}rPr")
    if told is None:
        return ""
    style = told.find(f"{_W}rStyle")
    by_style = styles.get(style.get(f"{_W}val") or "", "") if style is not None else ""
    return _veil_in(told) or by_style or (_HIDDEN if _is_white(told, run) else "")


def _veil_in(told: Any) -> str:
    if told is None:
        return ""
    for name, veil in (("vanish", _HIDDEN), ("strike", _STRUCK), ("dstrike", _STRUCK)):
        one = told.find(f"{_W}{name}")
        if one is not None and one.get(f"{_W}val", "true") not in ("0", "false", "off"):
            return veil
    size = told.find(f"{_W}sz")
    # Half points: nobody sees letters of two points.
    return _HIDDEN if size is not None and _number(size.get(f"{_W}val")) <= _NO_SIZE else ""


def _is_white(told: Any, run: Any) -> bool:
    """Whether a run is white on the white of the paper: in no shaded place, and in no table, which may have a style."""
    colour = told.find(f"{_W}color")
    if colour is None or (colour.get(f"{_W}val") or "").upper() != "FFFFFF":
        return False
    if told.find(f"{_W}highlight") is not None or told.find(f"{_W}shd") is not None:
        return False
    around = [run, *run.iterancestors()]
    return not any(one.tag == f"{_W}tbl" or one.find(f"{_W}pPr/{_W}shd") is not None for one in around)


def _open_styles(roots: list[Any]) -> dict[str, str]:
    """The names of styles that hide words or strike them out, also by the style that they rest on."""
    own: dict[str, str] = {}
    rests_on: dict[str, str] = {}
    for style in (one for root in roots for one in root.iter(f"{_STYLE}style")):
        name = style.get(f"{_STYLE}name") or ""
        own.setdefault(name, "")
        rests_on[name] = style.get(f"{_STYLE}parent-style-name") or ""
        for told in style.iter(f"{_STYLE}text-properties"):
            line = {told.get(f"{_STYLE}text-line-through-{kind}", "none") for kind in ("style", "type")}
            if told.get(f"{_TEXT}display") == "none":
                own[name] = _HIDDEN
            elif line != {"none"}:
                own[name] = _STRUCK
    return _inherited(own, rests_on)


def _open_paragraphs(body: Any, places: Places, styles: dict[str, str]) -> Iterator[Paragraph]:
    """Paragraphs in order; behind them what was deleted, and what others remarked."""
    deleted: list[Paragraph] = []
    for one in body.iter(f"{_TEXT}p", f"{_TEXT}h"):
        style = one.get(f"{_TEXT}style-name") or ""
        heading = f"heading{one.get(f'{_TEXT}outline-level') or ''}" if one.tag == f"{_TEXT}h" else style.lower()
        around = {each.tag for each in one.iterancestors()}
        veil = styles.get(style, "")
        if f"{_TEXT}tracked-changes" in around:
            veil = _STRUCK
        elif around & {f"{_OFFICE}annotation", f"{_TEXT}hidden-paragraph"} or _hides(one):
            veil = _HIDDEN
        found = list(_parted(heading, _open_pieces(one, places, styles, veil)))
        if f"{_TEXT}tracked-changes" in around:
            deleted.extend(found)
        else:
            yield from found
    yield from deleted


def _hides(paragraph: Any) -> bool:
    told = paragraph.find(f"{_TEXT}hidden-paragraph")
    if any(one.tag == f"{_TEXT}section" and one.get(f"{_TEXT}display") == "none" for one in paragraph.iterancestors()):
        return True
    return told is not None and told.get(f"{_TEXT}is-hidden") == "true"


def _open_pieces(
    element: Any, places: Places, styles: dict[str, str], veil: str
) -> Iterator[tuple[str, str, Place | None]]:
    yield veil, element.text or "", places.get((element, False))
    for one in element:
        if one.tag == f"{_TEXT}s":
            yield veil, " " * min(_number(one.get(f"{_TEXT}c")), _MAX_SPACES), None
        elif one.tag == f"{_TEXT}tab":
            yield veil, "\t", None
        elif one.tag == f"{_TEXT}line-break":
            yield veil, "\n", None
        elif isinstance(one.tag, str) and one.tag not in _APART:
            # Comments and instructions have text and are no words.
            own = veil or styles.get(one.get(f"{_TEXT}style-name") or "", "")
            own = own or (_HIDDEN if one.tag == f"{_TEXT}hidden-text" else "")
            yield from _open_pieces(one, places, styles, own)
        yield veil, one.tail or "", places.get((one, True))


def _number(told: str | None) -> int:
    return int(told) if told and told.isdigit() and len(told) < 6 else 1


def _draft(found: list[Paragraph], source: Source, reader: str, told: tuple[Evidence, ...], notes: list[str]) -> Draft:
    passages: list[Passage] = []
    loci: list[Locus] = []
    parts: list[str] = []
    at = 0
    made = next((one.value for one in told if one.field == "created"), None)
    if made:
        notes = [*notes, f"the file was made on {made}, which need not be when it was published"]
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
    if style in (_HIDDEN, _STRUCK):
        return Part.HIDDEN if style == _HIDDEN else Part.STRUCK
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
        at = read_date(value) if field == "created" and value else None
        if field and value and (field != "created" or at):
            yield Evidence(field=field, value=at.isoformat() if at else value, found_in="file properties")
