"""Who did what: the log of a story, and what others did since a page was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.ledger.storage.store import View
from onrecord.rendering.wording import counted
from onrecord.web.auth.people import Reader, person_of
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.views import view_of
from onrecord.web.work import keys
from onrecord.web.work.redirects import DEEDS, told_entries

router = APIRouter()
_PAGE = 100
_TOLD = 3
_NEWS = (*DEEDS, EntryType.READ, EntryType.LINKED)
Number = Annotated[int, Query(ge=0, le=2_000_000_000)]


@router.get("/stories/{story}/log")
def log(
    request: Request, story: str, person: Reader, before: Number = 0, show: Annotated[str, Query(max_length=20)] = ""
) -> Response:
    """The log of a story, the last first; people's entries only, unless all are asked for."""
    view_told = view_of(request, person, story)
    acts = () if show == "all" else DEEDS
    with request.app.state.desk.store.view() as view:
        entries = [one for one in view.entries(story, acts=acts) if not before or one.seq < before]
        shown = entries[::-1][:_PAGE]
        done = told_entries(view, story, shown)
    older = done[-1].seq if len(entries) > len(done) else None
    values: dict[str, Any] = {"done": done, "show": show, "older": older, "before": before}
    return page(request, "work/log.html", view=view_told, story=view_told.story, section="log", **values)


@router.get("/stories/{story}/live")
def live(request: Request, story: str, person: Reader, head: Number = 0) -> Response:
    """What was entered since entry `head`, in a line or two; nothing (204) where nothing was."""
    with request.app.state.desk.store.view() as view:
        entries = list(view.entries(story, after=head, acts=_NEWS))
        news = _news(view, story, entries, person.name)
    if not news:
        return Response(status_code=204)
    more = [f"{len(news) - _TOLD} more"] if len(news) > _TOLD else []
    current = request.app.state.story_cache.shelved(story).current
    return JSONResponse({"told": "; ".join([*more, *news[-_TOLD:]]), "current": current})


@router.get("/keys")
def keyboard(request: Request) -> Response:
    """The keyboard, as a page of its own."""
    person = person_of(request)
    return page(request, "work/keys.html", groups={group: _of(group) for group in keys.GROUPS}, known=person)


def _of(group: str) -> list[keys.Key]:
    return [one for one in keys.KEYS if one.group == group]


def _news(view: View, story: str, entries: Sequence[Entry], mine: str) -> list[str]:
    """Entries in words, the reports that were added in one."""
    deeds = [one for one in entries if one.act in DEEDS]
    told = [f"{'You' if one.who == mine else one.who} {one.what}" for one in told_entries(view, story, deeds)]
    added = sum(one.act is EntryType.READ for one in entries)
    return [*told, f"{counted(added, 'report')} {'was' if added == 1 else 'were'} added"] if added else told
