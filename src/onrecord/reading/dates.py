"""Written dates to moments: no zone, no minute, because a clock time without its zone names no instant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from onrecord.datamodel.moment import Moment, Precision, moment
from onrecord.datamodel.span import Span
from onrecord.datamodel.time_zones import FIXED as _FIXED
from onrecord.datamodel.time_zones import PLACES as _PLACES

_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec".split()
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
# The months of German, French and Spanish pages, January first, with what is printed for short.
_ABROAD = (
    "januar jänner jaenner janvier janv enero ene", "februar feber février fevrier févr fevr fév febrero",
    "märz maerz mär mars marzo", "avril avr abril abr", "mai mayo", "juni juin junio jun", "juli juillet juil julio",
    "août aout agosto ago", "septembre septiembre setiembre", "oktober okt octobre octubre",
    "novembre noviembre", "dezember dez décembre decembre déc diciembre dic",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_ABROAD, 1) for name in names.split()}
_MONTH_ABROAD = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
_DAY_NAME = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_ISO = r"(?P<y1>\d{4})-(?P<m1>\d\d)-(?P<d1>\d\d)"
_US = rf"(?P<m2>{MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
_UK = (
    rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s+(?:(?P<m3>{MONTH})\.?,?\s+"
    rf"|(?:de\s+)?(?P<m4>{MONTH}|{_MONTH_ABROAD})\.?,?\s+(?:del?\s+)?)(?P<y3>\d{{4}})"
)
ZONE = (
    r"(?:(?:GMT|UTC)\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)|GMT|UTC|UT|Z|BST|WEST|WET|CEST|CET|EEST|EET|MSK|EDT|EST|ET|CDT|CST|CT|MDT|MST|MT|PDT|PST|PT|AEDT|AEST|JST|HKT"
    r"|SGT|NZDT|NZST)"
)
CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)|(?P<packed>(?<=\d\d)\d\d))?(?::(?P<second>\d\d)(?:\.\d+)?)?"
    rf"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*\(?(?P<zone>\b{ZONE}(?!\w)|Z|[+-]\d\d(?::?\d\d)?(?!\d))?\)?"
)
_GAP = r"(?:\s*(?:,|--|-|–|—|\||T|at|last\s+updated|updated|published|modified)\s*|\s+)+"
DATE = rf"{_DAY_NAME}(?:{_ISO}|{_US}|{_UK})"
_FULL = re.compile(
    rf"(?<![\w-]){DATE}(?:{_GAP}(?=\d{{1,2}}[:.h]\d\d|\d{{4}}\s|\d{{1,2}}\s*[ap]\.?m){CLOCK})?", re.IGNORECASE
)


# Seconds or milliseconds since 1970, of this century.
_EPOCH = re.compile(r"(?:9[5-9]\d{8}|[1-3]\d{9})(?:\d{3})?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A written date and its place in the text."""

    span: Span
    at: Moment


def find_dates(text: str) -> Iterator[Dated]:
    """All dates with a year, in order, each with its clock time where one with a zone stands beside it."""
    for match in _FULL.finditer(text):
        day = _day(match)
        if day is not None:
            yield Dated(Span(match.start(), match.start() + len(match.group().rstrip(" (,-–—|"))), _at(match, day))


def read_date(value: str) -> Moment | None:
    """The moment a metadata value tells: ISO 8601, RFC 5322 or a written date; None where it tells none."""
    told = value.strip()
    if len(told) > 100:
        return None
    if _EPOCH.fullmatch(told):
        return Moment(datetime.fromtimestamp(int(told[:10]), UTC), Precision.MINUTE)
    try:
        return _without_false_minute(told)
    except ValueError:
        pass
    return next((dated.at for dated in find_dates(told)), None) or _mail_date(told)


def clock(text: str, day: date, zone: str | None = None) -> Moment | None:
    """The instant of a clock time on a day; None without a zone or where it is no time of day."""
    match = re.fullmatch(CLOCK, text.strip(" :"), re.IGNORECASE)
    if match is None:
        return None
    at = _clock_of(match)
    place = zone_of(match.group("zone") or zone or "")
    return Moment(datetime.combine(day, at, place).astimezone(UTC), Precision.MINUTE) if at and place else None


def zone_of(name: str) -> tzinfo | None:
    """The zone a name or an offset stands for; None where it is unknown or means several places (IST)."""
    told = re.sub(r"[:\s]", "", name.upper())
    if told in _FIXED:
        return timezone(timedelta(minutes=_FIXED[told]))
    if offset := re.fullmatch(r"(?:GMT|UTC)?([+-])(\d{1,2}?)(\d\d)?", told):
        # "+2" and "+02" are hours, "+0200" hours and minutes.
        sign, hours, minutes = offset.groups()
        hours, minutes = (hours, minutes) if len(told.lstrip("GMTUC")) > 3 else (told.lstrip("GMTUC+-"), "0")
        total = int(hours) * 60 + int(minutes or 0)
        return timezone(timedelta(minutes=total if sign == "+" else -total)) if total < 1440 else None
    try:
        return ZoneInfo(_PLACES[told]) if told in _PLACES else None
    except ZoneInfoNotFoundError:
        return None


# Days that programs write where they know none: the zero of a calendar, of Unix, Windows, Excel, the Macintosh, ZIP.
_PLACEHOLDERS = frozenset({
    date(1601, 1, 1), date(1753, 1, 1), date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1904, 1, 1),
    date(1970, 1, 1), date(1980, 1, 1),
})  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1400, 2200


def is_placeholder(at: Moment) -> bool:
    """Whether a moment is what programs write where they know no date."""
    if not _FIRST_YEAR <= at.date.year <= _LAST_YEAR or at.date in _PLACEHOLDERS:
        return True
    # The first instant of Unix, told in a zone west of Greenwich as a day alone.
    return at.date == date(1969, 12, 31)


def day_moment(day: date) -> Moment:
    """A calendar date as a moment."""
    return Moment(datetime.combine(day, time(), UTC), Precision.DAY)


def _without_false_minute(told: str) -> Moment:
    read = moment(told.replace("/", "-") if re.fullmatch(r"\d{4}/\d\d/\d\d", told) else told)
    if read.precision is Precision.MINUTE and not re.search(r"(?:[Zz]|:\d\d(?:\.\d+)?\s*[+-]\d\d(?::?\d\d)?)$", told):
        return day_moment(read.date)
    return read


def _mail_date(told: str) -> Moment | None:
    from email.utils import parsedate_to_datetime

    try:
        at = parsedate_to_datetime(told)
        return Moment(at.astimezone(UTC), Precision.MINUTE) if at.tzinfo else day_moment(at.date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day(match: re.Match[str]) -> date | None:
    got = match.groupdict()
    year = got["y1"] or got["y2"] or got["y3"]
    named = (got["m2"] or got["m3"] or got["m4"] or "").lower()
    month = _MONTHS.get(named) or (_NAMES.index(named[:3]) + 1 if named else int(got["m1"] or 0))
    try:
        return date(int(year or 0), month, int(got["d1"] or got["d2"] or got["d3"] or 0))
    except ValueError:
        return None


def _at(match: re.Match[str], day: date) -> Moment:
    at = _clock_of(match) if match.group("hour") else None
    place = zone_of(match.group("zone") or "")
    if at is None or place is None:
        return day_moment(day)
    try:
        return Moment(datetime.combine(day, at, place).astimezone(UTC), Precision.MINUTE)
    except OverflowError:
        return day_moment(day)


def _clock_of(match: re.Match[str]) -> time | None:
    hour = int(match.group("hour"))
    half = (match.group("half") or "").lower()[:1]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(match.group("minute") or match.group("packed") or 0))
    except ValueError:
        return None
