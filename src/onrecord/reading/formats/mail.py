"""E-mail: single messages and mailboxes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

from onrecord.datamodel.report import Evidence, Locus, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.draft import Draft, Source
from onrecord.reading.markup.fragment import lay_out
from onrecord.reading.reader import Gives

_HEADER = re.compile(
    rb"^(?:From|To|Date|Subject|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Reply-To|DKIM-Signature"
    rb"|Content-Type|ARC-Seal|X-[\w-]{2,40}):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_ENVELOPE = re.compile(rb"^From \S+.*\d{4}\s*$", re.MULTILINE)
_SPLIT = re.compile(rb"(?:^|(?<=\n))From \S+[^\n]*\d{4}[^\n]*\r?\n(?=[\w-]+:)")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_MAX_MESSAGES = 2_000
# A larger message is one with attachments, which are not read here.
_MAX_BYTES = 20_000_000
_WRAPPED = range(45, 81)


class MailReader:
    """Press releases and newsletters; the header gives date, sender and subject."""

    gives = Gives(name="mail", endings=("eml", "mbox"), date=True, author=True, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """An envelope line, or at least three header fields before the first empty line."""
        start = head.lstrip(b"\xef\xbb\xbf\r\n")
        top = re.split(rb"\r?\n\r?\n", start, maxsplit=1)[0]
        fields = {match.group().lower() for match in _HEADER.finditer(top)}
        first = re.match(rb"[\w-]+:[ \t]", start) or _ENVELOPE.match(start)
        return bool(first) and len(fields) >= 3

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a message; raises ReadError where no message has words."""
        messages = _messages(source.raw)
        if len(messages) > _MAX_MESSAGES:
            raise ReadError(f"{source.name}: more than {_MAX_MESSAGES:,} messages; split the mailbox")
        drafts = [draft for number, raw in enumerate(messages, 1) if (draft := _draft(raw, number, len(messages) > 1))]
        if not drafts:
            raise ReadError(f"{source.name}: no message with words in it; save the attachment itself")
        return tuple(drafts)


def _messages(raw: bytes) -> list[bytes]:
    if not raw.lstrip().startswith(b"From "):
        return [raw]
    return [part for part in _SPLIT.split(raw) if part.strip()]


def _draft(raw: bytes, number: int, several: bool) -> Draft | None:
    if len(raw) > _MAX_BYTES:
        return None
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    body = _body(message)
    if body is None:
        return None
    said, is_markup = body
    subject = _header(message, "Subject")
    plain = said if is_markup else unwrap(said.replace("\r\n", "\n"))
    text, passages = lay_out(subject, plain, is_markup)
    if not text.strip():
        return None
    start = raw.find(b"\n\n") if b"\r\n\r\n" not in raw else raw.find(b"\r\n\r\n")
    return Draft(
        text=text,
        sha256=hashlib.sha256(raw).hexdigest(),
        reader="mail",
        key=str(number) if several else "",
        passages=(*passages, *_signature(text)),
        evidence=tuple(_evidence(message, subject)),
        loci=(Locus(span=Span(0, len(text)), start_byte=max(0, start), end_byte=len(raw)),),
        notes=tuple(_notes(message)),
    )


def _body(message: EmailMessage) -> tuple[str, bool] | None:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return None
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return None
    charset = part.get_content_charset() or "utf-8"
    try:
        said = raw.decode(charset)
    except (LookupError, ValueError):
        # No such encoding, a name that cannot be one, or bytes that are not in it.
        said = raw.decode("utf-8", "replace")
    return said, part.get_content_type() == "text/html"


def unwrap(text: str) -> str:
    """Line breaks that only wrap a paragraph become spaces, and vanish behind a hyphen.

    A break is a wrap where the line is near full (45 to 80 characters) and the next line's first word would not fit.
    """
    lines = text.split("\n")
    widest = max((len(line) for line in lines), default=0)
    if widest not in _WRAPPED:
        return text
    out: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        word = following.split(" ", 1)[0]
        wraps = bool(following.strip() and line.strip()) and len(line.rstrip()) + 1 + len(word) > widest - 2
        if wraps and following.startswith((">", "-", "*", "•")):
            wraps = following[:1] == "-" and following[2:3].islower() and line.rstrip()[-1:] not in ".:;?!"
        cut = wraps and line.rstrip()[-2:-1].isalpha() and line.rstrip().endswith("-") and following[:1].islower()
        out.append(line.rstrip() if cut else line + (" " if wraps else "\n"))
    return "".join(out)[:-1]


def _signature(text: str) -> Iterator[Passage]:
    """What stands below the line of two hyphens is the sender's card."""
    match = next(iter(_SIGNATURE.finditer(text)), None)
    if match and match.end() < len(text):
        yield Passage(span=Span(match.start(), len(text)), part=Part.MENU)


def _evidence(message: EmailMessage, subject: str | None) -> Iterator[Evidence]:
    if subject:
        yield Evidence(field="headline", value=subject, found_in="header")
    name, address = parseaddr(_header(message, "From") or "")
    if name or address:
        yield Evidence(field="outlet", value=name or address.partition("@")[2], found_in="header")
    told = _header(message, "Date")
    if told and (at := read_date(told)):
        yield Evidence(field="published", value=at.isoformat(), found_in="header")


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        told = message.get(name)
        return " ".join(str(make_header(decode_header(str(told)))).split()) or None if told else None
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return None


def _notes(message: EmailMessage) -> Iterator[str]:
    names = [
        part.get_filename() or "unnamed" for part in message.walk() if part.get_content_disposition() == "attachment"
    ]
    if names:
        yield f"attachments not read: {', '.join(sorted(names)[:10])}; save them as files to read them"
