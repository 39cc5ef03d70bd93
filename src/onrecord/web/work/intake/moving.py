"""Reports to another story, and one story joined to another, by a form."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from onrecord.errors import UsageError
from onrecord.ledger.desk import story_name
from onrecord.ledger.moving import move, move_all
from onrecord.web.auth.people import Editor, Person, may_see, see
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.views import view_of
from onrecord.web.work.redirects import back, story_path

router = APIRouter()
Ids = Annotated[list[Annotated[str, Query(max_length=500)]] | None, Query(alias="id", max_length=500)]
FormIds = Annotated[list[Annotated[str, Form(max_length=500)]], Form(alias="id", max_length=500)]


@router.get("/stories/{story}/move")
def move_form(request: Request, story: str, person: Editor, idents: Ids = None) -> Response:
    """The form that moves the chosen reports; all of them where none is chosen."""
    return _form(request, person, story, idents or [])


@router.post("/stories/{story}/move")
def move_reports(
    request: Request,
    story: str,
    person: Editor,
    onto: Annotated[str, Form(max_length=2000)] = "",
    why: Annotated[str, Form(max_length=20_000)] = "",
    idents: FormIds = [],  # noqa: B006
) -> Response:
    """Move them, and lead to the story that they went to; undoing one entry of a move takes all of it back."""
    desk, cache = request.app.state.desk, request.app.state.story_cache
    try:
        target = see(person, story_name(onto))
        if idents:
            moved = move(desk, story, idents, target, by=person.name, why=why)
        else:
            moved = move_all(desk, story, target, by=person.name, why=why)
    except UsageError as error:
        return _form(request, person, story, idents, onto, str(error))
    cache.settle(story, moved[-1].entry.seq)
    return back(story_path(story, "reports"), moved[-1].entry.seq)


def _form(
    request: Request, person: Person, story: str, idents: list[str], onto: str = "", fault: str | None = None
) -> Response:
    view = view_of(request, person, story)
    chosen = [one for one in view.story.reports if one.id in idents]
    others = [one.name for one in request.app.state.desk.stories() if one.name != story and may_see(person, one.name)]
    values: dict[str, Any] = {"view": view, "story": view.story, "section": "reports", "fault": fault}
    values |= {"chosen": chosen, "others": others, "onto": onto, "back": story_path(story, "reports")}
    return page(request, "work/move.html", 400 if fault else 200, **values)
