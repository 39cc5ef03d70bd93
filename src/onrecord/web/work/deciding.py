"""Decisions made by forms: one page for each, and the one address that they are sent to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Form, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.entry import Verdict
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import Wish, decision_of
from onrecord.ledger.deciding.preview import Preview, preview
from onrecord.rendering.wording import shown
from onrecord.web.auth.people import Editor
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.views import StoryView, view_of
from onrecord.web.work.redirects import back, local, since, story_path, there
from onrecord.web.work.spans import Typed, places
from onrecord.web.work.subjects import Subjects, alike, other_parties, runs, subjects, suggested
from onrecord.web.work.tasks import FIELDS, task

router = APIRouter()
_PARTS = ("source", "cue", "content")
_TEXT_CHARS = 20_000


class Filled(BaseModel):
    """A form as it was filled in; its sizes are kept here, its sense by the ledger."""

    verdict: str = Field(max_length=40)
    id: list[Annotated[str, Field(max_length=500)]] = Field(default=[], max_length=200)
    first: str = Field(default="", max_length=500)
    value: str = Field(default="", max_length=_TEXT_CHARS)
    kind: str = Field(default="", max_length=40)
    why: str = Field(default="", max_length=_TEXT_CHARS)
    source: str = Field(default="", max_length=_TEXT_CHARS)
    cue: str = Field(default="", max_length=_TEXT_CHARS)
    content: str = Field(default="", max_length=_TEXT_CHARS)
    shown: list[Annotated[str, Field(max_length=20)]] = Field(default=[], max_length=3)
    source_places: str = Field(default="", max_length=_TEXT_CHARS)
    cue_places: str = Field(default="", max_length=_TEXT_CHARS)
    content_places: str = Field(default="", max_length=_TEXT_CHARS)
    field: str = Field(default="", max_length=40)
    reply_to: int | None = Field(default=None, ge=1, le=2_000_000_000)
    preview: str = Field(default="", max_length=10)
    seen: int | None = Field(default=None, ge=0, le=2_000_000_000)
    back: str = Field(default="", max_length=4000)


@router.get("/stories/{story}/decide/{verdict}")
def form(
    request: Request,
    story: str,
    verdict: Annotated[str, Path(max_length=40)],
    person: Editor,
    id: Annotated[list[Annotated[str, Field(max_length=500)]] | None, Query(max_length=200)] = None,
    place: Annotated[str, Query(alias="back", max_length=4000)] = "",
    content: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """The form of one decision; `content` are places that were selected in the report ("12:40")."""
    view = view_of(request, person, story)
    filled = Filled(verdict=verdict, id=id or [], back=place)
    return _form(request, view, _with_selection(filled, view.story, content) if content else filled)


@router.post("/stories/{story}/decide")
def decide(request: Request, story: str, person: Editor, filled: Annotated[Filled, Form()]) -> Response:
    """Enter a decision and lead back; what is wrong with it is told on the form, which keeps what was filled in."""
    shelves, view = request.app.state.story_cache, view_of(request, person, story)
    filled = filled.model_copy(update={"id": [one for one in filled.id if one]})
    try:
        subjects(view.story, filled.id)
        wish, scene = _wish(filled, view.story), request.app.state.desk.scene(view.story)
        if filled.preview:
            return _form(request, view, filled, counted=preview(wish, view.story, scene))
        decision = decision_of(wish, view.story, scene, filled.seen or view.head)
    except UsageError as error:
        return _form(request, view, filled, str(error))
    landed = request.app.state.desk.decide(story, decision, by=person.name)
    settled = shelves.settle(story, landed.entry.seq) or wish.verdict is not Verdict.NOT_A_CLAIM
    return back(there(request, story, filled.back, settled), landed.entry.seq)


def _form(
    request: Request, view: StoryView, filled: Filled, fault: str | None = None, counted: Preview | None = None
) -> Response:
    found, missing = _subjects(view.story, filled.id)
    fault = fault or missing
    meant = task(filled.verdict, bool(found.statements) and not found.claims)
    way = local(filled.back, story_path(view.story.name))
    values: dict[str, Any] = {"task": meant, "subjects": found, "filled": filled, "fault": fault, "back": way}
    values["preview"] = counted
    # A form that failed may have failed for what somebody else did since it was opened.
    values["meanwhile"] = since(request, view.story.name, filled.seen) if fault and filled.seen else ()
    values.update(_extras(view.story, meant.verdict, found))
    return page(request, "work/decide.html", 400 if fault else 200, view=view, story=view.story, **values)


def _with_selection(filled: Filled, story: Story, selected: str) -> Filled:
    """The form with words that were selected in the report of its statement, where they are in it."""
    found, ident = re.fullmatch(r"(\d{1,9}):(\d{1,9})", selected), filled.id[0] if filled.id else ""
    one = story.attribution.get(ident)
    report = story.report.get(one.report if one else ident)
    if found is None or report is None:
        return filled
    told = report.text[int(found[1]) : int(found[2])]
    return filled.model_copy(update={"content": shown(told), "content_places": selected}) if told else filled


def _subjects(story: Story, ids: list[str]) -> tuple[Subjects, str | None]:
    try:
        return subjects(story, ids), None
    except UsageError as error:
        known = [one for one in ids if _there(story, one)]
        return subjects(story, known), str(error)


def _there(story: Story, ident: str) -> bool:
    try:
        return bool(subjects(story, [ident]))
    except UsageError:
        return False


def _extras(story: Story, verdict: Verdict, found: Subjects) -> dict[str, Any]:
    """What only some forms show: likely claims to merge with, names to choose from, the report's text."""
    first = found.statements[0] if found.statements else None
    extras: dict[str, Any] = {"alike": (), "names": (), "kinds": tuple(PartyKind), "runs": (), "present": {}}
    extras |= {"fields": FIELDS, "others": ()}
    if verdict is Verdict.SAME_PARTY and found.parties:
        extras["others"] = other_parties(story, found.parties[0])
    if verdict in (Verdict.PASSED_ON, Verdict.SPEAKS_FOR):
        extras["names"] = suggested(story, first)
    if verdict is Verdict.ADD_STATEMENT and found.reports:
        extras["runs"] = runs(found.reports[0])
        extras["present"] = dict.fromkeys(_PARTS, "")
    if verdict is Verdict.SAME and len(found.claims) == 1:
        extras["alike"] = alike(story, found.claims[0])
    if verdict is Verdict.SPEAKER_IS:
        extras["names"] = suggested(story, first)
    if verdict is Verdict.CORRECT_SPAN and first:
        one = story.attribution[first.attribution]
        report = story.report[one.report]
        extras["runs"] = runs(report, one)
        extras["present"] = {part: shown(words(getattr(one, part), report.text)) for part in _PARTS}
    return extras


def _wish(filled: Filled, story: Story) -> Wish:
    verdict = task(filled.verdict, False).verdict
    # Of claims that are merged, the first gives its words and its name.
    ids = tuple(dict.fromkeys([*(one for one in filled.id if one == filled.first), *filled.id]))
    wish = Wish(
        verdict=verdict,
        ids=ids,
        value=_value(filled) or None,
        why=filled.why,
        field=filled.field or None,
        reply_to=filled.reply_to,
    )
    if verdict is Verdict.ADD_STATEMENT:
        return _with_places(wish, filled, story)
    if verdict is not Verdict.CORRECT_SPAN:
        return wish
    one = story.attribution.get(wish.ids[0]) if len(wish.ids) == 1 else None
    if one is None:
        raise UsageError("no statement to correct · correct-span · choose exactly one; somebody may have changed it")
    source, cue, content = (_told(part, filled, one, story) for part in _PARTS)
    return replace(wish, source=source, cue=cue, content=content)


def _with_places(wish: Wish, filled: Filled, story: Story) -> Wish:
    """A statement to be added, with the places of its words in the report."""
    report = story.report.get(wish.ids[0]) if len(wish.ids) == 1 else None
    if report is None:
        raise UsageError("no report to add a statement to · add-statement · open it on the report's page")
    told = {}
    for part in _PARTS:
        selected, typed = getattr(filled, f"{part}_places"), getattr(filled, part)
        told[part] = places(Typed(name=part, words=typed, places=selected), (), report.text)
    return replace(wish, source=told["source"], cue=told["cue"], content=told["content"])


def _value(filled: Filled) -> str:
    kind, value = filled.kind.strip(), filled.value.strip()
    return f"{kind}:{value}" if kind and value and kind in tuple(PartyKind) and ":" not in value else value


def _told(part: str, filled: Filled, one: Attribution, story: Story) -> str | None:
    selected = getattr(filled, f"{part}_places")
    typed = Typed(name=part, words=getattr(filled, part), places=selected, emptied=part in filled.shown)
    return places(typed, getattr(one, part), story.report[one.report].text)
