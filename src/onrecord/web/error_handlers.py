"""Errors to answers: JSON for programs, a page for people, and the way to sign in where nobody is."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Match

from onrecord.errors import OnRecordError, StoreError, UsageError
from onrecord.web.auth.people import NotAllowed, SignInNeeded
from onrecord.web.auth.rate_limit import TooMany
from onrecord.web.disclosing import outside
from onrecord.web.pages.layout.answering import page

_REASONS = {404: "no such page", 405: "not done this way", 413: "too much at once", 429: "too many requests"}

# How the words begin that say of something that it is not there.
_ABSENT = re.compile(r"no (?:outlet|story|report|claim|entry|job|account|token|statement|alert|feed)\b")


def add_error_handlers(app: FastAPI) -> None:
    """Answer every error that can be met in one line."""

    @app.exception_handler(SignInNeeded)
    def sign_in(request: Request, error: SignInNeeded) -> Response:
        if for_program(request) or request.method not in ("GET", "HEAD"):
            return told(request, 401, "nobody is signed in · this desk has accounts · sign in, or send a bearer token")
        place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?next={quote(place, safe='/')}", 303)

    @app.exception_handler(NotAllowed)
    def not_allowed(request: Request, error: NotAllowed) -> Response:
        return told(request, 403, str(error))

    @app.exception_handler(TooMany)
    def too_many(request: Request, error: TooMany) -> Response:
        return told(request, 429, str(error), {"Retry-After": str(error.retry_s)})

    @app.exception_handler(OnRecordError)
    def failed(request: Request, error: OnRecordError) -> Response:
        return told(request, _status(error), outside(error))

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        place = " ".join(str(part) for part in first["loc"])
        return told(request, 422, f"{first['msg']} · {place} · see /api/v1/openapi.json")

    @app.exception_handler(HTTPException)
    def http(request: Request, error: HTTPException) -> Response:
        what = _REASONS.get(error.status_code, str(error.detail))
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
        return told(request, error.status_code, f"{what} · {request.url.path} · start from /", headers)


def _status(error: OnRecordError) -> int:
    if isinstance(error, UsageError):
        return 404 if _ABSENT.match(str(error)) else 400
    return 503 if isinstance(error, StoreError) else 500


def _allowed(request: Request) -> str:
    """The methods of every route at this path; the framework tells those of the first one only."""
    found: set[str] = set()
    for method in ("DELETE", "GET", "PATCH", "POST", "PUT"):
        scope = {**request.scope, "method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
            found.add(method)
    return ", ".join(sorted(found))


def for_program(request: Request) -> bool:
    """Whether an answer goes to a program."""
    return request.url.path.startswith("/api/")


def told(request: Request, status: int, line: str, headers: object = None) -> Response:
    """One line as the answer that its asker reads."""
    extra = dict(headers) if isinstance(headers, dict) else None
    if for_program(request):
        return JSONResponse({"error": line}, status, extra)
    what, _, _ = line.partition(" · ")
    answer: Response = page(request, "auth/fault.html", status, what=what, line=line)
    answer.headers.update(extra or {})
    return answer
