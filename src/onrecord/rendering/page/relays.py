"""Exhibits to a relay graph: origins on the left, who passed it on between, reports on the right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.rendering.exhibits import Exhibit
from onrecord.rendering.wording import cut

NODE_WIDTH, NODE_HEIGHT = 226, 24
COLUMN_GAP, ROW_GAP = 92, 8
MARGIN = 4
# Characters of a label that fit into a node.
LABEL_CHARS = 33

Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the graph; role = origin, relay, report."""

    role: str
    name: str
    label: str
    named: bool
    x: float
    y: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return self.y + NODE_HEIGHT / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One hop, drawn as a curve; `side` is that of the statements which took it, "both" where they differ."""

    path: str
    width: float
    side: str
    named: bool
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Graph:
    """A relay graph with its places, ready to be drawn."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int
    relayed: bool


@dataclass(slots=True)
class Hop:
    """How many statements took a hop, and of which sides."""

    count: int = 0
    sides: dict[str, None] = field(default_factory=dict)
    named: bool = True


def relay_graph(found: Iterable[tuple[Exhibit, str]]) -> Graph | None:
    """The graph of some exhibits and their sides; None where there is nothing to draw."""
    hops: dict[tuple[Key, Key], Hop] = {}
    columns: dict[Key, int] = {}
    named: dict[Key, bool] = {}
    for item, side in found:
        chain = _chain(item)
        for place, key in enumerate(chain):
            # Counted from the report's side, so that the last relays of all chains stand beside the reports.
            columns[key] = max(columns.get(key, 0), len(chain) - 1 - place)
            named[key] = item.named if place == 0 else True
        for step in zip(chain, chain[1:], strict=False):
            hop = hops.setdefault(step, Hop())
            hop.count += 1
            hop.sides[side] = None
            hop.named = item.named
    if not hops:
        return None
    deepest = max(columns.values())
    order = _order({key: deepest if key[0] == "origin" else depth for key, depth in columns.items()}, hops)
    return _draw(order, hops, named)


def _chain(item: Exhibit) -> tuple[Key, ...]:
    """From the origin to the report, as keys of role and name; a party that is its own outlet is no relay of itself."""
    relays = [("relay", name) for name in reversed(item.relay) if name.casefold() != item.outlet.casefold()]
    report = ("report", f"{item.reference.report} · {item.outlet}")
    return (("origin", item.holder), *relays, report)


def _order(columns: dict[Key, int], hops: dict[tuple[Key, Key], Hop]) -> list[list[Key]]:
    """Columns from left to right; rows by the mean place of what they lead to, which keeps crossings few."""
    deepest = max(columns.values())
    ordered: list[list[Key]] = [[] for _ in range(deepest + 1)]
    rank: dict[Key, float] = {}
    for depth in range(deepest + 1):
        members = sorted(key for key, found in columns.items() if found == depth)
        if depth:
            members.sort(key=lambda key: _mean([rank[right] for left, right in hops if left == key and right in rank]))
        for place, key in enumerate(members):
            rank[key] = (place + 0.5) / len(members)
        ordered[deepest - depth] = members
    return [column for column in ordered if column]


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _draw(order: list[list[Key]], hops: dict[tuple[Key, Key], Hop], named: dict[Key, bool]) -> Graph:
    tallest = max(len(column) for column in order)
    height = tallest * (NODE_HEIGHT + ROW_GAP) - ROW_GAP + 2 * MARGIN
    nodes: dict[Key, Node] = {}
    for place, column in enumerate(order):
        room = height / len(column)
        for row, key in enumerate(column):
            nodes[key] = Node(
                role=key[0],
                name=key[1],
                label=cut(key[1], LABEL_CHARS),
                named=named[key],
                x=MARGIN + place * (NODE_WIDTH + COLUMN_GAP),
                y=round(room * (row + 0.5) - NODE_HEIGHT / 2, 1),
            )
    return Graph(
        nodes=tuple(nodes.values()),
        edges=tuple(_edge(nodes[left], nodes[right], hop) for (left, right), hop in hops.items()),
        width=len(order) * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2 * MARGIN,
        height=height,
        relayed=any(key[0] == "relay" for key in nodes),
    )


def _edge(left: Node, right: Node, hop: Hop) -> Edge:
    start, end = left.x + NODE_WIDTH, right.x
    bend = (end - start) / 2
    return Edge(
        path=f"M{start:g} {left.middle:g}C{start + bend:g} {left.middle:g} {end - bend:g} {right.middle:g} {end:g} {right.middle:g}",
        width=min(6.0, 1.25 + 0.75 * (hop.count - 1)),
        side=next(iter(hop.sides)) if len(hop.sides) == 1 else "both",
        named=hop.named,
        told=f"{left.name} → {right.name}: {hop.count}",
    )
