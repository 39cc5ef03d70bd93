"""A story's claims with where they stand, and one claim in full, now or as of an instant."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.ledger.desk import Desk, Trace
from onrecord.rendering.brief import QuoteView
from onrecord.rendering.numbering import numbered
from onrecord.rendering.page.matrix import MOST_CLAIMS, Matrix, matrix
from onrecord.rendering.page.relays import relay_graph
from onrecord.rendering.page.track import track
from onrecord.rendering.views.claims import ClaimView
from onrecord.web.auth.people import Reader
from onrecord.web.background.replaying import Stood
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.seen import mark_seen
from onrecord.web.pages.layout.tables import Form, claim_rows, listed, statement_row
from onrecord.web.pages.layout.views import ClaimFilter, StoryView, instant_of, tally, view_of
from onrecord.web.pages.overview import overview
from onrecord.web.work.activity import decided_words

router = APIRouter(include_in_schema=False)

PAGE_CLAIMS = 60
MOST_CONFLICTS = 12
# A claim of more statements is opened with some of them: nobody reads hundreds, and a browser is slow to lay them out.
MOST_STATEMENTS = 150
_HOLDERS, _EACH = 12, 6
# A story as large as this is paged closer, so that a page stays light.
_LARGE, _LARGE_PAGE = 400, 40
# Where more statements than this stand behind the claims of a page, a claim fetches its own when it is opened.
_MOST_EXHIBITS = 400

Word = Annotated[str, Query(max_length=400)]
AsOf = Annotated[str | None, Query(alias="as-of", max_length=40)]


@router.get("/stories/{story}", response_class=HTMLResponse)
def story_page(
    request: Request,
    person: Reader,
    story: str,
    q: Word = "",
    speaker: Word = "",
    outlet: Word = "",
    named: Word = "",
    standing: Word = "",
    work: Word = "",
    as_of: AsOf = None,
    number: Annotated[int, Query(alias="page", ge=1, le=100_000)] = 1,
    form: Form = "",
) -> Response:
    """Claims with standing first; as a table of all that are wanted with `format=csv` or `json`."""
    view = view_of(request, person, story)
    instant = instant_of(as_of)
    sieve = ClaimFilter(words=q, speaker=speaker, outlet=outlet, named=named, standing=standing, work=work)
    standings = view.replay.at(instant) if instant else None

    def standing_of(one: ClaimView) -> Status:
        return (None if standings is None else standings.status(one.id)) or one.status

    known = [one for one in view.claims if standings is None or one.id in standings]
    found = [one for one in known if sieve.lets(one, standings, view.story.work_on.get(one.id))]
    if form:
        whole = view.listed_at(found, standings, instant) if standings is not None and instant else found
        return listed(form, f"{story}-claims", claim_rows(whole, view.story))
    size = PAGE_CLAIMS if len(view.story.reports) < _LARGE else _LARGE_PAGE
    pages = max(1, -(-len(found) // size))
    number = min(number, pages)
    some = tuple(found[(number - 1) * size : number * size])
    folded = _folded(view, some)
    if standings is not None and instant:
        some = view.listed_at(some, standings, instant)
    values: dict[str, Any] = {
        "view": view,
        "story": view.story,
        "section": "claims",
        "base": f"/stories/{_quoted(story)}",
        "sieve": sieve,
        "as_of": instant,
        "at_number": _place(view, instant),
        "claims": some,
        "brief_only": sum(len(one.exhibits) for one in some) > _MOST_EXHIBITS,
        "folded": folded,
        "total": len(found),
        "every": len(known),
        "tally": tally(standing_of(one) for one in known),
        "pages": pages,
        "number": number,
        "matrix": _matrix(view, found, standings, instant, plain=sieve.open),
        "stepped": _stepped(view, instant, [one.id for one in known]),
    }
    if sieve.open and instant is None and number == 1:
        values["overview"] = overview(view, request.app.state.desk)
    if request.headers.get("hx-target") == "claims":
        return page(request, "pages/claim_list.html", **values)
    answer = page(request, "pages/story.html", **values)
    mark_seen(request, answer, story, view.head)
    return answer


def _matrix(
    view: StoryView, found: Sequence[ClaimView], standings: Stood | None, instant: Moment | None, *, plain: bool
) -> Matrix:
    """Who takes which side of the claims that are listed, as the filters and the instant have them."""
    if standings is None or instant is None:
        return view.matrix if plain else matrix(found)
    return matrix(view.listed_at(found[:MOST_CLAIMS], standings, instant))


def _stepped(view: StoryView, instant: Moment | None, known: Sequence[str]) -> dict[str, Status | None]:
    """The claims that came up (None) or stood otherwise right before an instant, by id."""
    if instant is None:
        return {}
    earlier = [one for one in view.instants if one.end < instant.end]
    before = view.replay.at(earlier[-1]) if earlier else None
    now = view.replay.at(instant)
    stood = {one: before.status(one) if before is not None else None for one in known}
    return {one: was for one, was in stood.items() if was is not now.status(one)}


def _quoted(story: str) -> str:
    return quote(story, safe="")


def _folded(view: StoryView, some: tuple[ClaimView, ...]) -> int | None:
    """Where the claims begin that one report alone holds."""
    least = len(view.brief.claims)
    return next((place for place, one in enumerate(some) if one.number > least), None)


def _place(view: StoryView, instant: Moment | None) -> int:
    if instant is None:
        return len(view.instants)
    return sum(one.end < instant.end for one in view.instants)


@router.get("/stories/{story}/claims/{claim}", response_class=HTMLResponse)
def claim_page(
    request: Request,
    person: Reader,
    story: str,
    claim: str,
    as_of: AsOf = None,
    every: Annotated[bool, Query(alias="all")] = False,
    form: Form = "",
) -> Response:
    """One claim in full; this address lasts, and means the same as of its instant."""
    view = view_of(request, person, story)
    if claim not in view.by_id:
        return _elsewhere(request, view, claim)
    found, instant = view.claim(claim), instant_of(as_of)
    if instant:
        standings = view.replay.at(instant)
        stood = view.at((found,), standings, instant)
        if not stood:
            raise UsageError(f"no claim '{claim}' by {instant.isoformat()} · story {story} · it was published later")
        found = stood[0]
    if form:
        return listed(form, f"{story}-{found.id}", _side_rows(found))
    dated = [one.published for one in view.story.reports if one.published]
    changes = [
        one for one in view.changes_of.get(found.id, []) if not instant or (one.at and one.at.end <= instant.end)
    ]
    out = view.published(instant) if instant else None
    conflicts = view.brief.gathered.on(found.id, out)
    related = {item.attribution for item in found.exhibits}
    return page(
        request,
        "pages/claim.html",
        view=view,
        story=view.story,
        section="claims",
        base=f"/stories/{_quoted(story)}",
        claim=found,
        some=found if every else some_statements(found),
        as_of=instant,
        changes=changes,
        track=track(changes, max(dated, key=lambda one: one.at, default=None)),
        graph_of=relay_graph(
            (item, one) for one in ("for", "against") for holder in found.holders[one] for item in holder.exhibits
        ),
        conflicts=view.brief.gathered.views(conflicts[:MOST_CONFLICTS]),
        more_conflicts=max(0, len(conflicts) - MOST_CONFLICTS),
        quotes=quotes_of(view.brief.quotes, related, out),
        decisions=decisions_on(request, view.story, found),
    )


def _elsewhere(request: Request, view: StoryView, ident: str) -> Response:
    """A number of the brief or an id that a claim had once: to its claim, or to a page of what became of it."""
    base, desk = f"/stories/{_quoted(view.story.name)}", request.app.state.desk
    number = numbered(view.story, ident)
    trace = (
        Trace(ident=ident, claim=claim_named(view.story, number)) if number != ident else desk.trace(view.story, ident)
    )
    if trace is None:
        raise UsageError(f"no claim '{ident[:80]}' · story {view.story.name} · see the story's claims")
    if trace.claim:
        asked = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{base}/claims/{_quoted(trace.claim.id)}{asked}", 302)
    gone = {one.root for one in request.app.state.story_cache.state(view.story.name).filed if one.withdrawn is not None}
    values: dict[str, Any] = {"view": view, "story": view.story, "section": "claims", "base": base}
    shown = trace.statements[:MOST_CONFLICTS]
    return page(request, "pages/claim_gone.html", 200, trace=trace, statements=shown, withdrawn=gone, **values)


@router.get("/stories/{story}/claims/{claim}/sides", response_class=HTMLResponse)
def claim_sides(request: Request, person: Reader, story: str, claim: str, as_of: AsOf = None) -> HTMLResponse:
    """Who is for and against a claim, to be put into a list."""
    view = view_of(request, person, story)
    found, instant = view.claim(claim), instant_of(as_of)
    if instant:
        standings = view.replay.at(instant)
        found = next(iter(view.listed_at((found,), standings, instant)), found)
    base = f"/stories/{_quoted(story)}"
    return page(request, "pages/claim_sides.html", view=view, base=base, claim=found, as_of=instant)


def _side_rows(claim: ClaimView) -> Iterator[dict[str, object]]:
    """The statements of a claim, side by side."""
    for side, found in claim.holders.items():
        for holder in found:
            yield from ({"side": side, **statement_row(item)} for item in holder.exhibits)


def some_statements(claim: ClaimView) -> ClaimView:
    """A claim of very many statements with some of each side: the first holders with the first that they say."""
    if len(claim.exhibits) <= MOST_STATEMENTS:
        return claim
    some = {
        side: tuple(replace(one, exhibits=one.exhibits[:_EACH]) for one in found[:_HOLDERS])
        for side, found in claim.holders.items()
    }
    return replace(claim, holders=some)


def quotes_of(quotes: Iterable[QuoteView], related: Container[str], reports: Container[str] | None) -> list[QuoteView]:
    """Quotes that one of some statements is a wording of, in the wordings of some reports or all."""
    found = [one for one in quotes if any(line.exhibit.attribution in related for line in one.wordings)]
    if reports is None:
        return found
    held = [(one, tuple(line for line in one.wordings if line.exhibit.reference.report in reports)) for one in found]
    return [replace(one, wordings=lines) for one, lines in held if len(lines) > 1]


def decisions_on(request: Request, story: Story, claim: ClaimView) -> list[str]:
    """People's decisions that bear on a claim, in words: by the statements that they were made on."""
    desk: Desk = request.app.state.desk
    scene = desk.scene(story)
    here = {item.attribution for item in claim.exhibits}
    found = []
    for one in desk.decisions(story.name):
        meant = one.decision
        anchors = (*meant.statements, *(anchor for held in meant.claims for anchor in held.members[:1]))
        if claim.id in meant.subjects or any(
            (said := scene.statement(anchor)) and said.id in here for anchor in anchors
        ):
            what, _, _ = decided_words(meant)
            why = f" · {meant.why}" if meant.why else ""
            found.append(f"{one.by.partition(':')[2]} {what}{why} (entry {one.entry})")
    return found
