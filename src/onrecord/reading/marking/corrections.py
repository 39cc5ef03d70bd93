"""Notes in which an outlet corrects, explains, updates or withdraws what it published, each with its exact place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.report import Part, Passage
from onrecord.datamodel.span import Span
from onrecord.reading.dates import MONTH, find_dates
from onrecord.reading.marking.lines import Line

_ITEM = r"(?:story|article|post|report|piece|headline|item|version|alert|dispatch|column|page|video|photo|caption)"
_EARLIER = r"(?:earlier|original|previous|first|prior|older)"
_MISTOLD = (
    r"(?:has been|have been|was|were|misstated|incorrectly|wrongly|erroneously|mistakenly|inaccurately|gave|said|stated"
    r"|referred|misspelled|misspelt|misidentified|included|listed|attributed|omitted|contained|suggested|misquoted"
    r"|corrects|clarifies)"
)
# "May 9", "9 May 2031 at 14:00 BST", "9:40 a.m."
_WHEN = (
    rf"(?:(?:on |at )?(?:\w{{3,9}}day,? )?(?:{MONTH}\.? \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?|\d{{1,2}}[:.]\d\d"
    r"|\d{1,2} ?[ap]\.?m)[\w ,.:]{0,24}"
)
_KIND = (
    r"(?:corrections?(?: and clarifications?)?|clarifications?|corrected|corrective|retraction|withdrawal|update"
    r"|updated"
    r"|apology|(?:editor(?:[’']?s|s[’'])?[’']?|publisher[’']s) note|note from the editors?|amended|amendment|erratum)"
)
# What a note speaks of: this report, or an earlier version of it; "the report" may be anybody's.
_THIS = (
    rf"(?:this|(?:in )?(?:an?|the) {_EARLIER} version of (?:this|our|the(?= (?:story|article)\b))"
    rf"|this version of (?:this|the)"
    r"|we (?:have )?(?:corrected|amended|updated|changed|clarified) (?:this|our|the)|the \w+ (?:have "
    r"|has )?corrected this"
    r"|in this|the (?:headline|standfirst|photo caption|caption|summary) (?:of|on|in|to) this)"
)
_NOTE = re.compile(
    rf"\((?:corrects|clarifies) .{{4,200}}\)|\W{{0,3}}(?:{_KIND}\b\s*"
    rf"(?:\([^)]{{1,40}}\)\s*|[A-Z]?[\w ,.]{{0,24}}\d{{4}}\s*|,?\s*{_WHEN}\s*)?[:—–-]\s*\S"
    rf"|(?:note: )?(?:because of an? [\w ]{{2,30}} error,? )?{_THIS} (?:{MONTH}\.? \d{{1,2}} )?"
    rf"{_ITEM}\b.{{0,80}}\b{_MISTOLD}\b"
    r"|(?<![“\"'‘])we (?:originally |previously |earlier |in(?:correct|accurate)ly |wrongly )(?:said|reported"
    r"|stated|wrote)\b"
    rf"|an? correction was made on\b|this {_ITEM} has been (?:refiled|edited|revised|republished)\b"
    rf"|in an? (?:\w+ )?{_ITEM} (?:published )?{_WHEN}.{{0,120}}\b(?:incorrectly|wrongly|erroneously|mistakenly"
    rf"|misstated)\b)",
    re.IGNORECASE,
)
_SORRY = re.compile(r"\bregrets? (?:the|this|these|any|our) errors?\b\W*$", re.IGNORECASE)
# A heading of its own: the note is the paragraph behind it.
_LABEL = re.compile(
    rf"\W{{0,3}}(?:corrections?|clarifications?|corrections? (?:and|&) clarifications?|(?:editor(?:[’']?s"
    rf"|s[’'])?[’']? note)s?"
    rf"|note from the editors?|notice of correction|erratum|errata|amendments?|retraction|retraction notice|apology"
    rf"|what we got wrong|how this (?:story|article) was (?:updated|corrected"
    rf"|changed))(?:[ ,:—–-]*\(?{_WHEN}\)?)?\W{{0,3}}",
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
_MAX_LABEL = 70
_MIN_BODY = 15
_NEXT_LINE = 4
_LEAD_LINES = 6
_KINDS = {"clarif": "explains", "updat": "updates", "editor": "comments on", "amend": "corrects"}


def corrections(lines: Sequence[Line]) -> Iterator[Passage]:
    """Notes that correct or update the report, and those that withdraw it or another one.

    A note whose heading stands on a line of its own is one passage with it.
    """
    for number, line in enumerate(lines):
        if len(line.text) > _MAX_NOTE:
            continue
        below = lines[number + 1] if number + 1 < len(lines) else line
        if is_label(line.text) and 0 < below.start - line.end <= _NEXT_LINE and _is_body(below.text):
            found = next(find_dates(line.text), None)
            yield Passage(span=Span(line.start, below.end), part=Part.CORRECTION, at=found.at if found else None)
            continue
        edge = number < _LEAD_LINES or number >= len(lines) - _LEAD_LINES
        if edge and _withdraws(line.text):
            part = Part.WITHDRAWAL
        elif is_note(line.text) or _SLUGGED.match(line.text):
            part = Part.CORRECTION
        else:
            continue
        found = next(find_dates(line.text), None)
        yield Passage(span=line.span, part=part, at=found.at if found else None)


def is_note(words: str) -> bool:
    """Whether a line says that the report was corrected, explained, updated or amended."""
    return len(words) <= _MAX_NOTE and bool(_NOTE.match(words) or _SORRY.search(words[-40:]))


def is_label(words: str) -> bool:
    """Whether a line only heads the correction that stands below it."""
    return len(words) <= _MAX_LABEL and bool(_LABEL.fullmatch(words))


def _is_body(words: str) -> bool:
    return _MIN_BODY <= len(words) <= _MAX_NOTE and words.rstrip(' "”’)]')[-1:] in (".", "!", "?")


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
