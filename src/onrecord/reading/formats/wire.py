"""News agencies' own formats: ninjs and NewsML-G2, with what they say about withdrawal."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.datamodel.report import STATUS, Evidence, Locus, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.dates import read_date
from onrecord.reading.decoding import load_json
from onrecord.reading.draft import Draft, Source
from onrecord.reading.limits.guarding import parse_xml
from onrecord.reading.markup.fragment import lay_out, looks_like_markup
from onrecord.reading.reader import Gives

_WITHDRAWN = {
    "canceled": "killed",
    "cancelled": "killed",
    "withheld": "withheld",
    "stat:canceled": "killed",
    "stat:withheld": "withheld",
}


class NinjsReader:
    """News in JSON, as agencies send it."""

    gives = Gives(name="ninjs", endings=("json",), date=True, author=True, max_mb=20)

    def sniff(self, head: bytes, name: str) -> bool:
        """An object with ninjs' own names."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        own = (
            b'"versioncreated"', b'"body_html"', b'"body_text"', b'"pubstatus"', b'"bodies"',
            b'"versionCreated"', b'"pubStatus"', b'"headlines"', b'"infoSources"', b'"firstCreated"', b'"ninjs"',
        )  # fmt: skip
        return start[:1] == b"{" and b'"uri"' in start and any(sign in start for sign in own)

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item; raises ReadError for broken JSON or an item without words."""
        try:
            told = load_json(source.raw)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{source.name}: ninjs that is no valid JSON; ask for the item again") from error
        if not isinstance(told, dict):
            raise ReadError(f"{source.name}: ninjs without an item; ask for the item again")
        # Version 1 writes names in small letters, version 2 mixes, version 3 writes them as "bodyText".
        told = {re.sub(r"[_-]", "", name).lower(): value for name, value in told.items()}
        status = str(told.get("pubstatus") or "")
        return (_item(_ninjs_values(told), _ninjs_body(told), status, source, "ninjs"),)


def _ninjs_values(told: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "headline": told.get("headline") or _chosen(told.get("headlines"), ("main", "")),
        "byline": told.get("byline") or told.get("by") or _names(told.get("authors") or told.get("bylines")),
        "outlet": told.get("source") or told.get("provider") or _names(told.get("infosources"), ("provider", "source"))
        or told.get("copyrightholder"),
        "url": told.get("uri"), "language": told.get("language"),
        "published": told.get("firstcreated") or told.get("versioncreated"),
    }  # fmt: skip


class NewsmlReader:
    """NewsML-G2: the XML envelope of the agencies, with XHTML, NITF or plain words inside."""

    gives = Gives(name="newsml", endings=("xml",), date=True, author=True, max_mb=20, apart=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """Its namespace, or its elements."""
        head = head.replace(b"\x00", b"")
        return b"iptc.org/std/nar" in head or b"<newsItem" in head or b"<newsMessage" in head

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a newsItem; raises ReadError for broken XML, declared entities, or no item with words."""
        root = parse_xml(source.raw, source.name)
        items = [one for one in root.iter() if _local(one) == "newsItem"]
        drafts = [draft for one in items if (draft := _newsml(one, source, len(items) > 1))]
        if not drafts:
            raise ReadError(f"{source.name}: NewsML without a story in it; ask for the item again")
        return tuple(drafts)


def _ninjs_body(told: Mapping[str, Any]) -> str:
    """The body, or the description where an item carries no more."""
    for name in ("bodyhtml", "bodyxhtml", "bodytext"):
        if isinstance(told.get(name), str) and told[name].strip():
            return str(told[name])
    for name in ("bodies", "descriptions"):
        if body := _chosen(told.get(name), ("main", "text", "")):
            return body
    for name in ("descriptiontext", "descriptionhtml", "description"):
        if isinstance(told.get(name), str):
            return str(told[name])
    return ""


def _chosen(value: Any, roles: tuple[str, ...]) -> str | None:
    """The value of the entry with the first role that there is, else of the first entry that has one."""
    entries = [one for one in value if isinstance(one, dict) and one.get("value")] if isinstance(value, list) else []
    for role in roles:
        if (found := next((one for one in entries if str(one.get("role") or "").lower() == role), None)) is not None:
            return str(found["value"])
    return str(entries[0]["value"]) if entries else None


def _names(value: Any, roles: tuple[str, ...] = ()) -> str | None:
    """The names in a list of people or sources, those with one of the roles first of all."""
    entries = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    own = [one for one in entries if str(one.get("role") or "").lower() in roles] or entries
    names = [str(one.get("name") or one.get("value") or "").strip() for one in own[:20]]
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _newsml(item: Any, source: Source, several: bool) -> Draft | None:
    from lxml import etree

    found: dict[str, str] = {}
    body, status = "", ""
    for one in item.iter():
        name = _local(one)
        said = " ".join("".join(one.itertext()).split())[:600] if name in ("headline", "by", "creditline") else ""
        if said:
            found.setdefault(name, said)
        elif name in ("versionCreated", "firstCreated", "contentCreated") and one.text:
            found.setdefault(name, one.text.strip())
        elif name == "pubStatus":
            status = str(one.get("qcode") or "")
        elif name in ("inlineXML", "inlineData") and not body:
            body = (
                etree.tostring(one, encoding="unicode", with_tail=False)
                if name == "inlineXML"
                else "".join(one.itertext())
            )
    if not body.strip() and "headline" not in found:
        return None
    values = {
        "headline": found.get("headline"), "byline": found.get("by"), "outlet": found.get("creditline"),
        "url": item.get("guid"),
        "published": found.get("firstCreated") or found.get("contentCreated") or found.get("versionCreated"),
    }  # fmt: skip
    return _item(values, body, status, source, "newsml", str(item.get("guid") or "") if several else "")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _item(values: Mapping[str, Any], body: str, status: str, source: Source, reader: str, key: str = "") -> Draft:
    text, passages = lay_out(str(values.get("headline") or ""), body, looks_like_markup(body))
    withdrawn = _WITHDRAWN.get(status.lower())
    if not text.strip():
        raise ReadError(f"{source.name}: a wire item without words; ask for the item again")
    notes = [f"the agency has {withdrawn} this item: it asks not to use it"] if withdrawn else []
    if withdrawn and passages:
        passages = (Passage(span=passages[0].span, part=Part.WITHDRAWAL), *passages[1:])
    elif withdrawn:
        passages = (Passage(span=Span(0, len(text.partition("\n")[0]) or 1), part=Part.WITHDRAWAL),)
    return Draft(
        text=text, sha256=hashlib.sha256(key.encode() + source.raw).hexdigest(), reader=reader, key=key[-60:],
        passages=passages, evidence=(*_evidence(values), *_status(withdrawn)), notes=tuple(notes),
        loci=(Locus(span=Span(0, len(text)), start_byte=0, end_byte=len(source.raw)),),
    )  # fmt: skip


def _status(withdrawn: str | None) -> Iterator[Evidence]:
    if withdrawn:
        yield Evidence(field=STATUS, value=withdrawn, found_in="item")


def _evidence(values: Mapping[str, Any]) -> Iterator[Evidence]:
    for field in ("headline", "byline", "outlet", "url", "language"):
        value = values.get(field)
        if isinstance(value, str) and value.strip():
            yield Evidence(field=field, value=" ".join(value.split())[:600], found_in="item")
    told = values.get("published")
    if isinstance(told, str) and (at := read_date(told)):
        yield Evidence(field="published", value=at.isoformat(), found_in="item")
