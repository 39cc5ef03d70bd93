"""Changes of standing to a chart: how many claims stood how, after each instant at which something was published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.standing import Change, Status
from onrecord.rendering.wording import STATUS_ORDER, counted, moment_words

WIDTH, HEIGHT = 1000, 60
# More columns than this cannot be told apart; of several instants that share one, the last is drawn.
MOST_COLUMNS = 80
_GAP = 1.5
# The contested stand at the bottom, where heights compare best.
_FROM_BELOW = (
    Status.RETRACTED, Status.DENIED, Status.DISPUTED, Status.UNCONFIRMED, Status.SINGLE_ORIGIN, Status.CORROBORATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One instant, its left edge, and how many claims stood how after it."""

    at: Moment
    x: float
    counts: tuple[tuple[Status, int], ...]

    @property
    def told(self) -> str:
        """The column in words."""
        parts = ", ".join(f"{count} {status.value}" for status, count in self.counts if count)
        return f"{moment_words(self.at)}: {parts or 'no claim yet'}"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChart:
    """The chart: one path a standing, the columns behind it, and how wide each is."""

    paths: tuple[tuple[Status, str], ...]
    columns: tuple[Column, ...]
    width: float
    left_out: int

    @property
    def told(self) -> str:
        """The chart in a sentence, for those who do not see it."""
        first, last = self.columns[0], self.columns[-1]
        return f"Standings over {counted(len(self.columns), 'instant')}. {first.told}. {last.told}."


def tide(changes: Iterable[Change], instants: Sequence[Moment]) -> StandingChart | None:
    """The chart of a story's changes, None where they are too few; claims of undated reports are left out."""
    dated = sorted((one.at.end, one.claim, one.after) for one in changes if one.at)
    if len(instants) < 2 or not dated:
        return None
    drawn = [instants[(place + 1) * len(instants) // _many(instants) - 1] for place in range(_many(instants))]
    width = WIDTH / len(drawn)
    columns = tuple(
        Column(at=at, x=round(place * width, 2), counts=counts)
        for place, (at, counts) in enumerate(_counted(dated, drawn))
    )
    most = max(sum(count for _, count in one.counts) for one in columns) or 1
    return StandingChart(
        paths=tuple(_paths(columns, round(width - _GAP, 2), HEIGHT / most)),
        columns=columns,
        width=round(width, 2),
        left_out=len(instants) - len(drawn),
    )


def _many(instants: Sequence[Moment]) -> int:
    return min(MOST_COLUMNS, len(instants))


def _counted(
    changes: Sequence[tuple[datetime, str, Status]], instants: Sequence[Moment]
) -> Iterator[tuple[Moment, tuple[tuple[Status, int], ...]]]:
    standing: dict[str, Status] = {}
    waiting = list(reversed(changes))
    for at in instants:
        while waiting and waiting[-1][0] <= at.end:
            _, claim, status = waiting.pop()
            standing[claim] = status
        counts = Counter(standing.values())
        yield at, tuple((status, counts[status]) for status in STATUS_ORDER)


def _paths(columns: Sequence[Column], width: float, scale: float) -> Iterator[tuple[Status, str]]:
    heights = [0] * len(columns)
    for status in _FROM_BELOW:
        steps = []
        for place, column in enumerate(columns):
            count = dict(column.counts)[status]
            if count:
                top = HEIGHT - (heights[place] + count) * scale
                steps.append(f"M{column.x:g} {top:.1f}h{width:g}v{count * scale:.1f}h-{width:g}z")
                heights[place] += count
        if steps:
            yield status, "".join(steps)
