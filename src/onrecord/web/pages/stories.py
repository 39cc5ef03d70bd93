"""The desk's stories: what changed since somebody last looked, what is contested, new first."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from datetime import datetime

from fastapi import APIRouter, Request
from sqlalchemy import func, select
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.standing import Status
from onrecord.ledger.desk import Desk, StorySummary
from onrecord.ledger.storage.schema import entries
from onrecord.rendering.brief import ChangeView
from onrecord.rendering.views.claims import CONTESTED, ClaimView
from onrecord.web.auth.people import Reader, may_see
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.seen import key_of, seen
from onrecord.web.pages.layout.tables import Form, listed
from onrecord.web.pages.layout.views import StoryView, tally, view_of

router = APIRouter(include_in_schema=False)

# The list never waits longer than this for stories that are not in hand, and only those on top are told for it.
_PATIENCE_S = 0.4
_MOST_TOLD = 10
_MOST_CONTESTED = 3
_MOST_TURNS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """One story in the list; `fresh` counts entries the browser has not shown; `awaited`: it is being told."""

    name: str
    title: str
    reports: int
    withdrawn: int
    last: datetime
    fresh: int
    looked: int = 0
    tally: tuple[tuple[Status, int], ...] = ()
    contested: tuple[ClaimView, ...] = ()
    turns: tuple[ChangeView, ...] = ()
    awaited: bool = False
    unsettled: int = 0


@router.get("/", response_class=HTMLResponse)
def stories(request: Request, person: Reader, form: Form = "") -> Response:
    """All stories that the person may see."""
    desk: Desk = request.app.state.desk
    shelves = [one for one in desk.stories() if may_see(person, one.name)]
    if form:
        return listed(form, "stories", map(asdict, shelves), ("name", "reports"))
    looked, left = seen(request), time.monotonic() + _PATIENCE_S
    found = []
    for place, shelf in enumerate(sorted(shelves, key=lambda one: (one.last, one.name), reverse=True)):
        wanted = place < _MOST_TOLD
        told = wanted and request.app.state.story_cache.glance(shelf.name, max(0.0, left - time.monotonic()))
        view = view_of(request, person, shelf.name) if told else None
        found.append(_glance(desk, shelf, view, looked.get(key_of(shelf.name)), awaited=wanted and view is None))
    found.sort(key=lambda one: one.fresh == 0)
    return page(request, "pages/stories.html", shelves=found, section="stories")


def _glance(desk: Desk, shelf: StorySummary, view: StoryView | None, looked: int | None, *, awaited: bool) -> Glance:
    fresh = _entries_since(desk, shelf.name, looked) if looked is not None else 0
    plain = Glance(
        name=shelf.name,
        title=shelf.name,
        reports=shelf.reports,
        withdrawn=shelf.withdrawn,
        last=shelf.last,
        fresh=fresh,
        looked=looked or 0,
        awaited=awaited,
    )
    if view is None:
        return plain
    contested = [one for one in view.brief.claims if one.status in CONTESTED]
    turned = [one for one in view.brief.turns if one.before is not None and one.at]
    return Glance(
        name=shelf.name,
        title=view.brief.name,
        reports=shelf.reports,
        withdrawn=shelf.withdrawn,
        last=shelf.last,
        fresh=fresh,
        looked=looked or 0,
        tally=tally(one.status for one in view.claims),
        contested=tuple(contested[:_MOST_CONTESTED]),
        turns=tuple(reversed(turned[-_MOST_TURNS:])),
        unsettled=len(view.story.unsettled),
    )


def _entries_since(desk: Desk, story: str, looked: int) -> int:
    query = select(func.count()).select_from(entries).where(entries.c.story == story, entries.c.seq > looked)
    with desk.store.view() as held:
        return int(held.connection.execute(query).scalar_one())
