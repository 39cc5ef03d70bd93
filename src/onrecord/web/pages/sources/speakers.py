"""One speaker: all that the reports say they said, over time and stories, and where they contradict themselves."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.party import Party
from onrecord.errors import UsageError
from onrecord.ledger.storage.index import fold
from onrecord.ledger.storage.searching import Hit, HitKind, Wanted
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Exhibit, exhibit
from onrecord.web.auth.people import Person, Reader
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.tables import Form, Row, listed, statement_row
from onrecord.web.pages.layout.views import StoryView, view_of

router = APIRouter(include_in_schema=False)
MOST_STATEMENTS = 300
_MOST_ELSEWHERE = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement of a speaker, and the claims that it counts for."""

    item: Exhibit
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """A claim that a speaker supports here and denies there, with the first statement of either."""

    claim: ClaimView
    supports: Exhibit
    denies: Exhibit


@router.get("/stories/{story}/speakers/{party}", response_class=HTMLResponse)
def speaker_page(request: Request, person: Reader, story: str, party: str, form: Form = "") -> Response:
    """All that one speaker is credited with, the first first; then what other stories credit to the same name."""
    view = view_of(request, person, story)
    found = view.story.party.get(party)
    if found is None:
        raise UsageError(f"no speaker '{party[:80]}' · story {story} · see its sources")
    mine = [one for one in view.story.attributions if one.speaker == party]
    dated = sorted(mine, key=lambda one: (_published(view, one.report), one.report, one.content[0].start))
    most = len(dated) if form else MOST_STATEMENTS
    said = [
        Said(item=exhibit(view.story, one), claims=tuple(view.claims_of.get(one.id, ())[:3])) for one in dated[:most]
    ]
    if form:
        return listed(form, f"{story}-{found.name}", map(_row, said))
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
        torn=on_both_sides(view, party),
        elsewhere=_elsewhere(request, person, found, story),
    )


def _published(view: StoryView, report: str) -> str:
    published = view.story.report[report].published
    return published.at.isoformat() if published else "9"


def on_both_sides(view: StoryView, party: str) -> tuple[Torn, ...]:
    """The claims on which a speaker is counted for and against."""
    found = []
    for claim in view.claims:
        sides = {
            side: next((one.first for one in claim.holders[side] if one.party == party), None)
            for side in ("for", "against")
        }
        if (supports := sides["for"]) and (denies := sides["against"]):
            found.append(Torn(claim=claim, supports=supports, denies=denies))
    return tuple(found)


def _elsewhere(request: Request, person: Person, party: Party, story: str) -> list[tuple[str, list[Hit]]]:
    """What other stories that one may see credit to exactly this name, by story and date."""
    if not party.named or not fold(party.name):
        return []
    wanted = Wanted(speaker=party.name, stories=person.stories, kinds=frozenset({HitKind.STATEMENT}), limit=1000)
    name = fold(party.name)
    hits = [
        one for one in request.app.state.desk.find(wanted) if one.story != story and fold(one.speaker or "") == name
    ]
    return [(key, list(some)) for key, some in groupby(hits[:_MOST_ELSEWHERE], key=lambda one: one.story)]


def _row(one: Said) -> Row:
    return {**statement_row(one.item), "claims": [claim.id for claim in one.claims]}
