"""Dated events to a chart: how many each day has, the days to scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from onrecord.datamodel.moment import Moment, Precision
from onrecord.rendering.brief import EventView
from onrecord.rendering.wording import counted, day_words

WIDTH, HEIGHT = 1000, 70
# Days further apart than this are drawn side by side, with the gap told.
_MOST_DAYS = 120
_LEAST_WIDTH, _GAP = 3.0, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day: its place, how high it is drawn, how many events it has, and the place in the list that it leads to."""

    at: Moment
    x: float
    width: float
    height: float
    many: int
    key: str

    @property
    def y(self) -> float:
        """Its upper edge."""
        return round(HEIGHT - self.height, 1)

    @property
    def told(self) -> str:
        """The bar in words."""
        return f"{day_words(self.at)}: {counted(self.many, 'event')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChart:
    """The bars; `to_scale` says whether days that nobody dates anything to have their room."""

    bars: tuple[Bar, ...]
    to_scale: bool

    @property
    def told(self) -> str:
        """The chart in a sentence, for those who do not see it."""
        most = max(self.bars, key=lambda one: one.many)
        return f"{counted(len(self.bars), 'day')} with events, most on {most.told}"


def day_chart(events: Iterable[EventView]) -> DayChart | None:
    """The chart of the events whose day is known; None where they are of fewer than two days."""
    days: dict[date, list[Moment]] = {}
    for one in events:
        if one.at and one.at.precision in (Precision.DAY, Precision.MINUTE):
            days.setdefault(one.at.date, []).append(one.at)
    if len(days) < 2:
        return None
    order = sorted(days)
    span = (order[-1] - order[0]).days + 1
    to_scale = span <= _MOST_DAYS
    slots = span if to_scale else len(order)
    width, most = WIDTH / slots, max(Counter({day: len(held) for day, held in days.items()}).values())
    bars = []
    for place, day in enumerate(order):
        x = ((day - order[0]).days if to_scale else place) * width
        height = max(2.0, HEIGHT * len(days[day]) / most)
        first = min(days[day], key=lambda one: one.at)
        bars.append(
            Bar(
                at=first,
                x=round(x, 2),
                width=round(max(_LEAST_WIDTH, width - _GAP), 2),
                height=round(height, 1),
                many=len(days[day]),
                key=day.isoformat(),
            )
        )
    return DayChart(bars=tuple(bars), to_scale=to_scale)
