"""E-mail: single messages and mailboxes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr
from html import escape

from onrecord.datamodel.report import Evidence, Locus, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import decode, sound
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.record_limits import Patience, limit, raised
from onrecord.reading.markup.fragment import lay_out
from onrecord.reading.reader import Gives

_HEADER = re.compile(
    rb"^(?:From|To|Date|Subject|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|Reply-To|DKIM-Signature"
    rb"|Content-Type|ARC-Seal|X-[\w-]{2,40}):[ \t]",
    re.IGNORECASE | re.MULTILINE,
)
_ENVELOPE = re.compile(rb"^From \S+.*\d{4}\s*$", re.MULTILINE)
_SPLIT = re.compile(rb"(?:^|(?<=\n))From \S+[^\n]*\d{4}[^\n]*\r?\n(?=[\w-]+:)")
# A line that can begin a part; the line above a signature is none.
_BOUNDARY = re.compile(rb"^--(?![ \t\r\n]|[^\n]*--[ \t\r]*$)", re.MULTILINE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
# A plain part that has fewer of the HTML part's words only stands in for it ("use a program that shows HTML").
_SAME_WORDS = 0.6
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
        messages, most = _messages(source.raw), limit("messages")
        if len(messages) > most:
            beyond, todo = len(messages) - most, raised("messages", len(messages))
            source.leave_out(
                f"{most + 1}-", f"{beyond:,} messages beyond the first {most:,} were not read; {todo}", beyond
            )
        drafts: list[Draft] = []
        patience = Patience()
        for number, raw in enumerate(messages[:most], 1):
            if number > 1 and patience.is_over():
                patience.leave_out(source, "messages", number, min(most, len(messages)))
                break
            drafts.extend(_drafts(raw, str(number) if len(messages) > 1 else "", source))
        if not drafts:
            why = f" ({source.left_out[0].reason})" if source.left_out else "; save the attachment itself"
            raise ReadError(f"{source.name}: no message with words in it{why}")
        return tuple(drafts)


def _messages(raw: bytes) -> list[bytes]:
    if not raw.lstrip().startswith(b"From "):
        return [raw]
    return [part for part in _SPLIT.split(raw) if part.strip()]


def _drafts(raw: bytes, key: str, source: Source) -> Iterator[Draft]:
    """A message and those that were forwarded with it as attachments."""
    most = limit("message_mb") * 1_000_000
    if len(raw) > most:
        size = len(raw) // 1_000_000
        source.leave_out(key or "1", f"a message of {size} MB; {raised('message_mb', size + 1)}")
        return
    if b"boundary" in raw and (parts := len(_BOUNDARY.findall(raw))) > limit("parts"):
        why = f"a message of {parts:,} parts, more than {limit('parts'):,}; save its text as a file, or"
        source.leave_out(key or "1", f"{why} {raised('parts', parts)}")
        return
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    forwarded = list(_forwarded(message))
    draft = _draft(message, raw, key)
    if draft is not None:
        yield draft
    elif not forwarded:
        source.leave_out(key or "1", "a message without words; save what is attached as files")
    for number, (inner, own) in enumerate(forwarded, 1):
        place = f"{key}.{number}" if key else f"forwarded {number}"
        found = _draft(inner, own, place)
        if found is None:
            source.leave_out(place, "a forwarded message without words")
        else:
            # Its bytes stand somewhere within the message's.
            yield replace(found, loci=(Locus(span=Span(0, len(found.text)), start_byte=0, end_byte=len(raw)),))


def _forwarded(message: EmailMessage) -> Iterator[tuple[EmailMessage, bytes]]:
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, EmailMessage):
                yield inner, inner.as_bytes()
        elif _is_attached_message(part) and isinstance(raw := part.get_payload(decode=True), bytes):
            inner = message_from_bytes(raw, policy=default)
            if isinstance(inner, EmailMessage) and MailReader().sniff(raw[:4096], ""):
                yield inner, raw


def _is_attached_message(part: Message) -> bool:
    """A message that goes by another name, as some programs send it."""
    name = str(part.get_filename() or "").lower()
    return not part.is_multipart() and part.get_content_type() != "message/rfc822" and name.endswith(".eml")


def _draft(message: EmailMessage, raw: bytes, key: str) -> Draft | None:
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
        key=key,
        passages=(*passages, *_signature(text)),
        evidence=tuple(_evidence(message, subject)),
        loci=(Locus(span=Span(0, len(text)), start_byte=max(0, start), end_byte=len(raw)),),
        notes=tuple(_notes(message)),
    )


def _body(message: EmailMessage) -> tuple[str, bool] | None:
    """The words of the plain part, or of the HTML part where the plain one is empty or a stub; whether it is HTML.

    A message may be of several parts one behind the other, with pictures between them.
    """
    found = [body for part in _parts(message) if (body := _alternative(part)) is not None]
    if len(found) < 2:
        return found[0] if found else None
    if not any(is_markup for _, is_markup in found):
        return "\n\n".join(said for said, _ in found), False
    return "\n".join(said if is_markup else f"<pre>{escape(said)}</pre>" for said, is_markup in found), True


def _parts(message: Message) -> Iterator[Message]:
    """What stands one behind the other in a message; of a part that comes in several forms, all of them as one."""
    kind = message.get_content_type()
    if kind in ("multipart/mixed", "multipart/signed", "multipart/report"):
        for part in message.iter_parts() if isinstance(message, EmailMessage) else ():
            yield from _parts(part)
    elif kind.startswith("multipart/") or (
        kind.startswith("text/") and message.get_content_disposition() != "attachment" and not message.get_filename()
    ):
        yield message


def _alternative(message: Message) -> tuple[str, bool] | None:
    plain, rich = _part(message, "plain"), _part(message, "html")
    if rich is None:
        return None if plain is None else (plain, False)
    if plain is not None:
        told, meant = (set(re.findall(r"\w+", words.casefold())) for words in (plain, lay_out(None, rich, True)[0]))
        if len(told & meant) >= _SAME_WORDS * len(meant):
            return plain, False
    return rich, True


def _part(message: Message, kind: str) -> str | None:
    part = message.get_body(preferencelist=(kind,)) if isinstance(message, EmailMessage) else None
    raw = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(raw, bytes):
        return None
    try:
        return sound(decode(raw, "", part.get_content_charset()).text)
    except ReadError:
        # Bytes that no text has.
        return raw.decode("utf-8", "replace")


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
        told = next((value for field, value in message.raw_items() if field.lower() == name.lower()), None)
        return " ".join(str(make_header(decode_header(str(told)))).split()) or None if told else None
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError):
        return None


def _notes(message: EmailMessage) -> Iterator[str]:
    names = [
        part.get_filename() or "unnamed"
        for part in message.walk()
        if part.get_content_disposition() == "attachment"
        and part.get_content_type() != "message/rfc822"
        and not _is_attached_message(part)
    ]
    if names:
        yield f"attachments not read: {', '.join(sorted(names)[:10])}; save them as files to read them"
