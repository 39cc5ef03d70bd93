"""Pages saved as one file: MHTML and Safari's .webarchive."""

from __future__ import annotations

import hashlib
import plistlib
from dataclasses import replace
from email import message_from_bytes
from email.policy import default

from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.html import read_page
from onrecord.reading.reader import Gives


class MhtmlReader:
    """The page inside a MIME multipart; places are bytes of that part, unpacked."""

    gives = Gives(name="mhtml", endings=("mhtml", "mht"), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A MIME header of related parts without the header fields of a mail that was sent."""
        start = head.lower()
        return (
            b"multipart/related" in start
            and b"mime-version:" in start
            and b"\nreceived:" not in start
            and (
                b"snapshot-content-location:" in start
                or b"saved by" in start
                or name.lower().endswith((".mht", ".mhtml"))
            )
        )

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError where no HTML part is found."""
        message = message_from_bytes(source.raw, policy=default)
        part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
        raw = part.get_payload(decode=True) if part is not None else None
        if part is None or not isinstance(raw, bytes) or not raw.strip():
            raise ReadError(f"{source.name}: a saved page without HTML in it; save it again")
        address = str(message.get("Snapshot-Content-Location") or part.get("Content-Location") or "") or None
        drafts = read_page(decode(raw, source.name, part.get_content_charset()), Source(raw, source.name), address)
        saved = read_date(str(message.get("Date") or ""))
        return tuple(replace(one, captured=saved) for one in _in_file(drafts, source, "mhtml"))


class WebarchiveReader:
    """Safari's property list; places are bytes of the main resource."""

    gives = Gives(name="webarchive", endings=("webarchive",), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A property list that names a main resource."""
        return head.startswith(b"bplist00") or (b"<plist" in head and b"WebMainResource" in head)

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for a list that holds no page."""
        try:
            told = plistlib.loads(source.raw)
            main = told["WebMainResource"]
            raw = bytes(main["WebResourceData"])
        except (plistlib.InvalidFileException, KeyError, TypeError, ValueError, OverflowError, IndexError) as error:
            raise ReadError(f"{source.name}: a property list that holds no saved page; save it as HTML") from error
        encoding = main.get("WebResourceTextEncodingName")
        declared = encoding if isinstance(encoding, str) else None
        drafts = read_page(
            decode(raw, source.name, declared), Source(raw, source.name), str(main.get("WebResourceURL") or "") or None
        )
        return _in_file(drafts, source, "webarchive")


def _in_file(drafts: tuple[Draft, ...], source: Source, reader: str) -> tuple[Draft, ...]:
    """The page is known by its file's bytes; the entries of a live blog keep their own."""
    first = replace(drafts[0], sha256=hashlib.sha256(source.raw).hexdigest(), reader=reader)
    return (first, *drafts[1:])
