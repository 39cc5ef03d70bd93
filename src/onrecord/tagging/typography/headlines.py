"""Headlines: lines that leave words out, in which the parser finds its way badly."""

from __future__ import annotations

import re

from onrecord.datamodel.span import Span
from onrecord.tagging.drafts import Draft, piece
from onrecord.tagging.rule_precision import prior
from onrecord.tagging.typography.paragraphs import Paragraph

_CUES = (
    r"(?:says?|said|tells?|warns?(?: of)?|denies|deny|admits?|claims?|urges?|insists?|argues?|confirms?|announces?|"
    r"accuses?|blames?|finds?|suggests?|predicts?|calls?(?: for| on)?|asks?|demands?|reveals?|rejects?|promises?|"
    r"disputes?|retracts?|takes? back|"
    r"withdraws?(?= (?:\S+ ){0,4}(?:claims?|statements?|remarks?|reports?|allegations?|comments?)\b))"
)
# "Memo suggests troops leave; general calls it a mistake": each side of a semicolon has its own source.
_CLAUSE = re.compile(r"(?!\s)[^;]+")
_FRONT = re.compile(rf"(?P<who>[^,;:“”\"‘’]{{2,60}}?) (?P<cue>{_CUES}) (?P<what>\S.*)$")
_BACK = re.compile(rf"^(?P<what>.+?),[’”'\"]? (?P<who>[^,;:]{{2,40}}?) (?P<cue>{_CUES})$")
_NEXT = re.compile(rf"[,;](?P<mark>[’”'\"]?) (?:and )?(?P<cue>{_CUES}) (?=\S)")
_LONGEST, _MOST_WORDS, _MOST_NAMED = 250, 22, 6


def headline(part: Paragraph) -> list[Draft]:
    """What a headline attributes; nothing where the line is a sentence or names nobody in front of a cue."""
    line = part.text.rstrip()
    if line[-1:] in ".!?:" or len(line) > _LONGEST or not 4 <= len(line.split()) <= _MOST_WORDS:
        return []
    back = _BACK.match(line)
    if back and len(back["who"].split()) <= _MOST_NAMED:
        return _draft(part, back.span("who"), back.span("cue"), (0, back.start("who")))
    found: list[Draft] = []
    for clause in _CLAUSE.finditer(line):
        front = _FRONT.match(line, *clause.span())
        if front is not None and len(front["who"].split()) <= _MOST_NAMED:
            found.extend(_chain(part, line[: clause.end()], front))
    return found


def _chain(part: Paragraph, line: str, front: re.Match[str]) -> list[Draft]:
    """Cues that share the source in front: "calls offer an ‘insult,’ says strike will go on"."""
    found: list[Draft] = []
    cue, start = front.span("cue"), front.start("what")
    following = _NEXT.search(line, start)
    while following:
        found.extend(_draft(part, front.span("who"), cue, (start, following.end("mark"))))
        cue, start = following.span("cue"), following.end()
        following = _NEXT.search(line, start)
    return [*found, *_draft(part, front.span("who"), cue, (start, len(line)))]


def _draft(part: Paragraph, who: tuple[int, int], cue: tuple[int, int], what: tuple[int, int]) -> list[Draft]:
    said = tuple(Span(part.start + one.start, part.start + one.end) for one in piece(*what, part.text))
    source, sign = (Span(part.start + low, part.start + high) for low, high in (who, cue))
    return [Draft((source,), (sign,), said, prior("headline"), rule="headline")] if said else []
