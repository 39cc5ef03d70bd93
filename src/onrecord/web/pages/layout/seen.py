"""What a browser has seen of each story: the last entry it was shown, kept in a cookie of its own."""

from __future__ import annotations

import hashlib
import re

from fastapi import Request
from starlette.responses import Response

COOKIE = "onrecord-seen"
# What stands for the desk itself, of no story: its notices.
DESK = ""
_MOST = 60
_YEAR_S = 31_536_000
_PAIR = re.compile(r"([0-9a-f]{10})-([0-9]{1,12})")


def seen(request: Request) -> dict[str, int]:
    """The last entry seen, by a short digest of the story's name."""
    return {key: int(head) for key, head in _PAIR.findall(request.cookies.get(COOKIE, ""))[-_MOST:]}


def key_of(story: str) -> str:
    """The digest that stands for a story's name in the cookie."""
    return hashlib.sha256(story.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def mark_seen(request: Request, response: Response, story: str, head: int) -> None:
    """Remember that the browser was shown a story up to an entry."""
    held = seen(request)
    held.pop(key_of(story), None)
    held[key_of(story)] = head
    told = ".".join(f"{key}-{number}" for key, number in list(held.items())[-_MOST:])
    secure = request.app.state.settings.https
    response.set_cookie(COOKIE, told, max_age=_YEAR_S, httponly=True, samesite="lax", secure=secure)
