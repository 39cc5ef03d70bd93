"""Two cues of one source: "he acknowledged that the gate was cracked but maintained that nobody was in danger".

Or "he disputes that, saying the gate was sound".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, all_inside, any_overlap
from onrecord.tagging.grammar.cues import SPEECH

_JOINT = re.compile(
    r"(?:\s*,)?\s+(?:and|but)\s+(?:(?:also|then|later|instead|even|further) )?(?P<cue>(?P<verb>\w+)"
    r"(?: (?:him|her|them|us|reporters|journalists))?)\s+(?=(?P<led>\S+))"
)
_HANDS_OVER = re.compile(r"(?:,[”\"’']?\s+(?:while|whereas|(?:even )?though|although)|;(?:\s+(?:but|while))?)\s+(?=\S)")
_LEADS = frozenset("that to of".split())
_FEWEST = 2


def coordinated(tag: Tag, text: str, others: Sequence[Tag]) -> Iterator[Tag]:
    """The tag alone, or cut at a second cue that its source shares, with a tag for what that one introduces."""
    piece = tag.content[-1]
    found = _joint(tag, piece, text, others) if _in_front(tag, piece) else None
    if found is None:
        yield tag
        return
    cue = Span(piece.start + found.start("cue"), piece.start + found.end("cue"))
    yield replace(tag, content=(*tag.content[:-1], Span(piece.start, piece.start + found.start())))
    if not any(any_overlap((cue,), other.cue) for other in others):
        second = replace(tag, cue=(cue,), content=(Span(piece.start + found.end(), piece.end),))
        yield from coordinated(second, text, others)


# What is disputed, then what is said in its place.
_INSTEAD = re.compile(
    r"(?P<told>(?P<pronoun>that|this|it)|(?:the|an?|his|her|its|their|these|those|such|all|any) [^,;.“”\"\n]{1,50}),\s+"
    r"(?P<cue>saying|adding|insisting|arguing|claiming|noting|explaining|stating)\s+(?=\S)",
    re.IGNORECASE,
)
_TAKES_OBJECT = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|disput|reject|dismiss|refut|rebut|contest|confirm|condemn|defend|denounc|criticis|criticiz|"
    r"contradict)",
    re.IGNORECASE,
)


def instead(tag: Tag, text: str, others: Sequence[Tag]) -> Iterator[Tag]:
    """The tag alone, or cut where its source goes on to say what is so, with a tag for that."""
    piece = tag.content[0]
    found = _INSTEAD.match(text, piece.start, tag.content[-1].end) if _in_front(tag, piece) else None
    if found is None or not (found["pronoun"] or _TAKES_OBJECT.search(tag.cue[-1].of(text))):
        yield tag
        return
    yield replace(tag, content=(Span(piece.start, found.end("told")),))
    cue = Span(*found.span("cue"))
    rest = tuple(Span(max(one.start, found.end()), one.end) for one in tag.content if one.end > found.end())
    if rest and not any(any_overlap((cue,), other.cue) for other in others):
        yield replace(tag, cue=(cue,), content=rest)


def before_next(tag: Tag, text: str, others: Sequence[Tag]) -> Tag:
    """The tag cut where "while", "though" or a semicolon hands over to another source with a cue of its own."""
    piece = tag.content[-1]
    if not _in_front(tag, piece):
        return tag
    for match in _HANDS_OVER.finditer(piece.of(text)):
        start, cut = piece.start + match.end(), piece.start + match.start()
        for one in others:
            follows = one is not tag and one.source and one.cue and one.cue[0].start < piece.end
            if follows and 0 <= one.source[0].start - start <= 1 and one.source[0].end <= one.cue[0].start:
                return replace(tag, content=(*tag.content[:-1], Span(piece.start, cut)))
    return tag


def _in_front(tag: Tag, piece: Span) -> bool:
    """Whether source and cue stand before what is said."""
    return bool(tag.kind is Kind.SPEECH and tag.source and tag.cue) and all(
        span.end <= piece.start for span in (*tag.source, *tag.cue)
    )


def _joint(tag: Tag, piece: Span, text: str, others: Sequence[Tag]) -> re.Match[str] | None:
    """The first further cue in the same form as the tag's own; None where another source may stand before it."""
    told = piece.of(text)
    for match in _JOINT.finditer(told):
        at = piece.start + match.start()
        if not _is_cue(match, tag.cue[-1].of(text)) or _quoted(told, match.start()):
            continue
        if min(len(told[: match.start()].split()), len(told[match.end() :].split())) < _FEWEST:
            continue
        inner = (one for one in others if one is not tag and one.source and all_inside(one.source, (piece,)))
        if not any(one.source[0].start < at and not any_overlap(one.source, tag.source) for one in inner):
            return match
    return None


def _is_cue(match: re.Match[str], own: str) -> bool:
    """Whether a verb of saying follows in the form of the tag's own cue and introduces a clause."""
    verb, first = match["verb"].lower(), own.lower().split()
    if verb not in SPEECH or match["led"].lower() not in _LEADS:
        return False
    if match["led"].lower() != "that" and not (verb.endswith("ing") or verb in ("recommends", "recommended")):
        return verb.startswith("warn") and match["led"] == "of"
    return _form(verb) in {_form(word) for word in first}


def _form(verb: str) -> str:
    if verb.endswith("ing"):
        return "ing"
    return "s" if verb.endswith("s") else "past"


def _quoted(told: str, place: int) -> bool:
    before = told[:place]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
