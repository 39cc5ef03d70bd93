"""Words to the statements and headlines that hold them, over all stories."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from onrecord.ledger.keeping.searching import Hit, Wanted
from onrecord.web.access.people import Reader
from onrecord.web.pages.answering import page

router = APIRouter(include_in_schema=False)
MOST = 200


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request,
    person: Reader,
    q: Annotated[str, Query(max_length=400)] = "",
    speaker: Annotated[str, Query(max_length=200)] = "",
    past: bool = False,
) -> HTMLResponse:
    """Statements and headlines that hold all words."""
    hits: tuple[Hit, ...] = ()
    if q.strip() or speaker.strip():
        wanted = Wanted(words=q, speaker=speaker or None, stories=person.stories, past=past, limit=MOST)
        hits = request.app.state.desk.find(wanted)
    asked = bool(q.strip() or speaker.strip())
    return page(request, "pages/search.html", q=q, speaker=speaker, past=past, hits=hits, asked=asked, most=MOST)
