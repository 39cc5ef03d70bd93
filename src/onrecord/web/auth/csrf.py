"""Proof that a form was filled in on a page of ours: a token that only pages with the browser's ticket hold."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import UploadFile

from onrecord.web.auth.people import NotAllowed

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
FIELD = "csrf"
HEADER = "X-CSRF-Token"
# A long report that is pasted; files are not counted.
_MOST_FIELD_BYTES = 8 * 1024 * 1024


def token_of(ticket: str) -> str:
    """The token that the forms of a page hold; it follows from the ticket and does not lead back to it."""
    return hmac.new(ticket.encode(), b"onrecord form", hashlib.sha256).hexdigest()


async def check(request: Request) -> None:
    """Raise NotAllowed for a form that was not filled in on a page of ours."""
    if not _from_here(request):
        raise NotAllowed("sent from another site · this form · open the desk itself and repeat")
    if _never_simple(request):
        return
    token = request.headers.get(HEADER)
    if token is None:
        found = (await request.form(max_part_size=_MOST_FIELD_BYTES)).get(FIELD)
        token = "" if found is None or isinstance(found, UploadFile) else found
    if not hmac.compare_digest(token.encode("utf-8", "replace"), request.state.csrf.encode()):
        raise NotAllowed("the page is too old · this form · load the page again and repeat")


def _never_simple(request: Request) -> bool:
    """Whether no form can make this request to the API: another site's script must ask first, and is refused."""
    if not request.url.path.startswith("/api/"):
        return False
    # A browser says where a form comes from, one way or another; what says nothing of it is a program.
    if not any(name in request.headers for name in ("origin", "sec-fetch-site", "referer", "cookie")):
        return True
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return request.method != "POST" or kind == "application/json" or "x-requested-with" in request.headers


def _from_here(request: Request) -> bool:
    """What browsers say of where a request comes from, where they say it."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")
