"""Words in which an outlet speaks of what it published itself, and takes it back."""

from __future__ import annotations

import re

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import words

_ITEM = r"(?:article|story|report|post|piece|headline|version|item|alert|dispatch|column)"
_OWN = re.compile(
    rf"(?:(?:an?|the) (?:earlier|previous|original|first|prior) (?:version|edition) of (?:this|the|our|its) {_ITEM}"
    rf"|this {_ITEM}|(?:an?|the) (?:earlier|previous|original) {_ITEM}|corrections?|clarification"
    rf"|editor[’']?s[’']? note)",
    re.IGNORECASE,
)
_WRONG = re.compile(
    r"\b(?:incorrectly|wrongly|erroneously|mistakenly|inaccurately|falsely|in error|misstated|misreported|misquoted)\b",
    re.IGNORECASE,
)
_WITHDREW = re.compile(
    rf"\b(?:withdr(?:awn|ew|aws)|retract(?:s|ed)|kill(?:s|ed)|corrected) (?:its|our|this|the|a"
    rf"|an) (?:[\w’'-]+ ){{0,4}}{_ITEM}"
    r"\b[^.]{0,60}\b(?:in which|that|which|saying)\b[^.]{0,30}$",
    re.IGNORECASE,
)
_WE = re.compile(r"(?:we|it|which|that|)$", re.IGNORECASE)
_BEFORE, _AROUND = 240, 30


def is_own_report(source: str) -> bool:
    """Whether a source is the report itself or an earlier version of it."""
    return bool(_OWN.fullmatch(source.strip(" ,:;—–-")))


def takes_own_back(tag: Tag, text: str) -> bool:
    """Whether an outlet says of words of its own that they were wrong, or belong to what it withdrew."""
    source = words(tag.source, text)
    if not (is_own_report(source) or _WE.match(source.strip())):
        return False
    start = (tag.cue or tag.content)[0].start
    line = text[max(text.rfind("\n", 0, start) + 1, start - _BEFORE) : start]
    cue = f"{line[-_AROUND:]}{words(tag.cue, text)}"
    if _WE.match(source.strip()) and not is_own_report(source):
        return bool(_WITHDREW.search(line)) or (source.strip().casefold() == "we" and bool(_WRONG.search(cue)))
    return bool(_WRONG.search(cue))
