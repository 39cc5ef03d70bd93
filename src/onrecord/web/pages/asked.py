"""A claim in somebody's own words: which reports carry it, which deny it, which say nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.report import Report
from onrecord.linking.ask import Answer, ReportStance
from onrecord.rendering.views.exhibits import Exhibit, exhibit, outlet_of
from onrecord.web.auth.people import Reader
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.tables import Form, Row, listed
from onrecord.web.pages.layout.views import StoryView, view_of

router = APIRouter(include_in_schema=False)

MOST_CHARS = 1000
_MOST_EVIDENCE = 3
GROUPS = (
    (ReportStance.SUPPORTS, "Who says so"),
    (ReportStance.DENIES, "Who denies it"),
    (ReportStance.CARRIES, "Who carries it without taking a side"),
    (ReportStance.SILENT, "Who is silent"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What one report does with the claim, with the statements in it that show it."""

    report: Report
    outlet: str
    score: float
    evidence: tuple[Exhibit, ...]


@router.get("/stories/{story}/ask", response_class=HTMLResponse)
def asked(
    request: Request,
    person: Reader,
    story: str,
    claim: Annotated[str, Query(max_length=MOST_CHARS)] = "",
    form: Form = "",
) -> Response:
    """The reports by what they do with a claim; without one, the question."""
    view, words = view_of(request, person, story), " ".join(claim.split())
    answer: Answer | None = request.app.state.story_cache.answer(view.story, words) if words else None
    if form:
        return listed(form, f"{story}-answer", _rows(view, answer), ("report", "outlet", "published", "stance"))
    return page(
        request,
        "pages/asked.html",
        view=view,
        story=view.story,
        section="ask",
        base=f"/stories/{quote(story, safe='')}",
        asked=words,
        groups=_groups(view, answer),
    )


def _groups(view: StoryView, answer: Answer | None) -> list[tuple[ReportStance, str, list[Answered]]]:
    found: dict[ReportStance, list[Answered]] = {}
    for one in answer.reports if answer else ():
        report = view.story.report[one.report]
        items = tuple(exhibit(view.story, view.story.attribution[ident]) for ident in one.evidence[:_MOST_EVIDENCE])
        told = Answered(report=report, outlet=outlet_of(report), score=one.score, evidence=items)
        found.setdefault(one.stance, []).append(told)
    return [(stance, label, found[stance]) for stance, label in GROUPS if stance in found]


def _rows(view: StoryView, answer: Answer | None) -> list[Row]:
    return [
        {
            "report": one.report,
            "outlet": outlet_of(view.story.report[one.report]),
            "published": told.isoformat() if (told := view.story.report[one.report].published) else None,
            "stance": one.stance.value,
            "score": one.score,
            "evidence": list(one.evidence),
        }
        for one in (answer.reports if answer else ())
    ]
