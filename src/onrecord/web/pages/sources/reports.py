"""One report word for word, its statements marked, and pictures of its pages where it is a PDF."""

from __future__ import annotations

import io
import threading
from collections import Counter
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.errors import UsageError
from onrecord.ledger.replay import Filed
from onrecord.reading.explain import accounted
from onrecord.rendering.views.exhibits import exhibit, outlet_of
from onrecord.web.auth.people import Reader
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.passages import PART_CHARS, marked, parts
from onrecord.web.pages.layout.views import view_of

router = APIRouter(include_in_schema=False)

MOST_STATEMENTS = 400
_MOST_ACCOUNTED = 2_000_000
_MOST_STRETCHES = 2_000
_SCALE = 1.6
# PDFium is not made for several threads.
_PDFIUM = threading.Lock()

Shown = Annotated[str, Query(max_length=120)]
At = Annotated[str, Query(max_length=24, pattern=r"^(?:[0-9]{1,10}-[0-9]{1,10})?$")]


def _place(at: str, report: Report) -> Span | None:
    """The characters that are asked for; None for none, or where the text has no such."""
    start, _, end = at.partition("-")
    found = Span(int(start), int(end)) if at and int(start) < int(end) else None
    return found if found and found.end <= len(report.text) else None


def _filed(request: Request, story: str, report: str) -> Filed:
    found: Filed | None = request.app.state.story_cache.state(story).version(report)
    if found is None:
        raise UsageError(f"no report '{report}' · story {story} · see the story's reports")
    return found


@router.get("/stories/{story}/reports/{report}", response_class=HTMLResponse)
def report_page(
    request: Request,
    person: Reader,
    story: str,
    report: str,
    show: Shown = "",
    part: Annotated[int, Query(ge=0, le=100_000)] = 0,
    at: At = "",
) -> HTMLResponse:
    """The archived text, every character of it, with who says what beside it; `at` are characters to light up."""
    view = view_of(request, person, story)
    filed = _filed(request, story, report)
    told = view.story.report.get(report)
    said = view.said_in.get(report, ()) if told else ()
    items = [exhibit(view.story, one) for one in said[:MOST_STATEMENTS]]
    source = told or filed.report
    shown = next((one for one in said if one.id == show), None)
    place = _place(at, source)
    opened = place.start if place else shown.content[0].start if shown else 0
    part = min(part or opened // PART_CHARS + 1, parts(source.text))
    numbers = {one.attribution: number for number, one in enumerate(items, start=1)}
    return page(
        request,
        "pages/report.html",
        view=view,
        story=view.story,
        section="reports",
        base=f"/stories/{quote(story, safe='')}",
        report=source,
        outlet=outlet_of(source),
        filed=filed,
        told=told is not None,
        versions=request.app.state.story_cache.state(story).versions(filed.root),
        words=marked(source, said[:MOST_STATEMENTS], numbers, show, part, place),
        part=part,
        parts=parts(source.text),
        items=items,
        claims_of=view.claims_of,
        more=max(0, len(said) - MOST_STATEMENTS),
        pages=sorted({locus.page for locus in source.loci if locus.page}),
        show=show,
    )


@router.get("/stories/{story}/reports/{report}/reading", response_class=HTMLResponse)
def reading_page(request: Request, person: Reader, story: str, report: str) -> HTMLResponse:
    """What was taken of the archived file, and what was left out, side by side, with why."""
    view = view_of(request, person, story)
    filed = _filed(request, story, report)
    raw: bytes = request.app.state.desk.fetch(filed.raw)
    # A page larger than this is accounted for by the command, which holds nobody else up.
    whole = len(raw) <= _MOST_ACCOUNTED
    found = accounted(raw if whole else b"", filed.report.file, [filed.report])
    counts = Counter[str]()
    for one in found:
        counts[one.kind.value] += len(one.text.split())
    return page(
        request,
        "pages/reading.html",
        view=view,
        story=view.story,
        section="reports",
        base=f"/stories/{quote(story, safe='')}",
        report=filed.report,
        stretches=found[:_MOST_STRETCHES],
        more=max(0, len(found) - _MOST_STRETCHES),
        counts=sorted(counts.items()),
        whole=whole,
    )


@router.get("/stories/{story}/reports/{report}/page/{number}.png")
def page_picture(request: Request, person: Reader, story: str, report: str, number: int, show: Shown = "") -> Response:
    """A page of a PDF as a picture, with a frame around a statement's lines."""
    view = view_of(request, person, story)
    filed = _filed(request, story, report)
    if number not in {locus.page for locus in filed.report.loci}:
        raise UsageError(f"no report page {number} · report {report} · see the report's text")
    one = view.story.attribution.get(show)
    spans = one.content if one and one.report == report else ()
    raw: bytes = request.app.state.desk.fetch(filed.raw)
    return Response(_drawn(raw, filed.report, number, spans), media_type="image/png")


def _drawn(raw: bytes, report: Report, number: int, spans: tuple[Span, ...]) -> bytes:
    import pypdfium2
    from PIL import Image, ImageDraw

    picture: Image.Image
    if raw[:5] == b"%PDF-":
        with _PDFIUM:
            held = pypdfium2.PdfDocument(raw)
            leaf = held[number - 1]
            height = leaf.get_height()
            picture = leaf.render(scale=_SCALE).to_pil()
            held.close()
        frames = _frames(report, number, spans, height)
    else:
        picture, frames = Image.open(io.BytesIO(raw)).convert("RGB"), []
    pen = ImageDraw.Draw(picture, "RGBA")
    for frame in frames:
        pen.rectangle(frame, outline=(190, 120, 0, 255), fill=(255, 214, 80, 70), width=2)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=False)
    return out.getvalue()


def _frames(
    report: Report, number: int, spans: tuple[Span, ...], height: float
) -> list[tuple[float, float, float, float]]:
    """Boxes in picture points; PDF counts from the lower edge."""
    found = []
    for locus in report.loci:
        touched = any(locus.span.start < span.end and span.start < locus.span.end for span in spans)
        if locus.page == number and locus.box and touched:
            left, low, right, high = locus.box
            top, bottom = sorted(((height - low) * _SCALE, (height - high) * _SCALE))
            found.append((left * _SCALE, top, right * _SCALE, bottom))
    return found
