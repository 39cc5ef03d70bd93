"""What is not said: statements still to come, how a source wants to be named, what somebody said of it before."""

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
# "Contrary to what police said earlier, the road is open": what they said is told nowhere.
_BESIDE = re.compile(
    r"\b(?:contrary to|unlike|despite|regardless of|instead of|in contrast to|from|beyond|matches|matched|(?:here|this|"
    r"that)(?: is|[’']s)) what\s+$",
    re.IGNORECASE,
)
_WISH = re.compile(r"\b(?:ask|request|declin|refus|wish|prefer|want|insist)", re.IGNORECASE)


def is_unsaid(tag: Tag, text: str) -> bool:
    """Whether a tag tells what somebody is expected to say, that a source would not be named, or nothing but "what"."""
    cue = words(tag.cue, text)
    if _TO_COME.search(cue):
        return True
    source = tag.source[0].start if tag.source else 0
    before = text[max(0, source - 40) : source]
    if _BESIDE.search(before) and any(span.of(text).lower().strip() == "what" for span in tag.content):
        quoted = any(mark in words(tag.content, text) for mark in '“"‘')
        return not quoted
    return bool(_WISH.search(cue) and _UNNAMED.match(words(tag.content[:1], text).strip("“\"'‘ ")))
