"""The names of time zones that reports write, for every step that reads a clock time."""

from __future__ import annotations

from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Names that mean one distance from UTC, in minutes. IST and other names of several places are left out.
FIXED = {
    "GMT": 0, "UTC": 0, "UT": 0, "Z": 0,
    "WET": 0, "BST": 60, "WEST": 60, "CET": 60, "CEST": 120, "EET": 120, "EEST": 180,
    "MSK": 180, "EDT": -240, "EST": -300, "CDT": -300, "CST": -360, "MDT": -360, "MST": -420, "PDT": -420, "PST": -480,
    "AEDT": 660, "AEST": 600, "JST": 540, "HKT": 480, "SGT": 480, "NZDT": 780, "NZST": 720,
}  # fmt: skip
# Names that mean a place's time, in summer and winter.
PLACES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}
# The names as an alternation of a regular expression, longer ones first.
NAMES = "|".join(sorted({*FIXED, *PLACES} - {"Z"}, key=lambda name: (-len(name), name)))


def named_zone(name: str) -> tzinfo | None:
    """The zone that a name means, in any case; None where it is unknown or means several places.

    Example:
        >>> named_zone("bst"), named_zone("IST")
        (datetime.timezone(datetime.timedelta(seconds=3600)), None)
    """
    told = name.upper()
    if told in FIXED:
        return timezone(timedelta(minutes=FIXED[told]))
    try:
        return ZoneInfo(PLACES[told]) if told in PLACES else None
    except ZoneInfoNotFoundError:
        return None
