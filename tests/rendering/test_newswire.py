"""A brief as a news item: held to the parts of IPTC's schemas that it uses, restated here, and read back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import etree
from tests.rendering.test_exchange import RECORDS

import onrecord
from onrecord.errors import UsageError
from onrecord.rendering.brief import brief
from onrecord.rendering.exchange.newswire import newsml, ninjs
from onrecord.rendering.exchange.newswire.body import XHTML, place_of

NAR = f"{{{newsml.NAR}}}"
_TEXT = {"type": "string"}
_URI = {"type": "string", "format": "uri", "pattern": "^[a-z][a-z0-9+.-]*:"}
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$"}


def _list(needed: tuple[str, ...] = (), **fields: Any) -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "object", "additionalProperties": False, "required": list(needed), "properties": fields},
    }


_WORDS = {"role": _TEXT, "contentType": _TEXT, "value": _TEXT}
_OBJECT: dict[str, Any] = {
    "uri": _URI,
    "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]},
    "representationType": {"enum": ["full", "partial"]},
    "profile": _TEXT,
    "version": _TEXT,
    "versionCreated": _TIME,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "language": _TEXT,
    "title": _TEXT,
    "by": _TEXT,
    "descriptions": _list(("value",), **_WORDS),
    "headlines": _list(("value",), **_WORDS),
    "bodies": _list(("value",), **_WORDS, charCount={"type": "integer"}, wordCount={"type": "integer"}),
    "people": _list(name=_TEXT, rel=_TEXT, uri=_URI, literal=_TEXT),
    "organisations": _list(name=_TEXT, rel=_TEXT, uri=_URI, literal=_TEXT),
    "infoSources": _list(name=_TEXT, role=_TEXT, uri=_URI, literal=_TEXT),
    "altIds": _list(role=_TEXT, value=_TEXT),
    "renditions": _list(("name",), name=_TEXT, href=_URI, contentType=_TEXT),
    "standard": {
        "type": "object",
        "additionalProperties": False,
        "properties": {"name": _TEXT, "version": _TEXT, "schema": _URI},
    },
}
# The fields of ninjs 3.0 that are used here, as its schema has them; it lets no other field be.
NINJS: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "properties": {**_OBJECT, "associations": _list(("name", "uri"), **_OBJECT, name=_TEXT, rel=_TEXT)},
}


@pytest.fixture(scope="module")
def story() -> onrecord.Story:
    """Two reports, one of them undated, with words that XML cannot hold."""
    told = onrecord.tell(RECORDS, name="the ferry: Monday", tagger="rules")
    return replace(told, title="The ferry <b>& \x07 Monday</b>")


def _validator() -> Any:
    library = pytest.importorskip("jsonschema", reason="jsonschema is not installed (pip install jsonschema)")
    return library.Draft202012Validator(NINJS)


def test_a_news_object_holds_to_ninjs(story: onrecord.Story) -> None:
    told = json.loads(ninjs.render(story))
    assert [one.message for one in _validator().iter_errors(told)] == []
    assert told["title"] == "The ferry <b>& ⟨U+0007⟩ Monday</b>"
    assert [{one["role"]: one["value"] for one in held["altIds"]} for held in told["associations"]] == [
        {"sha256": one.sha256, "report": one.id} for one in story.reports
    ]
    assert not _validator().is_valid({**told, "verdict": "true"}) and not _validator().is_valid({"title": "no uri"})


def _quotations(body: etree._Element, story: onrecord.Story) -> list[str]:
    """The quoted words, each held against the characters of the report that it names."""
    names = {f"urn:onrecord:the ferry: Monday:report:{one.id}": one for one in story.reports}
    found = []
    for one in body.iter(f"{{{XHTML}}}blockquote"):
        name, _, fragment = str(one.get("cite")).partition("#")
        text = names[unquote(name)].text
        spans = [piece.removeprefix("char=").split(",") for piece in fragment.split("&")]
        words = " … ".join(text[int(start) : int(end)] for start, end in spans)
        assert "".join(str(part) for part in one.itertext()).split() == words.split()
        found.append(words)
    return found


def test_every_quotation_stands_where_it_says(story: onrecord.Story) -> None:
    body = etree.fromstring(json.loads(ninjs.render(story))["bodies"][0]["value"])
    found = _quotations(body, story)
    view = brief(story)
    items = [item for claim in (*view.claims, *view.minor) for item in claim.exhibits]
    assert len(found) == len(items) > 0
    assert {one.get("cite") for one in body.iter(f"{{{XHTML}}}blockquote")} == {place_of(story, item) for item in items}
    page = etree.tostring(body, encoding="unicode")
    assert all(one.sha256 in page for one in story.reports) and "<b>" not in page


# The order in which NewsML-G2 has the elements that are used here, and the attributes that each may have.
ITEM = ("catalogRef", "itemMeta", "contentMeta", "contentSet")
ITEM_META = ("itemClass", "provider", "versionCreated", "pubStatus", "generator", "title", "link")
CONTENT_META = ("infoSource", "language", "subject", "headline", "description")
ATTRIBUTES = {
    "newsItem": {"guid", "version", "standard", "standardversion", "conformance", "lang"},
    "catalogRef": {"href"},
    "itemClass": {"qcode"},
    "provider": {"literal"},
    "pubStatus": {"qcode"},
    "generator": {"versioninfo"},
    "link": {"rel", "residref", "href"},
    "infoSource": {"literal"},
    "language": {"tag"},
    "subject": {"type", "uri"},
    "description": {"role"},
    "inlineXML": {"contenttype"},
}


def _in_order(parent: etree._Element, wanted: tuple[str, ...]) -> None:
    names = [etree.QName(one).localname for one in parent]
    assert names == sorted(names, key=wanted.index)


def test_a_news_item_holds_to_newsml_g2(story: onrecord.Story) -> None:
    item = etree.fromstring(newsml.render(story))
    assert item.tag == f"{NAR}newsItem"
    _in_order(item, ITEM)
    meta, content = item[1], item[2]
    _in_order(meta, ITEM_META)
    _in_order(content, CONTENT_META)
    for one in item.iter(f"{NAR}*"):
        name = etree.QName(one).localname
        assert {etree.QName(key).localname for key in one.attrib} <= ATTRIBUTES.get(name, set()), name
    assert {"guid", "version", "standard", "standardversion"} <= set(item.attrib)
    assert meta.findtext(f"{NAR}versionCreated") == "2031-03-07T23:59:59Z"
    assert [one.get("href") for one in meta.findall(f"{NAR}link")] == ["https://quay.example/ferry", None]
    assert _quotations(item, story)


def test_no_address_becomes_a_script(story: onrecord.Story) -> None:
    hostile = replace(story, reports=tuple(replace(one, url="javascript:alert(1)//https://x") for one in story.reports))
    assert "javascript:" not in ninjs.render(hostile) and b"javascript:" not in newsml.render(hostile)


def test_what_has_no_date_is_no_news_item(story: onrecord.Story) -> None:
    undated = replace(story, reports=tuple(replace(one, published=None) for one in story.reports))
    with pytest.raises(UsageError, match=r"no report with a date · story the ferry: Monday · .*--as-of"):
        newsml.render(undated)
    assert "versionCreated" not in json.loads(ninjs.render(undated))


def test_newsmlg2_reads_the_item(story: onrecord.Story) -> None:
    library = pytest.importorskip("NewsMLG2", reason="newsmlg2 is not installed (pip install newsmlg2)")
    item = library.NewsMLG2Document(newsml.render(story)).get_item()
    assert item.itemmeta.itemclass.qcode == "ninat:text"
    assert str(item.itemmeta.versioncreated) == "2031-03-07T23:59:59Z"
    assert str(item.contentmeta.headline[0]) == "The ferry <b>& ⟨U+0007⟩ Monday</b>"
