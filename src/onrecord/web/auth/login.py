"""The pages by which somebody signs in and out."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from onrecord.errors import UsageError
from onrecord.web.auth.accounts import key_of
from onrecord.web.auth.dependencies import Gate
from onrecord.web.auth.middleware import new_ticket, ticket_cookie
from onrecord.web.auth.oidc import OpenIdClient
from onrecord.web.auth.people import person_of
from onrecord.web.pages.layout.answering import page

router = APIRouter(include_in_schema=False)
_HASHING = ThreadPoolExecutor(2, thread_name_prefix="passwords")
# One line for unknown names, wrong passwords, and accounts that sign in elsewhere.
_WRONG = "name or password is not right · sign-in · try again, or ask an administrator for another password"


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """The form; whoever is in already goes on."""
    if person_of(request) is not None:
        return RedirectResponse(local_place(next), 303)
    return _form(request, next)


@router.post("/sign-in")
async def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=400)] = "",
    password: Annotated[str, Form(max_length=4000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """A new session under a new ticket; wrong passwords make the answer slower, and never lock anybody out."""
    gate: Gate = request.app.state.gate
    gate.pace.sign_in(request.client.host if request.client else "?")
    async with gate.pace.turns.of(key_of(name)):
        delay_s = gate.pace.delay_s(key_of(name))
        gate.pace.tried(key_of(name))
        await asyncio.sleep(delay_s)
        # Not among the threads that answer everybody else: a password takes all of a core for a good while.
        key = await asyncio.get_running_loop().run_in_executor(_HASHING, gate.accounts.signed_in, name, password)
    if key is None:
        return await run_in_threadpool(_form, request, next, _WRONG, 401, name)
    gate.pace.right(key)
    return await run_in_threadpool(let_in, request, key, next)


def let_in(request: Request, key: str, place: str) -> Response:
    """Open a session for an account and go on to a place of this desk; the old ticket is worth nothing any more."""
    gate: Gate = request.app.state.gate
    gate.passes.close(request.state.ticket)
    answer = RedirectResponse(local_place(place), 303)
    answer.headers.append("set-cookie", ticket_cookie(gate.passes.open(key), gate.settings.https))
    return answer


@router.get("/sign-in/elsewhere")
def sign_in_elsewhere(request: Request, next: str = "/") -> Response:
    """Go to the provider; it is a link, since a form may lead nowhere but here."""
    elsewhere = _elsewhere(request)
    back = f"{_origin(request)}/sign-in/back"
    return RedirectResponse(elsewhere.begin(request.state.ticket, back, local_place(next)), 303)


@router.get("/sign-in/back")
def back_from_elsewhere(request: Request, state: str = "") -> Response:
    """Come back from the provider, and in."""
    gate: Gate = request.app.state.gate
    gate.pace.sign_in(request.client.host if request.client else "?")
    url = f"{_origin(request)}/sign-in/back?{request.url.query}"
    key, place = _elsewhere(request).finish(request.state.ticket, url, state)
    return let_in(request, key, place)


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session, on the desk and in the browser."""
    gate: Gate = request.app.state.gate
    gate.passes.close(request.state.ticket)
    answer = RedirectResponse("/sign-in", 303)
    answer.headers.append("set-cookie", ticket_cookie(new_ticket(), gate.settings.https))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _elsewhere(request: Request) -> OpenIdClient:
    found: OpenIdClient | None = request.app.state.elsewhere
    if found is None:
        raise UsageError("no account elsewhere is set up · sign-in · sign in by name and password")
    return found


def _origin(request: Request) -> str:
    settings = request.app.state.gate.settings
    scheme = "https" if settings.https else request.url.scheme
    return f"{scheme}://{request.headers['host']}"


def local_place(path: str) -> str:
    """A place of this desk to go on to, and / for anything that would lead elsewhere.

    Example:
        >>> local_place("/stories/dam"), local_place("//evil.example"), local_place("https://evil.example")
        ('/stories/dam', '/', '/')
    """
    plain = path.isprintable() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/"


def _form(request: Request, next: str, fault: str | None = None, status: int = 200, name: str = "") -> HTMLResponse:
    elsewhere = request.app.state.elsewhere
    return page(
        request,
        "auth/sign_in.html",
        status,
        next=local_place(next),
        fault=fault,
        typed=name[:100],
        accounts=request.app.state.gate.accounts.exist(),
        elsewhere=elsewhere.label if elsewhere else None,
    )
