"""Claims against sources: who takes which side of what, at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.rendering.views.claims import CONTESTED, ClaimView
from onrecord.rendering.views.exhibits import Holder

# More rows or columns than this are no picture any more.
MOST_CLAIMS = 24
MOST_SOURCES = 16

# By claim number and source.
Cells = dict[tuple[int, str], list["Cell"]]
SIDE_WORDS = {"for": "supports", "against": "denies", "neither": "does not confirm or comment on"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One source's side of one claim."""

    side: str
    holder: Holder

    @property
    def told(self) -> str:
        """The cell in words, for those who do not see the shape."""
        return f"{self.holder.name}{'' if self.holder.named else ' (unnamed)'} {SIDE_WORDS[self.side]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One source."""

    key: str
    name: str
    named: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The rows (claims), the columns (sources) and the cells by both; what did not fit is counted."""

    claims: tuple[ClaimView, ...]
    columns: tuple[Column, ...]
    cells: dict[tuple[int, str], tuple[Cell, ...]]
    more_claims: int
    more_sources: int


def matrix(claims: Sequence[ClaimView]) -> Matrix:
    """The matrix of the leading claims and the sources that speak on most of them."""
    rows = tuple(claims[:MOST_CLAIMS])
    cells: Cells = {}
    columns: dict[str, Column] = {}
    weight: dict[str, int] = {}
    for claim in rows:
        for side in SIDE_WORDS:
            found = claim.holders[side]
            for holder in found:
                key = holder.party or f"{holder.first.reference.report} {holder.name}"
                columns.setdefault(key, Column(key=key, name=holder.name, named=holder.named))
                weight[key] = weight.get(key, 0) + 1
                cells.setdefault((claim.number, key), []).append(Cell(side=side, holder=holder))
    order = sorted(columns, key=lambda key: (-weight[key], not columns[key].named, columns[key].name))
    kept = _kept(rows, cells, order)
    return Matrix(
        claims=rows,
        columns=_told_apart([columns[key] for key in order if key in kept], cells),
        cells={place: tuple(found) for place, found in cells.items()},
        more_claims=len(claims) - len(rows),
        more_sources=len(order) - len(kept),
    )


def _kept(rows: Sequence[ClaimView], cells: Cells, order: Sequence[str]) -> frozenset[str]:
    """The sources that are drawn: whoever weighs most on either side of a contested claim, then who speaks on most."""
    kept: dict[str, None] = {}
    for claim in rows:
        for side in ("for", "against") if claim.status in CONTESTED else ():
            first = next(
                (key for key in order if any(one.side == side for one in cells.get((claim.number, key), ()))), None
            )
            if first:
                kept[first] = None
    for key in order:
        if len(kept) >= MOST_SOURCES:
            break
        kept[key] = None
    return frozenset(kept)


def _told_apart(columns: Sequence[Column], cells: Cells) -> tuple[Column, ...]:
    """Columns of one name with the outlet that each is heard in."""
    many = Counter(one.name.casefold() for one in columns)
    heard = {key: found[0].holder.first for (_, key), found in reversed(cells.items())}
    return tuple(
        replace(one, name=f"{one.name} ({heard[one.key].outlet}, {heard[one.key].reference.report})")
        if many[one.name.casefold()] > 1
        else one
        for one in columns
    )
