"""Connections on which nobody asks anything, or takes what was answered, are not held for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

# So long a browser may take until a request is whole, and may leave an answer lying without taking a byte of it.
REQUEST_S = 20.0
_Base: Any = AutoHTTPProtocol


class Patient(_Base):  # type: ignore[misc]
    """The server's protocol, which by itself waits without end for a request to be whole and for an answer's reader."""

    request_s = REQUEST_S
    _next: asyncio.TimerHandle | None = None
    # What was seen the last time that somebody had to be waited for.
    _seen: tuple[int, int] | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to look now and then."""
        super().connection_made(transport)
        self._again()

    def connection_lost(self, error: Exception | None) -> None:
        """Look no longer."""
        if self._next is not None:
            self._next.cancel()
        super().connection_lost(error)

    def _again(self) -> None:
        self._next = asyncio.get_running_loop().call_later(self.request_s / 2, self._look)

    def _look(self) -> None:
        """End the connection where nothing moved since the last look, and it is the other side's turn."""
        now = (id(self.cycle), self.transport.get_write_buffer_size())
        waits = self._half_asked() or self.flow.write_paused
        if waits and now == self._seen:
            self.transport.abort()
            return
        self._seen = now if waits else None
        self._again()

    def _half_asked(self) -> bool:
        """Whether a request is begun, or none was; between two requests the server has a patience of its own."""
        answered = self.cycle is None or self.cycle.response_complete
        return answered and self.timeout_keep_alive_task is None
