"""A story that grows is told as from nothing, while only what is new is made."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.linking.cache import LinkingCache
from onrecord.linking.link import link
from tests.linking.builder import Said, reports_of

WHO = "Ada Brink/Otto Lund/Mina Voss/the union/the harbour office".split("/")
WHAT = "the ferry/the bridge/the silo/the crane".split("/")
DID = "was not inspected in March/was closed on Monday/lost 12 of its crew/lost 14 of its crew/is safe".split("/")
QUOTED = "“we will not let them close the harbour before winter”"


def _story(size: int, seed: int) -> tuple[list[Report], list[Attribution], list[Party]]:
    chance = random.Random(seed)
    told = [
        Said(chance.choice(WHO), QUOTED if not number % 5 else f"{chance.choice(WHAT)} {chance.choice(DID)}")
        for number in range(size)
    ]
    return reports_of(told)


def _growing(
    reports: Sequence[Report], said: Sequence[Attribution], order: Sequence[int]
) -> Iterator[tuple[list[Report], list[Attribution]]]:
    for size in range(1, len(order) + 1):
        kept = [reports[number] for number in order[:size]]
        ids = {report.id for report in kept}
        yield kept, [one for one in said if one.report in ids]


def test_a_story_told_as_it_grows_is_the_story_told_from_nothing() -> None:
    memory = LinkingCache()
    for seed in range(3):
        reports, said, parties = _story(20, seed)
        orders = [list(range(20)), list(reversed(range(20))), random.Random(seed).sample(range(20), 20)]
        for order in orders:
            for kept, some in _growing(reports, said, order):
                assert link(some, kept, parties, None, memory) == link(some, kept, parties)


def test_a_report_with_another_date_is_told_as_from_nothing() -> None:
    memory = LinkingCache()
    reports, said, parties = _story(20, 3)
    link(said, reports, parties, None, memory)
    later = [replace(one, published=moment("2022-07-01")) if one.id in ("00", "04") else one for one in reports]
    assert link(said, later, parties, None, memory) == link(said, later, parties)


def test_a_story_whose_holders_turn_out_to_be_others_is_told_as_from_nothing() -> None:
    memory = LinkingCache()
    reports, said, parties = _story(20, 3)
    link(said, reports, parties, None, memory)
    known = next(one.speaker for one in said if one.speaker)
    for speaker in (known, None):
        others = [replace(one, speaker=speaker) for one in said]
        assert link(others, reports, parties, None, memory) == link(others, reports, parties)


def test_only_what_is_new_is_made() -> None:
    memory = LinkingCache()
    reports, said, parties = _story(20, 1)
    link(said[:19], reports[:19], parties, None, memory)
    before = memory.misses
    link(said, reports, parties, None, memory)
    made = {kind: number - before[kind] for kind, number in memory.misses.items()}
    assert made["quotations"] == 1
    link(said, reports, parties, None, memory)
    assert memory.misses == {kind: before[kind] + number for kind, number in made.items()}


def test_a_report_in_other_words_under_the_same_name_is_made_again() -> None:
    memory = LinkingCache()
    for seed in (1, 2):
        reports, said, parties = _story(6, seed)
        assert link(said, reports, parties, None, memory) == link(said, reports, parties)
    assert memory.misses["quotations"] > 6


def test_a_memory_keeps_no_more_than_it_may() -> None:
    memory = LinkingCache(most_reports=3)
    reports, said, parties = _story(6, 1)
    link(said, reports, parties, None, memory)
    link(said[3:], reports[3:], parties, None, memory)
    assert memory.misses["quotations"] == 6
    link(said[:3], reports[:3], parties, None, memory)
    assert memory.misses["quotations"] == 9
