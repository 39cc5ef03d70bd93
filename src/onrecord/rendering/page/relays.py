"""Exhibits to a relay graph: origins on the left, who passed it on between, reports on the right."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.rendering.views.exhibits import Exhibit
from onrecord.rendering.wording import bare_name, cut

NODE_WIDTH, NODE_HEIGHT = 226, 24
COLUMN_GAP, ROW_GAP = 92, 8
# Room that a line takes which passes a column without stopping there.
PASS_HEIGHT = 6
MARGIN = 4
# Characters of a label that fit into a node.
LABEL_CHARS = 33

Key = tuple[str, str]
Step = tuple[Key, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the graph, its left edge and its middle; role = origin, relay, report, or pass for none drawn.

    `ident` is the party of an origin that is resolved, or the report.
    """

    role: str
    name: str
    label: str
    named: bool
    x: float
    middle: float
    ident: str | None = None

    @property
    def y(self) -> float:
        """Its upper edge."""
        return self.middle - NODE_HEIGHT / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One hop, drawn as a curve from (x, y); `side` is that of the statements which took it, or "both"."""

    path: str
    x: float
    y: float
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
    height: float


@dataclass(slots=True)
class Hop:
    """How many statements took a hop, and of which sides."""

    count: int = 0
    sides: dict[str, None] = field(default_factory=dict)
    named: bool = True


def relay_graph(found: Iterable[tuple[Exhibit, str]]) -> Graph | None:
    """The graph of some exhibits and their sides; None where there is nothing to draw."""
    hops: dict[Step, Hop] = {}
    depths: dict[Key, int] = {}
    named: set[Key] = set()
    idents: dict[Key, str | None] = {}
    for item, side in found:
        chain = _chain(item)
        for place, key in enumerate(chain):
            # Counted from the report's side, so that the last relays of all chains stand beside the reports.
            depths[key] = max(depths.get(key, 0), len(chain) - 1 - place)
        named.update(chain if item.named else chain[1:])
        idents.update({chain[0]: item.party, chain[-1]: item.reference.report})
        for step in itertools.pairwise(chain):
            hop = hops.setdefault(step, Hop(named=item.named))
            hop.count += 1
            hop.sides[side] = None
    if not hops:
        return None
    deepest = max(depths.values())
    depths = {key: deepest if key[0] == "origin" else depth for key, depth in depths.items()}
    routes = {step: _route(step, depths) for step in hops}
    drawn = _draw(_columns(depths, routes), routes, hops, named)
    nodes = tuple(replace(one, ident=idents.get((one.role, one.name))) for one in drawn.nodes)
    return replace(drawn, nodes=nodes)


def _chain(item: Exhibit) -> tuple[Key, ...]:
    """From the origin to the report, as keys of role and name; nobody is drawn as a relay of himself."""
    taken = {bare_name(item.outlet), bare_name(item.holder)}
    relays: list[Key] = []
    for name in reversed(item.relay):
        if bare_name(name) not in taken:
            taken.add(bare_name(name))
            relays.append(("relay", name))
    own = f"report {item.reference.report}"
    report = own if item.outlet == own else f"{item.reference.report} · {item.outlet}"
    return (("origin", item.holder), *relays, ("report", report))


def _route(step: Step, depths: dict[Key, int]) -> tuple[Key, ...]:
    """The hop with a place in every column it passes, so that its line meets no box on the way."""
    left, right = step
    between = range(depths[left] - 1, depths[right], -1)
    passes = tuple(("pass", f"{left[0]} {left[1]}\n{right[0]} {right[1]}\n{depth}") for depth in between)
    depths.update(zip(passes, between, strict=True))
    return (left, *passes, right)


def _columns(depths: dict[Key, int], routes: dict[Step, tuple[Key, ...]]) -> list[list[Key]]:
    """Columns from left to right; rows by the mean place of what they lead to, which keeps crossings few."""
    onward: dict[Key, list[Key]] = {}
    for route in routes.values():
        for left, right in itertools.pairwise(route):
            onward.setdefault(left, []).append(right)
    rank: dict[Key, float] = {}
    columns: list[list[Key]] = []
    for depth in range(max(depths.values()) + 1):
        members = sorted(key for key, found in depths.items() if found == depth)
        if depth:
            members.sort(key=lambda key: _mean([rank[right] for right in onward.get(key, ()) if right in rank]))
        rank.update((key, (place + 0.5) / len(members)) for place, key in enumerate(members))
        columns.insert(0, members)
    return columns


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def _draw(
    columns: list[list[Key]], routes: dict[Step, tuple[Key, ...]], hops: dict[Step, Hop], named: set[Key]
) -> Graph:
    height = max(_height(column) for column in columns) + 2 * MARGIN
    nodes: dict[Key, Node] = {}
    for place, column in enumerate(columns):
        # What a column has too little in height is spread evenly between its rows.
        spare = (height - _height(column)) / (len(column) + 1)
        y = spare
        for key in column:
            size = _size(key)
            nodes[key] = Node(
                role=key[0],
                name=key[1],
                label=cut(key[1], LABEL_CHARS),
                named=key in named,
                x=MARGIN + place * (NODE_WIDTH + COLUMN_GAP),
                middle=round(y + size / 2, 1),
            )
            y += size + ROW_GAP + spare
    return Graph(
        nodes=tuple(node for node in nodes.values() if node.role != "pass"),
        edges=tuple(_edge([nodes[key] for key in route], hops[step]) for step, route in routes.items()),
        width=len(columns) * (NODE_WIDTH + COLUMN_GAP) - COLUMN_GAP + 2 * MARGIN,
        height=height,
    )


def _size(key: Key) -> int:
    return PASS_HEIGHT if key[0] == "pass" else NODE_HEIGHT


def _height(column: Sequence[Key]) -> float:
    return sum(_size(key) + ROW_GAP for key in column) - ROW_GAP


def _edge(stops: Sequence[Node], hop: Hop) -> Edge:
    first, last = stops[0], stops[-1]
    return Edge(
        path=f"M{first.x + NODE_WIDTH:g} {first.middle:g}" + "".join(map(_curve, stops, stops[1:])),
        x=first.x + NODE_WIDTH,
        y=first.middle,
        width=min(6.0, 1.25 + 0.75 * (hop.count - 1)),
        side=next(iter(hop.sides)) if len(hop.sides) == 1 else "both",
        named=hop.named,
        told=f"{first.name} → {last.name}: {hop.count}",
    )


def _curve(left: Node, right: Node) -> str:
    """A bend from column to column; a column that is only passed is crossed straight."""
    bend = left.x + NODE_WIDTH + COLUMN_GAP / 2
    onward = f"H{right.x + NODE_WIDTH:g}" if right.role == "pass" else ""
    return f"C{bend:g} {left.middle:g} {bend:g} {right.middle:g} {right.x:g} {right.middle:g}{onward}"
