"""Points in time that know how precise they are."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a moment is known."""

    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Moment:
    """A time in UTC (MINUTE) or a calendar date at midnight (DAY, MONTH, YEAR), with its precision."""

    at: datetime
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError(f"a moment needs a time zone, found {self.at.isoformat()}")

    @property
    def date(self) -> date:
        """The calendar date."""
        return self.at.date()

    @property
    def end(self) -> datetime:
        """The last instant the moment may stand for: the end of its day, month or year."""
        if self.precision is Precision.MINUTE:
            return self.at
        day = self.at.date()
        if self.precision is Precision.MONTH:
            day = day.replace(day=monthrange(day.year, day.month)[1])
        elif self.precision is Precision.YEAR:
            day = date(day.year, 12, 31)
        # Counted within the last day: no calendar goes beyond the year 9999.
        return datetime.combine(day, time(23, 59, 59), UTC)

    def isoformat(self) -> str:
        """ISO 8601: a time ("2020-01-06T15:40:00Z") or a date, as exact as it is known."""
        if self.precision is Precision.MINUTE:
            return self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return self.at.date().isoformat()


def moment(value: str) -> Moment:
    """Read ISO 8601: a date, or a time (without a zone it is taken as UTC); raises ValueError.

    Example:
        >>> moment("2020-01-06").precision.value
        'day'
        >>> moment("2020-01-06T16:40:00+01:00").isoformat()
        '2020-01-06T15:40:00Z'
    """
    told = value.strip()
    if len(told) <= 10:
        return Moment(datetime.combine(date.fromisoformat(told), time(), UTC), Precision.DAY)
    at = datetime.fromisoformat(told)
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    try:
        return Moment(at.astimezone(UTC), Precision.MINUTE)
    except OverflowError as error:
        raise ValueError(f"{told} lies outside the calendar in UTC") from error
