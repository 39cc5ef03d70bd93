"""A small web on this machine: pages that a test sets and changes, and a log of what was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    """One answer; `drip_s` is the pause between bytes, for servers that trickle."""

    body: bytes
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    drip_s: float = 0.0


@dataclass
class Web:
    """The pages by path, and each request's path with its headers."""

    address: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def set(self, path: str, body: bytes | str, **told: object) -> str:
        """Put a page there; its address."""
        self.pages[path] = Page(body.encode() if isinstance(body, str) else body, **told)  # type: ignore[arg-type]
        return self.address + path

    def paths(self) -> list[str]:
        """What was asked, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def served() -> Iterator[Web]:
    """A running web, gone at the end of the block."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append((self.path, dict(self.headers.items())))
            page = web.pages.get(self.path, Page(b"no", status=404))
            if (tag := page.headers.get("ETag")) and self.headers.get("If-None-Match") == tag:
                page = Page(b"", status=304)
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(page.body)))
            for name, value in page.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for at in range(0, len(page.body), 1 if page.drip_s else len(page.body) or 1):
                    self.wfile.write(page.body[at : at + 1] if page.drip_s else page.body)
                    time.sleep(page.drip_s)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
