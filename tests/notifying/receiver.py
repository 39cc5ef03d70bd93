"""A webhook's receiver on this machine: keeps what it is sent, and answers as a test wants."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """Each message's headers and body in order; `status` is answered, with `headers`."""

    address: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    asked: int = 0
    taken: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """The ids of the messages that were taken."""
        return [headers["webhook-id"] for headers, _ in self.taken]

    @property
    def notices(self) -> list[dict[str, Any]]:
        """What they tell."""
        return [one for _, body in self.taken for one in json.loads(body)["data"]["notices"]]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A running receiver, gone at the end of the block."""
    held = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            held.asked += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if 200 <= held.status < 300:
                held.taken.append(({key.lower(): value for key, value in self.headers.items()}, body))
            self.send_response(held.status)
            for name, value in held.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    held.address = f"http://127.0.0.1:{server.server_address[1]}/hook"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield held
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
