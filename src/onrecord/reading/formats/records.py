"""JSON and JSON lines of other tools: news APIs, Media Cloud, Event Registry, GDELT's quotation graph, our own"
" lines."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from onrecord.datamodel.report import Evidence, Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import load_json
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.record_limits import limit, raised
from onrecord.reading.markup.fragment import lay_out, looks_like_markup
from onrecord.reading.reader import Gives

_TEXT = ("text", "body", "content", "articleBody", "article_text", "maintext", "full_text", "plain_text", "story_text",
         "article", "article_body", "fulltext", "story")  # fmt: skip
_TITLE = ("title", "headline", "name")
_DATE = ("published", "publish_date", "published_at", "publishedAt", "date_publish", "datePublished", "dateTimePub",
         "dateTime", "pubDate", "published_date", "publication_date", "date", "created_at")  # fmt: skip
_OUTLET = ("outlet", "source", "media_name", "publisher", "source_domain", "domain", "site", "site_name", "source_name")
_AUTHOR = ("author", "authors", "byline", "creator")
_URL = ("url", "link", "uri", "sourceUrl")
_LISTS = ("articles", "results", "stories", "items", "data", "reports", "docs")
# One JSON value takes many times its size in memory; JSON lines are taken one by one.
_MAX_WHOLE = 30_000_000


class RecordsReader:
    """One item a record that holds a text; of a quotation graph, the quotes with the words around them."""

    gives = Gives(name="json", endings=("json", "jsonl", "ndjson"), date=True, author=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """An object or a list of objects."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return (start[:1] == b"{" and b'"' in start[:200]) or (start[:1] == b"[" and start[1:].lstrip()[:1] == b"{")

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a record; raises ReadError where no record holds words under a name known here."""
        drafts = drafts_of(_records(source), source)
        if not drafts:
            raise ReadError(
                f'{source.name}: JSON without reports in it; give each record "text", "title", "date" and "url"'
            )
        return drafts


Placed = tuple[Mapping[str, Any], tuple[int, int]]


def drafts_of(records: Iterator[Placed], source: Source, reader: str = "json") -> tuple[Draft, ...]:
    """One item a record that holds words; every other record is counted in the source."""
    most, taken, beyond = limit("records"), [], 0
    for number, (one, place) in enumerate(records, 1):
        if number > most:
            beyond += 1
            continue
        drafted = _draft(one, place, number)
        if isinstance(drafted, Draft):
            taken.append(replace(drafted, reader=reader))
        else:
            source.leave_out(str(one.get("id") or number)[:60], drafted)
    if beyond:
        todo = raised("records", most + beyond)
        key = f"{most + 1}-{most + beyond}"
        source.leave_out(key, f"{beyond:,} records beyond the first {most:,} were not read; {todo}", beyond)
    return tuple(taken)


def _records(source: Source) -> Iterator[tuple[Mapping[str, Any], tuple[int, int]]]:
    """Records and their bytes: of JSON lines the line, else the whole file."""
    whole = (0, len(source.raw))
    if len(source.raw) > _MAX_WHOLE:
        yield from _lines(source)
        return
    try:
        told = load_json(source.raw)
    except (ValueError, RecursionError):
        yield from _lines(source)
        return
    for record in _unwrap(told):
        yield record, whole


def _lines(source: Source) -> Iterator[tuple[Mapping[str, Any], tuple[int, int]]]:
    at = 0
    # Line by line: all of them at once are the file a second time.
    first = islice(io.BytesIO(source.raw), 20)
    several = any(line.lstrip()[:1] == b"{" and line.rstrip()[-1:] == b"}" for line in first)
    for number, line in enumerate(io.BytesIO(source.raw), 1):
        start, at = at, at + len(line)
        if not line.strip():
            continue
        try:
            told = load_json(line)
        except (ValueError, RecursionError):
            # Lines of one broken document are no records.
            if several:
                source.leave_out(f"line {number}", "a line that is no valid JSON; correct it")
            continue
        for record in _unwrap(told):
            yield record, (start, at)


def _unwrap(told: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """Records in a list, however deep the answer of an API wraps it (two levels at most)."""
    if isinstance(told, list):
        for each in told:
            if isinstance(each, dict):
                yield from _unwrap(each, depth)
    elif isinstance(told, dict):
        inner = [told[key] for key in _LISTS if isinstance(told.get(key), list | dict)]
        if inner and depth < 3 and not any(isinstance(told.get(key), str) for key in _TEXT):
            for each in inner:
                yield from _unwrap(each, depth + 1)
        else:
            yield told


def _draft(record: Mapping[str, Any], place: tuple[int, int], number: int) -> Draft | str:
    """A record's item, or why it gives none."""
    quotes = record.get("quotes")
    excerpts = isinstance(quotes, list) and any(isinstance(one, dict) and one.get("quote") for one in quotes)
    body = _quoted(quotes) if excerpts and isinstance(quotes, list) else _words(record)
    if not body.strip():
        return "a record without a text under a name known here"
    if len(body) > limit("record_chars"):
        return f"a text of {len(body):,} characters; {raised('record_chars', len(body))}"
    title = _first(record, _TITLE)
    # Our own lines hold the headline in the text already, and offsets count into it.
    ours = isinstance(record.get("attributions"), list)
    text, passages = (body, ()) if ours else lay_out(title, body, looks_like_markup(body))
    return Draft(
        text=text,
        sha256=hashlib.sha256(json.dumps([title, text, _first(record, _URL)]).encode()).hexdigest(),
        reader="json",
        key=str(record.get("id") or number)[:60],
        passages=passages,
        evidence=tuple(_evidence(record, title)),
        loci=(Locus(span=Span(0, len(text)), start_byte=place[0], end_byte=place[1]),),
        notes=_excerpted(quotes) if excerpts and isinstance(quotes, list) else (),
        truncated=excerpts,
    )


def _excerpted(quotes: list[Any]) -> tuple[str, ...]:
    told, most = "excerpts around quotations, not the whole report", limit("quotes")
    if len(quotes) <= most:
        return (told,)
    return (told, f"only the first {most} of {len(quotes):,} quotations were read; {raised('quotes', len(quotes))}")


def known_columns(names: list[str]) -> bool:
    """Whether a table's columns are those of articles: a text, and something that tells of it."""
    told = set(names)
    beside = {*_TITLE, *_DATE, *_OUTLET, *_AUTHOR, *_URL}
    return bool(told & set(_TEXT)) and bool(told & beside)


def _quoted(quotes: list[Any]) -> str:
    """A quotation graph keeps some words before and after each quote."""
    said = []
    for one in quotes[: limit("quotes")]:
        if isinstance(one, dict) and isinstance(one.get("quote"), str):
            before, after = str(one.get("pre") or "").strip(), str(one.get("post") or "").strip()
            said.append(" ".join(part for part in (before, f"“{one['quote'].strip()}”", after) if part))
    return "\n\n".join(said)


def _words(record: Mapping[str, Any]) -> str:
    found = [str(record[key]) for key in _TEXT if isinstance(record.get(key), str)]
    return max(found, key=len, default="")


def _first(record: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    for name in names:
        value = _plain(record.get(name))
        if value:
            return value
    return None


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("title") or value.get("name") or value.get("uri") or value.get("url")
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for one in value[:20] if (name := _plain(one))))
    return " ".join(value.split())[:600] if isinstance(value, str) else ""


def _evidence(record: Mapping[str, Any], title: str | None) -> Iterator[Evidence]:
    values = {
        "headline": title, "outlet": _first(record, _OUTLET), "byline": _first(record, _AUTHOR),
        "url": _first(record, _URL),
        "language": _first(record, ("language", "lang")),
    }  # fmt: skip
    for field, value in values.items():
        if value:
            yield Evidence(field=field, value=value, found_in="item")
    for name in _DATE:
        told = record.get(name)
        if isinstance(told, str) and (at := read_date(told)):
            yield Evidence(field="published", value=at.isoformat(), found_in="item")
            return
