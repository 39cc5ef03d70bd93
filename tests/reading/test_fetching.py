"""The guard: address tricks are refused, what is allowed is stored with its headers before it is read."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate
from onrecord.errors import ReadError
from onrecord.reading.fetching.addressing import check
from onrecord.reading.fetching.client import Fetcher, Guard
from onrecord.reading.fetching.fetch import fetch
from onrecord.reading.intake import read
from tests.reading.makers import PLAIN, make_html

NAMES = {
    "good.example": ["93.184.216.34"],
    "inside.example": ["10.1.2.3"],
    "both.example": ["93.184.216.34", "127.0.0.1"],
    "loop6.example": ["::1"],
    "mapped.example": ["::ffff:169.254.169.254"],
    "linklocal.example": ["fe80::1%eth0"],
    "nowhere.example": [],
    "localhost": ["127.0.0.1"],
    "rebind.example": ["192.168.0.1"],
}
TRICKS = (
    "http://127.0.0.1/", "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/", "http://127.1/",
    "http://127.0.1/", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/", "http://10.0.0.1/",
    "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
    "http://224.0.0.1/", "http://255.255.255.255/", "http://192.0.2.1/", "http://198.18.0.1/", "http://240.0.0.1/",
    "http://inside.example/", "http://both.example/", "http://loop6.example/", "http://mapped.example/",
    "http://linklocal.example/", "http://nowhere.example/", "http://unknown.example/", "http://rebind.example/",
    "file:///etc/passwd", "ftp://good.example/", "gopher://good.example/", "data:text/html,x", "javascript:alert(1)",
    "http://user@good.example/", "http://good.example@127.0.0.1/", "http://user:word@good.example/", "http://good.example:22/",
    "http://good.example:25/", "http://127.0.0.1:80\\@good.example/", "http://good.example\n.evil.example/", "http:///path",
    "http://①②⑦.⓪.⓪.①/", "http://127。0。0。1/", "http://[::ffff:0:127.0.0.1]/",
    "http://" + "a" * 300 + ".example/", "//good.example/", "",
)  # fmt: skip


def resolve(host: str) -> Sequence[str]:
    """Names that the tests know."""
    if host not in NAMES:
        raise OSError("unknown")
    return NAMES[host]


@pytest.mark.parametrize("url", TRICKS)
def test_address_tricks_are_refused(url: str) -> None:
    with pytest.raises(ReadError):
        check(url, resolve)


def test_a_public_name_is_pinned_to_its_address() -> None:
    target = check("https://good.example/a?b=c", resolve)
    assert (target.host, target.pinned) == ("good.example", "https://93.184.216.34:443/a?b=c")


class Site(BaseHTTPRequestHandler):
    """A small web: pages, redirects, robots, and answers without end."""

    def do_GET(self) -> None:
        """Answer by path."""
        match self.path:
            case "/robots.txt":
                self._send(200, b"User-agent: *\nCrawl-delay: 7\nDisallow: /private\n")
            case "/page":
                if self.headers.get("If-None-Match") == '"v1"':
                    self._send(304, b"")
                else:
                    self._send(200, make_html(), ETag='"v1"')
            case "/to-page":
                self._send(302, b"", Location="/page")
            case "/to-inside":
                self._send(302, b"", Location="http://169.254.169.254/latest/")
            case "/to-file":
                self._send(302, b"", Location="file:///etc/passwd")
            case "/to-port":
                self._send(302, b"", Location="http://127.0.0.1:22/")
            case "/loop":
                self._send(302, b"", Location="/loop")
            case "/huge":
                self._send(200, b"x" * 3_000_000)
            case "/private":
                self._send(200, b"secret")
            case _:
                self._send(404, b"no")

    def _send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            return

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher() -> Fetcher:
    """A client that may ask this machine, and waits for nothing."""
    guard = Guard(allowed=("127.0.0.0/8",), max_bytes=1_000_000, pause_s=0.0, timeout_s=5.0)
    return Fetcher(guard=guard, resolve=resolve)


def test_pages_are_stored_as_an_archive_and_read_from_it(site: str, fetcher: Fetcher, tmp_path: Path) -> None:
    archive = tmp_path / "fetched.warc.gz"
    outcomes = list(fetch([f"{site}/to-page", f"{site}/none", f"{site}/private"], archive, fetcher))
    assert [one.fate for one in outcomes] == [Fate.READ, Fate.REFUSED, Fate.REFUSED]
    assert "404" in (outcomes[1].reason or "") and "robots" in (outcomes[2].reason or "")
    (report,) = read([archive]).reports
    assert report.text.strip() == PLAIN.strip()
    assert report.captured is not None


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/to-inside", "private or reserved"), ("/to-file", "only http"), ("/to-port", "port 22"),
        ("/loop", "redirects"), ("/huge", "larger than"),
    ],
)  # fmt: skip
def test_every_redirect_is_checked_and_every_answer_capped(site: str, fetcher: Fetcher, path: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        fetcher.get(f"{site}{path}")


def test_what_has_not_changed_is_not_sent_again(site: str, fetcher: Fetcher) -> None:
    first = fetcher.get(f"{site}/page")
    assert fetcher.get(f"{site}/page", etag=first.header("ETag")).status == 304


def test_loopback_is_refused_by_default(site: str, tmp_path: Path) -> None:
    (outcome,) = fetch([f"{site}/page"], tmp_path / "a.warc", Fetcher(resolve=resolve))
    assert outcome.fate is Fate.REFUSED and "private" in (outcome.reason or "")
    assert not (tmp_path / "a.warc").exists()


def test_a_host_is_asked_with_pauses(site: str) -> None:
    waited: list[float] = []
    guard = Guard(allowed=("127.0.0.0/8",), pause_s=5.0)
    polite = Fetcher(guard=guard, resolve=resolve, wait=waited.append)
    polite.get(f"{site}/page")
    assert waited and all(0 < pause <= 7.0 for pause in waited)


def test_robots_can_ask_for_a_longer_pause(site: str) -> None:
    waited: list[float] = []
    guard = Guard(allowed=("127.0.0.0/8",), pause_s=0.01)
    polite = Fetcher(guard=guard, resolve=resolve, wait=waited.append)
    polite.get(f"{site}/page")
    polite.get(f"{site}/to-page")
    assert max(waited) > 6


def test_a_host_that_is_down_is_not_told_as_a_wish_of_its_robots(fetcher: Fetcher) -> None:
    with pytest.raises(ReadError, match="no answer"):
        fetcher.get("http://127.0.0.1:49151/page")
