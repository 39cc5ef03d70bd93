"""The API's doings: deciding, undoing, withdrawing, asking, and adding reports."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Query, Request, UploadFile

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.annotating.entering import annotate
from onrecord.ledger.annotating.hypothesis import read_annotations
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.deciding.preview import preview
from onrecord.ledger.desk import story_name
from onrecord.ledger.moving import Moved, move, move_all, moved_to
from onrecord.ledger.undoing import take_back
from onrecord.rendering.numbering import meant
from onrecord.web.api import models
from onrecord.web.api.asking import Moving, NewReport, Reason, Wanted
from onrecord.web.api.desk import seen_entry
from onrecord.web.api.paging import Pages
from onrecord.web.api.serialize import House, Json, job_told, landed_told, newness, records
from onrecord.web.auth.people import Editor, Reader, may_see, see
from onrecord.web.background.jobs import MAX_FILES, Pasted, Upload

router = APIRouter(tags=["work"])


@router.post("/stories/{story}/decisions", status_code=201, response_model=models.EntryReceipt)
def decide(request: Request, story: str, wanted: Wanted, person: Editor) -> Json:
    """Decide on claims and statements; it is an entry of its own, outlives every re-run, and can be undone."""
    house = House(request)
    told = house.story_cache.shelved(story)
    seen = told.head if wanted.seen is None else wanted.seen
    decision = decision_of(_wish(house, told.story, wanted), told.story, house.desk.scene(told.story), seen)
    landed = house.desk.decide(story, decision, by=person.name)
    return Json(landed_told(landed, house.settle(story, landed.entry.seq)), 201)


@router.post("/stories/{story}/decisions/preview", response_model=models.Preview)
def preview_decision(request: Request, story: str, wanted: Wanted, person: Editor) -> Json:
    """What a decision on claims would count, before it is entered: origins, standing and statements of each claim."""
    house = House(request)
    told = house.story_cache.shelved(story).story
    found = preview(_wish(house, told, wanted), told, house.desk.scene(told))
    return Json({"before": records(found.before), "after": records(found.after), "near": found.near})


def _wish(house: House, story: Story, wanted: Wanted) -> Wish:
    return Wish(
        verdict=wanted.verdict,
        ids=meant(house.desk, story, wanted.ids),
        value=wanted.value,
        why=wanted.why,
        source=wanted.source,
        cue=wanted.cue,
        content=wanted.content,
        field=wanted.field.value if wanted.field else None,
        reply_to=wanted.reply_to,
    )


@router.post("/entries/{entry}/undo", status_code=201, response_model=models.EntryReceipt)
def undo(request: Request, entry: int, reason: Reason, person: Editor) -> Json:
    """Take back a decision, a withdrawal or an undoing, by an entry of its own."""
    house, meant = House(request), seen_entry(request, entry, person)
    if (other := moved_to(meant)) and not may_see(person, other):
        raise UsageError(f"no entry {entry} · the log · see /api/v1/log")
    landed = take_back(house.desk, meant.seq, by=person.name, why=reason.why)
    told = not meant.story or house.settle(meant.story, landed.entry.seq)
    return Json(landed_told(landed, told), 201)


@router.post("/stories/{story}/reports/{report}/withdraw", status_code=201, response_model=models.EntryReceipt)
def withdraw(request: Request, story: str, report: str, reason: Reason, person: Editor) -> Json:
    """Withdraw a report with all its versions: it is not told any more, but stays on record."""
    house = House(request)
    landed = house.desk.withdraw(story, report, by=person.name, why=reason.why)
    return Json(landed_told(landed, house.settle(story, landed.entry.seq)), 201)


@router.post("/stories/{story}/move", status_code=201, response_model=models.Moves)
def move_reports(request: Request, story: str, wanted: Moving, person: Editor) -> Json:
    """Move reports to another story, or join the whole story to it; undoing one entry takes all of them back."""
    house, onto = House(request), see(person, story_name(wanted.onto))
    if wanted.reports is None:
        moved = move_all(house.desk, story, onto, by=person.name, why=wanted.why)
    else:
        moved = move(house.desk, story, wanted.reports, onto, by=person.name, why=wanted.why)
    told = house.settle(story, moved[-1].entry.seq)
    return Json({"moved": [_move_told(one) for one in moved], "told": told}, 201)


def _move_told(one: Moved) -> dict[str, object]:
    return {"report": one.report, "now": one.now, "there": one.there, "entry": one.entry.seq}


@router.get("/stories/{story}/answer", response_model=models.Answer)
def ask(
    request: Request,
    story: str,
    person: Reader,
    claim: Annotated[str, Query(min_length=1, max_length=1000, description="A claim in your own words.")],
) -> Json:
    """Which reports support, deny or merely carry a claim, and which are silent."""
    house = House(request)
    told = house.story_cache.shelved(story)
    answer = house.story_cache.answer(told.story, claim)
    reports = [
        {
            "report": one.report,
            "file": one.file,
            "stance": one.stance.value,
            "score": one.score,
            "evidence": list(one.evidence),
        }
        for one in answer.reports
    ]
    return Json({"claim": claim, "reports": reports, **newness(told)})


@router.post("/stories/{story}/reports", status_code=202, response_model=models.Job)
def add_report(request: Request, story: str, report: NewReport, person: Editor) -> Json:
    """Add a report as text or by its address; it is read in the background, see the job. A new name makes a story."""
    house = House(request)
    if report.text is None and not report.url:
        raise UsageError("neither text nor url · the new report · give its words, or its address")
    if report.text is None:
        ident = house.jobs.submit(story, by=person.name, addresses=[report.url or ""])
    else:
        pasted = Pasted(
            text=report.text, outlet=report.outlet, date=report.date, headline=report.headline, url=report.url
        )
        ident = house.jobs.submit(story, by=person.name, pasted=pasted)
    return Json(job_told(house.jobs.state(ident)), 202)


@router.post("/stories/{story}/files", status_code=202, response_model=models.Job)
def add_files(
    request: Request,
    story: str,
    person: Editor,
    files: Annotated[list[UploadFile], File(description=f"Reports as files, {MAX_FILES} at most.")],
) -> Json:
    """Add reports as files, of any format that the tool reads; they are read in the background, see the job."""
    house = House(request)
    uploads = [Upload(name=one.filename or "report", stream=one.file) for one in files]
    return Json(job_told(house.jobs.state(house.jobs.submit(story, by=person.name, uploads=uploads))), 202)


@router.post("/stories/{story}/annotations", status_code=201, response_model=models.Annotated)
def annotate_reports(
    request: Request,
    story: str,
    person: Editor,
    files: Annotated[list[UploadFile], File(description="JSON of Hypothesis: an answer of its search, or an export.")],
) -> Json:
    """Enter annotations as notes on the statements whose words they anchor to; of each it is told what became of it."""
    house = House(request)
    found = [one for file in files for one in read_annotations(file.file.read(), file.filename or "annotations")]
    noted = annotate(house.desk, story, found, by=person.name)
    last = max((one.entry or 0 for one in noted), default=0)
    return Json({"noted": records(noted), "told": house.settle(story, last)}, 201)


@router.get("/jobs", response_model=models.Page[models.Job])
def jobs(
    request: Request,
    person: Reader,
    pages: Pages,
    story: Annotated[str, Query(max_length=500)],
) -> Json:
    """A story's jobs, the last first."""
    found = House(request).jobs.of(see(person, story))
    return Json(pages.page(found, job_told, lambda one: (one.at.isoformat(), one.id)))


@router.get("/jobs/{job}", response_model=models.Job)
def job(request: Request, job: str, person: Reader) -> Json:
    """Where a job stands."""
    found = House(request).jobs.state(job)
    if not may_see(person, found.story):
        raise UsageError(f"no job '{job[:40]}' · the desk · see the log")
    return Json(job_told(found))
