"""Pictures of text by Tesseract, with every word it doubts marked."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from onrecord.datamodel.report import Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.record_limits import limit, raised
from onrecord.reading.reader import Gives

_PROGRAM = "tesseract"
_TIMEOUT_S = 60
# Noise can hold the program for minutes; a printed page takes it two or three.
_PROCESSOR_S = 8
# A page of A4 at 300 dots an inch; what is larger is made smaller first.
_MOST_PIXELS = 9_000_000
_DOUBTFUL_BELOW = 60.0
_PAGE_NUMBER = re.compile(r"[-–— ]*(?:page )?\d{1,3}(?: (?:of|/) \d{1,3})?[-–— ]*", re.IGNORECASE)
_ENDS = frozenset(".!?:\"”’'…)")
_MAX_PIXELS = 60_000_000
_MARKS = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"GIF8", b"BM")


class ImageReader:
    """Screenshots and scanned pages; needs the program `tesseract`."""

    gives = Gives(
        name="image",
        endings=("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp", "webp"),
        page=True,
        extra=_PROGRAM,
        apart=True,
    )

    def sniff(self, head: bytes, name: str) -> bool:
        """The marks of the usual picture formats."""
        return head.startswith(_MARKS) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item, all frames as pages; raises ReadError without Tesseract or where it finds no words."""
        _need(source)
        from PIL import Image, ImageSequence

        Image.MAX_IMAGE_PIXELS = _MAX_PIXELS
        try:
            with Image.open(io.BytesIO(source.raw)) as picture:
                if picture.width * picture.height > _MAX_PIXELS:
                    raise ReadError(f"{source.name}: a picture of more than {_MAX_PIXELS:,} dots; save it smaller")
                # One frame after the other: thirty large ones at once would fill the memory.
                most, total = limit("scans"), getattr(picture, "n_frames", 1)
                frames = (
                    frame.convert("RGB") for _, frame in zip(range(most), ImageSequence.Iterator(picture), strict=False)
                )
                draft = recognise(frames, source, hashlib.sha256(source.raw).hexdigest(), "image")
                if total > most:
                    note = f"only the first {most} of {total} frames were read; {raised('scans', total)}"
                    draft = replace(draft, notes=(*draft.notes, note), truncated=True)
                return (draft,)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise ReadError(f"{source.name}: a picture that cannot be opened; save it again as PNG") from error


def recognise(pictures: Iterable[Any], source: Source, digest: str, reader: str) -> Draft:
    """The words of pictures, one a page; raises ReadError without Tesseract or where no words are found."""
    _need(source)
    parts: list[str] = []
    loci: list[Locus] = []
    doubtful: list[Span] = []
    at, last = 0, ""
    for page, picture in enumerate(pictures, 1):
        for paragraph in _paragraphs(picture, source):
            for number, word in enumerate(paragraph):
                # A paragraph that the page's end cuts goes on overleaf.
                gap = "" if not parts else " " if number or (last[-1:] not in _ENDS and page > 1) else "\n\n"
                if (
                    number
                    and last.endswith("-")
                    and last[:-1].isalpha()
                    and word["line_num"] != paragraph[number - 1]["line_num"]
                ):
                    gap = ""
                last = word["text"]
                span = Span(at + len(gap), at + len(gap) + len(last))
                parts.append(gap + last)
                at = span.end
                left, top, width, height = (float(word[key]) for key in ("left", "top", "width", "height"))
                loci.append(Locus(span=span, page=page, box=(left, top, left + width, top + height)))
                if float(word["conf"]) < _DOUBTFUL_BELOW:
                    doubtful.append(span)
    if not parts:
        raise ReadError(f"{source.name}: a picture in which no words were found; type the text or find it elsewhere")
    notes = (f"the words were recognised from a picture; {len(doubtful)} are doubtful and marked",)
    return Draft(
        text="".join(parts), sha256=digest, reader=reader, loci=tuple(loci), doubtful=tuple(doubtful), notes=notes
    )


def _paragraphs(picture: Any, source: Source) -> list[list[dict[str, str]]]:
    """A page's words by paragraph, without the page number at its head or foot."""
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for word in _words(picture, source):
        found.setdefault((word["block_num"], word["par_num"]), []).append(word)
    paragraphs = list(found.values())
    for edge in (0, -1):
        if paragraphs and _PAGE_NUMBER.fullmatch(" ".join(word["text"] for word in paragraphs[edge])):
            del paragraphs[edge]
    return paragraphs


def _need(source: Source) -> None:
    if shutil.which(_PROGRAM) is None:
        raise ReadError(f"{source.name}: a picture of text, and {_PROGRAM} is not installed; install tesseract-ocr")


def _words(picture: Any, source: Source) -> list[dict[str, str]]:
    darkest, lightest = picture.convert("L").getextrema()
    if darkest == lightest:
        return []
    held, scale = io.BytesIO(), min(1.0, (_MOST_PIXELS / (picture.width * picture.height)) ** 0.5)
    smaller = (max(1, int(picture.width * scale)), max(1, int(picture.height * scale)))
    (picture if scale == 1 else picture.resize(smaller)).save(held, format="PNG")
    try:
        done = subprocess.run(_command(), input=held.getvalue(), capture_output=True, timeout=_TIMEOUT_S, check=True)
    except (subprocess.SubprocessError, OSError) as error:
        raise ReadError(
            f"{source.name}: {_PROGRAM} failed on a page or took too long ({type(error).__name__}); "
            "try a sharper picture"
        ) from error
    rows = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if (row.get("text") or "").strip() and float(row.get("conf") or -1) >= 0]
    return [_put_right(row, scale) for row in words]


def _command() -> list[str]:
    line = [_PROGRAM, "stdin", "stdout", "--dpi", "200", "tsv"]
    return ["sh", "-c", f'ulimit -t {_PROCESSOR_S}; exec "$0" "$@"', *line] if os.name == "posix" else line


def _put_right(row: dict[str, str], scale: float) -> dict[str, str]:
    """A word with its box in the picture's own dots; a bar in running words is a misread I, and stays doubtful."""
    if scale < 1:
        row = {**row, **{side: str(round(float(row[side]) / scale)) for side in ("left", "top", "width", "height")}}
    return {**row, "text": row["text"].replace("|", "I"), "conf": "0"} if "|" in row["text"] else row
