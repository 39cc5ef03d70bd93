"""Negative sources: "no official has confirmed it" credits no official with anything."""

from __future__ import annotations

import re

_ALONE = re.compile(r"(?:nobody|no one|no-one|none|neither)", re.IGNORECASE)
_NONE_OF = re.compile(
    r"(?:none|neither|not one) of\s|(?:nobody|no one|no-one) (?:from|in|at|of|on|with|else)\b|neither\s.*\snor\s",
    re.IGNORECASE,
)
# "No 10" and "No Labels" are names, so that the last word must be a common noun.
_NO = re.compile(r"(?:no|neither|not one|not a single)\s(?:[\w’'.-]+\s)*[a-z][\w’'-]*", re.IGNORECASE)


def is_negative_source(source: str) -> bool:
    """Whether the words of a source deny that there is one.

    Example:
        >>> is_negative_source("No harbour official"), is_negative_source("No. 10"), is_negative_source("No Labels")
        (True, False, False)
    """
    told = " ".join(source.split())
    if _ALONE.fullmatch(told) or _NONE_OF.match(told):
        return True
    return bool(_NO.fullmatch(told)) and told.rsplit(" ", 1)[-1][:1].islower()
