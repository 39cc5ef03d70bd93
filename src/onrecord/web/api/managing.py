"""The API for administrators: accounts and tokens."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request
from starlette.responses import Response

from onrecord.web.api import models
from onrecord.web.api.asking import AccountChange, NewAccount, TokenWish
from onrecord.web.api.paging import Pages
from onrecord.web.api.serialize import House, Json, records
from onrecord.web.auth.accounts import Account
from onrecord.web.auth.people import Administrator
from onrecord.web.auth.sessions import Sessions

router = APIRouter(tags=["accounts"])


@router.get("/accounts", response_model=models.Page[models.Account])
def accounts(request: Request, person: Administrator, pages: Pages) -> Json:
    """Who may open the desk."""
    passes = House(request).gate.passes
    return Json(pages.page(passes.accounts.listed(), lambda one: _told(one, passes), lambda one: (one.name,)))


@router.post("/accounts", status_code=201, response_model=models.Account)
def add(request: Request, wanted: NewAccount, person: Administrator) -> Json:
    """Add an account."""
    passes = House(request).gate.passes
    name = passes.accounts.add(wanted.name, wanted.role, wanted.password, wanted.stories)
    return Json(_told(passes.accounts.named(name), passes), 201)


@router.patch("/accounts/{name}", response_model=models.Account)
def change(request: Request, name: str, wanted: AccountChange, person: Administrator) -> Json:
    """Give an account another role, password or stories; a new password ends its sessions."""
    passes = House(request).gate.passes
    passes.accounts.change(name, role=wanted.role, password=wanted.password)
    if wanted.stories is not None:
        passes.accounts.limit(name, None if wanted.stories == "every" else wanted.stories)
    return Json(_told(passes.accounts.named(name), passes))


@router.delete("/accounts/{name}", status_code=204)
def remove(request: Request, name: str, person: Administrator) -> Response:
    """Remove an account with its sessions and tokens; what it decided stays on record."""
    House(request).gate.accounts.remove(name)
    return Response(status_code=204)


@router.post("/accounts/{name}/tokens", status_code=201, response_model=models.NewToken)
def issue(request: Request, name: str, wanted: TokenWish, person: Administrator) -> Json:
    """Make a token for an account; it is told this once."""
    return Json({"token": House(request).gate.passes.issue(name, wanted.label, wanted.days)}, 201)


@router.delete("/tokens/{token}", status_code=204)
def take_back(request: Request, token: str, person: Administrator) -> Response:
    """End a token by its id."""
    House(request).gate.passes.take_back(token)
    return Response(status_code=204)


def _told(one: Account, passes: Sessions) -> dict[str, object]:
    return {**asdict(one), "tokens": records(passes.tokens(one.name))}
