"""Time expressions to calendar days, months and years, relative to a day."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from dateutil.easter import easter

from onrecord.datamodel.moment import Moment, Precision

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_PART = r"(?:morning|afternoon|evening|night|lunchtime|midday|noon)"
_NUMBER = r"(?i:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_EXPRESSIONS: tuple[tuple[str, str], ...] = (
    ("iso", r"\b(?P<iy>(?:19|20)\d\d)-(?P<im>\d\d)-(?P<id>\d\d)\b"),
    (
        "day_month",
        rf"\b(?:{_DAY},? )?(?P<dd>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<dm>{_MONTH})(?:,? (?P<dy>(?:19|20)\d\d))?",
    ),
    (
        "month_day",
        rf"\b(?:{_DAY},? )?(?P<mm>{_MONTH}) (?P<md>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,? (?P<my>(?:19|20)\d\d))?",
    ),
    ("month_year", rf"\b(?P<ym>{_MONTH}),? (?:of )?(?P<yy>(?:19|20)\d\d|last year|this year|next year)\b"),
    ("weekday", rf"\b(?:(?P<wq>last|next|this|this past|this coming|the following|the previous) )?(?P<wd>{_DAY})s?\b"),
    (
        "feast",
        r"\b(?P<feast>Easter (?:Sunday|Monday|weekend)|Good Friday|Christmas (?:Day|Eve)|New Year['’]s (?:Day|"
        r"Eve)|Boxing Day)\b",
    ),
    (
        "near",
        r"\b(?P<near>the day (?:before yesterday|after tomorrow)|yesterday|today|tomorrow|tonight|last night|"
        rf"this {_PART}|earlier today)\b",
    ),
    ("ago", rf"\b(?P<an>{_NUMBER}) (?P<au>minute|hour|day|week|month|year)s? (?P<ad>ago|earlier today|from now)\b"),
    (
        "anchored",
        rf"\b(?:(?P<tn>{_NUMBER}) (?P<tu>day|week|month|year)s? (?P<td>earlier|later|beforehand|afterwards?)\b"
        r"(?! (?:today|this|than))|the (?P<tw>previous|next|following) day\b|"
        r"the day (?P<tb>before|after)(?=\s*[.,;:)]))",
    ),
    ("unit", r"\b(?P<uq>last|next|this|the previous|the past) (?P<uu>week|weekend|month|year)\b"),
    (
        "month",
        rf"\b(?:(?P<mq>in|since|by|until|last|next|early|late|mid|this|during|throughout|from|"
        rf"of)[ -])(?P<mo>{_MONTH})(?!\w)(?!\.? ?\d)(?! (?:Day|visit))",
    ),
    (
        "nth",
        r"\b(?P<nq>on|until|by|since|of) the (?P<nd>\d{1,2})(?:st|nd|rd|th)\b(?! (?:century|floor|anniversary|"
        r"Amendment|minute|time|century))",
    ),
    (
        "year",
        r"\b(?:in|since|from|until|by|during|of|after|before|early|late|the) (?P<year>(?:19[3-9]|"
        r"20[0-4])\d)\b(?![-–]\d)(?! (?:people|dead))",
    ),
)
EXPRESSION = re.compile("|".join(f"(?P<is_{kind}>{pattern})" for kind, pattern in _EXPRESSIONS))
_NUMBERS = {
    word: number
    for number, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_COMING = re.compile(
    r"\b(?:will|would|is to|are to|due|expect(?:s|ed)?|scheduled|planned|set to|going to|shall|plans? to|hopes? "
    r"to|slated|(?:is|are|was|were) (?:forecast|predicted|likely|poised)|"
    r"supposed to|take place|to be \w+ed)\b[^.;,]{0,100}$|"
    r"\b(?:as (?:soon|early|late) as|until|effective|starting|beginning|as of|postponed (?:to|for)|"
    r"(?<!to )(?<!did )(?<!not )(?:begins?|opens|reopens?|resumes?|starts|arrives?|meets?|returns|closes)|"
    r"(?:scheduled|planned|set|due) (?:for|"
    r"on)) (?:[\w.:]+ ){0,3}$",
    re.IGNORECASE,
)
_WAS_COMING = re.compile(
    r"\b(?:had been|was|were|been) (?:previously |originally )?(?:due|scheduled|planned|expected|set)\b", re.IGNORECASE
)


def _is_coming(before: str) -> bool:
    """Whether a clause speaks of the future up to its words of time."""
    return bool(_COMING.search(before)) and not _WAS_COMING.search(before)


def counts_from_last_date(match: re.Match[str]) -> bool:
    """Whether a matched expression counts from the date mentioned last, not from the report's."""
    return match["is_anchored"] is not None


def resolve_expression(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    """The moment that a matched expression means; `before` is what its clause says before it."""
    kind = next(name for name, _ in _EXPRESSIONS if match[f"is_{name}"] is not None)
    try:
        return _READERS[kind](match, day, before)
    except (ValueError, OverflowError):
        return None


def _of(day: date, precision: Precision = Precision.DAY) -> Moment:
    if precision is Precision.MONTH:
        day = day.replace(day=1)
    elif precision is Precision.YEAR:
        day = day.replace(month=1, day=1)
    return Moment(datetime.combine(day, time(), UTC), precision)


def _month(word: str) -> int:
    low = word.lower().rstrip(".")[:3]
    return next(number for number, name in enumerate(_MONTHS, 1) if name.startswith(low))


def _iso(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    return _of(date(int(match["iy"]), int(match["im"]), int(match["id"])))


def _day_month(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    return _calendar(match["dd"], match["dm"], match["dy"], day, before)


def _month_day(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    return _calendar(match["md"], match["mm"], match["my"], day, before)


def _calendar(number: str, month: str, year: str | None, day: date | None, before: str) -> Moment | None:
    """A day of a month; without a year the one nearest the report's day."""
    if year:
        return _of(date(int(year), _month(month), int(number)))
    if day is None:
        return None
    near = [date(day.year + shift, _month(month), int(number)) for shift in (-1, 0, 1)]
    return _of(
        min(
            near,
            key=lambda candidate: (
                abs((candidate - day).days) + (90 if candidate > day and not _is_coming(before) else 0)
            ),
        )
    )


def _month_year(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    year = match["yy"]
    shift = {"last": -1, "this": 0, "next": 1}.get(year.split()[0])
    if shift is None:
        return _of(date(int(year), _month(match["ym"]), 1), Precision.MONTH)
    return _of(date(day.year + shift, _month(match["ym"]), 1), Precision.MONTH) if day else None


def _weekday(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    """The most recent such day up to the report's; the coming one after "next" and words of the future."""
    if day is None:
        return None
    wanted = _DAYS.index(match["wd"].lower())
    back = (day.weekday() - wanted) % 7
    asked = (match["wq"] or "").lower()
    possessive = match.string[match.end() : match.end() + 2] in ("'s", "’s")
    if asked in ("next", "this coming", "the following") or (not asked and not possessive and _is_coming(before)):
        return _of(day + timedelta(days=(wanted - day.weekday()) % 7 or 7))
    if asked == "last" and back == 0:
        back = 7
    return _of(day - timedelta(days=back))


def _feast(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    if day is None:
        return None
    low = match["feast"].lower().replace("’", "'")
    if "easter" in low or "good" in low:
        shift = 1 if "monday" in low else -2 if "good" in low else 0
        near = [easter(day.year + step) + timedelta(days=shift) for step in (-1, 0)]
    else:
        month, number = {
            "christmas day": (12, 25),
            "christmas eve": (12, 24),
            "new year's day": (1, 1),
            "new year's eve": (12, 31),
        }.get(low, (12, 26))
        near = [date(day.year + step, month, number) for step in (-1, 0)]
    past = [candidate for candidate in near if candidate <= day]
    return _of(max(past) if past else near[-1])


_DAYS_OFF = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def _near(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    if day is None:
        return None
    low = match["near"].lower()
    shift = _DAYS_OFF.get(low, 0)
    return _of(day + timedelta(days=shift))


def _ago(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    if day is None:
        return None
    count_word = match["an"].lower()
    count = int(count_word) if count_word.isdigit() else _NUMBERS.get(count_word, 1)
    sign = 1 if match["ad"] == "from now" else -1
    unit = match["au"]
    if unit in ("minute", "hour", "day"):
        return _of(day + timedelta(days=sign * count * (unit == "day")))
    if unit == "week":
        return _of(day + timedelta(weeks=sign * count))
    months = sign * count * (12 if unit == "year" else 1)
    return _of(_shifted(day, months), Precision.MONTH if unit == "month" else Precision.YEAR)


def _anchored(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    """A day so long before or after the day that was told last: "three days earlier", "the following day"."""
    if day is None:
        return None
    word = (match["td"] or match["tw"] or match["tb"]).lower()
    sign = -1 if word in ("earlier", "beforehand", "previous", "before") else 1
    count_word = (match["tn"] or "one").lower()
    count, unit = (
        sign * (int(count_word) if count_word.isdigit() else _NUMBERS.get(count_word, 1)),
        match["tu"] or "day",
    )
    if unit in ("day", "week"):
        return _of(day + timedelta(days=count * (7 if unit == "week" else 1)))
    months = count * (12 if unit == "year" else 1)
    return _of(_shifted(day, months), Precision.MONTH if unit == "month" else Precision.YEAR)


def _shifted(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _unit(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    """A month or a year; a week is no day, and a moment has no week."""
    if day is None or match["uq"].lower() == "the past":
        return None
    sign = {"last": -1, "the previous": -1, "next": 1}.get(match["uq"].lower(), 0)
    if match["uu"] == "month":
        return _of(_shifted(day, sign), Precision.MONTH)
    if match["uu"] == "year":
        return _of(_shifted(day, 12 * sign), Precision.YEAR)
    return None


def _month_alone(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    """The last such month up to the report's day, or the coming one after "next" and words of the future."""
    if day is None:
        return None
    if match["mo"] == "May" and match["mq"] not in (
        "in",
        "since",
        "last",
        "next",
        "early",
        "late",
        "mid",
        "by",
        "until",
        "of",
    ):
        return None
    month = _month(match["mo"])
    coming = match["mq"] == "next" or _is_coming(before)
    if match["mq"] == "this":
        return _of(date(day.year, month, 1), Precision.MONTH)
    year = day.year + (1 if month < day.month and coming else 0) - (1 if month > day.month and not coming else 0)
    if match["mq"] == "last" and month == day.month:
        year -= 1
    return _of(date(year, month, 1), Precision.MONTH)


def _nth(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    if day is None:
        return None
    number = int(match["nd"])
    month = _shifted(day, 0) if number <= day.day or _is_coming(before) else _shifted(day, -1)
    return _of(month.replace(day=number))


def _year(match: re.Match[str], day: date | None, before: str) -> Moment | None:
    return _of(date(int(match["year"]), 1, 1), Precision.YEAR)


_READERS = {
    "iso": _iso,
    "day_month": _day_month,
    "month_day": _month_day,
    "month_year": _month_year,
    "weekday": _weekday,
    "feast": _feast,
    "near": _near,
    "ago": _ago,
    "anchored": _anchored,
    "unit": _unit,
    "month": _month_alone,
    "nth": _nth,
    "year": _year,
}
