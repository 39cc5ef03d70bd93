"""The gate of a desk: a request's ticket or bearer token to the person whose it is."""

from __future__ import annotations

from fastapi import Request

from onrecord.ledger.desk import Desk
from onrecord.web.access import forgery
from onrecord.web.access.people import Person, local_person, person_of, see
from onrecord.web.settings import Settings


class Gate:
    """Finds the person behind a request; a loopback desk without accounts is whoever's who runs it."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self.desk = desk
        self.settings = settings

    def person(self, request: Request) -> Person | None:
        """Whose request it is, None for nobody's."""
        return local_person() if self.settings.loopback else None


def bearer(request: Request) -> str | None:
    """The API token that a request carries."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    return told.strip() if scheme.lower() == "bearer" else None


async def guarded(request: Request) -> None:
    """Every request passes here: forms are ours."""
    if request.method not in forgery.SAFE and bearer(request) is None:
        await forgery.check(request)


def in_sight(request: Request) -> None:
    """Every request passes here: a story that the person may not see is as if it were not there."""
    story = request.path_params.get("story")
    if isinstance(story, str) and (person := person_of(request)):
        see(person, story)
