"""Nouns that attribute what follows them: "rumours that the mayor resigned" (nominal cues; Pareti, 2015).

The cue layer marks few of them, most of all not within what somebody else says ("She denied reports of a leak"). So
each such noun of a text is asked about, and the candidates' scores decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.datamodel.span import Span, Spans

_NOUN = (
    r"(?:rumou?rs?|reports?|claims?|allegations?|suggestions?|speculations?|accusations?|assertions?|insistence|"
    r"scuttlebutt|story|stories|theory|theories|word|announcements?|remarks?|statements?|warnings?)"
)
_ANY = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
NOMINAL = re.compile(rf"[“\"‘]?(?:[\w-]+ ){{0,2}}{_NOUN}(?:['’]s)?[”\"’]?", re.IGNORECASE)
_VERB = re.compile(r"(?:report|claim)s?", re.IGNORECASE)
# "Has denied rumours": the verb is the cue of whoever denies, the noun that of the rumours.
_ANSWERED = re.compile(
    r"(?P<verb>.*\b(?:den(?:y|ies|ied|ying)|dismiss\w*|reject\w*|refut\w*|rebut\w*|debunk\w*|disput\w*|confirm\w*|"
    r"investigat\w*|contradict\w*|counter(?:s|ed|ing)?|squash\w*|quash\w*|verif\w+|(?:look|check)\w* into|"
    r"(?:comment|respond)\w* (?:on|to)|aware of|played down|laughed off|shot down))\s+"
    rf"(?P<noun>(?:(?:the|any|all|these|those|such|earlier|media|initial|recent) )*{_NOUN})",
    re.IGNORECASE,
)
# What stands before a noun and names nobody: "the new reports", "strong rumours".
_MODIFIERS = re.compile(
    r"(?:(?:the|an?|one|two|some|any|all|no|many|several|more|other|another|these|those|this|that|such|what|new|old|early|"
    r"earlier|initial|first|later|latest|recent|previous|prior|published|unconfirmed|confirmed|unverified|conflicting|"
    r"contradictory|separate|similar|further|false|wild|strong|persistent|widespread|rife|there|it|who|which)\s*)+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"(?:.*(?:['’]s|s['’])|his|her|their|its|our|my|your|whose)", re.IGNORECASE | re.DOTALL)
_FROM = re.compile(r"[^.!?\n]{0,60}\b(?:by|from|on|in|at|among|across|of)\s+(?:the\s+)?", re.IGNORECASE)
# Words between who tells and the noun: "Esquire’s original report".
_BETWEEN = re.compile(r"\s*(?:[\w-]+\s+){0,2}[“\"‘]?")


def nouns(text: str, start: int, end: int) -> Iterator[Span]:
    """The places of nouns that may attribute within a stretch of a text."""
    return (Span(*match.span()) for match in _ANY.finditer(text, start, end))


def is_nominal(source: Spans, cue: Spans, text: str) -> bool:
    """Whether a cue is such a noun, with at most two words before it, and no verb: "the paper reports"."""
    return len(cue) == 1 and bool(NOMINAL.fullmatch(cue[0].of(text))) and not _is_verb(source, cue[0], text)


def _is_verb(source: Spans, cue: Span, text: str) -> bool:
    """Whether a cue stands right beside a source that agrees with it in number, as a verb does with its subject."""
    if len(source) != 1 or not _VERB.fullmatch(cue.of(text)):
        return False
    who = source[0]
    if who.start >= cue.end:
        return not text[cue.end : who.start].strip(" ’'\"”")
    words = who.of(text)
    if text[who.end : cue.start].strip() or _POSSESSIVE.fullmatch(words):
        return False
    plural = words.lower().endswith(("s", "media", "people")) and not words.endswith(("ss", "us", "News", "Times"))
    return plural is not cue.of(text).lower().endswith("s")


def teller(source: Spans, cue: Spans, text: str) -> Spans:
    """The source where it can be that of a nominal cue: its possessor, a word of the compound, or behind a preposition.

    Whoever is the subject of the verb that the noun depends on answers the rumour and did not spread it.
    """
    if len(source) != 1 or len(cue) != 1:
        return source
    who, noun = source[0], cue[0]
    if _MODIFIERS.fullmatch(who.of(text)):
        return ()
    if who.start >= noun.end:
        between = text[noun.end : who.start]
        # "…, reports the paper" is a verb.
        return source if not between.strip(" ’'\"”") or _FROM.fullmatch(between) else ()
    between = text[who.end : noun.start]
    possessive = _POSSESSIVE.fullmatch(who.of(text)) or between.startswith(("'s", "’s", "' ", "’ "))
    adjacent = not between.strip(' “"‘')
    return source if adjacent or (possessive and _BETWEEN.fullmatch(between.lstrip("'’s"))) else ()


_COMPLEMENT = re.compile(
    r"(?:that|of|about|whether|how|over|regarding|concerning|to|as to|on|from|linking|suggesting|claiming|saying)\b|"
    r"[A-Z“\"‘]|(?:the|an?|he|she|it|they|his|her|their|its|there|this|those|these|some|\d[\d,.]*)\b"
)
_FAR = re.compile(r"[^.!?\n:;]{0,90}")


def has_complement(cue: Spans, content: Spans, text: str) -> bool:
    """Whether what a noun tells stands behind it in its sentence: "rumours began spreading that he would go"."""
    if len(cue) != 1 or not content or content[0].start < cue[0].end:
        return False
    return bool(_FAR.fullmatch(text, cue[0].end, content[0].start) and _COMPLEMENT.match(text, content[0].start))


def answered(cue: Spans, content: Spans, text: str) -> tuple[Spans, Spans]:
    """Cue and content of who answers a rumour: the noun belongs to what is answered, not to the cue."""
    match = _ANSWERED.fullmatch(cue[0].of(text)) if len(cue) == 1 else None
    if match is None or not content or not 0 <= content[0].start - cue[0].end <= 60:
        return cue, content
    verb = Span(cue[0].start, cue[0].start + match.end("verb"))
    start = cue[0].start + match.start("noun")
    return (verb,), (Span(start, content[0].end), *content[1:])
