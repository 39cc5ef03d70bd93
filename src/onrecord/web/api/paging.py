"""Lists in pages: a look at a list from an offset, or a walk by cursor through all that is in it.

A walk goes by keys that stay (ids, numbers of entries), and a cursor holds the last key that was told. So whoever walks
is told once what is in the list from the walk's begin to its end, whatever is entered, withdrawn or ranked anew
meanwhile; what comes in meanwhile is told where it sorts behind the cursor.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Annotated, TypeVar

from fastapi import Depends, Query, Request

from onrecord.errors import UsageError

Value = TypeVar("Value")
Key = tuple[str | int, ...]
_MOST_CURSOR_CHARS = 4000
# A longer part of a key is told by its beginning and its digest, so that a cursor fits into an address.
_MOST_PART_CHARS = 120

Offset = Annotated[
    int, Query(ge=0, le=10_000_000, description="How many to leave out from the start; no part of a walk.")
]
Limit = Annotated[int, Query(ge=1, le=200, description="How many to tell at most.")]
Cursor = Annotated[
    str | None,
    Query(
        max_length=_MOST_CURSOR_CHARS,
        description="Empty to begin a walk through the whole list, by ids; then each page's `next`.",
    ),
]


class Paging:
    """Which page of a list is asked for; a dependency of every route that tells a list."""

    def __init__(self, request: Request, offset: Offset = 0, limit: Limit = 50, cursor: Cursor = None) -> None:
        if cursor is not None and offset:
            raise UsageError("a cursor and an offset · the page · give one of the two")
        self.offset, self.limit = offset, limit
        self.walks = cursor is not None
        self._list = _list_of(request)
        self._last = self._read(cursor) if cursor else None

    def page(
        self, found: Sequence[Value], told: Callable[[Value], object], key: Callable[[Value], Key]
    ) -> dict[str, object]:
        """The page as JSON; `key` is what an item is known by, whatever changes around it.

        Raises UsageError where the cursor is none of this list.
        """
        chosen, onward = (
            self._walked(found, key) if self.walks else (found[self.offset : self.offset + self.limit], None)
        )
        items = [told(one) for one in chosen]
        return {"total": len(found), "offset": self.offset, "limit": self.limit, "next": onward, "items": items}

    def _walked(self, found: Sequence[Value], key: Callable[[Value], Key]) -> tuple[list[Value], str | None]:
        """The items behind the cursor, and the cursor of those behind them."""
        seen: dict[Key, int] = {}
        keyed: list[tuple[Key, Value]] = []
        for one in found:
            plain = tuple(_shortened(part) for part in key(one))
            # What cannot be told apart by its key is by its number among its like.
            seen[plain] = number = seen.get(plain, -1) + 1
            keyed.append(((*plain, number), one))
        try:
            behind = [pair for pair in keyed if self._last is None or pair[0] > self._last]
        except TypeError as error:
            raise _unknown() from error
        behind.sort(key=lambda pair: pair[0])
        chosen = behind[: self.limit]
        onward = self._written(chosen[-1][0]) if len(behind) > len(chosen) else None
        return [one for _, one in chosen], onward

    def _written(self, key: Key) -> str:
        return urlsafe_b64encode(json.dumps([self._list, *key], separators=(",", ":")).encode()).decode().rstrip("=")

    def _read(self, cursor: str) -> Key:
        try:
            raw = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
            held = json.loads(raw)
        except (ValueError, RecursionError, binascii.Error) as error:
            raise _unknown() from error
        if not isinstance(held, list) or len(held) < 2 or not all(isinstance(part, str | int) for part in held):
            raise _unknown()
        if held[0] != self._list:
            raise UsageError(
                "a cursor of another list · the walk · keep its path and filters, or begin with an empty one"
            )
        return tuple(held[1:])


Pages = Annotated[Paging, Depends()]


def _list_of(request: Request) -> str:
    """What tells one list from another: its path and its filters."""
    asked = sorted(
        (name, value) for name, value in request.query_params.multi_items() if name not in ("cursor", "limit")
    )
    told = json.dumps([request.url.path, asked]).encode()
    return sha256(told).hexdigest()[:12]


def _shortened(part: str | int) -> str | int:
    if isinstance(part, int) or len(part) <= _MOST_PART_CHARS:
        return part
    digest = sha256(part.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{part[: _MOST_PART_CHARS // 2]}{digest}"


def _unknown() -> UsageError:
    return UsageError(
        "a cursor that is none · the walk · give a page's `next` as it was told, or begin with an empty one"
    )
