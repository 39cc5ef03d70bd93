"""Reports to the archive at the end of a page, where every reference leads to its passage."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup, escape

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, hull
from onrecord.datamodel.story import Story
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Reference
from onrecord.rendering.wording import safe_id, visible


def claim_anchor(claim: ClaimView) -> str:
    """The id of a claim's place in the page; it stays when claims change their rank."""
    return f"claim-{safe_id(claim.id)}"


@dataclass(slots=True)
class Citation:
    """A cited passage: its number in the page and the claims that cite it."""

    number: int
    reference: Reference
    claims: dict[str, str] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Its id in the page: "003:741-767"."""
        return safe_id(self.reference.label)


class Archive:
    """What a page cites, and the reports with those passages marked; `cite` first, then ask for `words` and `rules`."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.cited: dict[Reference, Citation] = {}

    def cite(self, reference: Reference, claim: ClaimView | None = None) -> Markup:
        """The link to a passage, remembered so that the archive marks it and links back to the claim."""
        citation = self.cited.setdefault(reference, Citation(len(self.cited), reference))
        if claim:
            citation.claims[f"C{claim.number}"] = claim_anchor(claim)
        return Markup('<a class="ref" href="#{}">[{}]</a>').format(citation.anchor, reference.label)

    @property
    def rules(self) -> str:
        """Style rules by which a passage lights up when a reference leads to it; no script is needed."""
        chosen = ",\n".join(f'[id="{one.anchor}"]:target~.s{one.number}' for one in self.cited.values())
        return (
            f"{chosen}{{background:var(--hit);color:var(--hit-ink);box-shadow:0 .15em var(--hit),0 -.15em var(--hit)}}"
            if chosen
            else ""
        )

    def words(self, report: Report) -> Markup:
        """A report's text, every character of it, its passages marked; anchors and links back add no characters."""
        layers = list(self._layers(report))
        starts, ends = self._anchors(report)
        cuts = {0, len(report.text), *starts, *ends}
        for span, _ in layers:
            cuts.update((span.start, span.end))
        places = sorted(place for place in cuts if place <= len(report.text))
        pieces = [*(starts.get(0, ())), *(ends.get(0, ()))]
        for start, end in itertools.pairwise(places):
            marks = dict.fromkeys(mark for span, mark in layers if span.start <= start and end <= span.end)
            pieces.append(_piece(report.text[start:end], tuple(marks)))
            pieces.extend(ends.get(end, ()))
            pieces.extend(starts.get(end, ()))
        return Markup("").join(pieces)

    @cached_property
    def _by_report(self) -> dict[str, list[Citation]]:
        found: dict[str, list[Citation]] = {}
        for citation in self.cited.values():
            found.setdefault(citation.reference.report, []).append(citation)
        return found

    @cached_property
    def _attributed(self) -> dict[str, list[Attribution]]:
        found: dict[str, list[Attribution]] = {}
        for attribution in self.story.attributions:
            found.setdefault(attribution.report, []).append(attribution)
        return found

    def _layers(self, report: Report) -> Iterator[tuple[Span, str]]:
        for passage in report.passages:
            yield passage.span, f"part {passage.part.value}"
        for attribution in self._attributed.get(report.id, ()):
            yield from ((span, "source") for span in attribution.source)
            yield from ((span, "cue") for span in attribution.cue)
            yield from ((span, "content") for span in attribution.content)
        for citation in self._by_report.get(report.id, ()):
            yield from ((span, f"s{citation.number}") for span in citation.reference.spans)

    def _anchors(self, report: Report) -> tuple[dict[int, list[Markup]], dict[int, list[Markup]]]:
        starts: dict[int, list[Markup]] = {}
        ends: dict[int, list[Markup]] = {}
        for one in self._by_report.get(report.id, ()):
            whole = hull(one.reference.spans)
            if whole is None:
                continue
            starts.setdefault(whole.start, []).append(Markup('<a class="spot" id="{}"></a>').format(one.anchor))
            back = ends.setdefault(whole.end, [])
            back.extend(link for link in _back(one) if link not in back)
        return starts, ends


def _piece(text: str, marks: tuple[str, ...]) -> Markup:
    shown = escape(visible(text))
    return Markup('<span class="{}">{}</span>').format(" ".join(marks), shown) if marks else shown


def _back(citation: Citation) -> list[Markup]:
    """Links back to the claims; their names come from the style sheet, so that copied text stays the report's own."""
    return [
        Markup('<a class="back" href="#{}" data-name="{}" aria-label="back to claim {}"></a>').format(
            anchor, name, name
        )
        for name, anchor in citation.claims.items()
    ]
