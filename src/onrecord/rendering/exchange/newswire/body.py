"""A brief as the body of a news item: claims with their standing, who says what in exact words, and the reports."""

from __future__ import annotations

import re

from lxml import etree
from lxml.builder import ElementMaker

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Report
from onrecord.datamodel.story import Story
from onrecord.rendering.brief import Brief, brief
from onrecord.rendering.exchange.naming import urn
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Exhibit
from onrecord.rendering.wording import counted, moment_words, safe_id

XHTML = "http://www.w3.org/1999/xhtml"
_SIDES = (("for", "For"), ("against", "Against"), ("neither", "Neither"))
_made = ElementMaker(namespace=XHTML, nsmap={None: XHTML})
# What XML cannot hold, even as a reference.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def html_of(story: Story) -> etree._Element:
    """The body as one XHTML section; each quotation names its report and its characters after RFC 5147."""
    view = brief(story)
    claims = [_claim(story, claim) for claim in (*view.claims, *view.minor)]
    told: etree._Element = _made.section(
        _made.h1(fit(view.name)), _made.p(" · ".join(map(fit, view.lead))), *claims, _reports(story, view)
    )
    return told


def written(body: etree._Element) -> str:
    """A body as the text of a page's part."""
    told: bytes = etree.tostring(body, encoding="utf-8", pretty_print=True)
    return told.decode("utf-8")


def told_at(story: Story) -> Moment | None:
    """The moment that a telling stands for: the one that was asked for, or of its last report."""
    dated = [one.published for one in story.reports if one.published]
    return story.as_of or max(dated, key=lambda one: one.end, default=None)


def instant(moment: Moment) -> str:
    """A moment as the date and time that these formats ask for: the last one that it may stand for."""
    return moment.end.isoformat(timespec="seconds").replace("+00:00", "Z")


def address_of(report: Report) -> str | None:
    """A report's address where it is one of the web: no other may become a link in somebody's system."""
    return fit(report.url) if report.url and report.url.lower().startswith(("http://", "https://")) else None


def fit(text: str) -> str:
    """A text without the characters that XML cannot hold, each told by the sign for what cannot be shown."""
    return _UNFIT.sub("\ufffd", text)


def _claim(story: Story, claim: ClaimView) -> etree._Element:
    part: etree._Element = _made.section(
        _made.h2(fit(f"C{claim.number}. {claim.text}")),
        _made.p(
            _made.strong(claim.status.value),
            fit(f" · {counted_origins(claim)} · {claim.reason}"),
        ),
        id=f"claim-{safe_id(claim.id)}",
    )
    for name, title in _SIDES:
        items = [item for holder in claim.holders[name] for item in holder.exhibits]
        if items:
            part.append(_made.h3(title))
            part.extend(node for item in items for node in _statement(story, item))
    return part


def counted_origins(claim: ClaimView) -> str:
    """How many independent origins support a claim, in words."""
    return f"{claim.interval} independent {'origin' if claim.interval == '1' else 'origins'}"


def place_of(story: Story, item: Exhibit) -> str:
    """Where a statement's words stand: the report's name and its characters, counted from 0."""
    spans = item.reference.spans
    fragment = "&".join(f"char={span.start},{span.end}" for span in spans)
    return f"{urn(story, 'report', item.reference.report)}#{fragment}"


def _statement(story: Story, item: Exhibit) -> tuple[etree._Element, etree._Element]:
    role = f", {item.role}" if item.role else ""
    unnamed = " (unnamed)" if item.marked_unnamed else ""
    who = fit(f"{item.holder}{role}{unnamed}, {item.act.value}, {item.way} [{item.reference.label}]:")
    return _made.p(who), _made.blockquote(_made.p(fit(item.words)), cite=place_of(story, item))


def _reports(story: Story, view: Brief) -> etree._Element:
    lines = []
    for one in view.reports:
        line = _made.li(
            fit(f"[{one.report.id}] {one.outlet}, {moment_words(one.report.published)}: {one.title}"),
            id=one.anchor,
        )
        if address := address_of(one.report):
            line.append(_made.a(f" {address}", href=address, rel="nofollow"))
        line.append(_made.code(f" sha256:{one.report.sha256}"))
        lines.append(line)
    told: etree._Element = _made.section(_made.h2(counted(len(lines), "report")), _made.ul(*lines))
    return told
