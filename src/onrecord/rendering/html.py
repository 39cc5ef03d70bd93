"""A story to one HTML file that needs nothing else: no network, no script to be read, a click from words to passage."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord.datamodel.claim import Edit
from onrecord.datamodel.story import Story
from onrecord.rendering.brief import Brief, ChangeView, brief
from onrecord.rendering.page.archive import Archive, claim_anchor
from onrecord.rendering.page.matrix import SIDE_WORDS, matrix
from onrecord.rendering.page.relays import NODE_HEIGHT, NODE_WIDTH, Graph, relay_graph
from onrecord.rendering.page.track import Track, track
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.documents import lines
from onrecord.rendering.views.exhibits import way_words
from onrecord.rendering.views.sources import SourceView
from onrecord.rendering.wording import MARKS, counted, day_words, moment_words, safe_id, shown

# A graph of more origins than this is a tangle; the list of sources below it has them all.
MOST_ORIGINS = 26
# Links and statements of a claim shown with their scores; the story file has them all.
MOST_LINKS = 8
MOST_SCORES = 16


def render(story: Story, *, changes: bool = False) -> str:
    """The page; the same story gives the same bytes."""
    view, archive = brief(story), Archive(story)
    pages = _environment()
    body = pages.get_template("body.html.j2").render(view=view, changes=changes, **_parts(view, archive))
    reports = pages.get_template("archive.html.j2").render(view=view, archive=archive)
    # The archive comes last: by now everything that the body cites is known.
    style = _asset("page.css") + archive.rules + "\n"
    script = _asset("page.js")
    return pages.get_template("page.html.j2").render(
        title=view.name,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        body=Markup(body),
        reports=Markup(reports),
    )


def _policy(style: str, script: str) -> str:
    """What the page may load: itself and nothing else."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest(style)}'",
            f"script-src '{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _digest(text: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _parts(view: Brief, archive: Archive) -> dict[str, object]:
    return {
        "cite": archive.cite,
        "matrix": matrix(view.claims),
        "relays": _relays(view),
        "claim_graph": _claim_graph,
        "claim_track": _tracks(view),
        "node_width": NODE_WIDTH,
        "node_height": NODE_HEIGHT,
        "most_links": MOST_LINKS,
        "most_scores": MOST_SCORES,
        "side_words": SIDE_WORDS,
    }


def _relays(view: Brief) -> Graph | None:
    """The graph of the sources that are unnamed, relayed or speak most."""

    def telling(source: SourceView) -> tuple[bool, bool, int]:
        return any(item.relay for item in source.exhibits), not source.named, len(source.exhibits)

    known = [source for source in view.sources if source.party]
    chosen = sorted(known, key=telling, reverse=True)[:MOST_ORIGINS]
    return relay_graph((item, "both") for source in chosen for item in source.exhibits)


def _claim_graph(claim: ClaimView) -> Graph | None:
    return relay_graph(
        (item, one) for one in ("for", "against") for holder in claim.holders[one] for item in holder.exhibits
    )


def _tracks(view: Brief) -> dict[str, Track | None]:
    """The track of each claim that turned, by its id."""
    dated = [one.report.published for one in view.reports if one.report.published]
    until = max(dated, key=lambda one: one.at, default=None)
    grouped: dict[str, list[ChangeView]] = {}
    for change in view.turns:
        grouped.setdefault(change.claim.id, []).append(change)
    return {claim: track(changes, until) for claim, changes in grouped.items()}


def _asset(name: str) -> str:
    return files("onrecord.rendering").joinpath("templates", name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _environment() -> Environment:
    pages = Environment(
        loader=PackageLoader("onrecord.rendering", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(
        t=isolated,
        plain=shown,
        when=moment_words,
        when_day=lambda at: day_words(at) if at else "date unknown",
        anchor=claim_anchor,
        place=lambda reference: safe_id(reference.label),
    )
    pages.globals.update(
        counted=counted, way_words=way_words, marks=MARKS, cut=Edit.CUT, added=Edit.ADDED, document_lines=lines
    )
    return pages


def isolated(text: str) -> Markup:
    """Text of unknown origin: escaped, on one line, its direction kept to itself."""
    return Markup(f"<bdi>{escape(shown(text))}</bdi>")
