"""The API's questions over the whole desk: stories, search, the log, and who asks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query, Request

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import UsageError
from onrecord.ledger.entries import entry_json
from onrecord.ledger.searches import PARTS, keep_search
from onrecord.ledger.storage.searching import Hit, Wanted
from onrecord.web.api import models
from onrecord.web.api.asking import Keeping, instant
from onrecord.web.api.paging import Key, Pages
from onrecord.web.api.serialize import House, Json
from onrecord.web.auth.people import Editor, Person, Reader, may_see
from onrecord.web.work.following.notices import Notice
from onrecord.web.work.keeping import may_drop, searches_for

router = APIRouter(tags=["desk"])


@router.get("/me", response_model=models.Me)
def me(person: Reader) -> Json:
    """Who asks, and what they may do."""
    stories = None if person.stories is None else sorted(person.stories)
    return Json({"name": person.name, "role": person.role.value, "stories": stories})


@router.get("/stories", response_model=models.Page[models.StoryLine])
def stories(request: Request, person: Reader, pages: Pages) -> Json:
    """The desk's stories, by name."""
    found = [one for one in House(request).desk.stories() if may_see(person, one.name)]
    return Json(
        pages.page(
            found,
            lambda one: {
                "story": one.name,
                "reports": one.reports,
                "withdrawn": one.withdrawn,
                "entries": one.entries,
                "last": one.last.isoformat(),
            },
            lambda one: (one.name,),
        )
    )


@router.get("/search", response_model=models.Page[models.Hit])
def search(
    request: Request,
    person: Reader,
    pages: Pages,
    q: Annotated[str, Query(max_length=500, description="All of the words; in double quotes, side by side.")] = "",
    speaker: Annotated[str | None, Query(max_length=200, description="Only what this speaker says.")] = None,
    since: Annotated[str | None, Query(max_length=40, description="Only what was published since.")] = None,
    story: Annotated[str | None, Query(max_length=500, description="Only in this story.")] = None,
    past: Annotated[bool, Query(description="Also in replaced and withdrawn versions.")] = False,
) -> Json:
    """Claims, notes, statements, headlines and reports that hold the words; the first 10,000 at most."""
    wanted = Wanted(
        words=q,
        speaker=speaker,
        since=instant(since, "since"),
        story=story,
        stories=person.stories,
        past=past,
        limit=10_000,
    )
    return Json(pages.page(House(request).desk.find(wanted), asdict, _hit_key))


@router.get("/searches", response_model=models.Page[models.KeptSearch])
def searches(request: Request, person: Reader, pages: Pages) -> Json:
    """The searches that are kept, by name."""
    return Json(pages.page(searches_for(House(request).desk, person), asdict, lambda one: (one.entry,)))


@router.post("/searches", status_code=201, response_model=models.Entry)
def keep(request: Request, wanted: Keeping, person: Editor) -> Json:
    """Keep a search for all who work at the desk; undo its entry to take it off."""
    asked = {part: str(getattr(wanted, part)) for part in PARTS if part != "past"}
    asked["past"] = "true" if wanted.past else ""
    landed = keep_search(House(request).desk, wanted.name, asked, by=person.name, why=wanted.why)
    return Json(entry_json(landed.entry), 201)


@router.get("/notices", response_model=models.Page[models.Notice])
def notices(
    request: Request,
    person: Reader,
    pages: Pages,
    after: Annotated[int, Query(ge=0, le=2_000_000_000, description="Only entries after this number.")] = 0,
) -> Json:
    """What concerns whoever asks: notes that call them, answers, claims given to them; the newest first."""
    return Json(pages.page(request.app.state.notices.of(person, after), _notice, lambda one: (one.entry, one.why)))


def _hit_key(one: Hit) -> Key:
    return one.story, one.kind.value, one.report, one.line, one.claim or "", one.words


def _notice(one: Notice) -> dict[str, object]:
    return {**asdict(one), "at": one.at.isoformat()}


@router.get("/log", response_model=models.Page[models.Entry])
def log(
    request: Request,
    person: Reader,
    pages: Pages,
    story: Annotated[str | None, Query(max_length=500)] = None,
    after: Annotated[int, Query(ge=0, le=2_000_000_000, description="Only entries after this number.")] = 0,
) -> Json:
    """Who entered what and when, in order."""
    with House(request).desk.store.view() as view:
        # Decoding is left to those that are told.
        found = [one for one in view.entries(story, after=after) if _seen(person, one)]
    return Json(pages.page(found, entry_json, lambda one: (one.seq,)))


@router.get("/entries/{entry}", response_model=models.Entry)
def entry(request: Request, entry: int, person: Reader) -> Json:
    """One entry by its number."""
    return Json(entry_json(seen_entry(request, entry, person)))


def seen_entry(request: Request, seq: int, person: Person) -> Entry:
    """An entry that a person may see; raises UsageError, as for one that is not there, for any other."""
    if 0 < seq <= 2_000_000_000:
        found = House(request).desk.entry(seq)
        if _seen(person, found) or (found.act is EntryType.KEPT and may_drop(House(request).desk, person, seq)):
            return found
    raise UsageError(f"no entry {seq} · the log · see /api/v1/log")


def _seen(person: Person, entry: Entry) -> bool:
    return may_see(person, entry.story)
