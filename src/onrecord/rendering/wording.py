"""The words and shapes in which every format shows dates, counts, standings and text of unknown origin."""

from __future__ import annotations

import re

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.standing import Status

# A shape for each standing, so that it is told by more than its colour.
MARKS = {
    Status.RETRACTED: "↩",
    Status.DENIED: "✕",
    Status.DISPUTED: "⇄",
    Status.CORROBORATED: "●",
    Status.SINGLE_ORIGIN: "◐",
    Status.UNCONFIRMED: "○",
}
STATUS_ORDER = tuple(MARKS)

ACT_WORDS = {
    Act.ASSERTS: "says so",
    Act.CONFIRMS: "confirms",
    Act.DENIES: "denies",
    Act.NOT_CONFIRMED: "could not confirm",
    Act.NO_COMMENT: "would not comment",
    Act.RETRACTS: "withdraws",
    Act.ASKS: "asks",
}

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Characters that reorder the text around them (Unicode TR 9); shown by number, they cannot.
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff{BIDI_CONTROLS}]")
UNSAFE_IN_ID = re.compile(r"[^A-Za-z0-9_.:,-]")
HOST = re.compile(r"^(?:www\.|the )|\.(?:com|org|net|co\.[a-z]{2}|[a-z]{2})$|[^\w.]+")
BLANKS = re.compile(r"\s+")


def visible(text: str) -> str:
    """The text with control and direction characters named instead of carried out; line ends stay.

    Example:
        >>> visible("a\\u202eb")
        'a⟨U+202E⟩b'
    """
    return UNSAFE.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text.replace("\r\n", "\n"))


def shown(text: str) -> str:
    """The text on one line, runs of blanks made one, control characters named."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return visible(BLANKS.sub(" ", text).strip())


def cut(text: str, size: int) -> str:
    """At most `size` characters, cut at a word where one ends near, with an ellipsis."""
    if len(text) <= size:
        return text
    head = text[: size - 1]
    space = head.rfind(" ")
    return (head[:space] if space > size * 0.6 else head).rstrip(" ,;:–-") + "…"


def day_words(moment: Moment) -> str:
    """A moment's day with its weekday, or its month or year where no more is known."""
    day = moment.date
    if moment.precision is Precision.YEAR:
        return str(day.year)
    if moment.precision is Precision.MONTH:
        return f"{MONTHS[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def moment_words(moment: Moment | None) -> str:
    """A moment as a person reads it; "date unknown" for none."""
    if moment is None:
        return "date unknown"
    if moment.precision is Precision.MINUTE:
        return f"{day_words(moment)}, {moment.at:%H:%M} UTC"
    return day_words(moment)


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """A count and its noun: "1 report", "3 reports"."""
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


def interval(lo: int, hi: int) -> str:
    """An interval of counts: "2" or "2–3"."""
    return str(lo) if lo == hi else f"{lo}–{hi}"


def safe_id(text: str) -> str:
    """The text as an id that needs no escaping in a link or a style rule."""
    return UNSAFE_IN_ID.sub(lambda found: f"_{ord(found[0]):x}", text)


def bare_name(name: str) -> str:
    """A name without what sets an outlet's name and its host apart: "Fox News" and "www.foxnews.com" give the same.

    Example:
        >>> bare_name("www.Harbour-Courier.com") == bare_name("The Harbour Courier")
        True
    """
    return HOST.sub("", name.casefold().strip())
