"""Everything under /api/v1, and the document that describes it."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter, Depends
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from onrecord.web.api import alerting, checking, desk, managing, models, reading, writing
from onrecord.web.api.serialize import Json

PREFIX = "/api/v1"
_FAULTS: dict[int | str, dict[str, Any]] = {
    status: {"model": models.Fault, "description": words}
    for status, words in (
        (400, "The request cannot be carried out as asked."),
        (401, "Nobody is signed in, and the desk has accounts."),
        (403, "The role does not suffice, or a form was sent from elsewhere."),
        (404, "There is no such thing, or it is not to be seen."),
        (413, "Too much at once."),
        (422, "A field is missing or not of its kind."),
        (429, "Too many requests; Retry-After says when to come back."),
        (503, "The desk is busy or cannot be used now."),
    )
}
_SUMMARY = "Who said what, through whom, since when, and does it still stand: the desk for programs."

bearer = HTTPBearer(
    auto_error=False, description="A token of `onrecord account token`; needed where there are accounts."
)


def operation_id(route: APIRoute) -> str:
    """What a client calls an operation; it stays when its address or its words change."""
    tag = str(route.tags[0]) if route.tags else "desk"
    return f"{tag}_{route.name}"


api = APIRouter(
    prefix=PREFIX,
    responses=_FAULTS,
    dependencies=[Depends(bearer)],
    generate_unique_id_function=operation_id,
)
for part in (desk, reading, writing, alerting, checking, managing):
    api.include_router(part.router)

router = APIRouter()
router.include_router(api)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document."""
    return get_openapi(title="onrecord", version="1", summary=_SUMMARY, routes=api.routes)


@router.get(f"{PREFIX}/openapi.json", include_in_schema=False)
def openapi() -> Json:
    """The OpenAPI document, for everybody who reaches the desk."""
    return Json(document())
