"""Reports to another story: whole, undone together, and never taken for a version of what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.moving import move, move_all
from onrecord.ledger.searches import keep_search, kept_searches
from onrecord.ledger.undoing import take_back
from tests.ledger.builder import PlainBuilder, reading


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Two stories that share the name of a file."""
    held = open_desk(str(tmp_path / "desk.db"), PlainBuilder(), create=True)
    list(
        held.add("dam", [reading("01_wire", ("Ann Orr", "the dam holds")), reading("02_post", ("Bo Lee", "it leaks"))])
    )
    list(held.add("weir", [reading("01_wire", ("Cy Dahl", "the weir is open"))]))
    return held


def told(desk: Desk, story: str) -> list[str]:
    """The files that a story tells."""
    return [one.report.file for one in desk.state(story).current()]


def test_a_report_goes_with_its_statements_and_comes_back(desk: Desk) -> None:
    moved = move(desk, "dam", ["01"], "weir", by="ana", why="the other one")
    assert [(one.report, one.there) for one in moved] == [("01", False)]
    assert len(told(desk, "dam")) == 1 and len(told(desk, "weir")) == 2
    assert {one.text for one in desk.story("weir").claims} >= {"the dam holds", "the weir is open"}
    take_back(desk, moved[0].entry.seq, by="ben", why="no, ours")
    assert len(told(desk, "dam")) == 2 and len(told(desk, "weir")) == 1
    with pytest.raises(UsageError, match="undone already"):
        take_back(desk, moved[0].entry.seq, by="ben", why="")


def test_a_story_is_joined_and_parted_by_one_undo(desk: Desk) -> None:
    moved = move_all(desk, "dam", "weir", by="ana", why="one event")
    assert not told(desk, "dam") and len(told(desk, "weir")) == 3
    take_back(desk, moved[-1].entry.seq, by="ana", why="two events")
    assert len(told(desk, "dam")) == 2 and len(told(desk, "weir")) == 1


@pytest.mark.parametrize(
    ("reports", "onto", "told_why"),
    [
        (["01"], "dam", "the story that they are in"),
        (["77"], "weir", "no report '77'"),
        ([], "weir", "no report to move"),
    ],
)
def test_what_cannot_be_moved_is_refused_and_nothing_is_entered(
    desk: Desk, reports: list[str], onto: str, told_why: str
) -> None:
    head = desk.head()
    with pytest.raises(UsageError, match=told_why):
        move(desk, "dam", reports, onto, by="ana", why="")
    assert desk.head() == head


def test_kept_searches_are_entries_of_no_story(desk: Desk) -> None:
    landed = keep_search(desk, "Gates", {"q": "gates", "speaker": ""}, by="ana")
    assert [(one.name, dict(one.asked)) for one in kept_searches(desk)] == [("Gates", {"q": "gates"})]
    assert [one.name for one in desk.stories()] == ["dam", "weir"]
    take_back(desk, landed.entry.seq, by="ben", why="done")
    assert not kept_searches(desk)
    with pytest.raises(UsageError, match="no words to look for"):
        keep_search(desk, "Empty", {"q": " "}, by="ana")
