"""The page on which administrators say who may open the desk."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.web.auth.dependencies import Gate
from onrecord.web.auth.people import Administrator, Role
from onrecord.web.pages.layout.answering import page

router = APIRouter(prefix="/accounts", include_in_schema=False)
Text = Annotated[str, Form(max_length=2000)]


@router.get("")
def accounts(request: Request, person: Administrator) -> Response:
    """Who may open the desk, and the forms that change it."""
    return _page(request)


@router.post("")
def add(
    request: Request, person: Administrator, name: Text, role: Text, password: Text = "", stories: Text = ""
) -> Response:
    """Add an account; without a password it signs in elsewhere, or by token."""
    try:
        _gate(request).accounts.add(name, _role(role), password or None, _stories(stories))
    except UsageError as error:
        return _page(request, fault=str(error), status=400)
    return RedirectResponse("/accounts", 303)


@router.post("/{name}")
def change(
    request: Request, name: str, person: Administrator, role: Text, password: Text = "", stories: Text | None = None
) -> Response:
    """Give an account another role, other stories, or another password; what is not told stays as it is."""
    held = _gate(request).accounts
    try:
        held.change(name, role=_role(role), password=password or None)
        if stories is not None:
            held.limit(name, _stories(stories))
    except UsageError as error:
        return _page(request, fault=str(error), status=400)
    return RedirectResponse("/accounts", 303)


@router.post("/{name}/remove")
def remove(request: Request, name: str, person: Administrator) -> Response:
    """Remove an account with its sessions and tokens."""
    try:
        _gate(request).accounts.remove(name)
    except UsageError as error:
        return _page(request, fault=str(error), status=400)
    return RedirectResponse("/accounts", 303)


@router.post("/{name}/token")
def issue(request: Request, name: str, person: Administrator, label: Text = "token") -> Response:
    """Make a token and show it, this once."""
    token = _gate(request).passes.issue(name, label)
    return _page(request, token=token, whose=name)


@router.post("/{name}/token/{token}/take-back")
def take_back(request: Request, name: str, token: str, person: Administrator) -> Response:
    """End a token."""
    _gate(request).passes.take_back(token)
    return RedirectResponse("/accounts", 303)


def _gate(request: Request) -> Gate:
    gate: Gate = request.app.state.gate
    return gate


def _role(name: str) -> Role:
    try:
        return Role(name)
    except ValueError as error:
        raise UsageError(f"no role '{name[:40]}' · accounts · one of {', '.join(Role)}") from error


def _stories(lines: str) -> list[str] | None:
    """The stories named one a line; "*" alone stands for every one, and nothing for none."""
    named = [" ".join(line.split()) for line in lines.splitlines() if line.strip()]
    return None if named == ["*"] else named


def _page(
    request: Request,
    *,
    fault: str | None = None,
    token: str | None = None,
    whose: str | None = None,
    status: int = 200,
) -> Response:
    passes = _gate(request).passes
    return page(
        request,
        "auth/accounts.html",
        status,
        accounts=passes.accounts.listed(),
        tokens=passes.tokens(),
        roles=list(Role),
        fault=fault,
        token=token,
        whose=whose,
    )
