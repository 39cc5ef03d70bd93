"""A page's printed pieces in the order in which they are read: by column, however they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]
_BIN = 2.0
_MIN_GUTTER = 7.0
# A gutter is crossed by a few wide lines: headings, captions.
_MOST_CROSSING = 0.3
_MIN_LINES = 3
_MIN_WORDS = 2.5
_MIN_WIDTH = 0.15
_MIN_BESIDE = 0.4
# More pieces than any printed page has are left as they were drawn.
_MAX_PIECES = 3_000


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of a page or of a column, its box (left, bottom, right, top) in points, and how far lines may reach.

    The box lies as if the words ran from left to right. `column` numbers the columns of a page in the order of reading,
    0 where it has one; `right` is 0 if unknown.
    """

    text: str
    page: int
    box: Box
    column: int = 0
    right: float = 0.0
    hidden: bool = False
    # Where it stands on the page as shown, if its words run another way there; and its first character's number.
    shown: Box | None = None
    index: int = -1

    @property
    def place(self) -> Box:
        """Where it stands on the page as the page is shown."""
        return self.shown or self.box

    @property
    def height(self) -> float:
        """The box's height."""
        return max(1.0, self.box[3] - self.box[1])


def in_reading_order(rows: Sequence[Sequence[PrintedLine]]) -> tuple[PrintedLine, ...]:
    """The lines of one page, given as rows of pieces that a wide gap parts.

    Where the page has columns its pieces are read column by column, between the lines that cross them. Where it has
    none the rows stay whole, in the order in which they were drawn.
    """
    pieces = [piece for row in rows for piece in row]
    gutters = _gutters(pieces)
    if not gutters:
        return tuple(_whole(row) for row in rows)
    return _by_column(pieces, gutters)


def _whole(row: Sequence[PrintedLine]) -> PrintedLine:
    if len(row) == 1:
        return row[0]
    shown = around([piece.shown for piece in row if piece.shown]) if row[0].shown else None
    return replace(
        row[0], text=" ".join(piece.text for piece in row), box=around([piece.box for piece in row]), shown=shown
    )


def around(boxes: Sequence[Box]) -> Box:
    """The box around some boxes."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _gutters(pieces: Sequence[PrintedLine]) -> list[float]:
    """Where columns part, from left to right: the middles of the stretches that hardly a line crosses."""
    if not 2 * _MIN_LINES <= len(pieces) <= _MAX_PIECES:
        return []
    left, right = min(one.box[0] for one in pieces), max(one.box[2] for one in pieces)
    count = int((right - left) / _BIN) + 1
    if count < 10 or count > 5_000:
        return []
    covered = [0] * count
    for one in pieces:
        for at in range(int((one.box[0] - left) / _BIN), min(count, int((one.box[2] - left) / _BIN) + 1)):
            covered[at] += 1
    most = _MOST_CROSSING * len(pieces) / 2
    found: list[float] = []
    start = None
    for at, many in enumerate([*covered, len(pieces)]):
        if many <= most and start is None:
            start = at
        elif many > most and start is not None:
            middle = left + (start + at) / 2 * _BIN
            if (at - start) * _BIN >= _MIN_GUTTER and _parts(pieces, middle, found):
                found.append(middle)
            start = None
    return found


def _parts(pieces: Sequence[PrintedLine], gutter: float, before: Sequence[float]) -> bool:
    """Whether running words stand side by side on both sides of a place: no margin, no table of figures."""
    edge = before[-1] if before else float("-inf")
    one = [piece for piece in pieces if edge <= piece.box[0] and piece.box[2] <= gutter]
    two = [piece for piece in pieces if piece.box[0] >= gutter]
    if min(len(one), len(two)) < _MIN_LINES:
        return False
    whole = max(piece.box[2] for piece in pieces) - min(piece.box[0] for piece in pieces)
    for side in (one, two):
        words = sum(len(piece.text.split()) for piece in side) / len(side)
        width = max(piece.box[2] for piece in side) - min(piece.box[0] for piece in side)
        if words < _MIN_WORDS or width < _MIN_WIDTH * whole:
            return False
    low = max(min(piece.box[1] for piece in side) for side in (one, two))
    high = min(max(piece.box[3] for piece in side) for side in (one, two))
    shorter = min(max(piece.box[3] for piece in side) - min(piece.box[1] for piece in side) for side in (one, two))
    return high - low >= _MIN_BESIDE * max(1.0, shorter)


def _by_column(pieces: Sequence[PrintedLine], gutters: Sequence[float]) -> tuple[PrintedLine, ...]:
    """Bands between the lines that cross a gutter, each column by column."""
    crossing = sorted(
        (one for one in pieces if any(one.box[0] < gutter < one.box[2] for gutter in gutters)), key=_from_top
    )
    inside = sorted((one for one in pieces if one not in crossing), key=_from_top)
    found: list[PrintedLine] = []
    column = 0
    while inside or crossing:
        top = crossing[0].box[3] if crossing else float("-inf")
        band = [one for one in inside if _middle(one) > top]
        inside = [one for one in inside if _middle(one) <= top]
        for number in range(len(gutters) + 1):
            own = [one for one in band if sum(one.box[0] >= gutter for gutter in gutters) == number]
            if own:
                column += 1
                found.extend(_set(_lines_of(own), column))
        if crossing:
            column += 1
            found.append(replace(crossing.pop(0), column=column))
    return tuple(found)


def _lines_of(own: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Pieces of one column that stand on one line are one line again."""
    rows: list[list[PrintedLine]] = []
    for piece in sorted(own, key=_from_top):
        row = rows[-1] if rows else None
        if row and abs(_middle(row[0]) - _middle(piece)) < 0.4 * min(row[0].height, piece.height):
            row.append(piece)
        else:
            rows.append([piece])
    return [_whole(sorted(row, key=_from_left)) for row in rows]


def _set(lines: Sequence[PrintedLine], column: int) -> list[PrintedLine]:
    right = max(one.box[2] for one in lines)
    return [replace(one, column=column, right=right) for one in lines]


def _from_top(one: PrintedLine) -> tuple[float, float]:
    return (-_middle(one), one.box[0])


def _from_left(one: PrintedLine) -> float:
    return one.box[0]


def _middle(one: PrintedLine) -> float:
    return (one.box[1] + one.box[3]) / 2
