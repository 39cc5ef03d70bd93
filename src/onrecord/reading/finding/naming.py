"""File names to short report ids."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_MAX_SLUG = 40


def name_reports(stems: Sequence[str]) -> tuple[str, ...]:
    """Short unique ids: the digits a stem starts with where no other stem shares them, else the stem as a slug.

    Example:
        >>> name_reports(["01_wire", "02_wire", "notes on bridge"])
        ('01', '02', 'notes-on-bridge')
    """
    leads = [match.group() if (match := re.match(r"\d+(?![\w.-]*\d{4}-\d\d)", stem)) else "" for stem in stems]
    counts = Counter(leads)
    wanted = [
        lead if lead and counts[lead] == 1 and len(lead) <= 12 else slug(stem)
        for lead, stem in zip(leads, stems, strict=True)
    ]
    return unique(wanted)


def slug(words: str) -> str:
    """Lower-case letters and digits joined by hyphens; "report" where nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_MAX_SLUG].strip("-") or "report"


def unique(wanted: Sequence[str]) -> tuple[str, ...]:
    """The same names, a number behind those that were taken before them."""
    taken: set[str] = set()
    given: list[str] = []
    for name in wanted:
        one, number = name, 2
        while one in taken:
            one, number = f"{name}-{number}", number + 1
        taken.add(one)
        given.append(one)
    return tuple(given)
