"""What is not said: statements still to come, and how a source wants to be named."""

from __future__ import annotations

import re

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import words

_TO_COME = re.compile(
    r"\b(?:is|are|was|were|be|been)\s(?:\w+ly\s)?(?:expected|due|set|scheduled|likely|about|planning|poised|ready)\sto\b",
    re.IGNORECASE,
)
_UNNAMED = re.compile(
    r"(?:that\s\w+\s)?(?:not\s)?(?:to\s)?(?:not\s)?be\s(?:named|identified|quoted)\b|"
    r"(?:for\s|to\sremain\s|to\sstay\s)(?:anonym\w+|unnamed|unidentified)|not\sto\s(?:be|print|use|give)\s",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:ask|request|declin|refus|wish|prefer|want|insist)", re.IGNORECASE)


def is_unsaid(tag: Tag, text: str) -> bool:
    """Whether a tag tells what somebody is expected to say, or that a source would not be named."""
    cue = words(tag.cue, text)
    if _TO_COME.search(cue):
        return True
    return bool(_WISH.search(cue) and _UNNAMED.match(words(tag.content[:1], text).strip("“\"'‘ ")))
