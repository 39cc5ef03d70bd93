"""Pages of what waits for somebody: notices, the queue of claims to check, and what changed since they looked."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.datamodel.entry import EntryType
from onrecord.datamodel.story import ClaimWork
from onrecord.ledger.desk import Desk
from onrecord.ledger.revisions.story_diff import ClaimChange, turns
from onrecord.rendering.views.claims import CONTESTED, ClaimView
from onrecord.rendering.wording import MARKS
from onrecord.web.auth.people import Person, Reader, may_see
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.seen import DESK, key_of, mark_seen, seen
from onrecord.web.pages.layout.tables import Form, claim_rows, listed
from onrecord.web.pages.layout.views import UNCHECKED, ClaimFilter, StoryView, view_of
from onrecord.web.work.following.notices import WHY_WORDS, Notices
from onrecord.web.work.redirects import DEEDS, told_entries

router = APIRouter(include_in_schema=False)

# Stories are told for the queue no longer than this; for a table, which nobody loads again, until they are there.
_PATIENCE_S, _TABLE_PATIENCE_S = 0.6, 60.0
_MOST_STORIES, _MOST_QUEUED, _MOST_ENTRIES, _MOST_CHANGED = 40, 200, 200, 100
_STATUSES = {status.value: status for status in MARKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A claim that waits to be checked, and how far the desk is with it."""

    story: str
    title: str
    claim: ClaimView
    work: ClaimWork | None


@router.get("/notices")
def notices(request: Request, person: Reader) -> Response:
    """What concerns whoever asks; what is shown here is no news any more."""
    held: Notices = request.app.state.notices
    found = held.of(person)
    looked = seen(request).get(key_of(DESK), 0)
    answer = page(request, "work/notices.html", notices=found, looked=looked, why_words=WHY_WORDS, section="notices")
    if found:
        mark_seen(request, answer, DESK, max(looked, found[0].entry))
    return answer


@router.get("/queue")
def queue(request: Request, person: Reader, of: Annotated[str, Query(max_length=20)] = "", form: Form = "") -> Response:
    """Claims that nobody checked, over all stories, the contested first; `of=me` are one's own."""
    found, waiting = _queued(request, person, _TABLE_PATIENCE_S if form else _PATIENCE_S, mine=of == "me")
    if form:
        rows = [{"story": one.story, **claim_rows([one.claim], _story(request, person, one.story))[0]} for one in found]
        return listed(form, "queue", rows, ("story", "number", "id", "standing", "claim"))
    values: dict[str, Any] = {"queue": found[:_MOST_QUEUED], "total": len(found), "waiting": waiting, "of": of}
    return page(request, "work/queue.html", section="queue", **values)


def _story(request: Request, person: Person, name: str) -> Any:
    return view_of(request, person, name).story


def _queued(request: Request, person: Person, patience_s: float, *, mine: bool) -> tuple[list[Queued], int]:
    """What waits, and how many stories are not in hand yet."""
    desk: Desk = request.app.state.desk
    shelves = sorted(
        (one for one in desk.stories() if may_see(person, one.name)), key=lambda one: one.last, reverse=True
    )
    sieve, left = ClaimFilter(work=UNCHECKED), time.monotonic() + patience_s
    found: list[Queued] = []
    waiting = 0
    for shelf in shelves[:_MOST_STORIES]:
        if request.app.state.story_cache.glance(shelf.name, max(0.0, left - time.monotonic())) is None:
            waiting += 1
            continue
        view = view_of(request, person, shelf.name)
        for claim in view.brief.claims:
            work = view.story.work_on.get(claim.id)
            if (not mine or (work and work.owner == person.name)) and sieve.lets(claim, None, work):
                found.append(Queued(story=shelf.name, title=view.brief.name, claim=claim, work=work))
    found.sort(key=lambda one: (one.claim.status not in CONTESTED, one.claim.number))
    return found, waiting


@router.get("/stories/{story}/news")
def news(
    request: Request, story: str, person: Reader, since: Annotated[int, Query(ge=0, le=2_000_000_000)] = 0
) -> Response:
    """What changed in a story since an entry, by default since this browser looked last."""
    view = view_of(request, person, story)
    after = since or seen(request).get(key_of(story), 0)
    desk: Desk = request.app.state.desk
    before = desk.snapshot_by(story, after) if after else None
    changed = turns(before, view.story) if before else ()
    with desk.store.view() as held:
        entries = list(held.entries(story, after=after, acts=(*DEEDS, EntryType.READ, EntryType.CORRECTED)))
        deeds = told_entries(held, story, [one for one in entries if one.act in DEEDS][-_MOST_ENTRIES:])
    fresh = [one.subject for one in entries if one.act is EntryType.READ]
    answer = page(
        request,
        "work/news.html",
        view=view,
        story=view.story,
        section="news",
        base=f"/stories/{quote(story, safe='')}",
        since=after,
        compared=before is not None,
        changed=[_turned(view, one) for one in changed[:_MOST_CHANGED]],
        more=max(0, len(changed) - _MOST_CHANGED),
        reports=[one for one in view.brief.reports if one.report.id in fresh],
        deeds=tuple(reversed(deeds)),
    )
    mark_seen(request, answer, story, view.head)
    return answer


def _turned(view: StoryView, one: ClaimChange) -> dict[str, object]:
    """A change with the standings that its page draws, and its claim where it is still there."""
    return {
        "text": one.text,
        "claim": view.by_id.get(one.claim) if one.after else None,
        "before": _STATUSES.get(one.before or ""),
        "after": _STATUSES.get(one.after or ""),
        "origins_before": one.origins_before,
        "origins_after": one.origins_after,
    }
