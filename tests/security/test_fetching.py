"""The guard asks nothing private or special, whatever it is told; no answer ends the others."""

from __future__ import annotations

import ipaddress

import pytest

from onrecord.errors import ReadError
from onrecord.reading.fetching.addressing import PRIVATE, may_ask
from onrecord.reading.fetching.client import Fetcher, Guard, _is_sound

SPECIAL = """
0.0.0.1 10.0.0.1 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1
198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 240.0.0.1 255.255.255.255 192.31.196.1 192.52.193.1 192.175.48.1
:: ::1 ::ffff:10.0.0.1 64:ff9b:1::1 64:ff9b::10.0.0.1 100::1 100:0:0:1::1 2001::1 2001:2::1 2001:10::1 2001:20::1
2001:db8::1 2002:a00:1::1 3fff::1 5f00::1 fc00::1 fd12::1 fe80::1 fec0::1 ff02::1 4000::1 e000::1 2620:4f:8000::1
""".split()
METADATA = """
169.254.169.254 169.254.170.2 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254 fd00:ec2::23 fd20:ce::254
::ffff:169.254.169.254 64:ff9b::169.254.169.254
""".split()
PUBLIC = "1.1.1.1 93.184.215.14 192.0.1.1 198.20.0.1 2606:4700::1111 2a00:1450::1 2001:4860:4860::8888 64:ff9b::1.1.1.1"


@pytest.mark.parametrize("address", SPECIAL)
def test_no_special_purpose_address_is_asked(address: str) -> None:
    assert not may_ask(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", METADATA)
def test_no_permission_opens_where_clouds_keep_secrets(address: str) -> None:
    assert not may_ask(ipaddress.ip_address(address), PRIVATE)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_asked(address: str) -> None:
    assert may_ask(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fd12:3456::1"])
def test_the_own_network_is_asked_where_it_is_allowed(address: str) -> None:
    assert may_ask(ipaddress.ip_address(address), PRIVATE) and not may_ask(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    ("line", "sound"),
    [
        ("Disallow: http://[::1", False), ("Allow: //[", False), ("Disallow: /private", True), ("Crawl-delay: x", True),
        ("Disallow: /%zz", True), ("\x00", True), ("Disallow: http://a]b/", False),
    ],
)  # fmt: skip
def test_a_line_of_robots_txt_that_cannot_be_read_is_left_out(line: str, sound: bool) -> None:
    assert _is_sound(line) is sound


def test_a_bad_robots_txt_neither_ends_a_fetch_nor_opens_what_it_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.reading.fetching.client import Answer

    robots = b"User-agent: *\nDisallow: http://[::1\nDisallow: /private\n"

    def asked(self: Fetcher, target: object, headers: object, limit: int, body: object = None) -> Answer:
        url = str(getattr(target, "url", ""))
        return Answer(url, 200, "OK", (), robots if url.endswith("robots.txt") else b"words")

    monkeypatch.setattr(Fetcher, "_ask", asked)
    fetcher = Fetcher(guard=Guard(pause_s=0.0), resolve=lambda _: ("93.184.215.14",))
    assert fetcher.get("http://press.example/open").body == b"words"
    with pytest.raises(ReadError, match="robots"):
        fetcher.get("http://press.example/private/a")
