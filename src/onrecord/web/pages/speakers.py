"""One speaker: all that the reports say they said, over time, on which claims, and where they contradict themselves."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from onrecord.datamodel.attribution import DENIAL, SUPPORT
from onrecord.errors import UsageError
from onrecord.ledger.deciding.anchors import counts
from onrecord.rendering.claims import ClaimView
from onrecord.rendering.exhibits import Exhibit, exhibit
from onrecord.web.auth.people import Reader
from onrecord.web.pages.answering import page
from onrecord.web.pages.views import StoryView, view_of

router = APIRouter(include_in_schema=False)
MOST_STATEMENTS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement of a speaker, and the claims that it counts for."""

    item: Exhibit
    claims: tuple[ClaimView, ...]


@router.get("/stories/{story}/speakers/{party}", response_class=HTMLResponse)
def speaker_page(request: Request, person: Reader, story: str, party: str) -> HTMLResponse:
    """All that one speaker is credited with, the first first."""
    view = view_of(request, person, story)
    found = view.story.party.get(party)
    if found is None:
        raise UsageError(f"no speaker '{party[:80]}' · story {story} · see its sources")
    mine = [one for one in view.story.attributions if one.speaker == party]
    dated = sorted(mine, key=lambda one: (_published(view, one.report), one.report, one.content[0].start))
    said = [
        Said(item=exhibit(view.story, one), claims=tuple(view.claims_of.get(one.id, ())[:3]))
        for one in dated[:MOST_STATEMENTS]
    ]
    return page(
        request,
        "pages/speaker.html",
        view=view,
        story=view.story,
        section="sources",
        base=f"/stories/{quote(story, safe='')}",
        party=found,
        said=said,
        more=max(0, len(mine) - MOST_STATEMENTS),
        torn=_on_both_sides(view, party),
    )


def _published(view: StoryView, report: str) -> str:
    published = view.story.report[report].published
    return published.at.isoformat() if published else "9"


def _on_both_sides(view: StoryView, party: str) -> tuple[ClaimView, ...]:
    """The claims that a speaker supports here and denies there."""
    found = []
    for claim in view.story.claims:
        mine = (one for one in claim.members if view.story.attribution[one.attribution].speaker == party)
        stances = {one.stance for one in mine if counts(one)}
        if stances & SUPPORT and stances & DENIAL:
            found.append(view.by_id[claim.id])
    return tuple(found)
