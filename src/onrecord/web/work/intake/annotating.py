"""Annotations that were made elsewhere, from a file to notes."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.responses import Response

from onrecord.errors import OnRecordError, UsageError
from onrecord.ledger.annotating.entering import Noted, annotate
from onrecord.ledger.annotating.hypothesis import read_annotations
from onrecord.web.auth.people import Editor, Person
from onrecord.web.pages.layout.answering import page
from onrecord.web.work.intake.adding import add_page

router = APIRouter()


@router.post("/stories/{story}/annotations")
async def enter(request: Request, story: str, person: Editor) -> Response:
    """Enter the annotations of files as notes, and say what became of each."""
    form = await request.form()
    try:
        files = [(one.filename or "", await one.read()) for one in form.getlist("files") if isinstance(one, UploadFile)]
    finally:
        await form.close()
    return await run_in_threadpool(_entered, request, story, person, [one for one in files if one[0] or one[1]])


def _entered(request: Request, story: str, person: Person, files: list[tuple[str, bytes]]) -> Response:
    desk, cache = request.app.state.desk, request.app.state.story_cache
    try:
        if not files:
            raise UsageError("no file · annotations · choose the JSON that Hypothesis gave")
        found = [one for name, raw in files for one in read_annotations(raw, name or "annotations")]
    except OnRecordError as error:
        return add_page(request, person, story, note_fault=str(error))
    noted = annotate(desk, story, found, by=person.name)
    cache.settle(story, max((one.entry or 0 for one in noted), default=0))
    texts = {claim.id: claim.text for claim in cache.told(story).claims}
    return page(request, "work/annotated.html", onto=story, noted=noted, texts=texts, **_counts(noted))


def _counts(noted: tuple[Noted, ...]) -> dict[str, int]:
    known, left = sum(one.known for one in noted), sum(one.entry is None for one in noted)
    return {"fresh": len(noted) - known - left, "known": known, "left": left}
