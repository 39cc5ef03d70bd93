"""For whoever runs a desk: whether it answers, how much it does, and answers that are not sent twice."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from threading import Lock

from fastapi import APIRouter, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.errors import OnRecordError
from onrecord.web.auth.people import Administrator

router = APIRouter(include_in_schema=False)
_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Tally:
    """How many requests were answered how, and how long that took."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._requests: Counter[str] = Counter()
        self._seconds = 0.0

    def count(self, status: int, seconds: float) -> None:
        """Take in one answer."""
        with self._lock:
            self._requests[f"{status // 100}xx"] += 1
            self._seconds += seconds

    def lines(self) -> list[str]:
        """In the text format of Prometheus."""
        with self._lock:
            requests, seconds = dict(self._requests), self._seconds
        told = [
            "# HELP onrecord_requests_total Requests that were answered.",
            "# TYPE onrecord_requests_total counter",
            *(f'onrecord_requests_total{{status="{kind}"}} {many}' for kind, many in sorted(requests.items())),
            "# HELP onrecord_request_seconds_sum Time that answering took.",
            "# TYPE onrecord_request_seconds_sum counter",
            f"onrecord_request_seconds_sum {seconds:.6f}",
        ]
        return told


@router.get("/health")
def health(request: Request) -> Response:
    """Whether the desk's store answers; for everybody, and without a word of what is on it."""
    try:
        request.app.state.desk.head()
    except OnRecordError:
        return JSONResponse({"status": "unavailable"}, 503)
    return JSONResponse({"status": "ok"})


@router.get("/metrics")
def metrics(request: Request, person: Administrator) -> Response:
    """Counts for monitoring, for administrators."""
    desk, tally = request.app.state.desk, request.app.state.tally
    told = [
        *tally.lines(),
        "# HELP onrecord_entries Entries of the ledger.",
        "# TYPE onrecord_entries gauge",
        f"onrecord_entries {desk.head()[0]}",
        "# HELP onrecord_stories Stories of the desk.",
        "# TYPE onrecord_stories gauge",
        f"onrecord_stories {len(desk.stories())}",
    ]
    return PlainTextResponse("\n".join(told) + "\n", media_type=_TYPE)


class Conditional:
    """ASGI middleware: counts answers; those of the API carry a digest and are not sent to who has them already."""

    def __init__(self, app: ASGIApp, tally: Tally) -> None:
        self.app = app
        self.tally = tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, answer = time.perf_counter(), _Counted(send)
        held = _Digested(scope, answer) if scope["method"] == "GET" and scope["path"].startswith("/api/") else answer
        try:
            await self.app(scope, receive, held)
        finally:
            self.tally.count(answer.status, time.perf_counter() - began)


class _Counted:
    """Sends an answer and keeps its status."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 500

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        await self._send(message)


class _Digested:
    """Holds an answer until it is whole; what the asker has by its digest is not sent again."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._wanted = Headers(scope=scope).get("if-none-match", "")
        self._send = send
        self._start: Message = {}
        self._body: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            if message["status"] != 200:
                await self._send(message)
            return
        if self._start.get("status") != 200:
            await self._send(message)
            return
        self._body.append(message.get("body", b""))
        if not message.get("more_body", False):
            await self._whole(b"".join(self._body))

    async def _whole(self, body: bytes) -> None:
        # Weak: on its way the answer may be packed.
        tag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
        headers = MutableHeaders(scope=self._start)
        headers["ETag"] = tag
        if tag in [one.strip() for one in self._wanted.split(",")] or self._wanted.strip() == "*":
            del headers["content-length"]
            self._start["status"], body = 304, b""
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})
