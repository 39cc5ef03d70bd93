"""A checked draft's text in pieces, each with the findings that it is part of, for pages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.checking.findings import CheckedDraft, Finding, Lines, Severity
from onrecord.rendering.checking.text import summary, where
from onrecord.rendering.html import isolated
from onrecord.rendering.wording import MARKS, cut, interval, safe_id, shown, visible


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph, the numbers of its findings from one, and the worst of their severities."""

    text: str
    findings: tuple[int, ...] = ()
    severity: Severity | None = None
    opens: tuple[int, ...] = ()


def paragraphs(checked: CheckedDraft) -> list[tuple[Piece, ...]]:
    """The draft by paragraph, every word of it."""
    text, found, at = checked.draft.text, [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(tuple(_pieces(checked.findings, text, at, at + len(line))))
        at += len(line) + 1
    return found


def _pieces(findings: tuple[Finding, ...], text: str, start: int, end: int) -> Iterator[Piece]:
    mine = [
        (n, one.span, one)
        for n, one in enumerate(findings, 1)
        if one.span and one.span.start < end and one.span.end > start
    ]
    cuts = sorted(
        {start, end, *(min(max(place, start), end) for _, span, _ in mine for place in (span.start, span.end))}
    )
    for left, right in itertools.pairwise(cuts):
        over = [(number, one) for number, span, one in mine if span.start <= left and right <= span.end]
        yield Piece(
            text=visible(text[left:right]),
            findings=tuple(number for number, _ in over),
            severity=_worst([one for _, one in over]),
            opens=tuple(number for number, span, _ in mine if max(span.start, start) == left),
        )


def _worst(found: list[Finding]) -> Severity | None:
    return min((one.rule.severity for one in found), key=tuple(Severity).index, default=None)


def body(checked: CheckedDraft, base: str | None = None) -> Markup:
    """The marked draft, its findings and its statements; `base` is the story's address on a desk, for links."""
    places = Lines(checked.draft.text)
    told = (
        _environment()
        .get_template("checked_body.html.j2")
        .render(
            base=base,
            checked=checked,
            paragraphs=paragraphs(checked),
            summary=summary(checked),
            places=[where(checked, one, places) for one in checked.findings],
            statement_places=["{}:{}".format(*places.place(one.span.start)) for one in checked.statements],
            standing_marks=MARKS,
            interval=interval,
        )
    )
    return Markup(told)


def style() -> str:
    """The style of the marked draft, on top of a page's own."""
    return _asset("checked.css")


def render(checked: CheckedDraft) -> str:
    """One HTML file that needs nothing else: the draft with its findings marked, and what the desk has."""
    template = _environment().get_template("checked_page.html.j2")
    title = shown(cut(checked.draft.headline or checked.draft.file, MOST_CHARS))
    return template.render(title=title, style=Markup(_asset("checked_alone.css") + style()), body=body(checked))


MOST_CHARS = 200


def _asset(name: str) -> str:
    return (files("onrecord.rendering") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    loader = PackageLoader("onrecord.rendering", "templates")
    pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    pages.filters.update(t=isolated, safe_id=safe_id, u=lambda text: quote(str(text), safe=""))
    return pages
