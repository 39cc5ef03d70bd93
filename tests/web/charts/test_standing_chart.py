"""The chart counts claims as their changes tell."""

from __future__ import annotations

from onrecord.datamodel.moment import moment
from onrecord.datamodel.standing import Change, Status
from onrecord.web.charts.standing_chart import HEIGHT, MOST_COLUMNS, tide


def change(claim: str, at: str | None, after: Status) -> Change:
    return Change(claim=claim, at=moment(at) if at else None, before=None, after=after, because=(), reason="")


DAYS = [moment(f"2031-03-{day:02d}") for day in range(1, 6)]
CHANGES = (
    change("a", "2031-03-01", Status.UNCONFIRMED),
    change("b", "2031-03-03", Status.DENIED),
    change("a", "2031-03-04", Status.DENIED),
    change("c", None, Status.DISPUTED),
)


def test_counts_after_each_instant() -> None:
    found = tide(CHANGES, DAYS)
    assert found is not None
    counts = [{status.value: count for status, count in one.counts if count} for one in found.columns]
    assert counts == [
        {"unconfirmed": 1},
        {"unconfirmed": 1},
        {"denied": 1, "unconfirmed": 1},
        {"denied": 2},
        {"denied": 2},
    ]
    assert "2 denied" in found.told and found.left_out == 0


def test_blocks_stand_on_each_other() -> None:
    found = tide(CHANGES, DAYS)
    assert found is not None
    paths = dict(found.paths)
    assert paths[Status.DENIED].count("M") == 3
    assert f"v{HEIGHT / 2:.1f}" in paths[Status.UNCONFIRMED]


def test_many_instants_share_columns() -> None:
    days = [moment(f"20{year}-01-{day:02d}") for year in range(10, 20) for day in range(1, 29)]
    found = tide([change("a", "2010-01-01", Status.DENIED)], days)
    assert found is not None
    assert len(found.columns) == MOST_COLUMNS and found.left_out == len(days) - MOST_COLUMNS
    assert found.columns[-1].at == days[-1]


def test_nothing_to_draw() -> None:
    assert tide(CHANGES, DAYS[:1]) is None
    assert tide([change("a", None, Status.DENIED)], DAYS) is None
