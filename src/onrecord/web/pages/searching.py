"""Words to all that holds them, over all stories: claims, notes, statements, headlines and whole reports."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, Response

from onrecord.datamodel.moment import Moment
from onrecord.errors import UsageError
from onrecord.ledger.storage.index import fold
from onrecord.ledger.storage.searching import FACETS, Found, HitKind, Wanted
from onrecord.rendering.wording import cut, shown
from onrecord.web.auth.people import Reader
from onrecord.web.pages.layout.answering import page
from onrecord.web.pages.layout.tables import Form, listed
from onrecord.web.pages.layout.views import instant_of
from onrecord.web.work.keeping import searches_for

router = APIRouter(include_in_schema=False)
MOST = 100
_WORDS_CHARS, _MOST_LISTED = 320, 10_000
KIND_WORDS = {
    "claim": "claims",
    "note": "notes",
    "statement": "statements",
    "headline": "headlines",
    "text": "reports' text",
}
FACET_WORDS = {
    "kind": "What",
    "story": "Story",
    "outlet": "Outlet",
    "standing": "Standing",
    "speaker": "Speaker",
    "day": "Published",
}
Word = Annotated[str, Query(max_length=400)]


@router.get("/search", response_class=HTMLResponse)
def search(
    request: Request,
    person: Reader,
    q: Word = "",
    speaker: Word = "",
    story: Word = "",
    outlet: Word = "",
    standing: Annotated[str, Query(max_length=40)] = "",
    kind: Annotated[str, Query(max_length=40)] = "",
    day: Annotated[str, Query(max_length=40)] = "",
    past: bool = False,
    form: Form = "",
) -> Response:
    """All that holds all words, with facets to narrow it."""
    asked = {"q": q, "speaker": speaker, "story": story, "outlet": outlet, "standing": standing, "kind": kind}
    asked |= {"day": day, "past": "true" if past else ""}
    found = None
    if q.strip() or speaker.strip():
        wanted = Wanted(
            words=q,
            speaker=speaker or None,
            since=_day(day),
            until=_day(day),
            story=story or None,
            stories=person.stories,
            outlet=outlet or None,
            standing=standing or None,
            kinds=frozenset({HitKind(kind)}) if kind in tuple(HitKind) else frozenset(),
            past=past,
            limit=MOST if not form else _MOST_LISTED,
        )
        found = request.app.state.desk.find_all(wanted)
    if form:
        return listed(form, "search", map(asdict, found.hits) if found else (), ("story", "report", "words"))
    words = frozenset(fold(f"{q} {speaker}").split())
    return page(
        request,
        "pages/search.html",
        asked=asked,
        found=found,
        facets=_facets(found, asked) if found else (),
        lit=lambda told: lit(told, words),
        kind_words=KIND_WORDS,
        most=MOST,
        kept=searches_for(request.app.state.desk, person),
        search_path=lambda asked: "/search?" + urlencode(dict(asked)),
    )


def _day(told: str) -> Moment | None:
    try:
        return instant_of(told)
    except UsageError:
        return None


def _facets(found: Found, asked: dict[str, str]) -> list[tuple[str, list[tuple[str, int, str, bool]]]]:
    """Each facet with its values: words, how many, the address that narrows to it or widens again, if it is chosen."""
    shown_facets = []
    for name in FACETS:
        rows = []
        for value, many in found.facets.get(name, ()):
            chosen = asked[name] == value
            told = {key: held for key, held in {**asked, name: "" if chosen else value}.items() if held}
            label = KIND_WORDS.get(value, value) if name == "kind" else value
            rows.append((shown(label), many, "/search?" + urlencode(told), chosen))
        if len(rows) > 1 or (rows and rows[0][3]):
            shown_facets.append((FACET_WORDS[name], rows))
    return shown_facets


def lit(told: str, words: frozenset[str]) -> Markup:
    """Words with those that were looked for marked, whatever their case and accents.

    Example:
        >>> str(lit("The Dam holds", frozenset({"dam"})))
        '<bdi>The <mark>Dam</mark> holds</bdi>'
    """
    pieces, last, plain = [], 0, cut(shown(told), _WORDS_CHARS)
    for place, end in _words(plain):
        if fold(plain[place:end]) in words:
            pieces.append(escape(plain[last:place]) + Markup("<mark>{}</mark>").format(plain[place:end]))
            last = end
    return Markup("<bdi>{}{}</bdi>").format(Markup("").join(pieces), plain[last:])


def _words(told: str) -> list[tuple[int, int]]:
    return [one.span() for one in re.finditer(r"[^\W_]+", told)]
