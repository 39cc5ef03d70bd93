"""How often somebody may ask: writes in a minute, and sign-ins, which get slower and are never locked."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

WRITES = "240/minute"
_SIGN_INS = (parse("30/minute"), parse("300/hour"))
_FREE_TRIES = 3
_WINDOW_S = 900
_SLOWEST_S = 8.0
_MOST_WAITING, _MOST_WAITING_IN_ALL = 6, 60


class TooMany(Exception):
    """Too many requests in too short a time; `retry_s` says when to come back."""

    def __init__(self, what: str, retry_s: int) -> None:
        super().__init__(f"too many {what} · in a short time · try again in {retry_s} seconds")
        self.retry_s = retry_s


class Turns:
    """Tries at one account, one after the other: who tries several at once gains nothing."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: Counter[str] = Counter()

    @asynccontextmanager
    async def of(self, account: str) -> AsyncIterator[None]:
        """Wait for one's turn; raises TooMany where many wait already."""
        if self._waiting[account] >= _MOST_WAITING or self._waiting.total() >= _MOST_WAITING_IN_ALL:
            raise TooMany("sign-ins", math.ceil(_SLOWEST_S))
        self._waiting[account] += 1
        try:
            async with self._locks.setdefault(account, asyncio.Lock()):
                yield
        finally:
            self._waiting[account] -= 1
            if not self._waiting[account]:
                del self._waiting[account]
                self._locks.pop(account, None)


class RateLimit:
    """Counts in memory: a server of its own for each desk, forgotten when it stops."""

    def __init__(self, writes: str = WRITES) -> None:
        self._writes = parse(writes)
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)
        self.turns = Turns()

    def write(self, who: str) -> None:
        """Count a write of somebody; raises TooMany."""
        self._count(self._writes, "writes", who)

    def sign_in(self, place: str) -> None:
        """Count a sign-in from a network address; raises TooMany."""
        for limit in _SIGN_INS:
            self._count(limit, "sign-ins", place)

    def delay_s(self, account: str) -> float:
        """How long an answer to this name is held back: the more wrong passwords lately, the longer."""
        wrong = self._storage.get(f"wrong/{account}")
        return 0.0 if wrong < _FREE_TRIES else min(0.5 * 2.0 ** (wrong - _FREE_TRIES), _SLOWEST_S)

    def tried(self, account: str) -> None:
        """Count a try before its password is looked at, the same for names that are nobody's."""
        self._storage.incr(f"wrong/{account}", _WINDOW_S)

    def right(self, account: str) -> None:
        """Forget the wrong passwords of somebody who got in."""
        self._storage.clear(f"wrong/{account}")

    def _count(self, limit: RateLimitItem, what: str, who: str) -> None:
        if not self._limiter.hit(limit, what, who):
            reset, _ = self._limiter.get_window_stats(limit, what, who)
            raise TooMany(what, max(1, math.ceil(reset - time.time())))
