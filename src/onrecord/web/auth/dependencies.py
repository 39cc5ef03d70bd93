"""The gate of a desk: a request's ticket or bearer token to the person whose it is."""

from __future__ import annotations

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from onrecord.ledger.desk import Desk
from onrecord.web.auth import csrf
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.people import NotAllowed, Person, SignInNeeded, local_person, person_of, see
from onrecord.web.auth.rate_limit import RateLimit
from onrecord.web.auth.sessions import Sessions
from onrecord.web.settings import Settings


class Gate:
    """Finds the person behind a request; a loopback desk without accounts is whoever's who runs it."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.settings = settings
        self.accounts = Accounts(desk.store)
        self.passes = Sessions(self.accounts)
        self.pace = RateLimit()

    def person(self, request: Request) -> Person | None:
        """Whose request it is, None for nobody's; a token that is shown is the only thing looked at."""
        token = bearer(request)
        if token is not None:
            return self.passes.bearer(token)
        if self.accounts.exist():
            return self.passes.holder(request.state.ticket)
        return local_person() if self.settings.loopback else None


def bearer(request: Request) -> str | None:
    """The API token that a request carries."""
    scheme, _, credentials = request.headers.get("authorization", "").partition(" ")
    return credentials.strip() if scheme.lower() == "bearer" else None


async def require_csrf(request: Request) -> None:
    """Every request passes here: forms are ours."""
    if request.method in csrf.SAFE or bearer(request) is not None:
        return
    try:
        await csrf.check(request)
    except NotAllowed:
        # A program that forgot its token is told so.
        if request.url.path.startswith("/api/") and await run_in_threadpool(person_of, request) is None:
            raise SignInNeeded from None
        raise


def require_story_access(request: Request) -> None:
    """Every request passes here: writes are paced, and a story that is not to be seen is as if it were not there."""
    gate: Gate = request.app.state.gate
    story = request.path_params.get("story")
    unsafe = request.method not in csrf.SAFE
    if not unsafe and not isinstance(story, str):
        return
    person = person_of(request)
    if person and unsafe:
        gate.pace.write(person.name)
    if person and isinstance(story, str):
        see(person, story)
