"""The page of alerts, and the feeds that they keep for readers of feeds."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from onrecord.datamodel.notice import AlertSubject, NoticeKind
from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk
from onrecord.notifying.making import opens
from onrecord.notifying.outbox import Outbox
from onrecord.rendering.notices import alert_words, atom, headline, place
from onrecord.web import alerting
from onrecord.web.auth.people import Reader, Role, may_see
from onrecord.web.pages.layout.answering import page

router = APIRouter(include_in_schema=False)
_SHOWN = 5
_UNASKED = {"story": "", "subject": "story", "value": "", "to": "feed", "daily": "", "zone": "UTC"}
Text = Annotated[str, Form(max_length=2000)]
Asked = Annotated[str, Query(max_length=500)]


@router.get("/alerts")
def alerts(
    request: Request, person: Reader, story: Asked = "", claim: Asked = "", speaker: Asked = "", search: Asked = ""
) -> Response:
    """The alerts, with a form for a new one that is filled in as it was asked for."""
    given = {AlertSubject.CLAIM: claim, AlertSubject.SPEAKER: speaker, AlertSubject.SEARCH: search}
    subject = next((one for one, value in given.items() if value), AlertSubject.STORY)
    return _page(request, person, {"story": story, "subject": subject.value, "value": given.get(subject, "")})


@router.post("/alerts")
def add(
    request: Request,
    person: Reader,
    to: Text,
    subject: Text = "story",
    value: Text = "",
    story: Text = "",
    daily: Text = "",
    zone: Text = "UTC",
    kind: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Keep an alert; what opens or signs it is shown this once."""
    asked = {"story": story, "subject": subject, "value": value, "to": to, "daily": daily, "zone": zone}
    try:
        if subject not in list(AlertSubject):
            raise UsageError(f"nothing called '{subject[:40]}' to watch · an alert · one of {', '.join(AlertSubject)}")
        wish = alerting.wish(
            AlertSubject(subject), value, to, story=story or None, kinds=tuple(kind or ()), daily=daily, zone=zone
        )
        made, secret = alerting.add(_desk(request), person, wish)
    except UsageError as error:
        return _page(request, person, asked, fault=str(error), status=400)
    return _page(request, person, {}, made=made.id, secret=secret, is_feed=made.target == "feed")


@router.post("/alerts/{alert}/{deed}")
def change(request: Request, alert: str, deed: str, person: Reader, first: Annotated[int, Form(ge=1)] = 1) -> Response:
    """Remove an alert, try again what waits for it, or send its notices once more."""
    found, outbox = alerting.one(_desk(request), person, alert), Outbox(_desk(request).store)
    deeds: dict[str, Callable[[str], object]] = {
        "remove": outbox.remove,
        "resume": outbox.resume,
        "replay": lambda ident: outbox.replay(ident, first),
    }
    if deed not in deeds:
        raise UsageError(f"no such thing to do with an alert: '{deed[:40]}' · alerts · see the list of alerts")
    deeds[deed](found.id)
    return RedirectResponse("/alerts", 303)


@router.get("/feeds/{alert}/{key}.atom")
def feed(request: Request, alert: str, key: str) -> Response:
    """An alert's notices as an Atom feed; who has its address may read it, as readers of feeds cannot sign in."""
    outbox = Outbox(_desk(request).store)
    if not opens(outbox, alert, key):
        raise UsageError("no feed of this address · this desk · see the list of alerts")
    notifier = request.app.state.notifier
    told = atom(outbox.alert(alert), outbox.last_notices(alert), notifier.sending.address)
    return Response(told.encode("utf-8", "replace"), media_type="application/atom+xml")


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


def _page(
    request: Request,
    person: Reader,
    asked: dict[str, str],
    *,
    fault: str | None = None,
    made: str | None = None,
    secret: str | None = None,
    is_feed: bool = False,
    status: int = 200,
) -> Response:
    desk = _desk(request)
    outbox = Outbox(desk.store)
    held = [
        (one, alert_words(one), place(one), [headline(notice) for notice in outbox.last_notices(one.id, _SHOWN)])
        for one in alerting.listed(desk, person)
    ]
    return page(
        request,
        "work/alerts.html",
        status,
        section="alerts",
        held=held,
        asked={**_UNASKED, **asked},
        stories=[one.name for one in desk.stories() if may_see(person, one.name)],
        subjects=list(AlertSubject),
        kinds=list(NoticeKind),
        may_send=person.may(Role.EDITOR),
        fault=fault,
        made=made,
        secret=secret,
        is_feed=is_feed,
    )
