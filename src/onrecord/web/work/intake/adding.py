"""Reports that come onto the desk from the browser: files, addresses, pasted words; and the reports that are there."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, ValidationError
from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from onrecord.datamodel.report import Fate
from onrecord.errors import UsageError
from onrecord.ledger.desk import story_name
from onrecord.web.auth.people import Editor, Person, Reader, may_see, see
from onrecord.web.background.jobs import MAX_FILES, Job, Pasted, Stage, Upload
from onrecord.web.pages.layout.answering import page

router = APIRouter()
_TEXT_CHARS = 4_000_000
_FIELD_CHARS = 2_000
_STAGES = {
    Stage.WAITING: "Waiting for its turn",
    Stage.FETCHING: "Fetching",
    Stage.READING: "Reading",
    Stage.ATTRIBUTING: "Finding who said what",
    Stage.TELLING: "Telling the story anew",
    Stage.DONE: "Done",
    Stage.FAILED: "Failed",
}


class Given(BaseModel):
    """The words of the form that adds reports; its files come beside it."""

    story: str = Field(default="", max_length=_FIELD_CHARS)
    addresses: str = Field(default="", max_length=_TEXT_CHARS)
    text: str = Field(default="", max_length=_TEXT_CHARS)
    outlet: str = Field(default="", max_length=_FIELD_CHARS)
    date: str = Field(default="", max_length=_FIELD_CHARS)
    headline: str = Field(default="", max_length=_FIELD_CHARS)
    url: str = Field(default="", max_length=_FIELD_CHARS)


@router.get("/add")
def add_story(request: Request, person: Editor) -> Response:
    """The form that adds reports to a story that may be new."""
    return add_page(request, person, None, Given())


@router.post("/add")
async def add_to_story(request: Request, person: Editor) -> Response:
    """Begin to add reports to the story that the form names."""
    return await _add(request, person, None)


@router.get("/stories/{story}/add")
def add_form(request: Request, story: str, person: Editor) -> Response:
    """The form that adds reports to a story."""
    request.app.state.story_cache.head(story)
    return add_page(request, person, story, Given())


@router.post("/stories/{story}/reports")
async def add(request: Request, story: str, person: Editor) -> Response:
    """Begin to add reports, and lead to where their progress is told."""
    return await _add(request, person, story)


@router.get("/jobs/{job}")
def job(request: Request, job: str, person: Reader) -> Response:
    """How far an adding is, what became of each input, and why."""
    found: Job = request.app.state.jobs.state(job)
    if not may_see(person, found.story):
        raise UsageError(f"no job '{job[:40]}' · the desk · see the story's log")
    counts = {fate: sum(one.fate is fate for one in found.outcomes) for fate in Fate}
    return page(request, "work/job.html", job=found, counts=counts, fates=tuple(Fate), stages=_STAGES)


@router.post("/jobs/{job}/take-back")
def take_back(request: Request, job: str, person: Editor) -> Response:
    """Take an adding back that is not done."""
    found: Job = request.app.state.jobs.state(job)
    if not may_see(person, found.story):
        raise UsageError(f"no job '{job[:40]}' · the desk · see the story's log")
    request.app.state.jobs.take_back(job)
    return RedirectResponse(f"/jobs/{job}", 303)


def add_page(
    request: Request,
    person: Person,
    name: str | None,
    given: Given | None = None,
    fault: str | None = None,
    note_fault: str | None = None,
) -> Response:
    """The page with the forms that add, with what is wrong with what they held."""
    known = () if name else [one.name for one in request.app.state.desk.stories() if may_see(person, one.name)]
    values = {"onto": name, "stories": known, "given": given or Given(), "most": MAX_FILES}
    status = 400 if fault or note_fault else 200
    return page(request, "work/add.html", status, fault=fault, note_fault=note_fault, **values)


async def _add(request: Request, person: Person, story: str | None) -> Response:
    form = await request.form()
    given = Given()
    try:
        given = _given({name: told for name, told in form.items() if isinstance(told, str)})
        uploads = [one for one in form.getlist("files") if isinstance(one, UploadFile) and (one.filename or one.size)]
        name = see(person, story_name(given.story) if story is None else story)
        ident = await _submit(request, name, person, given, uploads)
    except UsageError as error:
        return add_page(request, person, story, given, str(error))
    finally:
        await form.close()
    return RedirectResponse(f"/jobs/{ident}", 303)


async def _submit(request: Request, name: str, person: Person, given: Given, uploads: Sequence[UploadFile]) -> str:
    from starlette.concurrency import run_in_threadpool

    def submit() -> str:
        ident: str = request.app.state.jobs.submit(
            name,
            by=person.name,
            uploads=[Upload(name=one.filename or "report", stream=one.file) for one in uploads],
            pasted=_pasted(given),
            addresses=given.addresses.split(),
        )
        return ident

    return await run_in_threadpool(submit)


def _given(told: dict[str, str]) -> Given:
    try:
        return Given.model_validate(told)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{first['msg']} · {first['loc'][0]} · the form that adds reports") from error


def _pasted(given: Given) -> Pasted | None:
    if not given.text.strip():
        return None
    told = {name: getattr(given, name).strip() or None for name in ("outlet", "date", "headline", "url")}
    # Forms send line ends as two characters; the report has one.
    return Pasted(text=given.text.replace("\r\n", "\n"), **told)
