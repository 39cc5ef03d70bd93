"""Addresses to targets that may be asked: plain http(s), a name or a plain address, nothing private behind it."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from onrecord.errors import ReadError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"http": 80, "https": 443}
_MAX_URL = 4_000
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# What a system library reads as an address though it does not look like one: 2130706433, 0x7f.1, 0177.0.0.1, 127.1
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+))*\.?")
# This machine and the networks of a house (RFC 1918, RFC 4193), for those who serve their own pages.
PRIVATE = ("127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
# The IANA registries of special-purpose addresses (RFC 6890, as of 2025), what is deprecated or anycast among them too,
# and multicast: a page that is for everybody lies in none of them. Python's own table lacks some.
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        """
        0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
        192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24
        203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
        ::/128 ::1/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 100:0:0:1::/64 2001::/23 2001:db8::/32 2002::/16
        2620:4f:8000::/48 3fff::/20 5f00::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8
        """.split(),
    )
)
# All of IPv6 that is given out to anybody (RFC 4291, 2.4).
_GLOBAL = ipaddress.ip_network("2000::/3")
# Where clouds tell a machine its own secrets; no network that is allowed lets these in.
_METADATA = tuple(
    map(
        ipaddress.ip_network,
        "169.254.0.0/16 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::/32 fd20:ce::/32 fe80::/10".split(),
    )
)
_EMBEDDING = (
    ipaddress.ip_network("64:ff9b::/96"),
    ipaddress.ip_network("64:ff9b:1::/48"),
    ipaddress.ip_network("::/96"),
    ipaddress.ip_network("::ffff:0:0:0/96"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address: what was asked for, and the same with the name replaced by the address it stands for."""

    url: str
    host: str
    authority: str
    origin: str
    pinned: str


def check(url: str, resolve: Callable[[str], Sequence[str]], allowed: Sequence[str] = ()) -> Target:
    """The target of an address, its name resolved once and pinned; raises ReadError where it may not be asked."""
    if len(url) > _MAX_URL or any(sign <= " " or sign == "\x7f" or sign == "\\" for sign in url):
        raise ReadError(f"{url[:100]}: no plain address (blanks, control signs or a backslash in it); correct it")
    try:
        parts = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise ReadError(f"{url[:100]}: no address that can be read; correct it") from error
    if parts.scheme not in _PORTS:
        raise ReadError(f"{url}: only http and https are fetched; save it and give the file")
    if parts.userinfo:
        raise ReadError(f"{url}: an address with a user name in it; leave that part out")
    host = parts.raw_host.decode("ascii", "replace").lower()
    port = parts.port or _PORTS[parts.scheme]
    if port < 1024 and port not in (80, 443):
        raise ReadError(f"{url}: port {port} is no web server's; correct the address")
    address = _address(url, host, resolve, allowed)
    shown = f"[{address}]" if address.version == 6 else str(address)
    authority = parts.netloc.decode("ascii")
    return Target(
        url=url,
        host=host.strip("[]"),
        authority=authority,
        origin=f"{parts.scheme}://{authority}",
        pinned=f"{parts.scheme}://{shown}:{port}{parts.raw_path.decode('ascii')}",
    )


def _address(url: str, host: str, resolve: Callable[[str], Sequence[str]], allowed: Sequence[str]) -> Address:
    """The one address to connect to; every address of a name must be allowed, or none is asked."""
    found = _literal(url, host) or _resolved(url, host, resolve)
    for one in found:
        if not may_ask(one, allowed):
            raise ReadError(
                f"{url}: leads to {one}, which is private or reserved; --allow-private lets in your own network"
            )
    return found[0]


def _literal(url: str, host: str) -> tuple[Address, ...]:
    bare = host.strip("[]")
    if not bare or "%" in bare:
        raise ReadError(f"{url}: no host in it, or one with a zone; correct it")
    try:
        return (ipaddress.ip_address(bare),)
    except ValueError:
        pass
    if _NUMERIC.fullmatch(bare) or ":" in bare:
        raise ReadError(f"{url}: an address in an odd spelling; write it as four plain numbers")
    labels = bare.removesuffix(".").split(".")
    if len(bare) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise ReadError(f"{url}: a host that is no name; correct it")
    return ()


def _resolved(url: str, host: str, resolve: Callable[[str], Sequence[str]]) -> tuple[Address, ...]:
    try:
        told = resolve(host.removesuffix("."))
        found = tuple(ipaddress.ip_address(one.partition("%")[0]) for one in told)
    except (OSError, ValueError, UnicodeError) as error:
        raise ReadError(f"{url}: its name cannot be resolved; check the spelling and the connection") from error
    if not found:
        raise ReadError(f"{url}: its name leads nowhere; check the spelling")
    return found


def may_ask(address: Address, allowed: Sequence[str] = ()) -> bool:
    """Whether an address is a public one, or lies in a network that was allowed; addresses inside addresses count.

    Where clouds keep a machine's secrets is never asked.
    """
    if _lies_in(address, _METADATA):
        return False
    if any(address in ipaddress.ip_network(network) for network in allowed if _same(address, network)):
        return True
    inner = _inner(address)
    if inner is not None:
        return address.version == 6 and may_ask(inner, allowed) and _is_translation(address)
    return not _lies_in(address, _SPECIAL) and (address.version == 4 or address in _GLOBAL)


def _lies_in(address: Address, networks: Sequence[Network]) -> bool:
    return any(address in network for network in networks if network.version == address.version)


def _same(address: Address, network: str) -> bool:
    return ipaddress.ip_network(network).version == address.version


def _inner(address: Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address carries: mapped, 6to4, Teredo, translated."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if any(address in network for network in _EMBEDDING) and int(address) > 1:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


def _is_translation(address: Address) -> bool:
    """Only mapped and NAT64 addresses are ever asked; 6to4 and Teredo tunnels are not."""
    return isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped is not None or address in ipaddress.ip_network("64:ff9b::/96")
    )
