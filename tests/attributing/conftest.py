"""Reports with marked attributions: {s1|source} {q1|cue} {c1|content}, numbered where they belong together."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest

from onrecord.attributing.attribute import Attributed, attribute
from onrecord.datamodel.attribution import Attribution, Tag
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, Spans

_MARK = re.compile(r"\{(?P<role>[sqc])(?P<number>\d+)\|(?P<words>[^{}]*)\}")


def marked(text: str) -> tuple[str, tuple[Tag, ...]]:
    """A text with {s1|source}, {q1|cue} and {c1|content} marks as plain text and tags."""
    found: dict[int, dict[str, list[Span]]] = {}
    plain = ""
    last = 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        start = len(plain)
        plain += match["words"]
        found.setdefault(int(match["number"]), {}).setdefault(match["role"], []).append(Span(start, len(plain)))
        last = match.end()
    plain += text[last:]
    tags = tuple(
        Tag(source=_spans(one, "s"), cue=_spans(one, "q"), content=_spans(one, "c"), score=1.0, made_by="marks")
        for _, one in sorted(found.items())
    )
    return plain, tags


def _spans(found: dict[str, list[Span]], role: str) -> Spans:
    return tuple(found.get(role, ()))


class Told:
    """Reports attributed together, with the attributions and parties easy to reach."""

    def __init__(self, found: Attributed, reports: tuple[Report, ...]) -> None:
        self.found = found
        self.reports = reports
        self.parties = {party.id: party for party in found.parties}

    def one(self, number: int, report: str = "01") -> Attribution:
        """An attribution by its number in a report."""
        return next(one for one in self.found.attributions if one.id == f"{report}-{number:02d}")

    def speaker(self, number: int, report: str = "01") -> Party:
        """Who an attribution is credited to."""
        return self.parties[self.one(number, report).speaker or ""]

    def names(self, report: str = "01") -> list[str]:
        """The speakers' names of a report, in order."""
        return [self.parties[one.speaker or ""].name for one in self.found.attributions if one.report == report]


Tell = Callable[..., Told]


@pytest.fixture
def tell() -> Tell:
    """Attribute marked texts: tell(text, ..., outlets=("Harbour Courier",), published="2021-03-10")."""

    def attributed(*texts: str, outlets: tuple[str | None, ...] = (), published: str | None = "2021-03-10") -> Told:
        reports, tags = [], []
        for number, text in enumerate(texts, 1):
            plain, found = marked(text)
            reports.append(
                Report(
                    id=f"{number:02d}",
                    text=plain,
                    file=f"{number:02d}.txt",
                    sha256=hashlib.sha256(plain.encode()).hexdigest(),
                    outlet=outlets[number - 1] if number <= len(outlets) else None,
                    published=moment(published) if published else None,
                )
            )
            tags.append(found)
        return Told(attribute(reports, tags), tuple(reports))

    return attributed
