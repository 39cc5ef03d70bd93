"""Searches that are kept, and kept no longer, by forms on the page of the search."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk
from onrecord.ledger.searches import PARTS, KeptSearch, drop_search, keep_search, kept_searches
from onrecord.web.auth.people import Editor, Person, Role

router = APIRouter()


class Kept(BaseModel):
    """The form that keeps a search: its name, why, and the search itself."""

    name: str = Field(max_length=2000)
    why: str = Field(default="", max_length=20_000)
    q: str = Field(default="", max_length=400)
    speaker: str = Field(default="", max_length=400)
    story: str = Field(default="", max_length=400)
    outlet: str = Field(default="", max_length=400)
    standing: str = Field(default="", max_length=40)
    kind: str = Field(default="", max_length=40)
    day: str = Field(default="", max_length=40)
    past: str = Field(default="", max_length=10)


def searches_for(desk: Desk, person: Person) -> tuple[KeptSearch, ...]:
    """The kept searches that a person sees: all, or one's own where one sees some stories alone."""
    return tuple(one for one in kept_searches(desk) if person.stories is None or one.by == person.name)


@router.post("/searches")
def keep(request: Request, person: Editor, filled: Annotated[Kept, Form()]) -> Response:
    """Keep a search for all who work at the desk."""
    asked = {part: getattr(filled, part) for part in PARTS}
    keep_search(request.app.state.desk, filled.name, asked, by=person.name, why=filled.why)
    return RedirectResponse("/search?" + urlencode({part: value for part, value in asked.items() if value}), 303)


@router.post("/searches/{entry}/drop")
def drop(request: Request, person: Editor, entry: int) -> Response:
    """Keep a search no longer."""
    if not may_drop(request.app.state.desk, person, entry):
        raise UsageError(f"entry {entry} keeps no search of yours · the kept searches · see the search")
    drop_search(request.app.state.desk, entry, by=person.name)
    return RedirectResponse("/search", 303)


def may_drop(desk: Desk, person: Person, entry: int) -> bool:
    """Whether a person may take a kept search off: one that they see."""
    return person.may(Role.EDITOR) and any(one.entry == entry for one in searches_for(desk, person))
