"""A served desk for programs: its API as typed methods, with the models that the server itself answers by."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ParamSpec, TypeVar, cast

from onrecord.client.operations import Operations
from onrecord.client.transport import ApiError
from onrecord.datamodel.entry import Verdict
from onrecord.web.api.asking import (
    AccountChange,
    Keeping,
    Moving,
    NewAccount,
    NewAlert,
    NewReport,
    Reason,
    Replay,
    TokenWish,
    Wanted,
)
from onrecord.web.api.checking import Draft
from onrecord.web.api.models import Page

__all__ = [
    "AccountChange",
    "ApiError",
    "Client",
    "Draft",
    "Keeping",
    "Moving",
    "NewAccount",
    "NewAlert",
    "NewReport",
    "Reason",
    "Replay",
    "TokenWish",
    "Verdict",
    "Wanted",
]
Item = TypeVar("Item")
Asked = ParamSpec("Asked")


class Client(Operations):
    """A desk at its address: each operation of the API under its operation id."""

    def __enter__(self) -> Client:
        return self

    def walk(self, operation: Callable[Asked, Page[Item]], *given: Asked.args, **asked: Asked.kwargs) -> Iterator[Item]:
        """All items of a list, page after page: `client.walk(client.story_claims, "dam", standing="denied")`.

        What is there throughout comes once, whatever is entered meanwhile.
        """
        page = cast("Callable[..., Page[Item]]", operation)
        cursor: str | None = ""
        while cursor is not None:
            found = page(*given, **{"limit": 200, **asked, "cursor": cursor})
            yield from found.items
            cursor = found.next
