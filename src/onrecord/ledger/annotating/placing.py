"""An annotation to the words of a report that it stands on: exactly these words, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, any_overlap
from onrecord.datamodel.story import Story
from onrecord.ledger.annotating.hypothesis import Annotation

# Words around a quotation that tell it from the same words elsewhere: as many signs as Hypothesis keeps, or fewer.
_FEWEST = 4
_AROUND = 40


def placed(annotation: Annotation, story: Story) -> tuple[Report, Span] | str:
    """The report and the place that an annotation stands on, or why there is none.

    White space aside the words are looked for as they are; where they stand several times, the words around them tell
    which is meant.
    """
    if not annotation.exact:
        return "on the page, on no words of it"
    reports = tuple(_reports(annotation, story.reports))
    if not reports:
        return f"on {annotation.uri[:100]}, which is no report of this story"
    found = [(one, span) for one in reports for span in _places(annotation.exact, one.text)]
    if not found:
        return f"its words are not in the report: “{annotation.exact[:60]}”"
    # Versions of one page: the newest that holds the words.
    last = found[-1][0]
    spans = [span for one, span in found if one is last]
    if len(spans) > 1:
        spans = [one for one in spans if _fits(annotation, last.text, one)] or spans
    if len(spans) > 1:
        spans = [one for one in spans if one.start == annotation.start] or spans
    if len(spans) > 1:
        return f"its words stand {len(spans)} times in the report: “{annotation.exact[:60]}”"
    return last, spans[0]


def statements_at(span: Span, report: Report, story: Story) -> tuple[Attribution, ...]:
    """The statements of a report that share words with a place; those whose content does, where there are any."""
    mine = [one for one in story.attributions if one.report == report.id]
    inside = [one for one in mine if any_overlap(one.content, (span,))]
    return tuple(inside or [one for one in mine if any_overlap((*one.source, *one.cue), (span,))])


def _reports(annotation: Annotation, reports: Sequence[Report]) -> Iterator[Report]:
    """The reports of an annotation's address, in order; of a file's address those of its name."""
    page = _page(annotation.uri)
    name = unquote(urlsplit(annotation.uri).path).rpartition("/")[2] if annotation.uri.startswith("file:") else ""
    for one in reports:
        if (one.url and page and _page(one.url) == page) or (name and one.file.rpartition("/")[2] == name):
            yield one


def _page(url: str) -> str:
    """An address without scheme, "www.", last slash and fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return ""
    query = "&".join(one for one in parts.query.split("&") if one and not one.lower().startswith("utm_"))
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{query}"


def _places(exact: str, text: str) -> Iterator[Span]:
    pattern = r"\s+".join(map(re.escape, exact.split()))
    yield from (Span(*match.span()) for match in re.finditer(pattern, text))


def _fits(annotation: Annotation, text: str, span: Span) -> bool:
    """Whether the words that stand before or behind a place are those that the annotation keeps."""
    before = " ".join(text[max(0, span.start - _AROUND * 2) : span.start].split())
    behind = " ".join(text[span.end : span.end + _AROUND * 2].split())
    prefix, suffix = annotation.prefix[-_AROUND:], annotation.suffix[:_AROUND]
    return (len(prefix) >= _FEWEST and before.endswith(prefix)) or (
        len(suffix) >= _FEWEST and behind.startswith(suffix)
    )
