"""Killed at any moment, a desk has lost nothing that was acknowledged; two writers lose nothing either."""

from __future__ import annotations

import random
from itertools import pairwise

from onrecord.datamodel.entry import EntryType
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import open_desk
from tests.ledger.adding import STORY, killed_after, readings, started
from tests.ledger.builder import PlainBuilder

KILLS = 4
REPORTS = 60
DECISIONS = 25


def test_kill_9_loses_nothing_that_was_acknowledged(address: str) -> None:
    chance = random.Random(11)
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        acknowledged.update(killed_after(address, REPORTS, chance.uniform(0, 0.15)))
        with open_desk(address) as held:
            assert verify(held.store).faults == ()
            read = {entry.subject for entry in held.log(STORY) if entry.act is EntryType.READ}
        assert acknowledged <= read
    with open_desk(address, PlainBuilder()) as held:
        list(held.add(STORY, readings(REPORTS)))
        assert len(held.state(STORY).filed) == REPORTS
        assert verify(held.store).faults == ()


def test_two_writers_lose_nothing(address: str) -> None:
    with open_desk(address, create=True) as held:
        list(held.add(STORY, readings(2)))
    writers = [started(address, "decide", str(DECISIONS), name) for name in ("Ida", "Bo")]
    landed = [writer.communicate(timeout=120)[0].split() for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0]
    with open_desk(address) as held:
        decisions = [entry for entry in held.log(STORY) if entry.act is EntryType.DECIDED]
        assert verify(held.store).faults == ()
    assert len(decisions) == 2 * DECISIONS
    assert sorted(int(seq) for one in landed for seq in one) == [entry.seq for entry in decisions]
    for name in ("Ida", "Bo"):
        mine = [entry.payload for entry in decisions if entry.person == name]
        assert all(f'"why":"{name} {number}"' in payload for number, payload in enumerate(mine))
    assert all(before.at <= after.at for before, after in pairwise(decisions))
