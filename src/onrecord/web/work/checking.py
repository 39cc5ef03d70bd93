"""A draft held against a story in the browser; it is read, checked and shown, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from onrecord.checking.desk_check import check_told, story_of
from onrecord.checking.drafts import draft_of_bytes
from onrecord.checking.findings import CheckedDraft
from onrecord.checking.packs import HOUSES
from onrecord.errors import ReadError, UsageError
from onrecord.ledger.desk import Desk
from onrecord.rendering.checking.marked import body, style
from onrecord.web.auth.people import Person, Reader, may_see, see
from onrecord.web.pages.layout.answering import page

router = APIRouter(include_in_schema=False)
_PASTED = "draft.txt"


@dataclass(frozen=True, slots=True)
class _Draft:
    """What the form gave: the draft's bytes and name, its story where one is chosen, and the packs."""

    raw: bytes
    name: str
    story: str
    packs: tuple[str, ...]
    text: str = ""


@router.get("/check")
def check_form(request: Request, person: Reader) -> Response:
    """The form that takes a draft for any story."""
    return _form(request, person, None, _Draft(b"", _PASTED, "", ()))


@router.get("/stories/{story}/check")
def check_form_of(request: Request, story: str, person: Reader) -> Response:
    """The form that takes a draft for a story."""
    request.app.state.story_cache.head(story)
    return _form(request, person, story, _Draft(b"", _PASTED, story, ()))


@router.post("/check")
async def check_any(request: Request, person: Reader) -> Response:
    """A draft against the story that is chosen, or the one that it shares most names with."""
    return await _check(request, person, None)


@router.post("/stories/{story}/check")
async def check_one(request: Request, story: str, person: Reader) -> Response:
    """A draft against a story."""
    return await _check(request, person, story)


@router.get("/checked.css")
def checked_style() -> Response:
    """The style of a marked draft."""
    return Response(style(), media_type="text/css")


async def _check(request: Request, person: Person, story: str | None) -> Response:
    form = await request.form()
    given = _Draft(b"", _PASTED, story or "", ())
    try:
        given = await _given(form, story)
        found = await run_in_threadpool(_checked, request, person, given)
    except (UsageError, ReadError) as error:
        return _form(request, person, story, given, str(error))
    finally:
        await form.close()
    base = f"/stories/{quote(found.story, safe='')}"
    told = body(found, base)
    return page(request, "work/checked.html", told=told, onto=found.story, checked=found, given=given)


async def _given(form: FormData, story: str | None) -> _Draft:
    upload, text = form.get("file"), form.get("text")
    pasted = text.replace("\r\n", "\n") if isinstance(text, str) else ""
    chosen = form.get("story")
    name = story or (chosen if isinstance(chosen, str) else "")
    packs = tuple(one for one in form.getlist("pack") if isinstance(one, str) and one in HOUSES)
    if isinstance(upload, UploadFile) and upload.filename:
        return _Draft(await upload.read(), upload.filename, name, packs, pasted)
    if not pasted.strip():
        raise UsageError("no draft · the form · paste its words, or choose a file")
    return _Draft(pasted.encode("utf-8", "replace"), _PASTED, name, packs, pasted)


def _checked(request: Request, person: Person, given: _Draft) -> CheckedDraft:
    desk: Desk = request.app.state.desk
    draft = draft_of_bytes(given.raw, given.name)
    name = see(person, given.story) if given.story else story_of(desk, draft, _seen(request, person))
    told = request.app.state.story_cache.told(name)
    return check_told(desk, draft, told, packs=given.packs, which=request.app.state.settings.tagger)


def _seen(request: Request, person: Person) -> Sequence[str]:
    return [one.name for one in request.app.state.desk.stories() if may_see(person, one.name)]


def _form(request: Request, person: Person, story: str | None, given: _Draft, fault: str | None = None) -> Response:
    known = () if story else _seen(request, person)
    status = 400 if fault else 200
    return page(request, "work/check.html", status, onto=story, stories=known, given=given, fault=fault, houses=HOUSES)
