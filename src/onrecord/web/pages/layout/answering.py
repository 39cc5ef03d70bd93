"""A template and its values to the page that a browser gets."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from urllib.parse import quote, urlencode

from fastapi import Request
from jinja2 import Environment
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from onrecord.datamodel.claim import Edit
from onrecord.datamodel.moment import Moment, Precision, moment
from onrecord.rendering.html import isolated
from onrecord.rendering.page.matrix import SIDE_WORDS
from onrecord.rendering.page.relays import NODE_HEIGHT, NODE_WIDTH
from onrecord.rendering.views.exhibits import way_words
from onrecord.rendering.wording import MARKS, MONTHS, counted, cut, day_words, moment_words, safe_id, shown
from onrecord.web.auth.people import Person, Role, person_of
from onrecord.web.pages.layout.seen import DESK, key_of, seen
from onrecord.web.work.redirects import frame

# Longer headlines and names are cut in lists; the report itself shows them whole.
MOST_CHARS = 240
HEAD_CHARS = 80
_CALLED = re.compile(r"((?<![\w@])@[\w.-]*\w)")


STATE_WORDS = {
    "new": "new",
    "being-checked": "being checked",
    "checked": "checked",
    "needs-a-call": "needs a call",
    "dropped": "dropped",
}
LOOK_WORDS = {
    "rename": "renamed",
    "same": "merged",
    "accept": "accepted",
    "not-a-claim": "set aside",
    "side": "put a statement on a side of",
    "state": "set the state of",
    "owner": "named an owner of",
    "tag": "tagged",
    "untag": "untagged",
    "note": "left a note on",
}


def page(request: Request, name: str, status: int = 200, **values: object) -> HTMLResponse:
    """A page; an htmx request gets the same page, and takes from it what it asked for."""
    templates: Environment = request.app.state.templates
    _equip(templates)
    person = person_of(request)
    shared: dict[str, object] = {
        "request_path": request.url.path,
        "person": person,
        "may_edit": person is not None and person.may(Role.EDITOR),
        "may_manage": person is not None and person.may(Role.ADMINISTRATOR),
        "csrf": request.state.csrf,
        "desk_address": str(request.base_url).rstrip("/"),
        "partial": "hx-request" in request.headers,
        "story": None,
        "section": None,
        "as_of": None,
        "states": STATE_WORDS,
        "status_marks": {status.value: status for status in MARKS},
        "look_words": LOOK_WORDS,
        "work": frame(request, getattr(values.get("view"), "head", None)),
        "unread": _unread(request, person),
    }
    told = templates.get_template(name).render({**shared, **values})
    # Texts read from broken bytes hold lone surrogates, which no encoding has.
    return HTMLResponse(told.encode("utf-8", "replace"), status)


def _unread(request: Request, person: Person | None) -> int:
    """How many notices a person has that this browser has not shown; a part of a page does not tell it."""
    if person is None or "hx-request" in request.headers:
        return 0
    return len(request.app.state.notices.of(person, seen(request).get(key_of(DESK), 0)))


def stamp(at: Moment | datetime | str | None) -> Markup:
    """A moment as an element that says it for people and for programs; the page's script puts the local time beside it.

    Example:
        >>> str(stamp("2031-03-07T18:05:00Z"))
        '<time datetime="2031-03-07T18:05:00Z">Fri 7 Mar 2031, 18:05 UTC</time>'
    """
    found = _instant(at)
    if found is None:
        return Markup("<span>date unknown</span>")
    return Markup('<time datetime="{}">{}</time>').format(found.isoformat(), moment_words(found))


def _instant(at: Moment | datetime | str | None) -> Moment | None:
    """Any way in which an instant is held, as a moment; None where there is none, or nobody can read it."""
    if isinstance(at, datetime):
        return Moment(at.astimezone(UTC), Precision.MINUTE)
    if not isinstance(at, str):
        return at
    try:
        return moment(at)
    except (ValueError, OverflowError):
        return None


def called(text: str) -> Markup:
    """A note's words with the names that it calls marked.

    Example:
        >>> str(called("Ask @ana, please"))
        '<bdi>Ask <b>@ana</b>, please</bdi>'
    """
    pieces = _CALLED.split(shown(text))
    told = (Markup("<b>{}</b>").format(one) if place % 2 else escape(one) for place, one in enumerate(pieces))
    return Markup("<bdi>{}</bdi>").format(Markup("").join(told))


def short_moment(at: Moment) -> str:
    """A moment as it is told in a line of many: its day and month, its time where that is known.

    Example:
        >>> from onrecord.datamodel.moment import moment
        >>> short_moment(moment("2031-03-07T18:05Z")), short_moment(moment("2031-03-07"))
        ('7 Mar, 18:05', '7 Mar')
    """
    day = f"{at.date.day} {MONTHS[at.date.month - 1][:3]}"
    if at.precision is Precision.DAY:
        return day
    return f"{day}, {at.at.astimezone(UTC):%H:%M}" if at.precision is Precision.MINUTE else day_words(at)


@lru_cache(maxsize=8)
def _equip(templates: Environment) -> None:
    templates.filters.update(
        t=isolated,
        called=called,
        short=lambda text: isolated(cut(text, MOST_CHARS)),
        plain=shown,
        cut_to=lambda text, size: isolated(cut(text, size)),
        head=lambda text: shown(cut(text, HEAD_CHARS)),
        u=lambda text: quote(str(text), safe=""),
        query=lambda values: urlencode({key: value for key, value in values.items() if value}),
        when=moment_words,
        when_short=short_moment,
        when_day=lambda at: day_words(at) if at else "date unknown",
        clock=lambda at: moment_words(Moment(at.astimezone(UTC), Precision.MINUTE)),
        stamp=stamp,
        day=lambda told: day_words(instant) if (instant := _instant(told)) else "no date",
        safe_id=safe_id,
        iso=lambda at: at.isoformat() if isinstance(at, Moment) else "",
    )
    templates.globals.update(
        counted=counted,
        way_words=way_words,
        marks=MARKS,
        side_words=SIDE_WORDS,
        cut=Edit.CUT,
        added=Edit.ADDED,
        node_width=NODE_WIDTH,
        node_height=NODE_HEIGHT,
    )
