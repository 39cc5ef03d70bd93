"""Notes in which an outlet corrects, explains, updates or withdraws what it published, each with its exact place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.report import Part, Passage
from onrecord.reading.dates import find_dates
from onrecord.reading.marking.lines import Line

_ITEM = r"(?:story|article|post|report|piece|headline|item|version|alert|dispatch|column|page|video|photo|caption)"
_NOTE = re.compile(
    r"\((?:corrects|clarifies) .{4,200}\)|\W{0,3}(?:(?P<kind>corrections?|clarifications?|corrected|corrective"
    r"|retraction|withdrawal|update|updated"
    r"|editor(?:[’']?s|s[’'])?[’']? note|amended|amendment|erratum)\b\s*"
    r"(?:\([^)]{1,40}\)\s*|[A-Z]?[\w ,.]{0,24}\d{4}\s*)?[:—–-]\s*\S"
    rf"|(?:because of an? [\w ]{{2,30}} error,? )?(?:this|(?:in )?an (?:earlier|original) version of this"
    rf"|(?:in )?(?:a|the)"
    rf" (?:previous|original|earlier|first) version of this|(?:we|the \w+) (?:have )?corrected this|in this)"
    rf" {_ITEM}\b.{{0,80}}\b(?:has been|have been|was|were|misstated|incorrectly|wrongly|erroneously|mistakenly"
    rf"|gave|said"
    r"|stated|referred|misspelled|misspelt|misidentified|included|listed|attributed|omitted|contained|suggested"
    r"|misquoted)\b)",
    re.IGNORECASE,
)
# The slug of a wire item that corrects one: "BC-Harbour-Bridge, CORRECTIVE", "BC-EU--Bridge,1st Ld-Correction".
_SLUGGED = re.compile(r"[A-Z]{2}-[\w&.' ,-]{2,80}?[-, ](?:CORRECTIVE|CORRECTION|Correction|Corrective)\b")
_GONE = r"(?:withdrawn|retracted|killed|removed|taken down|unpublished|deleted|rescinded|recalled)"
# In capitals, as desks are warned; "Kill Bill" is a film.
_WARNED = (
    r"\W{0,3}(?:(?:(?:BULLETIN|URGENT|MANDATORY|ADVISORY|EDITORS|EDS)[:, ]+)*(?:KILL"
    r"|WITHDRAW[NL]?(?:AL)?)\b(?=\W*$|[:—–-]"
    r"| [A-Z]{2}-|\W+(?i:the|this|our|story|item|eds|editors|do not|withdrawn)\b)"
    r"|[A-Z]{2}-[\w&.' ,-]{2,80}?[-, ](?:KILL|WITHDRAWAL|WITHDRAWN)\b"
    r"|(?i:(?:bulletin|urgent|mandatory) kill\b|advisory\W{1,3}(?:\w+ ){0,8}withdrawn\b|story withdrawn\b)"
    r"|(?i:(?:attention |note to )?(?:editors|eds|desks|subscribers|clients)[:, ]+(?:please )?(?:kill|withdraw"
    r"|do not use)\b)"
)
_SAID = (
    rf"|(?i:.{{0,80}}\b{_ITEM}\b.{{0,120}}\b(?:has|have) been {_GONE}\b)"
    rf"|(?i:.{{2,60}}\b(?:has|have) (?:withdrawn|retracted|killed) (?:this|its|our|the"
    rf"|a) (?:[\w’'-]+ ){{0,4}}{_ITEM}\b)"
)
_HEADED = r"|(?i:(?:retraction|withdrawal)\s*[:—–-]))"
_KILL = re.compile(_WARNED + _SAID + _HEADED)
# The same for lines without "has" and "have", which most are: to look for such a sentence in each takes long.
_BRIEF_KILL = re.compile(_WARNED + _HEADED)
# A report about somebody else's withdrawal names the outlet, and does not speak of "this".
_OF_ITSELF = re.compile(
    rf"\bthis {_ITEM}\b.{{0,80}}\b(?:has|have) been {_GONE}\b|\b(?:withdrawn|retracted|killed) this {_ITEM}\b",
    re.IGNORECASE,
)
_MAX_NOTE = 600
_LEAD_LINES = 6
_KINDS = {"clarif": "explains", "updat": "updates", "editor": "comments on", "amend": "corrects"}


def corrections(lines: Sequence[Line]) -> Iterator[Passage]:
    """Notes that correct or update the report, and those that withdraw it or another one."""
    for number, line in enumerate(lines):
        if len(line.text) > _MAX_NOTE:
            continue
        edge = number < _LEAD_LINES or number >= len(lines) - _LEAD_LINES
        if edge and _withdraws(line.text):
            part = Part.WITHDRAWAL
        elif _NOTE.match(line.text) or _SLUGGED.match(line.text):
            part = Part.CORRECTION
        else:
            continue
        found = next(find_dates(line.text), None)
        yield Passage(span=line.span, part=part, at=found.at if found else None)


def is_note(words: str) -> bool:
    """Whether a line says that the report was corrected, explained, updated or amended."""
    return len(words) <= _MAX_NOTE and bool(_NOTE.match(words))


def _withdraws(words: str) -> bool:
    """A kill in a desk's words, or a sentence that says of this very report that it is gone."""
    said = words.casefold()
    match = (_KILL if "has " in said or "have " in said else _BRIEF_KILL).match(words)
    if match is None:
        return False
    sentence = re.search(r"(?i)\b(?:has|have) (?:been )?\w+", match.group())
    return sentence is None or bool(_OF_ITSELF.search(words)) or bool(re.match(r"\W*[A-Z]{4}", words))


def note_of(passage: Passage, text: str) -> str:
    """What a note does, in words for the report's notes."""
    said = " ".join(passage.span.of(text).split())
    if passage.part is Part.WITHDRAWAL:
        return f"a withdrawal: “{said}”"
    return f"the outlet {kind_of(said)} the report: “{said}”"


def kind_of(words: str) -> str:
    """What a correction note does to its report: corrects, explains, updates, comments on."""
    start = words.lstrip("*([—–- ").casefold()
    told = next((verb for stem, verb in _KINDS.items() if start.startswith(stem)), None)
    if told is None and re.match(r"this \w+ (?:has been|was) updated", start) and "correct" not in start:
        return "updates"
    return told or "corrects"


def withdraws_itself(words: str) -> bool:
    """Whether a note says of the report that it stands in that it is withdrawn."""
    return bool(_OF_ITSELF.search(words))
