"""Whether a content is direct, indirect or mixed, by the quotation marks of its text."""

from __future__ import annotations

import re

from onrecord.attributing.segmentation import Segmentation
from onrecord.datamodel.attribution import Mode
from onrecord.datamodel.span import Spans

_LED = re.compile(r"\s*(?:that|as|how|whether|:|,|—|–|-)*\s*", re.IGNORECASE)


def mode_of(content: Spans, segmentation: Segmentation) -> Mode:
    """Direct where all words stand in quotation marks ("that" aside), indirect where none do, else mixed."""
    inside = outside = 0
    for number, span in enumerate(content):
        start = span.start
        if number == 0:
            led = _LED.match(segmentation.text, span.start, span.end)
            start = led.end() if led else start
        for match in re.finditer(r"\w+", segmentation.text[start : span.end]):
            if segmentation.in_quotes(start + match.start()):
                inside += 1
            else:
                outside += 1
    if inside and not outside:
        return Mode.DIRECT
    return Mode.MIXED if inside else Mode.INDIRECT
