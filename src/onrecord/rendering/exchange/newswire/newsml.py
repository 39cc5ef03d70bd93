"""A brief as an IPTC NewsML-G2 news item, its body as XHTML."""

from __future__ import annotations

from importlib.metadata import version

from lxml import etree
from lxml.builder import ElementMaker

from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.rendering.brief import brief
from onrecord.rendering.exchange.naming import base, urn
from onrecord.rendering.exchange.newswire.body import XHTML, address_of, fit, html_of, instant, told_at

NAR = "http://iptc.org/std/nar/2006-10-01/"
_CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_41.xml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_KINDS = {PartyKind.PERSON: "cpnat:person", PartyKind.ORGANIZATION: "cpnat:organisation"}
_made = ElementMaker(namespace=NAR, nsmap={None: NAR})


def render(story: Story) -> bytes:
    """The news item; the same story gives the same bytes.

    Raises UsageError where no date is known: the format asks when a version was made.
    """
    at = told_at(story)
    if at is None:
        raise UsageError(f"no report with a date · story {story.name} · tell for when it stands: --as-of 2031-03-07")
    item = _made.newsItem(
        {
            "guid": f"{base(story)}brief",
            "version": "1",
            "standard": "NewsML-G2",
            "standardversion": "2.35",
            "conformance": "power",
            _LANG: "en",
        },
        _made.catalogRef(href=_CATALOG),
        _item_meta(story, instant(at)),
        _content_meta(story),
        _made.contentSet(_made.inlineXML(_page(story), contenttype="application/xhtml+xml")),
    )
    told: bytes = etree.tostring(item, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return told


def _item_meta(story: Story, at: str) -> etree._Element:
    """What the item is, from when, and from which reports it is made."""
    told: etree._Element = _made.itemMeta(
        _made.itemClass(qcode="ninat:text"),
        _made.provider(literal="onrecord"),
        _made.versionCreated(at),
        _made.pubStatus(qcode="stat:usable"),
        _made.generator("onrecord", versioninfo=version("onrecord")),
        _made.title(fit(brief(story).name)),
    )
    for report in story.reports:
        link = _made.link(rel="irel:derivedFrom", residref=urn(story, "report", report.id))
        if address := address_of(report):
            link.set("href", address)
        told.append(link)
    return told


def _content_meta(story: Story) -> etree._Element:
    """Who published what it is made of, who is heard, and its headline."""
    view = brief(story)
    outlets = dict.fromkeys(one.outlet for one in story.reports if one.outlet)
    heard = [one for one in story.parties if one.named and one.kind in _KINDS and not one.outlet]
    told: etree._Element = _made.contentMeta(
        *(_made.infoSource(_made.name(fit(name)), literal=fit(name)) for name in outlets),
        _made.language({"tag": "en"}),
        *(
            _made.subject(_made.name(fit(one.name)), type=_KINDS[one.kind], uri=urn(story, "party", one.id))
            for one in heard
        ),
        _made.headline(fit(view.name)),
        _made.description(fit(" · ".join(view.lead)), role="drol:summary"),
    )
    return told


def _page(story: Story) -> etree._Element:
    page = ElementMaker(namespace=XHTML, nsmap={None: XHTML})
    told: etree._Element = page.html(page.head(page.title(fit(brief(story).name))), page.body(html_of(story)))
    return told
