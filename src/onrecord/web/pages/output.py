"""A story as a file to take away, or on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.story import Story
from onrecord.rendering import html, markdown, storyfile
from onrecord.rendering.brief import brief
from onrecord.web.auth.middleware import CONTENT_POLICY
from onrecord.web.auth.people import Person, Reader, see
from onrecord.web.background.replaying import Replay
from onrecord.web.pages.claims import AsOf
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.views import StoryView, instant_of, view_of

router = APIRouter(include_in_schema=False)


def _told(request: Request, person: Person, story: str, as_of: str | None) -> Story:
    instant = instant_of(as_of)
    if instant is None:
        return view_of(request, person, story).story
    told: Story = request.app.state.desk.story(see(person, story), instant)
    return told


def _file(body: str, kind: str, story: str, ending: str, policy: str = CONTENT_POLICY) -> Response:
    name = f"{story}.{ending}"
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": policy,
    }
    return Response(body.encode("utf-8", "replace"), media_type=kind, headers=headers)


@router.get("/stories/{story}/brief.html")
def brief_html(request: Request, person: Reader, story: str, as_of: AsOf = None) -> Response:
    """The brief as one page that needs nothing else."""
    return _file(html.render(_told(request, person, story, as_of)), "text/html; charset=utf-8", story, "html")


@router.get("/stories/{story}/brief.md")
def brief_markdown(request: Request, person: Reader, story: str, as_of: AsOf = None) -> Response:
    """The brief as Markdown."""
    return _file(markdown.render(_told(request, person, story, as_of)), "text/markdown; charset=utf-8", story, "md")


@router.get("/stories/{story}/brief.json")
def brief_json(request: Request, person: Reader, story: str, as_of: AsOf = None) -> Response:
    """The story file."""
    return _file(storyfile.render(_told(request, person, story, as_of)), "application/json", story, "json")


@router.get("/stories/{story}/print", response_class=HTMLResponse)
def on_paper(request: Request, person: Reader, story: str, as_of: AsOf = None) -> HTMLResponse:
    """The story's claims in full, to be printed; as of an instant, from what was published by then alone."""
    view = view_of(request, person, story)
    if as_of:
        then = _told(request, person, story, as_of)
        view = StoryView(then, brief(then), view.head, view.newest, Replay(then))
    base = f"/stories/{quote(story, safe='')}"
    return page(
        request, "pages/print.html", view=view, story=view.story, base=base, section="print", printed=datetime.now(UTC)
    )
