"""Taking back: a decision undone, a report withdrawn or brought back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import Response

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import UsageError
from onrecord.ledger import entries as ledger_entries
from onrecord.ledger.entries import payload_of
from onrecord.ledger.moving import moved_to
from onrecord.ledger.storage.index import cancelled
from onrecord.ledger.storage.store import View
from onrecord.ledger.undoing import take_back
from onrecord.web.auth.people import Editor, Person, may_see
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.views import view_of
from onrecord.web.work.redirects import back, local, story_path, there, told_entries

router = APIRouter()
Why = Annotated[str, Form(max_length=20_000)]
Place = Annotated[str, Form(alias="back", max_length=4000)]
Asked = Annotated[str, Query(alias="back", max_length=4000)]


@router.get("/stories/{story}/undo")
def undo_last(request: Request, story: str, person: Editor, place: Asked = "") -> Response:
    """The form that undoes one's last decision that stands."""
    with request.app.state.desk.store.view() as view:
        last = _last(view, story, person.name)
    if last is None:
        view, way = view_of(request, person, story), local(place, story_path(story, "log"))
        fault = "There is nothing of yours to undo on this story."
        return page(request, "work/undo.html", view=view, story=view.story, done=None, back=way, fault=fault)
    return _form(request, person, story, last, place)


@router.get("/stories/{story}/undo/{entry}")
def undo_form(request: Request, story: str, entry: int, person: Editor, place: Asked = "") -> Response:
    """The form that undoes one entry."""
    return _form(request, person, story, _entry(request, story, entry), place)


@router.post("/stories/{story}/undo/{entry}")
def undo(request: Request, story: str, entry: int, person: Editor, why: Why = "", place: Place = "") -> Response:
    """Take back a decision, a withdrawal or an undoing, by an entry of its own."""
    meant = _entry(request, story, entry)
    if (other := moved_to(meant)) and not may_see(person, other):
        raise UsageError(f"no entry {entry} to undo · story {story} · see its log")
    try:
        landed = take_back(request.app.state.desk, meant.seq, by=person.name, why=why)
    except UsageError as error:
        return _form(request, person, story, meant, place, str(error))
    settled = request.app.state.story_cache.settle(story, landed.entry.seq)
    return back(there(request, story, place or story_path(story, "log"), settled), landed.entry.seq)


@router.get("/stories/{story}/reports/{report}/withdraw")
def withdraw_form(request: Request, story: str, report: str, person: Editor, place: Asked = "") -> Response:
    """The form that withdraws a report."""
    return _withdraw_form(request, person, story, report, place)


@router.post("/stories/{story}/reports/{report}/withdraw")
def withdraw(request: Request, story: str, report: str, person: Editor, why: Why = "", place: Place = "") -> Response:
    """Withdraw a report with all its versions: it is not told any more, but stays on record."""
    try:
        landed = request.app.state.desk.withdraw(story, report, by=person.name, why=why)
    except UsageError as error:
        return _withdraw_form(request, person, story, report, place, str(error))
    request.app.state.story_cache.settle(story, landed.entry.seq)
    return back(local(place, story_path(story, "reports")), landed.entry.seq)


def _form(request: Request, person: Person, story: str, entry: Entry, place: str, fault: str | None = None) -> Response:
    with request.app.state.desk.store.view() as view:
        done = told_entries(view, story, [entry])[0]
    way = local(place, story_path(story, "log"))
    view, status = view_of(request, person, story), 400 if fault else 200
    return page(request, "work/undo.html", status, view=view, story=view.story, done=done, back=way, fault=fault)


def _withdraw_form(
    request: Request, person: Person, story: str, report: str, place: str, fault: str | None = None
) -> Response:
    filed = request.app.state.story_cache.state(story).version(report)
    if filed is None:
        raise UsageError(f"no report '{report[:80]}' · story {story} · see its reports")
    way = local(place, story_path(story, "reports"))
    view, status = view_of(request, person, story), 400 if fault else 200
    values = {"view": view, "story": view.story, "report": filed.report, "back": way, "fault": fault}
    return page(request, "work/withdraw.html", status, section="reports", **values)


def _entry(request: Request, story: str, seq: int) -> Entry:
    if 0 < seq <= 2_000_000_000:
        with request.app.state.desk.store.view() as view:
            found: Entry | None = view.entry(seq)
        if found and found.story == story:
            return found
    raise UsageError(f"no entry {seq} · story {story} · see its log")


def _last(view: View, story: str, name: str) -> Entry | None:
    """One's last decision or withdrawal that nobody undid."""
    entries = list(view.entries(story, acts=(EntryType.DECIDED, EntryType.WITHDRAWN, EntryType.UNDONE)))
    gone = cancelled([(one.seq, int(payload_of(one)["entry"])) for one in entries if one.act is EntryType.UNDONE])
    mine = [
        one
        for one in entries
        if one.by == ledger_entries.person(name) and one.act is not EntryType.UNDONE and one.seq not in gone
    ]
    return mine[-1] if mine else None
