"""A story that grows is attributed as from nothing, while only what is new, or asks for what is new, is made."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.attributing.attribute import attribute
from onrecord.attributing.cache import AttributionCache
from onrecord.attributing.timeline import timeline
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.moment import moment
from onrecord.datamodel.report import Report
from onrecord.tagging.rules import RulesTagger

TEXTS = (
    "Harbour minister Ada Brink said on Monday the ferry would sail. “It is safe,” Brink said.",
    "The harbour minister denied that the ferry had sunk. Brink said the crew was safe.",
    "Otto Lund, a docker, said the bridge was closed. The minister said it would open on Friday.",
    "Lund told reporters that the silo was empty. A union official said nobody had asked.",
    "Union official Mina Voss said the silo was full. The docker said he had seen it yesterday.",
    "The official said the crane had fallen. Voss confirmed it.",
)


def _story() -> tuple[list[Report], list[tuple[Tag, ...]]]:
    tagger = RulesTagger()
    reports = [
        Report(
            id=f"{number:02}",
            text=text,
            file=f"{number}.txt",
            sha256="",
            outlet=f"Paper {number}",
            published=moment(f"2022-05-{number + 1:02}") if number % 2 else None,
        )
        for number, text in enumerate(TEXTS)
    ]
    return reports, [tagger.tag(text) for text in TEXTS]


def _orders() -> Sequence[Sequence[int]]:
    return [range(6), range(5, -1, -1), (3, 0, 5, 1, 4, 2)]


def test_a_story_attributed_as_it_grows_is_the_story_attributed_from_nothing() -> None:
    reports, tags = _story()
    cache = AttributionCache()
    for order in _orders():
        for size in range(1, 7):
            kept, some = [reports[one] for one in order[:size]], [tags[one] for one in order[:size]]
            found = attribute(kept, some, cache)
            assert found == attribute(kept, some)
            assert timeline(kept, found.attributions, cache) == timeline(kept, found.attributions)


def test_a_report_waits_for_whom_another_names() -> None:
    reports, tags = _story()
    cache = AttributionCache()
    alone = attribute(reports[1:2], tags[1:2], cache)
    both = attribute(reports[:2], tags[:2], cache)
    assert {one.name for one in alone.parties} != {one.name for one in both.parties}
    assert cache.misses["persons"] == 2
    assert cache.misses["drafts"] == 3


def test_only_what_is_new_is_made() -> None:
    reports, tags = _story()
    cache = AttributionCache()
    for _ in range(2):
        attribute(reports, tags, cache)
    assert cache.misses == {"attributions": 6, "drafts": 6, "events": 0, "persons": 6}
