"""Statements told by a noun: "Ms Orla's denial of the sale", "the firm's confirmation that …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, any_overlap

_NOUN = re.compile(
    r"(?P<who>(?:[Tt]he (?:\w+ ){0,2}?\w+|(?:[A-Z](?:[\w’'-]|\.(?=[A-Z]))* ){0,4}?[A-Z][\w-]+)(?:['’]s|(?<=s)['’]))\s+"
    r"(?:\w+ )?(?P<cue>denials?|confirmation|retraction|admission|acknowledge?ment)\s+"
    r"(?P<what>(?:of|that)\s+[^.,;:\n“”\"()]{3,120}?)"
    r"(?=[.,;:\n“”\"()]|\s(?:is|was|were|are|has|had|came|comes|will|would|and|but|as|after|while|when|which|who|"
    r"appear\w*|seem\w*|follow\w*|led|left|drew|mean\w*|did|does|do|\w+ed)\b)"
)
# "Allegations by the union that the dam had moved", which somebody else rejects.
_BY = re.compile(
    r"\b(?P<cue>claims?|allegations?|accusations?|assertions?|suggestions?) (?:made |put forward )?(?:by|from) "
    r"(?P<who>(?:the |an? )?[\w’'-]+(?: [\w’'-]+){0,6}?) "
    r"(?P<what>that (?!is\b|was\b|are\b|were\b|has\b|had\b)[^.;:\n“”\"]+)"
)
_SURE = 0.65


def by_nominal_cues(text: str, tags: Sequence[Tag]) -> Iterator[Tag]:
    """Denials, confirmations and admissions that somebody is said to have made, where no tag has the noun."""
    for match in (*_NOUN.finditer(text), *_BY.finditer(text)):
        cue = Span(*match.span("cue"))
        if any(any_overlap((cue,), (*one.cue, *one.source)) for one in tags):
            continue
        what, who = Span(*match.span("what")), Span(*match.span("who"))
        yield Tag(source=(who,), cue=(cue,), content=(what,), score=_SURE, made_by="noun rules 1")
