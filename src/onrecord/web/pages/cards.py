"""A claim as a card: a page without menus or scripts, for a frame in another page or to be kept as a file."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.errors import UsageError
from onrecord.web.auth.people import Reader
from onrecord.web.pages.claims import AsOf
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.views import instant_of, view_of

router = APIRouter(include_in_schema=False)

# It runs nothing, sends nothing and holds no form: any page may frame it. Who may not see the story sees no card.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors *"


@router.get("/stories/{story}/claims/{claim}/card", response_class=HTMLResponse)
def card(request: Request, person: Reader, story: str, claim: str, as_of: AsOf = None) -> HTMLResponse:
    """Where one claim stands, with the first who support and deny it, as of now or an instant."""
    view = view_of(request, person, story)
    found, instant = view.claim(claim), instant_of(as_of)
    if instant:
        stood = view.at((found,), view.replay.at(instant), instant)
        if not stood:
            raise UsageError(
                f"no claim '{claim[:80]}' by {instant.isoformat()} · story {story} · it was published later"
            )
        found = stood[0]
    last = max((one.end for one in view.instants), default=None)
    answer = page(
        request,
        "pages/card.html",
        view=view,
        story=view.story,
        claim=found,
        as_of=instant,
        last=last,
        desk=str(request.base_url).rstrip("/"),
    )
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer
