"""Connections on which nobody asks anything are not held for ever."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

# So long a browser may take for its first request to be whole; after that the server's own patience counts.
FIRST_REQUEST_S = 20.0
_Base: Any = AutoHTTPProtocol


class Patient(_Base):  # type: ignore[misc]
    """The server's protocol, which by itself waits without end for a first request."""

    first_request_s = FIRST_REQUEST_S
    _first: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Begin to wait."""
        super().connection_made(transport)
        self._first = asyncio.get_running_loop().call_later(self.first_request_s, self._nothing_asked)

    def connection_lost(self, error: Exception | None) -> None:
        """Wait no longer."""
        if self._first is not None:
            self._first.cancel()
        super().connection_lost(error)

    def _nothing_asked(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
