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
from onrecord.reading.decoding import load_json
from onrecord.reading.draft import Draft, Source
from onrecord.reading.markup.fragment import lay_out, looks_like_markup
from onrecord.reading.reader import Gives

_XML = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_ENTRY = re.compile(rb"<(?P<tag>item|entry)(?:\s[^>]*)?>.*?</(?P=tag)\s*>", re.DOTALL | re.IGNORECASE)
_STUB = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|read more|continue reading)\W*$", re.IGNORECASE)
_MAX_ENTRIES = 2_000
_MAX_TAGS = 80_000
Place = tuple[int, int]


class FeedReader:
    """A feed's entries; broken XML is read as far as it goes, and said."""

    gives = Gives(name="feed", endings=("rss", "xml", "atom", "json"), date=True, author=True, max_mb=5, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """The root element of a feed, or JSON Feed's version address."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
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
    if b"<!ENTITY" in source.raw:
        raise ReadError(
            f"{source.name}: a feed that declares entities, which can unfold without end; remove its DOCTYPE"
        )
    entries = source.raw.count(b"<item") + source.raw.count(b"<entry")
    if entries > _MAX_ENTRIES:
        raise ReadError(f"{source.name}: a feed of {entries:,} entries, more than {_MAX_ENTRIES:,}; ask for fewer")
    if source.raw.count(b"<") > _MAX_TAGS:
        raise ReadError(f"{source.name}: a feed of more than {_MAX_TAGS:,} tags; ask for fewer entries")
    import feedparser

    told = feedparser.parse(io.BytesIO(source.raw), sanitize_html=False, resolve_relative_uris=False)
    outlet = told.feed.get("title")
    found = [(one.start(), one.end()) for one in _ENTRY.finditer(source.raw)]
    # Where the parser counts otherwise, as in broken XML, no entry is said to stand anywhere.
    places = found if len(found) == len(told.entries) else []
    notes = ("the feed's XML is broken; it was read as far as it goes",) if told.get("bozo") else ()
    for number, entry in enumerate(told.entries[:_MAX_ENTRIES], 1):
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


def _json_entries(source: Source) -> Iterator[Draft]:
    try:
        told = load_json(source.raw)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"{source.name}: a JSON Feed that is no valid JSON; fetch it again") from error
    items = told.get("items") if isinstance(told, dict) else None
    for number, item in enumerate((items if isinstance(items, list) else [])[:_MAX_ENTRIES], 1):
        if not isinstance(item, dict):
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
