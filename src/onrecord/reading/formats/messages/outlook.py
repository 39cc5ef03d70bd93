"""Outlook's message files (.msg): a compound file of properties, told on to the reader of mail."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from typing import Any

from onrecord.datamodel.report import Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.messages.mail import MailReader
from onrecord.reading.reader import Gives

_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
# Properties by their numbers, and the types of their values, as [MS-OXPROPS] lists them.
_SUBJECT, _BODY, _HTML, _RTF = "0037", "1000", "1013", "1009"
_SENDERS = (("0C1A", "5D01"), ("0C1A", "0C1F"), ("0042", "5D02"), ("0042", "0065"))
_FILE_NAMES, _DATA, _EMBEDDED = ("3707", "3704", "3001"), "37010102", "3701000D"
_SENT, _DELIVERED = 0x0039, 0x0E06
_TIME = 0x0040
_WIDE, _NARROW, _BYTES = "001F", "001E", "0102"
_ENTRY = struct.Struct("<HHIQ")
# How long the head of the list of properties is: of a file's message, of one within it.
_HEAD, _INNER_HEAD = 32, 24
_MAX_DEPTH = 5
_MAX_ATTACHED = 500
_BEGAN = datetime(1601, 1, 1, tzinfo=UTC)


class OutlookReader:
    """What Outlook saves of a message: sender, subject, date, its plain or HTML text, and messages within it."""

    gives = Gives(name="msg", endings=("msg",), date=True, author=True, max_mb=50, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """The signature of a compound file, which older office files have too: they are refused by name."""
        return head.startswith(_SIGNATURE)

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item, and one for each message within it; raises ReadError for another kind of compound file."""
        import olefile

        try:
            with olefile.OleFileIO(source.raw) as file:
                if not file.exists(_PROPERTIES):
                    raise ReadError(
                        f"{source.name}: an office file of before 2007 (.doc, .xls, .ppt); save it as .docx or as PDF"
                    )
                message = _Storage(file, ()).message()
        except (OSError, IndexError, ValueError, struct.error) as error:
            raise ReadError(f"{source.name}: a broken Outlook message; save it again, or as .eml") from error
        if message is None:
            raise ReadError(
                f"{source.name}: an Outlook message that holds its text as RTF alone; save it as text or HTML"
            )
        drafts = MailReader().read(Source(message.as_bytes(), source.name, source.left_out))
        return tuple(_in_file(one, source.raw) for one in drafts)


def _in_file(draft: Draft, raw: bytes) -> Draft:
    """A draft of the mail that was made of the file: its words stand somewhere in the file's bytes."""
    whole = (Locus(span=Span(0, len(draft.text)), start_byte=0, end_byte=len(raw)),)
    digest = hashlib.sha256(raw).hexdigest() if not draft.key else draft.sha256
    return replace(draft, reader="msg", loci=whole, sha256=digest)


class _Storage:
    """One message of a compound file; `path` leads to it."""

    def __init__(self, file: Any, path: tuple[str, ...]) -> None:
        self.file = file
        self.path = path

    def message(self) -> EmailMessage | None:
        """The message as mail has it; None where its text is RTF alone."""
        made = EmailMessage()
        self._headers(made)
        plain, rich = self._text(_BODY), self._markup()
        if not plain and not rich and self._bytes(f"{_RTF}{_BYTES}"):
            return None
        made.set_content(plain or "")
        if rich:
            made.add_alternative(rich, subtype="html")
        for storage in self._attached():
            storage.attach_to(made)
        return made

    def _headers(self, made: EmailMessage) -> None:
        if subject := _line(self._text(_SUBJECT)):
            made["Subject"] = subject
        told = [(_line(self._text(name)), _line(self._text(address))) for name, address in _SENDERS]
        name = next((name for name, _ in told if name), "")
        address = next((address for _, address in told if "@" in address and address.isascii()), "unknown@invalid")
        made["From"] = formataddr((name, address))
        if at := self._time():
            made["Date"] = format_datetime(at)

    def attach_to(self, made: EmailMessage) -> None:
        """Put what this storage holds with a message: a message as one, a file by its name alone."""
        inner = (*self.path, f"__substg1.0_{_EMBEDDED}")
        within = self.file.exists([*inner, _PROPERTIES]) and len(inner) <= 2 * _MAX_DEPTH
        # One that holds its text as RTF alone is an attachment that is not read.
        if within and (message := _Storage(self.file, inner).message()) is not None:
            made.add_attachment(message)
            return
        name = next((name for one in _FILE_NAMES if (name := _line(self._text(one)))), "unnamed")
        data = self._bytes(_DATA) if name.lower().endswith(".eml") else b""
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)

    def _attached(self) -> Iterator[_Storage]:
        depth = len(self.path)
        names = {
            path[depth]
            for path in self.file.listdir(streams=False, storages=True)
            if len(path) == depth + 1 and tuple(path[:depth]) == self.path and path[depth].startswith("__attach_")
        }
        return (_Storage(self.file, (*self.path, name)) for name in sorted(names)[:_MAX_ATTACHED])

    def _bytes(self, told: str) -> bytes:
        place = [*self.path, f"__substg1.0_{told}"]
        if not self.file.exists(place):
            return b""
        with self.file.openstream(place) as stream:
            found: bytes = stream.read()
        return found

    def _text(self, number: str) -> str:
        wide = self._bytes(f"{number}{_WIDE}")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._bytes(f"{number}{_NARROW}").rstrip(b"\0")
        return decode(narrow, "").text if narrow else ""

    def _markup(self) -> str:
        raw = self._bytes(f"{_HTML}{_BYTES}").rstrip(b"\0")
        return decode(raw, "").text if raw else self._text(_HTML)

    def _time(self) -> datetime | None:
        """When it was sent, else when it came."""
        raw = b""
        if self.file.exists([*self.path, _PROPERTIES]):
            with self.file.openstream([*self.path, _PROPERTIES]) as stream:
                raw = stream.read()
        entries = raw[_INNER_HEAD if self.path else _HEAD :]
        told = {
            number: value
            for kind, number, _, value in _ENTRY.iter_unpack(entries[: len(entries) // _ENTRY.size * _ENTRY.size])
            if kind == _TIME
        }
        ticks = told.get(_SENT) or told.get(_DELIVERED)
        try:
            return _BEGAN + timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None


def _line(words: str) -> str:
    """A header's value, which is one line."""
    return " ".join(words.split())
