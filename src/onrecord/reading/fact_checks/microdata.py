"""ClaimReview as microdata in a page's markup to the nodes that JSON-LD would write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree, html

_KIND = "ClaimReview"
_MOST_ITEMS = 200
_MOST_DEPTH = 20
_MOST_VALUES = 20
_VALUES = {"meta": "content", "time": "datetime", "data": "value", "meter": "value"}
_ADDRESSES = {"a": "href", "link": "href", "area": "href", "img": "src"}
Json = dict[str, Any]


def claim_review_nodes(source: str) -> list[Json]:
    """The ClaimReview items of a page; none where its markup cannot be parsed."""
    if _KIND not in source or "itemtype" not in source:
        return []
    try:
        root = html.document_fromstring(source.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return []
    found = [one for one in root.iter() if _is_item(one) and _KIND in _kinds(one)]
    return [_node(one, 0) for one in found[:_MOST_ITEMS]]


def _is_item(element: Any) -> bool:
    return isinstance(element.tag, str) and element.get("itemscope") is not None


def _kinds(element: Any) -> list[str]:
    return [one.rstrip("/").rpartition("/")[2] for one in (element.get("itemtype") or "").split()]


def _node(item: Any, depth: int) -> Json:
    """An item's properties; those of an item within it are its own."""
    kinds = _kinds(item)
    told: Json = {"@type": kinds[0]} if kinds else {}
    values: dict[str, list[Any]] = {}
    for element in _own(item):
        inner = _node(element, depth + 1) if _is_item(element) and depth < _MOST_DEPTH else None
        for name in element.get("itemprop").split():
            value = _value(element, name) if inner is None else inner
            held = values.setdefault(name, [])
            if len(held) < _MOST_VALUES:
                held.append(value)
    return {**told, **{name: held[0] if len(held) == 1 else held for name, held in values.items()}}


def _own(item: Any) -> Iterator[Any]:
    """The elements with a property of an item, not those inside another item."""
    waiting = list(item)[::-1]
    while waiting:
        one = waiting.pop()
        if not isinstance(one.tag, str):
            continue
        if one.get("itemprop"):
            yield one
        if not _is_item(one):
            waiting.extend(list(one)[::-1])


def _value(element: Any, name: str) -> str:
    """A property's value; a link that names somebody is read by its words, not by its address."""
    address = None if name == "name" else _ADDRESSES.get(element.tag)
    for key in (_VALUES.get(element.tag), "content", address):
        if key and (told := element.get(key)) is not None:
            return str(told)
    return " ".join("".join(element.itertext()).split())
