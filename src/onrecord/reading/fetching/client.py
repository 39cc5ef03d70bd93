"""Addresses to answers: nothing private is asked, nothing endless is taken, robots.txt is heeded."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from urllib.robotparser import RobotFileParser

import httpx

from onrecord.errors import ReadError
from onrecord.reading.fetching.addressing import Target, check
from onrecord.reading.fetching.deadline import Deadline

AGENT = "onrecord"
Resolve = Callable[[str], Sequence[str]]
_ROBOTS_BYTES = 512_000
# So long a host's robots.txt is believed, and so long one that could not be had.
_ROBOTS_S, _NO_ROBOTS_S = 3_600.0, 300.0
_MAX_DELAY_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What a fetch may do; `allowed` lists networks ("127.0.0.0/8") that may be asked although they are private."""

    allowed: tuple[str, ...] = ()
    max_bytes: int = 20_000_000
    max_pages: int = 200
    max_redirects: int = 5
    timeout_s: float = 20.0
    total_s: float = 60.0
    pause_s: float = 1.0
    heed_robots: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came: status, headers in order, and the body as it was packed."""

    url: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    ip: str = ""

    def header(self, name: str) -> str | None:
        """The first header of a name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def resolve(host: str) -> tuple[str, ...]:
    """All addresses of a name, as the system's resolver tells them; raises OSError."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


@cache
def _trusted() -> ssl.SSLContext:
    """Whom to trust, read from disk once."""
    return httpx.create_ssl_context(trust_env=False)


@dataclass(slots=True)
class Fetcher:
    """One polite client: each name is resolved once for each request and the connection goes to that very address."""

    guard: Guard = field(default_factory=Guard)
    resolve: Resolve = resolve
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    robots: dict[str, tuple[float, RobotFileParser | None]] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)
    _delays: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """The answer to one address, redirects followed, each checked again; 304 where nothing changed.

        Raises ReadError for an address that may not be asked, robots that forbid it, and answers too large or too slow.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        return self._follow(url, headers, self.guard.max_bytes, self.guard.heed_robots)

    def post(self, url: str, body: bytes, kind: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to what is sent to a service; nothing is followed. Raises ReadError as `get` does."""
        target = check(url, self.resolve, self.guard.allowed)
        return self._ask(target, {"Content-Type": kind, **(headers or {})}, self.guard.max_bytes, body)

    def _follow(self, url: str, headers: dict[str, str], limit: int, heed: bool) -> Answer:
        for _ in range(self.guard.max_redirects + 1):
            target = check(url, self.resolve, self.guard.allowed)
            if heed:
                self._heed(target)
            answer = self._ask(target, headers, limit)
            place = answer.header("Location")
            if answer.status not in (301, 302, 303, 307, 308) or not place:
                return answer
            try:
                url = str(httpx.URL(url).join(place))
            except (httpx.InvalidURL, ValueError) as error:
                raise ReadError(f"{url}: redirects to what is no address; open it in a browser") from error
        raise ReadError(
            f"{url}: more than {self.guard.max_redirects} redirects; open it in a browser and give the last address"
        )

    def _ask(self, target: Target, headers: dict[str, str], limit: int, body: bytes | None = None) -> Answer:
        self._pause(target.host)
        sent = {
            "Host": target.authority,
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
            "Accept": "*/*",
            **headers,
        }
        method = "GET" if body is None else "POST"
        started, deadline = self.clock(), Deadline(self.guard.total_s)
        options = {"sni_hostname": target.host, "trace": deadline.trace}
        try:
            with (
                deadline,
                httpx.Client(
                    trust_env=False, follow_redirects=False, timeout=self.guard.timeout_s, verify=_trusted()
                ) as client,
                client.stream(method, target.pinned, headers=sent, content=body, extensions=options) as answer,
            ):
                told_body = self._body(answer, target.url, started, limit)
                told = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers.raw)
                ip = httpx.URL(target.pinned).host
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            if deadline.passed:
                raise self._slow(target.url) from error
            raise ReadError(f"{target.url}: no answer ({type(error).__name__}); try again later") from error
        if deadline.passed:
            raise self._slow(target.url)
        return Answer(target.url, answer.status_code, answer.reason_phrase, told, told_body, ip)

    def _slow(self, url: str) -> ReadError:
        return ReadError(f"{url}: slower than {self.guard.total_s:.0f} seconds; try again later")

    def _body(self, answer: httpx.Response, url: str, started: float, limit: int) -> bytes:
        held = bytearray()
        # In the pieces that come: a fixed size would wait for a trickle to fill it.
        for chunk in answer.iter_raw():
            held += chunk
            if len(held) > limit:
                raise ReadError(f"{url}: larger than {limit // 1_000_000 or 1} MB; save the article alone")
            if self.clock() - started > self.guard.total_s:
                raise self._slow(url)
        return bytes(held)

    def _pause(self, host: str) -> None:
        """One request a host at a time, with a pause between, longer where its robots.txt asks for it."""
        pause = max(self.guard.pause_s, self._delays.get(host, 0.0)) if self.guard.pause_s else 0.0
        since = self.clock() - self.last.get(host, float("-inf"))
        if since < pause:
            self.wait(pause - since)
        self.last[host] = self.clock()

    def _heed(self, target: Target) -> None:
        """Raise where robots.txt keeps us out; none found lets us in, a server that fails does not (RFC 9309)."""
        place, now = target.origin, self.clock()
        when, rules = self.robots.get(place, (float("-inf"), None))
        if now - when > (_ROBOTS_S if rules else _NO_ROBOTS_S):
            rules = self._rules(place)
            self.robots[place] = (now, rules)
        if rules is None:
            raise ReadError(
                f"{target.url}: no answer, not even to what programs may read (robots.txt); try again later"
            )
        self._delays[target.host] = min(float(rules.crawl_delay(AGENT) or 0), _MAX_DELAY_S)
        try:
            may = rules.can_fetch(AGENT, target.url)
        except ValueError:
            may = False
        if not may:
            raise ReadError(f"{target.url}: its robots.txt asks not to be read by programs; save the page by hand")

    def _rules(self, place: str) -> RobotFileParser | None:
        rules = RobotFileParser()
        rules.parse([])
        try:
            answer = self._follow(f"{place}/robots.txt", {}, _ROBOTS_BYTES, heed=False)
        except ReadError:
            return None
        if answer.status >= 500:
            return None
        if answer.status == 200:
            rules.parse([line for line in answer.body.decode("utf-8", "replace").splitlines() if _is_sound(line)])
        return rules


def _is_sound(line: str) -> bool:
    """Whether a line of robots.txt can be read; one that cannot is as if it were not there (RFC 9309, 2.2.2)."""
    alone = RobotFileParser()
    try:
        alone.parse(["User-agent: *", line])
    except (ValueError, OverflowError):
        return False
    return True
