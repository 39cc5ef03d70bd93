"""One outlet: its reports, what it carried before others, what it corrected, and whom it passed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.moment import Moment
from onrecord.errors import UsageError
from onrecord.ledger.replay import State
from onrecord.rendering.brief import ReportView
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Exhibit, by_time, outlet_of
from onrecord.rendering.wording import shown
from onrecord.web.auth.people import Reader
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.tables import Form, Row, listed, statement_row
from onrecord.web.pages.layout.views import StoryView, view_of

router = APIRouter(include_in_schema=False)
MOST_FIRST, _MOST_RELAYS = 60, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """A claim that an outlet carried before any other, how it did, and who carried it next."""

    claim: ClaimView
    item: Exhibit
    next: Exhibit
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What an outlet corrected, or a report that it changed or took back: the words of it, the report, the entry."""

    what: str
    words: str
    report: str
    before: str | None = None


@router.get("/stories/{story}/outlets/{outlet:path}", response_class=HTMLResponse)
def outlet_page(request: Request, person: Reader, story: str, outlet: str, form: Form = "") -> Response:
    """What one outlet told, the first first; as a table: the claims that it carried first."""
    view, outlet = view_of(request, person, story), shown(outlet)
    # A report of an unknown outlet stands for itself, and is listed among those of unknown ones.
    reports = [one for one in view.brief.reports if outlet in (one.outlet, outlet_of(one.report))]
    if not reports:
        raise UsageError(f"no outlet '{outlet[:80]}' · story {story} · see its reports")
    first = list(carried_first(view.claims, outlet))
    if form:
        return listed(form, f"{story}-{outlet}", map(_row, first), ("claim_id", "claim", "published"))
    state: State = request.app.state.story_cache.state(story)
    return page(
        request,
        "pages/outlet.html",
        view=view,
        story=view.story,
        section="reports",
        base=f"/stories/{quote(story, safe='')}",
        outlet=outlet,
        reports=reports,
        first=first[:MOST_FIRST],
        more=max(0, len(first) - MOST_FIRST),
        mended=mended(state, reports),
        relays=_relays(view, outlet, reports),
    )


def carried_first(claims: Iterable[ClaimView], outlet: str) -> Iterable[First]:
    """Claims that others carried too, for which this outlet's statement is the earliest that is dated."""
    for claim in claims:
        dated = sorted((one for one in claim.exhibits if one.published), key=by_time)
        others = [one for one in dated if one.outlet != outlet]
        mine = [one for one in dated if one.outlet == outlet]
        if mine and others and _before(mine[0].published, others[0].published):
            many = len({one.outlet for one in others})
            yield First(claim=claim, item=mine[0], next=others[0], others=many)


def _before(one: Moment | None, other: Moment | None) -> bool:
    """Whether it came before the other for certain: a report that is only dated may be of any time of its day."""
    return bool(one and other and one.end < other.at)


def mended(state: State, reports: Iterable[ReportView]) -> list[Mended]:
    """Corrections, new versions and withdrawals of some reports, by report."""
    mine = {one.report.id for one in reports}
    roots = {one.root for one in state.filed if one.report.id in mine}
    ids = {one.report.id for one in state.filed if one.root in roots}
    found = [
        Mended(what=one.kind, words=one.words, report=one.report) for one in state.corrections if one.report in ids
    ]
    for root in sorted(roots):
        versions = state.versions(root)
        for before, after in pairwise(versions):
            told = after.report.headline or after.report.file
            found.append(Mended(what="changed", words=told, report=after.report.id, before=before.report.id))
    return found


def _relays(view: StoryView, outlet: str, reports: Iterable[ReportView]) -> list[tuple[str, int]]:
    """Through whom the statements of its reports came, those most often first."""
    said = (one for report in reports for one in view.said_in.get(report.report.id, ()))
    return Counter(relay for one in said for relay in one.relay if relay != outlet).most_common(_MOST_RELAYS)


def _row(one: First) -> Row:
    told = {f"then_{key}": value for key, value in statement_row(one.next).items() if key in ("published", "outlet")}
    return {
        "claim_id": one.claim.id,
        "claim": one.claim.text,
        "standing": one.claim.status.value,
        **statement_row(one.item),
        **told,
        "other_outlets": one.others,
    }
