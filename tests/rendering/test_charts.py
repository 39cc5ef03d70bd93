"""The charts of a page: the relay graph, the matrix, the track of a standing."""

from __future__ import annotations

import itertools

from tests.bridge_story import build_story

from onrecord.datamodel.moment import moment
from onrecord.datamodel.standing import Status
from onrecord.rendering.brief import brief
from onrecord.rendering.page.matrix import matrix
from onrecord.rendering.page.relays import NODE_WIDTH, relay_graph
from onrecord.rendering.page.track import WIDTH, track


def test_relays_stand_between_origin_and_report() -> None:
    view = brief(build_story())
    graph = relay_graph((item, "for") for source in view.sources for item in source.exhibits)
    assert graph is not None
    place = {(node.role, node.name): node.x for node in graph.nodes}
    origin = place["origin", "two people familiar with the inspection"]
    assert origin < place["relay", "Northline Wire"] < place["report", "03 · The Morning Tally"]
    assert all(node.x + NODE_WIDTH <= graph.width and 0 <= node.y <= graph.height for node in graph.nodes)


def test_boxes_of_a_column_do_not_touch() -> None:
    view = brief(build_story())
    graph = relay_graph((item, "for") for source in view.sources for item in source.exhibits)
    assert graph is not None
    for column in {node.x for node in graph.nodes}:
        rows = sorted(node.y for node in graph.nodes if node.x == column)
        assert all(lower - upper >= 24 for upper, lower in itertools.pairwise(rows))


def test_an_outlet_is_no_relay_of_itself() -> None:
    view = brief(build_story())
    denied = next(claim for claim in view.claims if claim.status is Status.DENIED)
    graph = relay_graph((item, "for") for item in denied.exhibits)
    assert graph is not None
    assert [node.name for node in graph.nodes if node.role == "relay"] == []


def test_nothing_to_draw_is_none() -> None:
    assert relay_graph([]) is None


def test_the_matrix_shows_both_sides_of_one_who_withdrew() -> None:
    view = brief(build_story())
    found = matrix(view.claims)
    hangers = next(claim for claim in view.claims if claim.id == "hangers-14")
    assert [cell.side for cell in found.cells[hangers.number, "vantongeren"]] == ["for", "against"]
    assert found.more_claims == found.more_sources == 0


def test_a_track_runs_from_the_first_change_to_the_end_without_gaps() -> None:
    view = brief(build_story())
    turns = [change for change in view.turns if change.claim.id == "bridge-closes"]
    found = track(turns, moment("2031-03-09"))
    assert found is not None
    assert found.stretches[0].x == 0
    assert found.stretches[-1].x + found.stretches[-1].width == WIDTH
    assert [stretch.status.value for stretch in found.stretches] == ["unconfirmed", "denied"]
    assert found.stretches[-1].label == "✕ denied"


def test_a_standing_that_never_turned_has_no_track() -> None:
    view = brief(build_story())
    assert track(view.changes[:1], moment("2031-03-09")) is None
