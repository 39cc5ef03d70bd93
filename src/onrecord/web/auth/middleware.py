"""What stands before every request: the name it asks for, its size, its ticket, and the headers of every answer."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.auth.csrf import token_of
from onrecord.web.settings import LOOPBACK, Settings

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# What RFC 9110 (7.2) lets stand there, and no user name, which would make it lead elsewhere where it is told again.
_HOST = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?")
# So long the next piece of a request may take.
_PIECE_S = 60.0
_YEAR_S = 31_536_000
_LOG = logging.getLogger("onrecord.web")


def cookie_name(https: bool) -> str:
    """The ticket's name; a browser takes the prefix only over https, from this very host."""
    return "__Host-onrecord" if https else "onrecord"


def ticket_cookie(ticket: str, https: bool) -> str:
    """The Set-Cookie header of a ticket; it goes when the browser closes."""
    secure = "; Secure" if https else ""
    return f"{cookie_name(https)}={ticket}; Path=/; HttpOnly; SameSite=Lax{secure}"


def new_ticket() -> str:
    """A fresh random ticket of 256 bits."""
    return secrets.token_urlsafe(32)


class AuthMiddleware:
    """ASGI middleware: refuses names and sizes that are not ours, and hands each browser a ticket."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(self.settings, send, fresh=None)
        headers = Headers(scope=scope)
        if refusal := self._refusal(headers) or _unsayable(scope):
            await _refuse(scope, *refusal)(scope, receive, answer)
            return
        ticket = self._ticket(scope)
        if ticket is None:
            ticket = answer.fresh = new_ticket()
        scope.setdefault("state", {}).update(ticket=ticket, csrf=token_of(ticket))
        try:
            await self.app(scope, _Limited(receive, self.settings.max_upload_bytes), answer)
        except Exception:
            # What nobody foresaw is in the server's log, and no part of an answer.
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if answer.begun:
                raise
            await _refuse(scope, 500, "an unexpected error · this request · see the server's log\n")(
                scope, receive, answer
            )

    def _refusal(self, headers: Headers) -> tuple[int, str] | None:
        # A page elsewhere can have its name resolve to this machine; it cannot change the name that it asks for.
        if not _HOST.fullmatch(headers.get("host", "")):
            return 421, "no host name that can be read · the request · use the address that onrecord serve tells\n"
        host = bare_host(headers.get("host", ""))
        known = self.settings.names or self.settings.host in LOOPBACK
        if known and host not in (*LOOPBACK, *self.settings.names):
            return 421, f"no desk of this name · {host[:80]} · use the address that onrecord serve tells\n"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.max_upload_bytes:
            most = self.settings.max_upload_bytes // (1024 * 1024)
            return 413, f"too much at once · {length[:20]} bytes · send at most {most} MB a request\n"
        return None

    def _ticket(self, scope: Scope) -> str | None:
        cookies = HTTPConnection(scope).headers.get("cookie", "")
        try:
            found = SimpleCookie(cookies).get(cookie_name(self.settings.https))
        except CookieError:
            return None
        return found.value if found and 40 <= len(found.value) <= 64 and found.value.isascii() else None


def _refuse(scope: Scope, status: int, line: str) -> Response:
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": line.strip()}, status)
    return PlainTextResponse(line, status)


def _unsayable(scope: Scope) -> tuple[int, str] | None:
    """No name holds a NUL, and no store takes one."""
    if "\x00" in scope["path"] or b"%00" in scope["query_string"]:
        return 400, "a NUL in the address · the request · leave it out\n"
    return None


def bare_host(host: str) -> str:
    """A Host header without its port, in lower case; [::1] loses its brackets.

    Example:
        >>> bare_host("[::1]:8710"), bare_host("Desk.example:80")
        ('::1', 'desk.example')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower()


class _Limited:
    """Receives a body up to a size, whatever its headers said; what is beyond is taken for the end of the line."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive = receive
        self.left = most
        self.ended = False

    async def __call__(self) -> Message:
        if self.ended:
            # Whoever waits here waits for the browser to go, which may take its time.
            return await self.receive()
        try:
            message = await asyncio.wait_for(self.receive(), _PIECE_S)
        except TimeoutError:
            return {"type": "http.disconnect"}
        if message["type"] == "http.request":
            self.ended = not message.get("more_body", False)
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                return {"type": "http.disconnect"}
        return message


class _Answer:
    """Sends an answer with the headers that every answer has, and the ticket where the browser had none."""

    def __init__(self, settings: Settings, send: Send, fresh: str | None) -> None:
        self.settings = settings
        self.send = send
        self.fresh = fresh
        self.begun = False

    async def __call__(self, message: Message) -> None:
        self.begun = True
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            # Stories are nobody else's: no cache on the way keeps them.
            headers.setdefault("Cache-Control", "no-store")
            if self.settings.https:
                headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR_S}")
            page = headers.get("content-type", "").startswith("text/html") or "location" in headers
            ours = (one.startswith(f"{cookie_name(self.settings.https)}=") for one in headers.getlist("set-cookie"))
            if self.fresh and page and not any(ours):
                headers.append("set-cookie", ticket_cookie(self.fresh, self.settings.https))
        await self.send(message)
