"""A story by its conflicts, quotes, sources, times, changes and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated, Any, Generic, TypeVar
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from onrecord.datamodel.report import Fate
from onrecord.rendering.page.relays import relay_graph
from onrecord.web.auth.people import Person, Reader
from onrecord.web.pages.answering import page
from onrecord.web.pages.views import view_of

router = APIRouter(include_in_schema=False)

# More than this on one page is more than anybody reads; the brief and the API have them all.
MOST = 300
MOST_ORIGINS = 24
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
def conflicts(request: Request, person: Reader, story: str, number: Number = 1) -> HTMLResponse:
    """Who contradicts whom, side by side."""
    found = view_of(request, person, story).brief.gathered
    pages = max(1, -(-len(found) // PAGE_CONFLICTS))
    number = min(number, pages)
    some = found.some((number - 1) * PAGE_CONFLICTS, number * PAGE_CONFLICTS)
    return _list(request, person, story, "conflicts", paged=Paged(some=some, number=number, pages=pages))


@router.get("/stories/{story}/quotes", response_class=HTMLResponse)
def quotes(request: Request, person: Reader, story: str) -> HTMLResponse:
    """The same words over reports, with what differs."""
    return _list(request, person, story, "quotes")


@router.get("/stories/{story}/sources", response_class=HTMLResponse)
def sources(
    request: Request, person: Reader, story: str, number: Number = 1, of: Annotated[str, Query(max_length=500)] = ""
) -> HTMLResponse:
    """Who said what and through whom, who is unnamed, who would not comment; `of` is whose page is wanted."""
    view = view_of(request, person, story)
    named_first = sorted(view.brief.sources, key=lambda one: not one.named)
    place = next((place for place, one in enumerate(named_first) if of and one.party == of), None)
    number = number if place is None else place // PAGE_SOURCES + 1
    known = [one for one in view.brief.sources if one.party]
    telling = sorted(
        known,
        key=lambda one: (any(item.relay for item in one.exhibits), not one.named, len(one.exhibits)),
        reverse=True,
    )
    graph = relay_graph((item, "both") for one in telling[:MOST_ORIGINS] for item in one.exhibits[:20])
    paged = Paged.of(named_first, number, PAGE_SOURCES)
    return _list(request, person, story, "sources", graph=graph if paged.number == 1 else None, paged=paged)


@router.get("/stories/{story}/timeline", response_class=HTMLResponse)
def timeline(request: Request, person: Reader, story: str) -> HTMLResponse:
    """What the reports date, by day."""
    view = view_of(request, person, story)
    days = [(list(some)[:40]) for _, some in groupby(view.brief.timeline[: 4 * MOST], key=lambda one: one.day)]
    return _list(request, person, story, "timeline", days=days)


@router.get("/stories/{story}/changes", response_class=HTMLResponse)
def changes(request: Request, person: Reader, story: str) -> HTMLResponse:
    """When each claim's standing changed, newest first."""
    view = view_of(request, person, story)
    turned = [one for one in reversed(view.brief.turns) if one.before is not None]
    return _list(request, person, story, "changes", turned=turned[:MOST])


@router.get("/stories/{story}/reports", response_class=HTMLResponse)
def reports(request: Request, person: Reader, story: str, number: Number = 1) -> HTMLResponse:
    """Every report, with what could not be read."""
    view = view_of(request, person, story)
    state = request.app.state.story_cache.state(story)
    withdrawn = [one for one in state.filed if one.withdrawn is not None]
    refused = [one for one in view.story.outcomes if one.fate is Fate.REFUSED]
    paged = Paged.of(view.brief.reports, number, PAGE_REPORTS)
    return _list(request, person, story, "reports", withdrawn=withdrawn, refused=refused, paged=paged)
