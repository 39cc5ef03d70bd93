"""What a page says about itself to candidates with their evidence: heading, JSON-LD, meta tags, times, address."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from onrecord.datamodel.report import Evidence
from onrecord.reading.dates import read_date
from onrecord.reading.duplicates.page_versions import site
from onrecord.reading.fact_checks.microdata import claim_review_nodes
from onrecord.reading.fact_checks.reviews import KIND, Review, review_of
from onrecord.reading.markup.scan import Block, Element, Page

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
# What of a page belongs to somebody else: other stories, readers' comments.
_ELSEWHERE = re.compile(
    r"\b(?:related|recirc|comment|teaser|most-(?:read|popular)|trending|outbrain|taboola|sidebar|promo)"
)
_OUTSIDE = frozenset({"aside", "nav", "footer"})
_SEPARATOR = re.compile(r"\s+[|\-–—·•»«›‹/>~]\s+|\s+::\s+|\s*[|]\s*|:\s+|_(?=[A-Z])|\s+(?=[(\[][^()\[\]]+[)\]]$)")
_SECTION_WORDS = 3
_UPDATED = re.compile(r"updat|modif|revis", re.IGNORECASE)
_ISSUED = re.compile(r"publi[cs]|posted|pub[-_]?date|issued|created|date-?line", re.IGNORECASE)
_MAX_NAME = 80
_MAX_CREDITS = 20
_PARTICLES = frozenset("de da di du van von der den del la le al bin ibn of and y".split())
_BY = re.compile(r"by\s+(?=[A-Z])", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")
_MAX_SCRIPT = 1_000_000
_SHELL = re.compile(r"^\s*(?://\s*)?(?:<!\[CDATA\[|<!--)|(?://\s*)?(?:\]\]>|-->)\s*$")
_COMMA = re.compile(r",(\s*[}\]])")
_MAX_NODES = 2_000
_MAX_VALUE = 600
_ALIKE = 0.5
_UNLIKE = 0.34


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a page is known to be the article: its heading, the blocks above its text, and all that are kept.

    `beside`: all blocks between heading and text, also those that are no part of the text.
    """

    heading: str = ""
    head: Collection[int] = ()
    beside: Collection[int] = ()
    kept: Sequence[Block] = ()
    articles: frozenset[int] = frozenset()
    around: str = ""
    within: frozenset[str] = frozenset()

    def holds(self, element: Element | None) -> bool:
        """Whether what stands in an element can speak of the article: not of another one, nor of a comment."""
        if element is None:
            return True
        if (element.marks & _OUTSIDE) - self.within:
            return False
        if element.article and self.articles and element.article not in self.articles:
            return False
        return not _ELSEWHERE.search(element.classes.removeprefix(self.around))


def shown_as(heading: str, head: Collection[int], beside: Collection[int], kept: Sequence[Block]) -> Shown:
    """The article of a page, by its heading and the blocks that are kept."""
    texts = [block.classes for block in kept] or [""]
    low, high = min(texts), max(texts)
    same = next((n for n, (one, two) in enumerate(zip(low, high, strict=False)) if one != two), len(low))
    within = frozenset.intersection(*(block.within for block in kept)) if kept else frozenset()
    articles = frozenset(block.article for block in kept if block.article)
    return Shown(heading, head, beside, kept, articles, low[:same], within)


def titles(page: Page) -> tuple[str, ...]:
    """What a page calls itself: in its title, and for those who share it."""
    return tuple(title for title in (page.title, _meta_value(page, "og:title")) if title)


def candidates(
    page: Page, address: str | None = None, shown: Shown | None = None, source: str = ""
) -> tuple[Evidence, ...]:
    """All values found for headline, outlet, byline, published, url and language, in the order they are believed.

    So are the corrections that the publisher's data lists, which need not stand in the text, and a fact check's claim.
    Where it is known which `address` answered with the page, one of another site that the page gives itself is only
    "claimed url".
    """
    shown = shown or Shown()
    found = [
        *_linked_data(page, shown), *_meta(page, shown), *_times(page, shown), *_credited(page, shown, source),
        *_address(page, address),
        *_listed(page, shown), *_claims_reviewed(page, source),
    ]  # fmt: skip
    # A page that says nothing else of itself is dated and credited as its fact check is.
    fields = {one.field for one in found}
    found.extend(one for each in reviews(page, source) for one in each.found if one.field not in fields)
    told = [*_heading(shown, found), *_without_site_names(found, shown, address)]
    return tuple(dict.fromkeys(_own(one, address) for one in told))


def _own(one: Evidence, address: str | None) -> Evidence:
    """No page may give itself for a page of another site."""
    if one.field != "url" or not address or not site(address) or site(one.value) == site(address):
        return one
    return replace(one, field="claimed url")


def paid(page: Page, shown: Shown | None = None) -> bool:
    """Whether the page says of itself that it is not free to read."""
    return any(
        one.get("isAccessibleForFree") in (False, "False", "false") for one in _articles(page, shown or Shown())
    ) or any(
        _of(meta) == "article:content_tier" and meta.get("content") in ("locked", "metered") for meta, _ in page.metas
    )


def corrected(page: Page, shown: Shown | None = None) -> Iterator[str]:
    """The corrections that the publisher's data lists."""
    for one in _articles(page, shown or Shown()):
        told = one.get("correction")
        for entry in told if isinstance(told, list) else [told]:
            text = entry.get("text") if isinstance(entry, dict) else entry
            if isinstance(text, str) and text.strip():
                yield _clean(text)


@dataclass(frozen=True, slots=True)
class Update:
    """One entry of a live blog as the publisher's data lists it."""

    headline: str
    body: str
    published: str


def updates(page: Page) -> tuple[Update, ...]:
    """The entries of a live blog that the publisher's data lists with their times."""
    found = []
    for node in _nodes(page):
        listed = node.get("liveBlogUpdate")
        for one in (listed if isinstance(listed, list) else [listed])[:_MAX_NODES]:
            if isinstance(one, dict) and isinstance(one.get("datePublished"), str):
                words = [
                    one.get(name) if isinstance(one.get(name), str) else "" for name in ("headline", "articleBody")
                ]
                found.append(Update(_clean(str(words[0])), str(words[1])[:_MAX_VALUE], one["datePublished"]))
    return tuple(found)


def modified(page: Page, shown: Shown) -> str | None:
    """When the publisher's data says that the page was changed last."""
    told = (one.get("dateModified") for one in _articles(page, shown))
    return next((one for one in told if isinstance(one, str)), None)


def _listed(page: Page, shown: Shown) -> Iterator[Evidence]:
    for text in corrected(page, shown):
        yield Evidence(field="correction", value=text, found_in="JSON-LD")


def reviews(page: Page, source: str) -> tuple[Review, ...]:
    """The fact checks that a page's data holds, each once: JSON-LD, or microdata where there is none."""
    told = [review_of(one) for one in _nodes(page) if KIND in _kinds(one)]
    told = told or [review_of(one, "microdata") for one in claim_review_nodes(source)]
    return tuple(dict.fromkeys(one for one in told if one is not None))


def _claims_reviewed(page: Page, source: str) -> Iterator[Evidence]:
    """What a fact check checks, who is said to have claimed it, and how it is rated."""
    for one in reviews(page, source):
        told = {"claim reviewed": one.claim, "claimant": one.claimant, "rating": one.rating}
        for field, value in told.items():
            if value:
                yield Evidence(field=field, value=value[:_MAX_VALUE], found_in=one.found_in)


def _linked_data(page: Page, shown: Shown) -> Iterator[Evidence]:
    for one in _articles(page, shown):
        values = {
            "headline": one.get("headline"),
            "byline": _names(one.get("author"), page),
            "outlet": _names(one.get("publisher"), page),
            "url": one.get("url") or _identity(one.get("mainEntityOfPage")),
            "language": one.get("inLanguage"),
        }
        for field, value in values.items():
            if isinstance(value, str) and _clean(value):
                yield Evidence(field=field, value=_clean(value), found_in="JSON-LD")
        yield from _date(one.get("datePublished"), "JSON-LD")


def _articles(page: Page, shown: Shown) -> list[Mapping[str, Any]]:
    """The nodes that tell of this page's article: those that have its headline or its address.

    One that stands alone is believed unless its headline has nothing of the page's.
    """
    found = [one for one in _nodes(page) if any(_ARTICLE.search(kind) for kind in _kinds(one))]
    titles = [title for title in (shown.heading, page.title, _meta_value(page, "og:title")) if title]
    if not found or not titles:
        return found
    canonical = next((link.get("href") for link in page.links if link.get("rel") == "canonical"), None)
    scores = [_likeness(one, titles) for one in found]
    best = max(scores)
    if best >= _ALIKE:
        return [one for one, score in zip(found, scores, strict=True) if score >= max(_ALIKE, best - 0.2)]
    own = [one for one in found if canonical and canonical in (one.get("url"), _identity(one.get("mainEntityOfPage")))]
    if own:
        return own
    unnamed = [one for one in found if not isinstance(one.get("headline"), str)]
    return unnamed or (found if len(found) == 1 and best >= _UNLIKE else [])


def _likeness(node: Mapping[str, Any], titles: Sequence[str]) -> float:
    """The share of the shorter one's words that a node's headline has in common with a title, at best."""
    told = node.get("headline") or node.get("name")
    words = set(re.findall(r"\w+", _clean(told).casefold())) if isinstance(told, str) else set()
    found = 0.0
    for title in titles:
        other = set(re.findall(r"\w+", title.casefold()))
        if words and other:
            found = max(found, len(words & other) / min(len(words), len(other)))
    return found


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _nodes(page: Page) -> list[Mapping[str, Any]]:
    if page.nodes is None:
        page.nodes = _parsed(page)
    return page.nodes


def _parsed(page: Page) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for script in page.scripts[:20]:
        waiting: list[Any] = list(_values(_SHELL.sub("", script[:_MAX_SCRIPT]).replace('"schema:', '"').strip()))
        for one in waiting:
            if len(waiting) > _MAX_NODES:
                break
            if isinstance(one, list):
                waiting.extend(one)
            elif isinstance(one, dict):
                found.append(one)
                waiting.extend(value for key, value in one.items() if key in ("@graph", "mainEntity"))
                # A fact check within an article's data; other stories stand there too.
                parts = [one.get("review"), one.get("hasPart")]
                parts = [each for part in parts for each in (part if isinstance(part, list) else [part])]
                waiting.extend(each for each in parts if isinstance(each, dict) and KIND in _kinds(each))
    return found


def _values(said: str) -> Iterator[Any]:
    """The JSON values of a script, also of one that sets a comma too many or several values behind each other."""
    decoder = json.JSONDecoder(strict=False)
    at = 0
    while at < len(said):
        try:
            value, at = decoder.raw_decode(said, at)
        except (ValueError, RecursionError):
            mended = _COMMA.sub(r"\1", said[at:])
            if mended == said[at:]:
                return
            said, at = mended, 0
            continue
        yield value
        while at < len(said) and (said[at].isspace() or said[at] in ";,"):
            at += 1


def _names(value: Any, page: Page) -> str | None:
    """The names of people or houses, also of those that stand elsewhere in the page's data."""
    if isinstance(value, list):
        names = [name for one in value[:20] if (name := _names(one, page))]
        return ", ".join(dict.fromkeys(names)) or None
    if isinstance(value, dict):
        reference = value.get("@id")
        if isinstance(reference, str) and not value.get("name"):
            value = next((one for one in _nodes(page) if one.get("@id") == reference and one is not value), value)
        parts = [value.get(part) for part in ("givenName", "familyName")]
        whole = " ".join(part for part in parts if isinstance(part, str))
        value = value.get("name") or whole
        if isinstance(value, list):
            return _names(value, page)
    if not isinstance(value, str) or value.startswith("http"):
        return None
    return _BY.sub("", _clean(value), count=1) if _BY.match(_clean(value)) else _clean(value)


def _identity(value: Any) -> Any:
    return value.get("@id") if isinstance(value, dict) else value


def _meta_value(page: Page, name: str) -> str:
    return next((_clean(meta.get("content", "")) for meta, _ in page.metas if _of(meta) == name), "")


def _meta(page: Page, shown: Shown) -> Iterator[Evidence]:
    told: dict[str, str] = {}
    for meta, element in page.metas:
        if meta.get("content", "").strip() and shown.holds(element):
            told.setdefault(_of(meta), _clean(meta["content"]))
    fields = (("headline", _TITLE), ("outlet", _OUTLET), ("byline", _AUTHOR))
    for field, names in fields:
        for name in names:
            if (value := told.get(name)) and not value.startswith("http"):
                value = _BY.sub("", value, count=1) if field == "byline" and _BY.match(value) else value
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


def _heading(shown: Shown, found: Sequence[Evidence]) -> Iterator[Evidence]:
    """The heading that readers see, unless it only names the site."""
    names = {_key(one.value) for one in found if one.field == "outlet"}
    if shown.heading and _key(shown.heading) not in names:
        sure = len(shown.heading.split()) > 1
        yield Evidence(field="headline", value=shown.heading[:_MAX_VALUE], found_in="heading" if sure else "page text")


def _without_site_names(found: Sequence[Evidence], shown: Shown, address: str | None) -> Iterator[Evidence]:
    """Headlines without the name of the site before or behind them."""
    names = {_key(one.value) for one in found if one.field == "outlet"}
    for url in [address, *(one.value for one in found if one.field == "url")]:
        try:
            host = urlsplit(url or "").hostname or ""
        except ValueError:
            continue
        names.update({_key(host), *(_key(part) for part in host.split(".")[:-1] if len(part) > 3)})
    names.discard("")
    for one in found:
        if one.field == "headline" and (bare := _bare(one.value, names, shown.heading)) != one.value:
            yield Evidence(field="headline", value=bare, found_in=one.found_in)
        else:
            yield one


def _bare(title: str, names: set[str], heading: str) -> str:
    cut = False
    while True:
        cuts = list(_SEPARATOR.finditer(title))
        if not cuts:
            return title
        before, last = title[: cuts[-1].start()], title[cuts[-1].end() :].strip("()[] ")
        first, behind = title[: cuts[0].start()], title[cuts[0].end() :]
        if before and "|" in cuts[-1].group() and cut and len(last.split()) <= _SECTION_WORDS:
            # "… | World news | The Quay Gazette": a section stands between headline and site.
            title = before
        elif before and (_is_site(last, names) or (heading and _key(before) == _key(heading))):
            title, cut = before, True
        elif behind and (_is_site(first, names) or (heading and _key(behind) == _key(heading))):
            title, cut = behind, False
        else:
            return title


def _is_site(words: str, names: set[str]) -> bool:
    key = _key(words)
    return bool(key) and (key in names or key.removeprefix("the") in names or f"the{key}" in names)


def _key(words: str) -> str:
    return _LETTERS.sub("", words).casefold()


def _times(page: Page, shown: Shown) -> Iterator[Evidence]:
    """A time tag of the article that is marked as its publication's; else the first one above its text."""
    own = [one for one in page.times if shown.holds(one[2]) and not _tells(one, _UPDATED)]
    own = own or [one for one in page.times if shown.holds(one[2])]
    known = {id(block) for block in shown.kept} | set(shown.head)
    marked = [
        told
        for told, block, element in own
        if _tells((told, block, element), _ISSUED)
        and (block is None or id(block) in known or (element is not None and element.article in shown.articles))
    ]
    above = [told for told, block, _ in own if block is not None and id(block) in shown.head]
    for told in (marked or above)[:1]:
        yield from _date(told.get("datetime"), "time tag")


def _tells(one: tuple[Mapping[str, str], Block | None, Element | None], sign: re.Pattern[str]) -> bool:
    """Whether a time tag, or what it stands in, is named as some sign asks."""
    told, _, element = one
    own = f"{told.get('itemprop', '')} {told.get('class', '')}"
    return bool(sign.search(own) or (element is not None and len(element.inside) < 300 and sign.search(element.inside)))


def _credited(page: Page, shown: Shown, source: str) -> Iterator[Evidence]:
    """Names in elements that are marked as the author's, beside the heading."""
    names: list[str] = []
    for start, end, element, block in page.credits[:_MAX_CREDITS]:
        said = _BY.sub("", _clean(source[start:end]), count=1).strip(" ,;|·•–—-")
        name, comma, role = said.partition(", ")
        said = name if comma and role[:1].islower() else said
        words = re.findall(r"[^\s,&]+", said)
        named = 1 < len(words) < 6 and all(word[0].isupper() or word in _PARTICLES for word in words)
        if named and len(said) <= _MAX_NAME and id(block) in shown.beside and shown.holds(element):
            names.append(said)
    if names:
        yield Evidence(field="byline", value=", ".join(dict.fromkeys(names)), found_in="page text")


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
