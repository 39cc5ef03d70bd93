"""RSS, Atom and JSON Feed: each entry an item."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.datamodel.report import Evidence, Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import decode, load_json
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.record_limits import LIMITS, limit, raised
from onrecord.reading.markup.attribute_floods import MOST, most_attributes
from onrecord.reading.markup.fragment import lay_out, looks_like_markup
from onrecord.reading.reader import Gives

_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?P<tag>item|entry)(?:\s[^>]*)?>.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
_STUB = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|read more|continue reading)\W*$", re.IGNORECASE)
_MAX_TAGS = 80_000
Place = tuple[int, int]


class FeedReader:
    """A feed's entries; broken XML is read as far as it goes, and said."""

    gives = Gives(name="feed", endings=("rss", "xml", "atom", "json"), date=True, author=True, max_mb=5, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """The root element of a feed, or JSON Feed's version address."""
        start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        if start[:1] == b"{":
            return b"jsonfeed.org/version" in start
        return start[:1] == b"<" and bool(_XML.search(start)) and b"<html" not in start.lower()

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item an entry; raises ReadError for a feed without entries or with declared entities."""
        if source.raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
            drafts = list(_json_entries(source))
        else:
            drafts = list(_xml_entries(source))
        if not drafts:
            raise ReadError(f"{source.name}: a feed without entries that hold words; fetch it again")
        return tuple(drafts)


def _xml_entries(source: Source) -> Iterator[Draft]:
    raw, width = _as_utf8(source)
    if b"<!ENTITY" in raw:
        raise ReadError(
            f"{source.name}: a feed that declares entities, which can unfold without end; remove its DOCTYPE"
        )
    entries, most = raw.count(b"<item") + raw.count(b"<entry"), limit("entries")
    if entries > most:
        todo = f"ask for fewer, or {raised('entries', entries)}"
        raise ReadError(f"{source.name}: a feed of {entries:,} entries, more than {most:,}; {todo}")
    if raw.count(b"<") > max(_MAX_TAGS, most * _MAX_TAGS // LIMITS["entries"].most):
        raise ReadError(f"{source.name}: a feed of more than {_MAX_TAGS:,} tags; ask for fewer entries")
    if (attributes := most_attributes(raw)) > MOST:
        raise ReadError(
            f"{source.name}: a feed with a tag of {attributes:,} attributes, more than {MOST:,}; "
            "ask whoever makes it for a plain one"
        )
    import feedparser

    told = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    outlet = told.feed.get("title")
    found = [(one.start(), one.end()) for one in _ENTRY.finditer(raw)]
    if width is not None:
        # Places are told in the bytes as they came: two or four for each sign.
        found = [(_wide_place(raw, start, width), _wide_place(raw, end, width)) for start, end in found]
    # Where the parser counts otherwise, as in broken XML, no entry is said to stand anywhere.
    places = found if len(found) == len(told.entries) else []
    notes = ("the feed's XML is broken; it was read as far as it goes",) if told.get("bozo") else ()
    for number, entry in enumerate(told.entries[:most], 1):
        contents = [one["value"] for one in entry.get("content") or [] if one.get("value")]
        body = max([*contents, entry.get("summary") or ""], key=len)
        values = {
            "title": entry.get("title"), "byline": entry.get("author"), "url": entry.get("link"),
            "published": entry.get("published") or entry.get("updated"), "outlet": outlet,
            # The plain lookup: feedparser's own stands in for a missing time with the other one, and warns of it.
            "guid": entry.get("id"), "updated": dict.get(entry, "updated"),
        }  # fmt: skip
        place = places[number - 1] if number <= len(places) else None
        yield _entry(values, body, not contents, number, (notes, place))


def _as_utf8(source: Source) -> tuple[bytes, str | None]:
    """The feed's bytes in UTF-8, and the wide encoding in which they came, if they did."""
    raw = source.raw
    if b"\x00" not in raw[:200]:
        return raw, None
    decoded = decode(raw, source.name)
    text = re.sub(r"^(\ufeff?<\?xml[^>]{0,200}?)\s+encoding=(?:\"[^\"]*\"|'[^']*')", r"\1", decoded.text, count=1)
    text = text.lstrip("\ufeff")
    order = "-le" if raw[:2] == b"\xff\xfe" else "-be" if raw[:2] in (b"\xfe\xff", b"\x00\x00") else ""
    wide = decoded.encoding if decoded.encoding.endswith(("-le", "-be")) else f"{decoded.encoding}{order}"
    # What was taken out of the declaration is counted again by its end.
    return text.encode("utf-8", "surrogatepass"), f"{wide} {len(raw)}"


def _wide_place(raw: bytes, at: int, width: str) -> int:
    """A place in the UTF-8 form as one in the wide form, counted from the end: only the beginning was changed."""
    encoding, _, total = width.partition(" ")
    return int(total) - len(raw[at:].decode("utf-8", "surrogatepass").encode(encoding, "surrogatepass"))


def _json_entries(source: Source) -> Iterator[Draft]:
    try:
        told = load_json(source.raw)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{source.name}: a JSON Feed that is no valid JSON; fetch it again") from error
    items = told.get("items") if isinstance(told, dict) else None
    items, most = items if isinstance(items, list) else [], limit("entries")
    if len(items) > most:
        beyond, todo = len(items) - most, raised("entries", len(items))
        source.leave_out(f"{most + 1}-", f"{beyond:,} entries beyond the first {most:,} were not read; {todo}", beyond)
    for number, item in enumerate(items[:most], 1):
        if not isinstance(item, dict):
            source.leave_out(str(number), "an entry that is no object")
            continue
        body = item.get("content_html") or item.get("content_text") or item.get("summary") or ""
        authors = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
        values = {
            "title": item.get("title"), "url": item.get("url"), "published": item.get("date_published"),
            "outlet": told.get("title"), "guid": item.get("id"), "updated": item.get("date_modified"),
            "byline": ", ".join(str(one["name"]) for one in authors or [] if isinstance(one, dict) and one.get("name")),
        }  # fmt: skip
        summary = not (item.get("content_html") or item.get("content_text"))
        yield _entry(values, str(body), summary, number, ((), (0, len(source.raw))))


def _entry(
    values: Mapping[str, Any], body: str, summary: bool, number: int, known: tuple[tuple[str, ...], Place | None]
) -> Draft:
    notes, place = known
    text, passages = lay_out(str(values.get("title") or ""), body, looks_like_markup(body))
    stub = bool(_STUB.search(text)) or (summary and len(text) < 600)
    return Draft(
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        reader="feed",
        key=str(number),
        passages=passages,
        evidence=tuple(_evidence(values)),
        loci=(Locus(span=Span(0, len(text)), start_byte=place[0], end_byte=place[1]),) if place and text else (),
        notes=(*notes, *(("the feed carries only the beginning; read the page itself",) if stub else ())),
        truncated=stub,
    )


def _evidence(values: Mapping[str, Any]) -> Iterator[Evidence]:
    named = {
        "headline": values.get("title"),
        "byline": values.get("byline"),
        "url": values.get("url"),
        "outlet": values.get("outlet"),
        "guid": values.get("guid"),
    }
    for field, value in named.items():
        # A guid that is words stands for a link where an item has none; it leads nowhere.
        if isinstance(value, str) and value.strip() and (field != "url" or " " not in value.strip()):
            yield Evidence(field=field, value=" ".join(value.split())[:600], found_in="feed")
    for field in ("published", "updated"):
        told = values.get(field)
        if isinstance(told, str) and (at := read_date(told)):
            yield Evidence(field=field, value=at.isoformat(), found_in="feed")
