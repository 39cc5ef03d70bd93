"""What decides whether two propositions can be one: polarity, numbers of things, times and places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.linking.concepts import concept
from onrecord.linking.lexis import WORD
from onrecord.linking.stemming import stem

_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|rather than|far from|instead of|deny|"
    r"denied|denies|"
    r"denying|false(?! (?:pretens|pretenc|propagand|flag|start|alarm|hope|impression|sense|positive|teeth|dawn|name|"
    r"identit|passport|document|beard|prophet))|untrue|hoax|bogus|fabricated|lie|baseless|unfounded|refused? to|"
    r"stopped short|rejected?|(?:is|are|was|were|has|have|had|[’'](?:s|ve|re)) yet to(?! come))\b|n[’']t\b",
    re.IGNORECASE,
)
# "Not only", "no doubt", "no later than": negations that deny nothing.
_HARMLESS = re.compile(
    r"\b(?:,? (?:and|but) not an? [\w-]+(?: [\w-]+)?(?=[\s.,;”\"’']*$)|"
    r", not (?:an? |the )?[\w-]+(?: [\w-]+){0,2}(?=[\s.,;”\"’']*$)|"
    r"not only|not just|no doubt|no later than|no fewer than|no less than|no more than|not least|no longer than|"
    r"nothing but|no matter|(?:should|must|ought|need)(?: not|n[’']t)|not yet clear|whether or not|if not|"
    r"like (?:[\w’'-]+ ){1,4}?(?:ha(?:s|ve|d)(?:n[’']t| not)|never) (?:ever )?(?:been )?"
    r"(?:seen|heard|known|faced|felt)|"
    r"(?:it|they|we|you|he|she|anyone|[a-z]+) (?:ha(?:s|ve|d)(?:n[’']t| not| never)) (?:ever )?"
    r"(?:seen|heard|known|faced) before|never (?:been )?seen before|"
    r"no comment|no question|not until|no (?:[\w-]+ ){1,3}(?:except|other than)|"
    r"no [\w-]+ but [\w’'-]+(?: [\w’'-]+)?(?=[”\"’'.,;]*(?:$| and\b)))\b",
    re.IGNORECASE,
)
FEWEST_BEFORE = 3
_RELATIVE = re.compile(
    r"(?<=\w)\s+(?:that|which|who|whose)\s+(?:\w+ly\s+)?(?:is|are|was|were|has|have|had|do|does|did|will|would|"
    r"can|could|may)"
    r"(?:n[’']t)?\b[^,;.]*|,\s+(?:which|who|whose|where)\b[^,;.]*",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"\s+(?:because|although|though|unless|if|so that|in order|even though|after|before|since|when|while)\b.*$|"
    r"(?<!is)(?<!are)(?<!was)(?<!were)(?<!been)(?<!be)\s+without\b[^,;]*$",
    re.IGNORECASE | re.DOTALL,
)
_DOUBLE = re.compile(
    r"\b(?:(?:no|not|never)\s+(?:truth|true|denying|denied|deny|longer den\w+)[^,;.]{0,60}?\b(?:not|no|never|"
    r"n[’']t))\b|"
    r"\b(?:den(?:y|ied|ies|ying)|reject(?:ed|s)?)\b[^,;.]{0,60}\b(?:not|no|never)\b|n[’']t\s+(?:deny|rule out)\b|"
    r"\b(?:not|never)\s+(?:deny|denied|false|untrue|without)\b|"
    r"\bno (?:\w+ )?reasons?\b[^,;.]{0,40}?\bto (?:doubt|question|dispute|disbelieve|contradict)\b|"
    r"\bno (?:\w+ )?reasons?\b[^,;.]{0,40}?\bto (?:believe|think|suppose|assume)\b[^,;.]{0,60}?"
    r"(?:\b(?:not|no|never|untrue|false)\b|n[’']t\b)|"
    r"(?:\b(?:not|never)|n[’']t)\s+(?:doubt|dispute|disbelieve|contradict)\b|"
    r"(?:\b(?:not|never)|n[’']t)\s+(?:believe|think)\b[^,;.]{0,60}?(?:\b(?:not|never|untrue|false)\b|n[’']t\b)|"
    r"\blie[ds]? about (?:not|never)\b",
    re.IGNORECASE,
)
# Who is safe is not in danger.
_OPPOSITE = re.compile(
    r"\b(?:is|are|was|were|be|been|remains?|remained|stays?|stayed) (?:\w+ly )?(?:not )?safe\b", re.IGNORECASE
)
_CONDITION = re.compile(r"^\W*(?:and |but )?(?:if|unless)\b[^,.;]*(?:[,.;]|$)", re.IGNORECASE)
# Who tells others not to do something denies nothing.
_COMMAND = re.compile(
    r"^\W*(?:and |but )?(?:please )?(?:do not|don[’']t) (?!know|think|believe|recall|remember|have|see|want)\w+",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:can(?:not|[’']t| not)|could(?: not|n[’']t)|(?:was|were|is|are|been)(?: not|n[’']t) able to|unable to|yet to|"
    r"(?:has|have|had)(?: not|n[’']t)(?: yet)?(?: been)?(?: able to)?|fail(?:ed|s)? to)\s+(?:\w+ly\s+|yet\s+|be\s+)?"
    r"(?:confirm|verif|say\b|find anyone|establish|authenticat|corroborat|independently)\w*|"
    r"\b(?:do|does|did)(?: not|n[’']t) (?:yet )?know\b|\b(?:has|have|had) (?:no|not any) (?:information|"
    r"knowledge|idea|confirmation|word)\b|"
    r"\b(?:no|without) (?:independent |official )?confirmation\b|\b(?:never |not )?heard (?:nothing|"
    r"anything) (?:of|about)\b|"
    r"\b(?:am|are|is|was|were|be|[’'](?:m|re|s))(?: not|n[’']t) (?:going to )?"
    r"(?:say|tell|discuss|comment|elaborate|talk about|answer)(?:ing)?\b|"
    r"\b(?:will not|won[’']t|would not|wouldn[’']t) (?:say|tell|discuss)\b|"
    r"\b(?:can|could|would|will|did|do|does|has|have|had)(?:not| not|n[’']t)(?: yet)?(?: been| be)? rul(?:e|ed) out\b|"
    r"\b(?:not|n[’']t) ruling out\b|"
    r"\bno (?:information|idea|word)\b|\b(?:is|was|remains?|remained|it[’']s) (?:still )?(?:unclear|unknown|"
    r"not (?:yet )?(?:clear|known))\b|"
    r"\btoo (?:early|soon) to\b|\bnot (?:sure|certain)\b|\b(?:sceptical|skeptical|cautious) (?:of|about)\b|"
    r"\b(?:investigat|examin|check|prob|review|assess)(?:es|ed|ing)\b[^,;.]{0,30}\b(?:reports?|claims?|whether|"
    r"authenticity|rumou?rs)\b|"
    r"\blook(?:s|ed|ing) into\b|\baware of (?:the )?(?:reports?|claims?|rumou?rs)\b|"
    r"\bno (?:further|more|other|new|immediate|concrete|clear) "
    r"(?:details?|information|answers?|clues?|comments?|news)\b|\bfound no answers?\b|"
    r"\b(?:refus|declin)(?:e|es|ed|ing) to (?:elaborate|comment|say|discuss|answer)\b|"
    r"\bnot (?:in a position|prepared|ready) to (?:say|tell|comment|confirm)\b|"
    r"^\W*(?:that )?(?:he|she|they|i|we) (?:hop|wish|pray)(?:e|es|ed|s)?\b",
    re.IGNORECASE,
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * n for n, word in enumerate(_TENS)}
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_NUMBER = re.compile(
    r"(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)(?:\s*-?\s*(?P<scale>hundred|thousand|million|billion))?|"
    r"\b(?P<words>(?:(?:" + "|".join([*VALUES, *_SCALES]) + r")(?:[\s-]+(?:and\s+)?|\b))+)",
    re.IGNORECASE,
)
_MONTHS = "january february march april may june july august september october november december".split()
TIMES = frozenset(
    "today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday morning afternoon "
    "evening night week month year noon midday midnight spring summer autumn winter".split()
) | frozenset(_MONTHS)
_UNITS = frozenset("per cent percent % dollars euros pounds km miles metres meters hours minutes days weeks".split())


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the noun it counts (a stem)."""

    value: float
    noun: str


@dataclass(frozen=True, slots=True)
class Slots:
    """The deciding parts of a proposition."""

    negated: bool
    counts: tuple[Count, ...]
    times: frozenset[str]
    names: frozenset[str]


def slots(text: str) -> Slots:
    """Read the deciding parts from a proposition's words."""
    return Slots(
        negated=negated(text) != bool(_OPPOSITE.search(text)), counts=counts(text), times=times(text), names=names(text)
    )


def negated(text: str) -> bool:
    """Whether the main predicate is negated: side remarks, reasons and relative clauses deny nothing."""
    plain = _COMMAND.sub(" ", _HARMLESS.sub(" ", _CONDITION.sub(" ", text)))
    for aside in (_RELATIVE, _ADJUNCT):
        found = aside.search(plain)
        if found and len(WORD.findall(plain[: found.start()])) >= FEWEST_BEFORE:
            plain = plain[: found.start()] + plain[found.end() :]
    return len(_DOUBLE.findall(plain)) % 2 == 0 and bool(_NEGATION.search(plain))


def unsure(text: str) -> bool:
    """Whether the words say that something is not known, or only looked into, which neither asserts nor denies."""
    return bool(_UNSURE.search(text))


def counts(text: str) -> tuple[Count, ...]:
    """Numbers with the noun that each counts; numbers of dates, clock times and years are left out."""
    found = []
    for match in _NUMBER.finditer(text):
        value = _value(match)
        noun = _counted(text[match.end() : match.end() + 60])
        before = text[max(0, match.start() - 12) : match.start()].lower()
        if value is None or not noun or any(month in before for month in _MONTHS):
            continue
        if not (1900 <= value <= 2100 and match["digits"] and "," not in match["digits"]):
            found.append(Count(value, noun))
    return tuple(found)


def _value(match: re.Match[str]) -> float | None:
    if match["digits"]:
        scale = _SCALES.get((match["scale"] or "").lower(), 1)
        return float(match["digits"].replace(",", "")) * scale
    total, current = 0.0, 0.0
    for word in re.findall(r"[a-z]+", match["words"].lower()):
        if word in VALUES:
            current += VALUES[word]
        elif word in _SCALES:
            current = max(1.0, current) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0.0
    value = total + current
    return value if value != 1 else None


def _counted(after: str) -> str:
    """The head of the noun phrase that follows a number: its last plain word before a break, at most four words on."""
    head = ""
    for number, match in enumerate(WORD.finditer(after)):
        word = match.group()
        low = word.lower()
        if number > 3 or (number and low in _BREAKS) or re.search(r"[.;:,()]", after[: match.start()].strip()):
            break
        # "Flight 12 was late": a number that the singular follows names something.
        if low in _MONTHS or low in {"am", "pm", "gmt", "o'clock"} or (not number and low in _SINGULAR):
            return ""
        if low in _BREAKS:
            continue
        head = concept(stem(low))
        if low in _UNITS or low.endswith("s"):
            break
    return head


_SINGULAR = frozenset("is was has isn't wasn't hasn't isn’t wasn’t hasn’t".split())
_BREAKS = frozenset(
    """of the in on at by for from to with and or but that were was are is be been had has have have will would as
    who which when where after before since during into out it he she they we you i its their his her than more
    other""".split()
)


def times(text: str) -> frozenset[str]:
    """Weekdays, months and day words."""
    return frozenset(word for word in map(str.lower, WORD.findall(text)) if word in TIMES)


def names(text: str) -> frozenset[str]:
    """Stems of capitalised words that do not merely open a sentence."""
    found = set()
    for match in WORD.finditer(text):
        before = text[: match.start()].rstrip(" \"'“‘”’([")
        if match.group()[0].isupper() and before and before[-1] not in ".!?:;\n":
            found.add(stem(match.group()))
    return frozenset(found)


def count_conflict(left: Slots, right: Slots) -> tuple[Count, Count] | None:
    """Two different numbers of one thing, where no number of that thing is shared."""
    for one in left.counts:
        theirs = [count for count in right.counts if count.noun == one.noun]
        if theirs:
            ours = {count.value for count in left.counts if count.noun == one.noun}
            if not any(count.value in ours for count in theirs):
                return one, theirs[0]
    return None


def time_conflict(left: Slots, right: Slots) -> tuple[str, str] | None:
    """Two different weekdays, months or days, where none is shared."""
    ours, theirs = left.times - _VAGUE, right.times - _VAGUE
    if ours and theirs and not ours & theirs:
        return min(ours), min(theirs)
    return None


_VAGUE = frozenset("morning afternoon evening night week month year today yesterday tomorrow tonight".split())

_SCALES_OF_TIME = (
    frozenset("monday tuesday wednesday thursday friday saturday sunday".split()),
    frozenset(_MONTHS),
    frozenset("morning afternoon evening night noon midnight".split()),
)


def same_scale(left: Slots, right: Slots) -> bool:
    """Whether both give a weekday, both a month, or both a part of the day."""
    return any(left.times & scale and right.times & scale for scale in _SCALES_OF_TIME)
