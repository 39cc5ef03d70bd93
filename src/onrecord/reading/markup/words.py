"""Blocks to text with an exact map: every stretch of the text and the source characters that it came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from onrecord.datamodel.report import Locus
from onrecord.datamodel.span import Span
from onrecord.reading.markup.scan import Block, Run

# Signs that nobody sees and that only say where a line may break or which way it runs.
_UNSEEN = "\x00-\x08\x0e-\x1b\x7f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
# Joiners shape some scripts and pictures; between these letters they only break words.
_JOINS = "\u034f"
_JOINER = r"(?<=[\x00-\u02ff])[\u200c\u200d]+(?=[\x00-\u02ff])"
# Words as they stand, a character reference, white space that reads as one space, or a quotation element's tag.
_PIECE = re.compile(
    rf"[^&<\s\u200c\u200d{_UNSEEN}]+(?:[ ][^&<\s\u200c\u200d{_UNSEEN}]+)*|&(?:#[xX]?[0-9a-fA-F]{{1,8}}"
    rf"|[a-zA-Z][a-zA-Z0-9]{{0,31}});?|\s+"
    rf"|</?[qQ]\b[^>]*>|[{_UNSEEN}]+|(?P<joiner>{_JOINER})|[&<\u200c\u200d]"
)
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalnum())
_INVISIBLE = re.compile(f"[{_UNSEEN}]+|{_JOINER}")
_QUOTATION = re.compile(r"<(/?)[qQ]\b[^>]*>")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the source characters [start, end) that it came from."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """One block's text, its pieces in order."""

    block: Block
    text: str
    pieces: tuple[Piece, ...]


def words_of(block: Block, source: str) -> Words:
    """A block's words: references resolved, white space run together, none at either end."""
    if len(block.runs) == 1 and (whole := _whole(block.runs[0], source)):
        return Words(block, whole.text, (whole,))
    pieces: list[Piece] = []
    for run in block.runs:
        for piece in [_single_mark(run, source)] if run.single else _pieces(source, run.start, run.end):
            if piece.text == " " and (not pieces or pieces[-1].text.endswith(" ")):
                continue
            pieces.append(piece)
    while pieces and not pieces[-1].text.strip():
        pieces.pop()
    while pieces and not pieces[0].text.strip():
        pieces.pop(0)
    merged = tuple(_merge(pieces, source))
    return Words(block, "".join(piece.text for piece in merged), merged)


def _whole(run: Run, source: str) -> Piece | None:
    """A run that reads as it stands, the white space around it aside."""
    said = source[run.start : run.end]
    words = said.strip()
    if not words or "&" in words or "<" in words or " ".join(words.split()) != words:
        return None
    if (not words.isprintable() or _JOINS in words) and _INVISIBLE.search(words):
        return None
    start = run.start + len(said) - len(said.lstrip())
    return Piece(words, start, start + len(words))


def text_of(block: Block, source: str) -> str:
    """A block's words without their map, for choosing."""
    said = "".join(_single_mark(run, source).text if run.single else source[run.start : run.end] for run in block.runs)
    if "<" in said:
        said = _QUOTATION.sub(_quotation_mark, said)
    said = unescape(said) if "&" in said else said
    said = " ".join(said.split())
    return said if said.isprintable() and _JOINS not in said else " ".join(_INVISIBLE.sub("", said).split())


def collapse(raw: str) -> str:
    """How a stretch of source reads: what the map promises for every locus but a `<q>` within another."""
    shown = _INVISIBLE.sub("", unescape(_QUOTATION.sub(_quotation_mark, raw)))
    return re.sub(r"\s+", " ", shown) if raw.strip() else " "


def _quotation_mark(tag: re.Match[str]) -> str:
    """The mark that a browser shows for the tag of a quotation element."""
    return "”" if tag.group(1) else "“"


def _single_mark(run: Run, source: str) -> Piece:
    return Piece("’" if source[run.start + 1] == "/" else "‘", run.start, run.end)


def _pieces(source: str, start: int, end: int) -> Iterator[Piece]:
    for match in _PIECE.finditer(source, start, end):
        said = match.group()
        if said[0] == "&":
            if (shown := _reference(said)) and not _joins(shown, source, match):
                yield Piece(shown, match.start(), match.end())
        elif said[0] == "<":
            tag = _QUOTATION.fullmatch(said)
            yield Piece(_quotation_mark(tag) if tag else said, match.start(), match.end())
        elif match.group("joiner") or _INVISIBLE.fullmatch(said):
            continue
        elif said.isspace():
            yield Piece(" ", match.start(), match.end())
        else:
            yield Piece(said, match.start(), match.end())


def _joins(shown: str, source: str, match: re.Match[str]) -> bool:
    """Whether a reference is a joiner between letters that need none."""
    around = source[max(0, match.start() - 1) : match.start()] + source[match.end() : match.end() + 1]
    return shown in "\u200c\u200d" and max(around, default="") < "\u0300"


def _reference(said: str) -> str:
    found = unescape(said)
    if found.isspace():
        return " "
    if _INVISIBLE.fullmatch(found):
        return ""
    return "".join(sign for sign in found if sign.isprintable() or sign in "\u200c\u200d") or " "


def _merge(pieces: Sequence[Piece], source: str) -> Iterator[Piece]:
    """Join neighbours that stand in the source as they read."""
    held: Piece | None = None
    for piece in pieces:
        if held and held.end == piece.start and _plain(held, source) and _plain(piece, source):
            held = Piece(held.text + piece.text, held.start, piece.end)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _plain(piece: Piece, source: str) -> bool:
    return len(piece.text) == piece.end - piece.start and source.startswith(piece.text, piece.start)


class ByteMap:
    """Source characters to bytes, asked in rising order."""

    def __init__(self, source: str, encoding: str, mark: int = 0) -> None:
        self.source = source
        self.encoding = encoding
        self.single = source.isascii() and not encoding.lower().startswith(("utf-16", "utf-32", "utf_16", "utf_32"))
        self.char, self.byte = 0, mark

    def at(self, char: int) -> int:
        """The byte at which a character starts."""
        if self.single:
            return char + (self.byte - self.char)
        if char < self.char:
            raise ValueError(f"a byte map is read forwards, asked {char} after {self.char}")
        self.byte += len(self.source[self.char : char].encode(self.encoding, "surrogateescape"))
        self.char = char
        return self.byte


def join(chosen: Iterable[Words], bytes_at: ByteMap) -> tuple[str, tuple[Locus, ...], tuple[Span, ...]]:
    """The report's text, its loci, and each block's span: an empty line between blocks, a line break for <br>."""
    parts: list[str] = []
    loci: list[Locus] = []
    spans: list[Span] = []
    length = 0
    chosen = tuple(chosen)
    # Struck and hidden words stand behind their paragraph, and lead to bytes within it.
    marks = sorted({mark for words in chosen for piece in words.pieces for mark in (piece.start, piece.end)})
    places = {mark: bytes_at.at(mark) for mark in marks}
    for words in chosen:
        gap = "" if not parts else "\n" if words.block.broken else "\n\n"
        parts.append(gap + words.text)
        at = length + len(gap)
        spans.append(Span(at, at + len(words.text)))
        for piece in words.pieces:
            span = Span(at, at + len(piece.text))
            loci.append(Locus(span=span, start_byte=places[piece.start], end_byte=places[piece.end]))
            at += len(piece.text)
        length = at
    return "".join(parts), tuple(loci), tuple(spans)


def letters(text: str) -> str:
    """A text's letters and digits alone, without case: what stays the same however signs and spaces are set."""
    if text.isascii():
        return text.encode().translate(None, _NO_LETTERS).decode().lower()
    return "".join(filter(str.isalnum, text)).casefold()
