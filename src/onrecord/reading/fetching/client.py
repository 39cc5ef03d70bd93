"""Addresses to a web archive: nothing private is asked, nothing endless is taken, robots.txt is heeded."""

from __future__ import annotations

import io
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.robotparser import RobotFileParser

import httpx

from onrecord.datamodel.report import Fate, Outcome
from onrecord.errors import ReadError
from onrecord.reading.fetching.addressing import Target, check

AGENT = "onrecord"
Resolve = Callable[[str], Sequence[str]]
_ROBOTS_BYTES = 512_000
_CHUNK_BYTES = 65_536


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

    def header(self, name: str) -> str | None:
        """The first header of a name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


def resolve(host: str) -> tuple[str, ...]:
    """All addresses of a name, as the system's resolver tells them; raises OSError."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)))


@dataclass(slots=True)
class Fetcher:
    """One polite client: each name is resolved once for each request and the connection goes to that very address."""

    guard: Guard = field(default_factory=Guard)
    resolve: Resolve = resolve
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    robots: dict[str, RobotFileParser | None] = field(default_factory=dict)
    last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Answer:
        """The answer to one address, redirects followed, each checked again; 304 where nothing changed.

        Raises ReadError for an address that may not be asked, robots that forbid it, and answers too large or too slow.
        """
        started = self.clock()
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        for _ in range(self.guard.max_redirects + 1):
            target = self._check(url)
            if self.guard.heed_robots and not self._may(target):
                raise ReadError(f"{url}: its robots.txt asks not to be read by programs; save the page by hand")
            answer = self._ask(target, headers, started, self.guard.max_bytes)
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

    def _check(self, url: str) -> Target:
        return check(url, self.resolve, self.guard.allowed)

    def _ask(self, target: Target, headers: dict[str, str], started: float, limit: int) -> Answer:
        self._pause(target.host)
        sent = {
            "Host": target.authority,
            "User-Agent": AGENT,
            "Accept-Encoding": "identity",
            "Accept": "*/*",
            **headers,
        }
        try:
            with (
                httpx.Client(trust_env=False, follow_redirects=False, timeout=self.guard.timeout_s) as client,
                client.stream("GET", target.pinned, headers=sent, extensions={"sni_hostname": target.host}) as answer,
            ):
                body = self._body(answer, target.url, started, limit)
                told = tuple((key.decode("latin-1"), value.decode("latin-1")) for key, value in answer.headers.raw)
                return Answer(target.url, answer.status_code, answer.reason_phrase, told, body)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise ReadError(f"{target.url}: no answer ({type(error).__name__}); try again later") from error

    def _body(self, answer: httpx.Response, url: str, started: float, limit: int) -> bytes:
        held = bytearray()
        for chunk in answer.iter_raw(_CHUNK_BYTES):
            held += chunk
            if len(held) > limit:
                raise ReadError(f"{url}: larger than {limit // 1_000_000 or 1} MB; save the article alone")
            if self.clock() - started > self.guard.total_s:
                raise ReadError(f"{url}: slower than {self.guard.total_s:.0f} seconds; try again later")
        return bytes(held)

    def _pause(self, host: str) -> None:
        """One request a host at a time, with a pause between."""
        since = self.clock() - self.last.get(host, float("-inf"))
        if since < self.guard.pause_s:
            self.wait(self.guard.pause_s - since)
        self.last[host] = self.clock()

    def _may(self, target: Target) -> bool:
        """Whether robots.txt lets us in; none found lets us in, a server that fails does not (RFC 9309)."""
        place = target.origin
        if place not in self.robots:
            self.robots[place] = self._rules(place)
        rules = self.robots[place]
        return rules is not None and rules.can_fetch(AGENT, target.url)

    def _rules(self, place: str) -> RobotFileParser | None:
        rules = RobotFileParser()
        rules.parse([])
        try:
            answer = self._ask(self._check(f"{place}/robots.txt"), {}, self.clock(), _ROBOTS_BYTES)
        except ReadError:
            return None
        if answer.status >= 500:
            return None
        if answer.status == 200:
            rules.parse(answer.body.decode("utf-8", "replace").splitlines())
        return rules


def fetch(urls: Sequence[str], archive: Path, fetcher: Fetcher | None = None) -> tuple[Outcome, ...]:
    """Store the answers to addresses as a WARC with their headers, before anything looks at them; one outcome each.

    Read the archive to get the reports. The file is written where at least one answer came.
    """
    fetcher = fetcher or Fetcher()
    outcomes: list[Outcome] = []
    answers: list[Answer] = []
    for number, url in enumerate(dict.fromkeys(urls)):
        try:
            if number >= fetcher.guard.max_pages:
                raise ReadError(f"{url}: more than {fetcher.guard.max_pages} addresses in one go; fetch the rest later")
            answer = fetcher.get(url)
            if answer.status != 200:
                raise ReadError(f"{url}: answered {answer.status} {answer.reason}; check the address")
            answers.append(answer)
            outcomes.append(Outcome(input=url, fate=Fate.READ))
        except ReadError as error:
            outcomes.append(Outcome(input=url, fate=Fate.REFUSED, reason=str(error).removeprefix(f"{url}: ")))
    if answers:
        write_archive(answers, archive)
    return tuple(outcomes)


def write_archive(answers: Sequence[Answer], archive: Path) -> None:
    """Append answers to a WARC file, each a record of its own."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with archive.open("ab") as stream:
        writer = WARCWriter(stream, gzip=archive.suffix == ".gz")
        for answer in answers:
            told = StatusAndHeaders(f"{answer.status} {answer.reason}", list(answer.headers), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                answer.url, "response", payload=io.BytesIO(answer.body), length=len(answer.body), http_headers=told
            )
            writer.write_record(record)
            for held in _held(record):
                held.close()


def _held(record: object) -> Iterator[Any]:
    """The temporary files that warcio leaves open."""
    for name in ("raw_stream", "_orig_stream", "payload"):
        found = getattr(record, name, None)
        if found is not None and hasattr(found, "close"):
            yield found
