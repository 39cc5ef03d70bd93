"""Versions of one page to a chain in which each names the version that it revises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlsplit

from onrecord.datamodel.report import Report


def chain(reports: Sequence[Report]) -> tuple[Report, ...]:
    """The same reports, later versions of an address with `revises` set.

    An address stands for one page: scheme, "www.", query and fragment are left out unless the path alone names no page.
    Later is what was captured later, else published later; versions that neither tells apart stay unchained.
    """
    versions: dict[str, list[Report]] = {}
    for report in reports:
        if report.url and (page := _page(report.url, report.reader == "live blog")):
            versions.setdefault(page, []).append(report)
    revised: dict[str, str] = {}
    for found in versions.values():
        dated = sorted((one for one in found if _when(one)), key=lambda one: (_when(one), one.id))
        for before, after in pairwise(dated):
            if before.text != after.text and _when(before) != _when(after):
                revised[after.id] = before.id
    return tuple(replace(one, revises=revised[one.id]) if one.id in revised else one for one in reports)


def site(url: str) -> str:
    """The host of an address, without "www.", and its port where it is not the usual one; "" for no web address.

    Example:
        >>> site("https://www.Quay-Gazette.example/crane"), site("http://127.0.0.1:8000/a")
        ('quay-gazette.example', '127.0.0.1:8000')
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    plain = port in (None, 80, 443)
    return parts.hostname.rstrip(".").removeprefix("www.") + ("" if plain else f":{port}")


def _when(report: Report) -> str:
    moment = report.captured or report.published
    return moment.isoformat() if moment else ""


def _page(url: str, entry: bool) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return url if parts.scheme else ""
    place = parts.path.rstrip("/")
    page = f"{parts.netloc.lower().removeprefix('www.')}{place}" + (f"?{parts.query}" if place.count("/") < 2 else "")
    # The entries of a live blog are told apart by their places in the page.
    return f"{page}#{parts.fragment}" if entry else page
