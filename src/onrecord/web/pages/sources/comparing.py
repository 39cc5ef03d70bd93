"""Two reports side by side: two versions of one with what differs, or two of one story with their statements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from markupsafe import Markup, escape
from rapidfuzz.distance import Indel
from starlette.responses import HTMLResponse

from onrecord.errors import UsageError
from onrecord.ledger.replay import Filed, State
from onrecord.ledger.revisions.comparing import compare
from onrecord.rendering.views.exhibits import outlet_of
from onrecord.rendering.wording import visible
from onrecord.web.auth.people import Reader
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.passages import marked
from onrecord.web.pages.layout.views import StoryView, view_of

router = APIRouter(include_in_schema=False)

# Texts of more words than this together are shown beside each other without their difference.
MOST_WORDS = 20_000
_MOST_MARKED = 400
_PIECES = re.compile(r"\s+|[^\W_]+|[\W_]")
Ident = Annotated[str, Query(max_length=500)]


@router.get("/stories/{story}/compare", response_class=HTMLResponse)
def compare_page(request: Request, person: Reader, story: str, left: Ident = "", right: Ident = "") -> HTMLResponse:
    """Two reports of a story beside each other; without two, the choice of them."""
    view = view_of(request, person, story)
    state: State = request.app.state.story_cache.state(story)
    pair = (_filed(state, left), _filed(state, right)) if left and right else None
    versions = pair is not None and pair[0].root == pair[1].root
    texts = _texts(view, pair, versions) if pair else ()
    changed = compare((left, pair[0].lines), (right, pair[1].lines)) if pair and versions else None
    return page(
        request,
        "pages/compare.html",
        view=view,
        story=view.story,
        section="reports",
        base=f"/stories/{quote(story, safe='')}",
        pair=tuple(one.report for one in pair) if pair else (),
        outlet_of=outlet_of,
        texts=texts,
        versions=versions,
        changed=changed,
        choices=[one.report for one in state.filed],
        chosen=(left, right),
    )


def _filed(state: State, ident: str) -> Filed:
    if found := state.version(ident):
        return found
    raise UsageError(f"no report '{ident[:80]}' · story {state.story} · see its reports")


def _texts(view: StoryView, pair: tuple[Filed, Filed], versions: bool) -> tuple[Markup, Markup]:
    before, after = pair[0].report.text, pair[1].report.text
    if versions and len(before.split()) + len(after.split()) <= MOST_WORDS:
        return differing(before, after)
    return _read(view, pair[0]), _read(view, pair[1])


def _read(view: StoryView, filed: Filed) -> Markup:
    ident = filed.report.id
    said = view.said_in.get(ident, ())[:_MOST_MARKED] if ident in view.story.report else ()
    return marked(filed.report, said, {one.id: number for number, one in enumerate(said, start=1)})


def differing(before: str, after: str) -> tuple[Markup, Markup]:
    """Two texts with the words that only one of them has marked, each whole.

    Example:
        >>> differing("It is open.", "It is shut.")
        (Markup('It is <del>open</del>.'), Markup('It is <ins>shut</ins>.'))
    """
    olds, news = _PIECES.findall(before), _PIECES.findall(after)
    left: list[Markup] = []
    right: list[Markup] = []
    for one in Indel.opcodes(olds, news):
        old, new = "".join(olds[one.src_start : one.src_end]), "".join(news[one.dest_start : one.dest_end])
        if one.tag == "equal":
            left.append(escape(visible(old)))
            right.append(escape(visible(new)))
            continue
        left.extend(_marked("del", old))
        right.extend(_marked("ins", new))
    return Markup("").join(left), Markup("").join(right)


def _marked(name: str, words: str) -> Iterator[Markup]:
    if words:
        yield Markup(f"<{name}>{{}}</{name}>").format(visible(words))
