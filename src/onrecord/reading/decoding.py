"""Raw bytes to text, with the encoding that was found and why."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import Any

from charset_normalizer import from_bytes

from onrecord.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What turns up in folders of reports and is none, and what to do with it.
_PACKED = (
    (b"\x1f\x8b", "a gzip file that is no web archive; unpack it and give what is in it"),
    (b"PK\x03\x04", "a zip archive that is no report; unpack it and give what is in it"),
    (b"Rar!", "a RAR archive; unpack it and give what is in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it and give what is in it"),
    (
        b"\xd0\xcf\x11\xe0",
        "an old or a locked Office file, or an Outlook message (.msg); save it as DOCX without a password, or as EML",
    ),
)
# What browsers take these names for: pages that say the first were written in the second.
_MEANT = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "l1": "cp1252",
    "ascii": "cp1252", "us-ascii": "cp1252", "x-sjis": "cp932", "shift_jis": "cp932", "shift-jis": "cp932",
    "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-9": "cp1254", "iso-8859-11": "cp874", "tis-620": "cp874",
    "ks_c_5601-1987": "cp949", "euc-kr": "cp949", "x-mac-roman": "mac_roman", "unicode": "utf-8", "utf8": "utf-8",
}  # fmt: skip
_BEYOND_ASCII = re.compile("[\x80-\ud7ff\ue000-\U0010ffff]")
_HALF = re.compile("[\ud800-\udfff]")
# Escaped, in bytes that UTF-8 does not allow, or in JSON of another encoding.
_MAY_BE_HALF = re.compile(rb"\\u[dD]|\xed[\xa0-\xbf]|\x00")
_SAMPLE_BYTES = 64_000
# Tab, line feed, vertical tab, form feed, carriage return, escape and substitute turn up in saved text.
_ODD_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and a note where the encoding had to be guessed."""

    text: str
    encoding: str
    note: str | None = None


def sound(words: str) -> str:
    """Words with U+FFFD in place of each half of a surrogate pair that stands alone: no encoding has one.

    Example:
        >>> sound("a\\ud83db")
        'a\ufffdb'
    """
    return _HALF.sub("\ufffd", words)


def load_json(raw: bytes) -> Any:
    """The value that bytes of JSON hold, its strings sound; raises ValueError or RecursionError as `json` does."""
    told = json.loads(raw)
    if not _MAY_BE_HALF.search(raw):
        return told
    whole = [told]
    waiting: list[Any] = [whole]
    while waiting:
        one = waiting.pop()
        for key, value in list(one.items() if isinstance(one, dict) else enumerate(one)):
            if isinstance(value, str):
                one[key] = sound(value)
            elif isinstance(value, dict | list):
                waiting.append(value)
    return whole[0]


def decode(raw: bytes, name: str, declared: str | None = None) -> Decoded:
    """Decode by byte order mark, then UTF-8, then what the file declares, then what its bytes look like.

    Raises ReadError for binary data. UTF-8 text is decoded as it is: not a character is changed.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, encoding, name)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(raw, name, declared)
    if looks_binary(raw):
        # Letters of two bytes each, of which every other one is zero, are valid UTF-8 too.
        if (wide := _wide(raw)) and (told := _try(raw, wide)) is not None:
            return Decoded(told, wide, f"decoded as {wide.upper()}, guessed from its bytes")
        raise _binary(raw, name)
    return Decoded(text, "utf-8")


def looks_binary(raw: bytes) -> bool:
    """Whether the first bytes hold more control characters than text has."""
    head = raw[:_SAMPLE_BYTES]
    return len(head) - len(head.translate(None, _ODD_CONTROLS)) > len(head) // 100


def _marked(raw: bytes, encoding: str, name: str) -> Decoded:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: broken {encoding.upper()} at byte {error.start}; save it again as UTF-8") from error
    return Decoded(text, encoding, f"decoded as {encoding.upper()} by its byte order mark")


def _guessed(raw: bytes, name: str, declared: str | None) -> Decoded:
    meant = _MEANT.get((declared or "").lower(), declared)
    for encoding in dict.fromkeys((meant, declared)):
        if encoding and (text := _try(raw, encoding)) is not None:
            return Decoded(text, encoding, f"decoded as {encoding} as the file declares")
    if (broken := _mostly_utf8(raw)) is not None:
        return broken
    wide = _wide(raw)
    if wide and (text := _try(raw, wide)) is not None:
        return Decoded(text, wide, f"decoded as {wide.upper()}, guessed from its bytes")
    if looks_binary(raw):
        raise _binary(raw, name)
    for encoding in (_likeliest(raw), "cp1252", "latin-1"):
        if (text := _try(raw, encoding)) is not None:
            return Decoded(text, encoding, f"decoded as {encoding}, guessed from its bytes: it is not UTF-8")
    raise _binary(raw, name)


def _mostly_utf8(raw: bytes) -> Decoded | None:
    """UTF-8 with fewer broken bytes than whole signs, each kept as half a surrogate pair until `sound` is asked."""
    text = raw.decode("utf-8", "surrogateescape")
    broken = len(_HALF.findall(text))
    if broken >= len(_BEYOND_ASCII.findall(text)) or looks_binary(raw):
        return None
    return Decoded(text, "utf-8", f"{broken} bytes are not UTF-8 as the others are; each stands as one unknown sign")


def _likeliest(raw: bytes) -> str:
    """The encoding its letters speak for; of equals the Western one, in which most English pages were saved."""
    found = list(
        from_bytes(raw[:_SAMPLE_BYTES], cp_isolation=["cp1252", "iso8859_15", "cp1250", "cp1251", "mac_roman"])
    )
    least = min((match.chaos for match in found), default=0.0)
    western = any(match.encoding == "cp1252" and match.chaos <= least for match in found)
    return "cp1252" if western or not found else found[0].encoding


def _wide(raw: bytes) -> str | None:
    head = raw[:_SAMPLE_BYTES]
    half = max(1, len(head) // 2)
    if head[1::2].count(0) > half * 0.7:
        return "utf-16-le"
    if head[0::2].count(0) > half * 0.7:
        return "utf-16-be"
    return None


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (ValueError, LookupError):
        return None


def _binary(raw: bytes, name: str) -> ReadError:
    found = next((told for mark, told in _PACKED if raw.startswith(mark)), None)
    return ReadError(f"{name}: {found or 'binary data in no format known here; convert it to text, HTML or PDF'}")
