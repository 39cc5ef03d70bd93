"""One contract for every store: what is entered, what is told, and that both tell the same."""

from __future__ import annotations

import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import select, update

from onrecord.datamodel.entry import EntryType
from onrecord.datamodel.moment import moment
from onrecord.datamodel.report import Fate
from onrecord.errors import LedgerError, UsageError
from onrecord.ledger.codec import canonical, encode
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.storage.schema import reports, snapshots, statements
from onrecord.ledger.storage.searching import HitKind, Wanted
from tests.ledger.builder import Clock, PlainBuilder, reading
from tests.ledger.postgres import Databases

DAM = ("Ann Orr", "the dam holds")
RAIN = ("Bo Lind", "it rains in the hills")
OTHER = ("Cy Marr", "the dam holds")


def fill(desk: Desk) -> None:
    """Two reports of one story."""
    list(desk.add("dam", [reading("01_gazette", DAM, RAIN), reading("02_wire", OTHER, published="2031-03-08")]))


def told(desk: Desk, *at: str | None) -> list[tuple[str, list[str]]]:
    """Claims and their statements."""
    instants = [moment(one) if one else None for one in at]
    story = desk.story("dam", *instants)
    return [(claim.id, [one.attribution for one in claim.members]) for claim in story.claims]


def test_a_reading_becomes_three_entries_chained_to_those_before(desk: Desk) -> None:
    fill(desk)
    log = desk.log()
    assert [entry.act for entry in log] == [EntryType.CAPTURED, EntryType.READ, EntryType.ATTRIBUTED] * 2
    assert [entry.seq for entry in log] == [1, 2, 3, 4, 5, 6]
    assert all(after.previous == before.hash for before, after in pairwise(log))
    assert desk.head() == (6, log[-1].hash)


def test_a_story_is_told_and_remembered(desk: Desk) -> None:
    fill(desk)
    assert told(desk) == [("it-rains-in-the-hills", ["01-02"]), ("the-dam-holds", ["01-01", "02-01"])]
    first = desk.story("dam")
    assert desk.story("dam") == first
    assert isinstance(desk.teller, PlainBuilder) and desk.teller.times == 1


def test_equal_bytes_are_a_duplicate_and_enter_nothing(desk: Desk) -> None:
    fill(desk)
    (again,) = desk.add("dam", [reading("01_gazette", DAM, RAIN)])
    assert (again.outcome.fate, again.outcome.report, again.entries) == (Fate.DUPLICATE, "01", ())
    assert desk.head()[0] == 6


def test_other_bytes_under_the_same_name_are_a_new_version(desk: Desk) -> None:
    fill(desk)
    (added,) = desk.add("dam", [reading("01_gazette", DAM, ("Bo Lind", "it rained in the hills"))])
    assert (added.outcome.fate, added.outcome.report) == (Fate.REVISED, "01-v2")
    assert added.outcome.reason == "a new version of 01, 1 statement altered"
    assert added.comparison and (added.comparison.kept, len(added.comparison.altered)) == (1, 1)
    assert told(desk) == [("it-rained-in-the-hills", ["01-v2-02"]), ("the-dam-holds", ["01-v2-01", "02-01"])]


def test_a_cut_statement_is_found(desk: Desk) -> None:
    fill(desk)
    (added,) = desk.add("dam", [reading("01_gazette", RAIN)])
    assert added.comparison and added.comparison.cut == ((1, "Ann Orr: the dam holds"),)


def test_a_revision_counts_only_from_the_capture_of_what_it_revises(desk: Desk) -> None:
    fill(desk)
    list(desk.add("dam", [reading("01_gazette", RAIN)]))
    assert told(desk, "2031-03-08") == [("it-rains-in-the-hills", ["01-02"]), ("the-dam-holds", ["01-01", "02-01"])]
    assert told(desk, "2031-03-10") == [("it-rains-in-the-hills", ["01-v2-01"]), ("the-dam-holds", ["02-01"])]


def test_the_same_address_is_the_same_report_under_any_name(desk: Desk) -> None:
    list(desk.add("dam", [reading("01_gazette", DAM, url="https://gazette.example/dam")]))
    (added,) = desk.add("dam", [reading("saved", RAIN, url="https://gazette.example/dam")])
    assert added.outcome.report == "01-v2"
    (other,) = desk.add("dam", [reading("01_gazette", OTHER, url="https://gazette.example/other")])
    assert (other.outcome.fate, other.outcome.report) == (Fate.READ, "01-2")


def test_two_clocks(desk: Desk) -> None:
    fill(desk)
    first = desk.log()[2].at.isoformat()
    assert told(desk, "2031-03-07") == [("it-rains-in-the-hills", ["01-02"]), ("the-dam-holds", ["01-01"])]
    assert told(desk, None, first) == [("it-rains-in-the-hills", ["01-02"]), ("the-dam-holds", ["01-01"])]
    assert told(desk, "2031-03-06", first) == []


def test_withdrawing_hides_and_undoing_restores(desk: Desk) -> None:
    fill(desk)
    before = desk.story("dam")
    landed = desk.withdraw("dam", "01", by="Ida", why="a hoax")
    assert told(desk) == [("the-dam-holds", ["02-01"])]
    assert landed.entry.person == "Ida"
    (again,) = desk.add("dam", [reading("01_gazette", DAM, RAIN)])
    assert again.outcome.reason == "the same bytes as 01, which was withdrawn; undo entry 7 to bring it back"
    desk.undo(landed.entry.seq, by="Ida", why="it was real")
    assert desk.story("dam") == before
    desk.undo(desk.head()[0], by="Ida", why="it was a hoax after all")
    assert told(desk) == [("the-dam-holds", ["02-01"])]


def test_requests_that_cannot_be_carried_out_change_nothing(desk: Desk) -> None:
    fill(desk)
    head = desk.head()
    for fault in (
        lambda: desk.withdraw("dam", "09", by="Ida", why=""),
        lambda: desk.withdraw("dam", "01", by=" ", why=""),
        lambda: desk.undo(2, by="Ida", why=""),
        lambda: desk.undo(99, by="Ida", why=""),
        lambda: desk.story("no such story"),
        lambda: list(desk.add("a/b", [reading("01_x", DAM)])),
    ):
        with pytest.raises(UsageError, match="·"):
            fault()
    assert desk.head() == head


def test_search_finds_words_speakers_phrases_and_headlines(desk: Desk) -> None:
    fill(desk)

    def found(words: str = "", **more: str) -> list[tuple[str, int]]:
        since = moment(more["since"]) if "since" in more else None
        wanted = Wanted(words=words, speaker=more.get("speaker"), story=more.get("story"), since=since)
        return [(hit.report, hit.line) for hit in desk.find(wanted)]

    assert found("DAM") == [("01", 1), ("02", 1)]
    assert found("dam", speaker="márr") == [("02", 1)]
    assert found("hills rains") == [("01", 2)]
    assert found('"hills rains"') == []
    assert found("gazette") == [("01", 0)]
    assert found("dam", since="2031-03-08") == [("02", 1)]
    assert found("dam", story="other") == []
    assert found("the & dam | ' holds") == [("01", 1), ("02", 1)]
    desk.withdraw("dam", "01", by="Ida", why="")
    assert found("dam") == [("02", 1)]


def derived(desk: Desk) -> list[list[tuple[object, ...]]]:
    """All rows of the derived tables."""
    with desk.store.view() as view:
        return [
            [tuple(row) for row in view.connection.execute(select(table).order_by(next(iter(table.primary_key))))]
            for table in (reports, statements)
        ]


def test_derived_tables_are_rebuilt_as_they_were(desk: Desk) -> None:
    fill(desk)
    list(desk.add("dam", [reading("01_gazette", DAM, published=None)]))
    desk.withdraw("dam", "02", by="Ida", why="")
    desk.undo(desk.head()[0], by="Ida", why="")
    desk.withdraw("dam", "01", by="Ida", why="")
    before, story = derived(desk), desk.story("dam")
    hits = desk.find(Wanted(words="dam", past=True))
    desk.rebuild()
    assert derived(desk) == before
    assert desk.find(Wanted(words="dam", past=True)) == hits
    assert desk.story("dam") == story
    assert verify(desk.store).faults == ()


def test_stories_at_a_glance(desk: Desk) -> None:
    fill(desk)
    list(desk.add("Other", [reading("01_gazette", DAM)]))
    desk.withdraw("Other", "01", by="Ida", why="")
    assert [(one.name, one.reports, one.withdrawn) for one in desk.stories()] == [("Other", 0, 1), ("dam", 2, 0)]


def test_a_newer_tagger_enters_beside_the_old(desk: Desk) -> None:
    fill(desk)
    old = reading("01_gazette", DAM, RAIN).lines
    assert desk.again("dam", "01", old, "plain 1") is None
    entry = desk.again("dam", "01", old[:1], "plain 2")
    assert entry and entry.by == "tool:plain 2"
    assert told(desk) == [("the-dam-holds", ["01-01", "02-01"])]
    assert told(desk, None, desk.log()[5].at.isoformat())[0] == ("it-rains-in-the-hills", ["01-02"])
    assert desk.find(Wanted(words="rains", kinds=frozenset({HitKind.STATEMENT}))) == ()


def test_a_telling_by_other_rules_is_remembered_beside_the_new(desk: Desk) -> None:
    fill(desk)
    before = desk.story("dam")
    assert desk.told_before("dam") is None

    class NewerTeller(PlainBuilder):
        version = "plain teller 2"

    desk.teller = NewerTeller()
    assert desk.told_before("dam") == ("plain teller 1", before)
    desk.story("dam")
    assert desk.told_before("dam") == ("plain teller 1", before)


def test_a_telling_that_was_damaged_is_told_again(desk: Desk) -> None:
    fill(desk)
    before = desk.story("dam")
    assert desk.latest_snapshot("dam") == (desk.told_head("dam"), before) == (6, before)
    for broken in (b"", b"\x00", zlib.compress(b"{}")):
        with desk.store.writer() as writer:
            writer.connection.execute(update(snapshots).values(body=broken))
        assert desk.latest_snapshot("dam") is None
        assert desk.story("dam") == before
        assert desk.latest_snapshot("dam") == (6, before)
    list(desk.add("dam", [reading("03_late", ("Di Moe", "the dam leaks"))]))
    assert desk.latest_snapshot("dam") == (6, before)
    assert desk.story("dam") != before and desk.told_head("dam") == 9


def test_a_clock_that_is_set_back_leaves_entries_in_order(address: str) -> None:
    with open_desk(address, create=True, clock=Clock("2031-03-10T08:00:00Z")) as held:
        list(held.add("dam", [reading("01_gazette", DAM)]))
    with open_desk(address, clock=Clock("2031-03-09T08:00:00Z")) as held:
        list(held.add("dam", [reading("02_wire", OTHER)]))
        times = [entry.at for entry in held.log()]
    assert times == sorted(times)


def test_odd_names_and_bytes_are_kept(desk: Desk) -> None:
    odd = reading("01_\udcff\x00", ("Ann “Åsa” Orr", "snow \U0001f327 falls"), url="https://x.example/\udcff")
    list(desk.add("dam", [odd]))
    state = desk.state("dam")
    assert state.filed[0].report == odd.report
    assert desk.fetch(state.filed[0].raw) == odd.capture.raw
    assert verify(desk.store).faults == ()


def test_a_desk_without_a_teller_says_so(address: str) -> None:
    with open_desk(address, create=True) as held:
        fill(held)
        with pytest.raises(LedgerError, match="tells no story"):
            held.story("dam")


def test_both_stores_hold_and_tell_the_same_bytes(tmp_path: Path, postgres: str) -> None:
    def work(address: str) -> tuple[str, str, list[list[tuple[object, ...]]]]:
        with open_desk(address, PlainBuilder(), create=True, clock=Clock()) as held:
            fill(held)
            list(held.add("dam", [reading("01_gazette", RAIN)]))
            held.withdraw("dam", "02", by="Ida", why="Å")
            return held.head()[1], canonical(encode(held.story("dam"))), derived(held)

    assert work(str(tmp_path / "desk.db")) == work(Databases.fresh(postgres))
