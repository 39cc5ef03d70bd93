"""A story by its conflicts, quotes, documents, sources, times, changes and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.report import Fate
from onrecord.rendering.brief import EventView
from onrecord.rendering.page.relays import relay_graph
from onrecord.rendering.views.documents import lines as document_lines
from onrecord.rendering.views.exhibits import way_words
from onrecord.rendering.views.sources import SourceView
from onrecord.web.auth.people import Person, Reader
from onrecord.web.charts.day_chart import day_chart
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.tables import Form, listed
from onrecord.web.pages.layout.views import view_of

router = APIRouter(include_in_schema=False)

# More than this on one page is more than anybody reads; the brief and the API have them all.
MOST = 300
# More origins than this are drawn only where all are asked for.
MOST_ORIGINS = 14
PAGE_SOURCES, PAGE_REPORTS, PAGE_CONFLICTS = 60, 200, 60

Item = TypeVar("Item")
Number = Annotated[int, Query(alias="page", ge=1, le=100_000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Generic[Item]):
    """One page of a long list."""

    some: tuple[Item, ...]
    number: int
    pages: int

    @classmethod
    def of(cls, every: Sequence[Item], number: int, size: int) -> Paged[Item]:
        """The page of a number; the last one where there are fewer."""
        pages = max(1, -(-len(every) // size))
        number = min(number, pages)
        return cls(some=tuple(every[(number - 1) * size : number * size]), number=number, pages=pages)


def _list(request: Request, person: Person, story: str, section: str, **more: Any) -> HTMLResponse:
    view = view_of(request, person, story)
    base = f"/stories/{quote(story, safe='')}"
    values: dict[str, Any] = {"view": view, "story": view.story, "section": section, "base": base, "most": MOST}
    return page(request, f"pages/{section}.html", **values, **more)


@router.get("/stories/{story}/conflicts", response_class=HTMLResponse)
def conflicts(request: Request, person: Reader, story: str, number: Number = 1, form: Form = "") -> Response:
    """Who contradicts whom, side by side."""
    view = view_of(request, person, story)
    if form:
        return listed(form, f"{story}-conflicts", view.story.conflicts.records(), view.story.conflicts.names)
    found = view.brief.gathered
    pages = max(1, -(-len(found) // PAGE_CONFLICTS))
    number = min(number, pages)
    some = found.some((number - 1) * PAGE_CONFLICTS, number * PAGE_CONFLICTS)
    return _list(request, person, story, "conflicts", paged=Paged(some=some, number=number, pages=pages))


@router.get("/stories/{story}/quotes", response_class=HTMLResponse)
def quotes(request: Request, person: Reader, story: str, form: Form = "") -> Response:
    """The same words over reports, with what differs."""
    if form:
        found = view_of(request, person, story).story.quotes
        return listed(form, f"{story}-quotes", found.records(), found.names)
    return _list(request, person, story, "quotes")


@router.get("/stories/{story}/exhibits", response_class=HTMLResponse)
def exhibits(request: Request, person: Reader, story: str) -> HTMLResponse:
    """The documents that the story turns on: who says what of each, and its text in pieces."""
    return _list(request, person, story, "exhibits", document_lines=document_lines)


@router.get("/stories/{story}/sources", response_class=HTMLResponse)
def sources(
    request: Request,
    person: Reader,
    story: str,
    number: Number = 1,
    of: Annotated[str, Query(max_length=500)] = "",
    graph: Annotated[str, Query(max_length=10)] = "",
    form: Form = "",
) -> Response:
    """Who said what and through whom, who is unnamed, who would not comment; `of` is whose page is wanted."""
    view = view_of(request, person, story)
    if form:
        return listed(form, f"{story}-sources", map(_source_row, view.brief.sources))
    named_first = sorted(view.brief.sources, key=lambda one: not one.named)
    place = next((place for place, one in enumerate(named_first) if of and one.party == of), None)
    number = number if place is None else place // PAGE_SOURCES + 1
    known = [one for one in view.brief.sources if one.party]
    telling = sorted(
        known,
        key=lambda one: (any(item.relay for item in one.exhibits), one.named, len(one.exhibits)),
        reverse=True,
    )
    drawn = telling if graph == "all" else telling[:MOST_ORIGINS]
    found = relay_graph((item, "both") for one in drawn[:MOST] for item in one.exhibits[:20])
    paged = Paged.of(named_first, number, PAGE_SOURCES)
    return _list(
        request,
        person,
        story,
        "sources",
        graph=found if paged.number == 1 else None,
        drawn=len(drawn),
        drawable=len(telling),
        paged=paged,
    )


@router.get("/stories/{story}/timeline", response_class=HTMLResponse)
def timeline(request: Request, person: Reader, story: str, form: Form = "") -> Response:
    """What the reports date, by day."""
    view = view_of(request, person, story)
    if form:
        return listed(form, f"{story}-timeline", map(_event_row, view.brief.timeline))
    days = [(list(some)[:40]) for _, some in groupby(view.brief.timeline[: 4 * MOST], key=lambda one: one.day)]
    return _list(
        request, person, story, "timeline", days=days, chart=day_chart(view.brief.timeline), claims_of=view.claims_of
    )


@router.get("/stories/{story}/changes", response_class=HTMLResponse)
def changes(request: Request, person: Reader, story: str, form: Form = "") -> Response:
    """When each claim's standing changed, newest first."""
    view = view_of(request, person, story)
    if form:
        return listed(form, f"{story}-changes", view.story.changes.records(), view.story.changes.names)
    turned = [one for one in reversed(view.brief.turns) if one.before is not None]
    return _list(request, person, story, "changes", turned=turned[:MOST])


@router.get("/stories/{story}/reports", response_class=HTMLResponse)
def reports(request: Request, person: Reader, story: str, number: Number = 1, form: Form = "") -> Response:
    """Every report, with what could not be read."""
    view = view_of(request, person, story)
    if form:
        return listed(form, f"{story}-reports", view.story.reports.records(), view.story.reports.names)
    state = request.app.state.story_cache.state(story)
    withdrawn = [one for one in state.filed if one.withdrawn is not None]
    refused = [one for one in view.story.outcomes if one.fate is Fate.REFUSED]
    paged = Paged.of(view.brief.reports, number, PAGE_REPORTS)
    return _list(request, person, story, "reports", withdrawn=withdrawn, refused=refused, paged=paged)


def _source_row(one: SourceView) -> dict[str, object]:
    return {
        "source": one.name,
        "party": one.party,
        "role": one.role,
        "kind": one.kind.value,
        "named": one.named,
        "doubtful": one.doubtful,
        "speaks_for": one.speaks_for,
        "described_as": list(one.terms),
        "ways": [way_words(way.chain, one.name) or "in its own report" for way in one.paths],
        "statements": len(one.exhibits),
    }


def _event_row(one: EventView) -> dict[str, object]:
    return {
        "at": one.at.isoformat() if one.at else None,
        "text": one.text,
        "dated": one.dated,
        "outlet": one.outlet,
        "place": one.reference.label if one.reference else None,
    }
