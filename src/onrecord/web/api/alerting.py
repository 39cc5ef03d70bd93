"""The API's alerts: who is told of what changed, and what was told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from onrecord.datamodel.notice import Alert
from onrecord.notifying.outbox import Outbox
from onrecord.rendering.notices import alert_json, notice_json
from onrecord.web import alerting
from onrecord.web.api import models
from onrecord.web.api.asking import NewAlert, Replay
from onrecord.web.api.paging import Pages
from onrecord.web.api.serialize import House, Json
from onrecord.web.auth.people import Reader

router = APIRouter(prefix="/alerts", tags=["alerts"])


@router.get("", response_model=models.Page[models.Alert])
def alerts(request: Request, person: Reader, pages: Pages) -> Json:
    """Your alerts, the oldest first; an administrator's are everybody's."""
    return Json(pages.page(alerting.listed(House(request).desk, person), alert_json, lambda one: (one.id,)))


@router.post("", status_code=201, response_model=models.NewAlert)
def add(request: Request, wanted: NewAlert, person: Reader) -> Json:
    """Watch a story, a claim, a speaker or a search from now on; its secret is told this once."""
    wish = alerting.wish(
        wanted.subject,
        wanted.value,
        wanted.to,
        story=wanted.story,
        kinds=tuple(kind.value for kind in wanted.kinds),
        daily=wanted.daily,
        zone=wanted.zone,
    )
    made, secret = alerting.add(House(request).desk, person, wish)
    return Json({**alert_json(made), "secret": secret}, 201)


@router.get("/{alert}", response_model=models.Alert)
def alert(request: Request, alert: str, person: Reader) -> Json:
    """One of your alerts."""
    return Json(alert_json(_one(request, person, alert)))


@router.delete("/{alert}", status_code=204)
def remove(request: Request, alert: str, person: Reader) -> Response:
    """Remove an alert, with what waits for it."""
    _outbox(request).remove(_one(request, person, alert).id)
    return Response(status_code=204)


@router.get("/{alert}/notices", response_model=models.Page[models.ChangeNotice])
def notices(
    request: Request,
    alert: str,
    person: Reader,
    pages: Pages,
    after: Annotated[int, Query(ge=0, le=2_000_000_000, description="Only notices after this number.")] = 0,
) -> Json:
    """What an alert was told, in order: the way to catch up for who was away."""
    found = alerting.notices(House(request).desk, _one(request, person, alert), after)
    return Json(pages.page(found, notice_json, lambda one: (one.seq,)))


@router.post("/{alert}/resume", response_model=models.Alert)
def resume(request: Request, alert: str, person: Reader) -> Json:
    """Try again at once what waits for an alert."""
    return Json(alert_json(_outbox(request).resume(_one(request, person, alert).id)))


@router.post("/{alert}/replay", response_model=models.Replayed)
def replay(request: Request, alert: str, wanted: Replay, person: Reader) -> Json:
    """Send an alert's notices once more, in order and under the ids that they had."""
    return Json({"notices": _outbox(request).replay(_one(request, person, alert).id, wanted.first)})


def _one(request: Request, person: Reader, ident: str) -> Alert:
    return alerting.one(House(request).desk, person, ident)


def _outbox(request: Request) -> Outbox:
    return Outbox(House(request).desk.store)
