"""Plain text and Markdown."""

from __future__ import annotations

import hashlib
import json

from onrecord.datamodel.report import Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.decoding import decode, sound
from onrecord.reading.draft import Draft, Source
from onrecord.reading.reader import Gives


class TextReader:
    """The last reader asked: whatever decodes as text is text, and not a character of it is changed."""

    gives = Gives(name="text", endings=("txt", "md", "text", "markdown"), date=True, author=True, max_mb=20)

    def sniff(self, head: bytes, name: str) -> bool:
        """Always: the registry asks this reader last."""
        return True

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item, the file decoded; raises ReadError for binary data."""
        if source.raw[:5] == b"{\\rtf":
            raise ReadError(
                f"{source.name}: an RTF file, whose words stand between its commands; save it as DOCX or ODT"
            )
        decoded = decode(source.raw, source.name)
        text = sound(decoded.text)
        if _is_json(text):
            raise ReadError(
                f"{source.name}: JSON of no kind known here; export it as text, HTML or JSON lines with a text field"
            )
        whole = (Locus(span=Span(0, len(text)), start_byte=0, end_byte=len(source.raw)),) if text else ()
        return (
            Draft(
                text=text,
                sha256=hashlib.sha256(source.raw).hexdigest(),
                reader=self.gives.name,
                loci=whole,
                notes=(decoded.note,) if decoded.note else (),
            ),
        )


def _is_json(text: str) -> bool:
    head = text.lstrip()[:1]
    if head not in ("{", "["):
        return False
    try:
        return isinstance(json.JSONDecoder().raw_decode(text.lstrip())[0], dict | list) and '"' in text[:200]
    except (ValueError, RecursionError):
        return False
