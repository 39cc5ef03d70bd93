"""A feed's answer to its items, and to how long its server wants to be left alone."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx

from onrecord.errors import ReadError
from onrecord.reading.draft import Draft, Source
from onrecord.reading.fetching.archiving import record
from onrecord.reading.fetching.client import Answer
from onrecord.reading.formats.registry import read_source

_TTL = re.compile(rb"<ttl>\s*(\d{1,5})\s*</ttl>", re.IGNORECASE)
_MAX_AGE = re.compile(r"max-age\s*=\s*(\d{1,7})", re.IGNORECASE)
# No server is believed that wants to be left alone for longer.
MAX_PATIENCE_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a feed: what tells it apart, the page it leads to, a digest of what the feed says, and its words."""

    key: str
    url: str | None
    digest: str
    draft: Draft

    @property
    def words(self) -> str:
        """Its title and text, to be searched."""
        return self.draft.text.casefold()


def items_of(answer: Answer) -> tuple[Item, ...]:
    """The entries of a feed, in its order; raises ReadError where the answer is no feed that can be read."""
    drafts = read_source(Source(record(answer), answer.url))
    found = tuple(_item(draft, answer.url) for draft in drafts if _told(draft, "guid", "url", "headline"))
    if not any(one.found_in == "feed" for draft in drafts for one in draft.evidence):
        raise ReadError(f"{answer.url}: no feed (RSS, Atom or JSON Feed); give the feed's own address")
    return tuple({one.key: one for one in reversed(found)}.values())[::-1]


def _item(draft: Draft, feed: str) -> Item:
    link = _told(draft, "url")
    key = _told(draft, "guid") or link or _told(draft, "headline") or draft.sha256
    said = f"{draft.sha256}\n{_told(draft, 'updated') or ''}\n{link or ''}"
    return Item(key, _page(link, feed), hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest(), draft)


def _told(draft: Draft, *fields: str) -> str | None:
    return next((one.value for field in fields for one in draft.evidence if one.field == field), None)


def _page(link: str | None, feed: str) -> str | None:
    """The address an item leads to, None where that is no page."""
    try:
        url = str(httpx.URL(feed).join(link)) if link else ""
    except (httpx.InvalidURL, ValueError):
        return None
    return url if url.startswith(("http://", "https://")) else None


def patience_s(answer: Answer) -> float:
    """How many seconds a feed asks to pass before the next poll: its ttl, or its server's max-age; 0 for none."""
    ttl = _TTL.search(answer.body[:20_000])
    age = _MAX_AGE.search(answer.header("Cache-Control") or "")
    return min(MAX_PATIENCE_S, max(float(ttl[1]) * 60 if ttl else 0.0, float(age[1]) if age else 0.0))


def retry_after(answer: Answer, now: datetime) -> datetime | None:
    """The instant before which a server does not want to be asked again (RFC 9110, 10.2.3)."""
    told = (answer.header("Retry-After") or "").strip()
    try:
        at = now + timedelta(seconds=int(told)) if told.isdigit() else parsedate_to_datetime(told)
    except (ValueError, TypeError, OverflowError):
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return min(at, now + timedelta(seconds=MAX_PATIENCE_S))
