"""What is not said: statements still to come, how a source wants to be named, what was said before, topics."""

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
# "Harbour scandal: mayor to resign", "Flight QX12: what we know": what a line is about says nothing.
_TOPIC = re.compile(
    r"\b(?:flight|plane|jet|airliner|ferry|ship|train|bus|scandal|affair|shootings?|siege|attacks?|bombings?|crash(?:es)?|"
    r"collision|derailment|row|dispute|crisis|protests?|strikes?|riots?|unrest|floods?|flooding|fires?|wildfires?|storm|"
    r"hurricane|typhoon|earthquake|quake|landslide|election|vote|referendum|trial|inquest|probe|war|conflict|ceasefire|truce|"
    r"deal|talks|summit|outbreak|epidemic|murders?|killings?|deaths?|hunt|search|rescue|hack|leaks?|controversy|debate|"
    r"live|updates?|latest|breaking|explained|explainer|analysis|video|watch|photos?|pictures|timeline|profile|factbox|"
    r"exclusive|opinion)(?:\s+[A-Z]{0,3}-?\d+)?\s*$",
    re.IGNORECASE,
)
_LONGEST_TOPIC = 60
_WISH = re.compile(r"\b(?:ask|request|declin|refus|wish|prefer|want|insist)", re.IGNORECASE)


def is_unsaid(tag: Tag, text: str) -> bool:
    """Whether a tag tells what is still to be said, that a source would not be named, only "what", or a topic."""
    cue = words(tag.cue, text)
    if _TO_COME.search(cue):
        return True
    if cue.strip() == ":" and _is_topic(text[text.rfind("\n", 0, tag.cue[0].start) + 1 : tag.cue[0].start]):
        return True
    source = tag.source[0].start if tag.source else 0
    before = text[max(0, source - 40) : source]
    if _BESIDE.search(before) and any(span.of(text).lower().strip() == "what" for span in tag.content):
        quoted = any(mark in words(tag.content, text) for mark in '“"‘')
        return not quoted
    return bool(_WISH.search(cue) and _UNNAMED.match(words(tag.content[:1], text).strip("“\"'‘ ")))


def _is_topic(label: str) -> bool:
    """Whether what stands before a colon at the start of a line names a matter, not somebody."""
    return len(label) <= _LONGEST_TOPIC and bool(_TOPIC.search(label.strip("*# ")))
