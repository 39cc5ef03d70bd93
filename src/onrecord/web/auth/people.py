"""A request to the person behind it, and what they may do."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.web.auth.dependencies import Gate


class Role(StrEnum):
    """What somebody may do: look, decide and add, or manage accounts as well."""

    READER = "reader"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    @property
    def rank(self) -> int:
        """Roles in order of what they may do."""
        return tuple(Role).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who asks; `stories` are the only ones they see, None for all; `signed_in` is False without accounts."""

    name: str
    role: Role
    stories: frozenset[str] | None = None
    signed_in: bool = True

    def may(self, role: Role) -> bool:
        """Whether the role suffices."""
        return self.role.rank >= role.rank


class SignInNeeded(Exception):
    """Nobody is signed in, and this desk has accounts."""


class NotAllowed(Exception):
    """Somebody is signed in whose role does not suffice; the message says what it takes."""


def local_person() -> Person:
    """Whoever runs this machine: a desk on the loopback without accounts is theirs."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        name = "desk"
    return Person(name=name, role=Role.ADMINISTRATOR, signed_in=False)


def person_of(request: Request) -> Person | None:
    """Who asks, None where nobody is signed in; looked up once a request."""
    if not hasattr(request.state, "person"):
        gate: Gate = request.app.state.gate
        request.state.person = gate.person(request)
    found: Person | None = request.state.person
    return found


def reader(request: Request) -> Person:
    """Somebody who may look."""
    person = person_of(request)
    if person is None:
        raise SignInNeeded
    return person


def editor(request: Request) -> Person:
    """Somebody who may decide and add."""
    return _at_least(request, Role.EDITOR)


def administrator(request: Request) -> Person:
    """Somebody who may manage accounts."""
    return _at_least(request, Role.ADMINISTRATOR)


def _at_least(request: Request, role: Role) -> Person:
    person = reader(request)
    if not person.may(role):
        raise NotAllowed(f"a {person.role} may not do this · {person.name} · ask for the role {role}")
    return person


def may_see(person: Person, story: str) -> bool:
    """Whether a story is among those a person sees."""
    return person.stories is None or story in person.stories


def see(person: Person, story: str) -> str:
    """The story's name; raises UsageError, as for a story that is not there, where the person may not see it."""
    if not may_see(person, story):
        raise UsageError(f"no story '{story}' · the desk has none of this name · see the list of stories")
    return story


Reader = Annotated[Person, Depends(reader)]
Editor = Annotated[Person, Depends(editor)]
Administrator = Annotated[Person, Depends(administrator)]
