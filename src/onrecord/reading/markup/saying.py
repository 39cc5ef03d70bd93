"""What a page says about itself to candidates with their evidence: JSON-LD, meta tags, times, address."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from onrecord.datamodel.report import Evidence
from onrecord.reading.dates import read_date
from onrecord.reading.markup.scan import Page
from onrecord.reading.revising import site

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date", "sailthru.date",
    "article.published", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate", "publishdate",
    "publish-date", "publication_date", "citation_publication_date", "cxenseparse:recs:publishtime", "displaydate",
)  # fmt: skip
_OUTLET = ("og:site_name", "application-name", "article:publisher", "dc.publisher", "publisher", "twitter:site")
_AUTHOR = ("author", "article:author", "parsely-author", "sailthru.author", "byl", "dc.creator")
_TITLE = ("og:title", "twitter:title", "parsely-title", "dc.title", "headline")
_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-]|$)")
_ARTICLE = re.compile(r"(?:Article|Posting|Report|Coverage)$")
_MAX_SCRIPT = 1_000_000
_MAX_VALUE = 600


def candidates(page: Page, address: str | None = None) -> tuple[Evidence, ...]:
    """All values found for headline, outlet, byline, published, url and language, in the order they are believed.

    So are the corrections that the publisher's data lists, which need not stand in the text. Where it is known which
    `address` answered with the page, one of another site that the page gives itself is only "claimed url".
    """
    found = [*_linked_data(page), *_meta(page), *_times(page), *_address(page, address), *_listed(page)]
    return tuple(dict.fromkeys(_own(one, address) for one in found))


def _own(one: Evidence, address: str | None) -> Evidence:
    """No page may give itself for a page of another site."""
    if one.field != "url" or not address or not site(address) or site(one.value) == site(address):
        return one
    return replace(one, field="claimed url")


def paid(page: Page) -> bool:
    """Whether the page says of itself that it is not free to read."""
    return any(one.get("isAccessibleForFree") in (False, "False", "false") for one in _articles(page)) or any(
        _of(meta) == "article:content_tier" and meta.get("content") in ("locked", "metered") for meta in page.metas
    )


def corrected(page: Page) -> Iterator[str]:
    """The corrections that the publisher's data lists."""
    for one in _articles(page):
        told = one.get("correction")
        for entry in told if isinstance(told, list) else [told]:
            text = entry.get("text") if isinstance(entry, dict) else entry
            if isinstance(text, str) and text.strip():
                yield _clean(text)


def _listed(page: Page) -> Iterator[Evidence]:
    for text in corrected(page):
        yield Evidence(field="correction", value=text, found_in="JSON-LD")


def _linked_data(page: Page) -> Iterator[Evidence]:
    for one in _articles(page):
        values = {
            "headline": one.get("headline"),
            "byline": _names(one.get("author")),
            "outlet": _names(one.get("publisher")),
            "url": one.get("url") or _identity(one.get("mainEntityOfPage")),
            "language": one.get("inLanguage"),
        }
        for field, value in values.items():
            if isinstance(value, str) and _clean(value):
                yield Evidence(field=field, value=_clean(value), found_in="JSON-LD")
        yield from _date(one.get("datePublished"), "JSON-LD")


def _articles(page: Page) -> list[Mapping[str, Any]]:
    if page.articles is None:
        page.articles = _parsed(page)
    return page.articles


def _parsed(page: Page) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for script in page.scripts[:20]:
        try:
            told = json.loads(
                script[:_MAX_SCRIPT].strip().removeprefix("//<![CDATA[").removesuffix("//]]>"), strict=False
            )
        except (ValueError, RecursionError):
            continue
        waiting: list[Any] = [told]
        for one in waiting:
            if len(waiting) > 2_000:
                break
            if isinstance(one, list):
                waiting.extend(one)
            elif isinstance(one, dict):
                kinds = one.get("@type")
                if any(
                    isinstance(kind, str) and _ARTICLE.search(kind)
                    for kind in (kinds if isinstance(kinds, list) else [kinds])
                ):
                    found.append(one)
                waiting.extend(value for key, value in one.items() if key in ("@graph", "mainEntity"))
    return found


def _names(value: Any) -> str | None:
    if isinstance(value, list):
        names = [name for one in value[:20] if (name := _names(one))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        value = value.get("name")
        if isinstance(value, list):
            return _names(value)
    return _clean(value) if isinstance(value, str) and not value.startswith("http") else None


def _identity(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _meta(page: Page) -> Iterator[Evidence]:
    told: dict[str, str] = {}
    for meta in page.metas:
        if meta.get("content", "").strip():
            told.setdefault(_of(meta), _clean(meta["content"]))
    fields = (("headline", _TITLE), ("outlet", _OUTLET), ("byline", _AUTHOR))
    for field, names in fields:
        for name in names:
            if (value := told.get(name)) and not value.startswith("http"):
                yield Evidence(
                    field=field, value=value.lstrip("@") if field == "outlet" else value, found_in="meta tag"
                )
    for name in _PUBLISHED:
        yield from _date(told.get(name), "meta tag")
    if value := told.get("og:url"):
        yield Evidence(field="url", value=value, found_in="meta tag")
    if page.language:
        yield Evidence(field="language", value=_clean(page.language), found_in="meta tag")
    if page.title:
        yield Evidence(field="headline", value=_clean(page.title), found_in="page text")


def _of(meta: Mapping[str, str]) -> str:
    return (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()


def _times(page: Page) -> Iterator[Evidence]:
    """A time tag that is marked as the publication's; else the first one of the page."""
    marked = [told for told, _ in page.times if "pub" in f"{told.get('itemprop', '')}{told.get('class', '')}".lower()]
    for told in (marked or [told for told, _ in page.times])[:1]:
        yield from _date(told.get("datetime"), "time tag")


def _address(page: Page, address: str | None) -> Iterator[Evidence]:
    canonical = next((link.get("href") for link in page.links if link.get("rel") == "canonical"), None)
    for url in (canonical, address):
        if url and url.startswith("http"):
            yield Evidence(field="url", value=url[:_MAX_VALUE], found_in="address")
            if match := _IN_ADDRESS.search(url):
                year, month, day = (int(part) for part in match.groups())
                yield from _date(f"{year:04}-{month:02}-{day:02}", "address")


def _date(value: Any, found_in: str) -> Iterator[Evidence]:
    told = read_date(value) if isinstance(value, str) and value.strip() else None
    if told:
        yield Evidence(field="published", value=told.isoformat(), found_in=found_in)


def _clean(value: str) -> str:
    return " ".join(unescape(value[: _MAX_VALUE * 2]).split())[:_MAX_VALUE]
