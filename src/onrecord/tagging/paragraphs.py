"""What typography tells: paragraphs with their quotation marks, colon lines, and quotes that go on without a cue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.datamodel.quotation import Quotation, quotations
from onrecord.datamodel.span import Span, all_inside
from onrecord.tagging.drafts import Draft, piece
from onrecord.tagging.grammar.cues import VERBS

_PARAGRAPH = re.compile(r"[^\n]+")
_WORD = re.compile(r"[\w’']+")
_REFUSAL = re.compile(r"declin|refus|comment|confirm|verif|mention|n[’']t|not", re.IGNORECASE)
# "NAME: words", "Name (@handle): “words”", "Q:" is nobody.
_COLON = re.compile(
    r"^(?P<source>(?:[A-Z][\w.’'-]*|[A-Z]{2,})(?:\s+(?:[A-Z(@][\w.@’')-]*|of|the|and|for|de|van|von|al|bin))*?)\s?:\s+(?P<said>\S.*)$"
)
_NO_SPEAKER = re.compile(
    r"^(?:Q|A|Note|Update|Updated|Related|Photo|Image|Video|Watch|Read|Read more|Source|Sources|Here|Tip|Warning|Live|"
    r"Editor|Step|Serves|Ingredients|Directions|Method|Time|Date|Location|Price|Key|See also|Correction|Clarification|"
    r"Breaking|Analysis|Opinion|Exclusive|Report|Reports|Chapter|Part|Section|Table|Figure|Example|Contact|Contributing|"
    r"Address|Phone|Email|Hours|When|Where|What|Why|How|Who|More|Question|Answer|Editor[’']s note)\b",
    re.IGNORECASE,
)
_LONGEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of text, where it starts, and its outermost quoted stretches."""

    text: str
    start: int
    quotes: tuple[Quotation, ...]

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)

    @property
    def promising(self) -> bool:
        """Whether a cue word, a refusal or a quotation mark stands in it at all."""
        if self.quotes or "ccording to" in self.text or _REFUSAL.search(self.text):
            return True
        return any(word.lower() in VERBS for word in _WORD.findall(self.text))


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The lines of a text that hold words."""
    outermost = [one for one in quotations(text) if one.depth == 0]
    found = []
    place = 0
    for match in _PARAGRAPH.finditer(text):
        while place < len(outermost) and outermost[place].outer.start < match.start():
            place += 1
        inside = []
        while place < len(outermost) and outermost[place].outer.start < match.end():
            inside.append(outermost[place])
            place += 1
        if any(char.isalnum() for char in match.group()):
            found.append(Paragraph(match.group(), match.start(), tuple(inside)))
    return tuple(found)


def lines(parts: Sequence[Paragraph], text: str) -> list[Draft]:
    """Colon lines: headlines, transcripts and posts that name their speaker first."""
    found = []
    for part in parts:
        match = _COLON.match(part.text)
        if not match or _NO_SPEAKER.match(match["source"]) or len(match["source"].split()) > _LONGEST_HEAD:
            continue
        said = piece(part.start + match.start("said"), part.end, text)
        if said and (len(match["said"].split()) >= 3):
            source = (Span(part.start + match.start("source"), part.start + match.end("source")),)
            colon = part.start + part.text.index(":", match.end("source"))
            quoted = match["said"][0] in "“\"‘'"
            found.append(Draft(source, (Span(colon, colon + 1),), said, 0.75 if quoted else 0.6, quoted=quoted))
    return found


def continued(drafts: Sequence[Draft], parts: Sequence[Paragraph], text: str) -> list[Draft]:
    """Give quoted sentences without a cue to the speaker before them, as further pieces of that statement."""
    found = list(drafts)
    for number, part in enumerate(parts):
        for quote in part.quotes:
            if len(_WORD.findall(quote.inner.of(text))) < 4 or _covered(quote, found):
                continue
            owner = _owner(quote, part, parts[number - 1] if number else None, found, text)
            if owner is None:
                continue
            for index, draft in enumerate(found):
                if draft is owner or all_inside(owner.content, draft.content):
                    found[index] = replace(draft, content=tuple(sorted((*draft.content, quote.outer))))
    return found


def _covered(quote: Quotation, found: Sequence[Draft]) -> bool:
    return any(span.overlaps(quote.outer) for draft in found for span in (*draft.content, *draft.source, *draft.cue))


def _owner(
    quote: Quotation, part: Paragraph, before: Paragraph | None, found: Sequence[Draft], text: str
) -> Draft | None:
    """The last quoted statement before it in the paragraph, or in the paragraph before where this one opens quoted."""
    sentence_opens = (
        not text[part.start : quote.outer.start].strip() or text[: quote.outer.start].rstrip()[-1] in '.!?”"'
    )
    if not sentence_opens:
        return None
    here = [one for one in found if part.start <= one.content[0].start < quote.outer.start and one.quoted]
    if here:
        return max(here, key=lambda one: one.content[-1].end)
    if before is None or text[part.start : quote.outer.start].strip():
        return None
    above = [one for one in found if before.start <= one.content[-1].start < before.end and one.quoted]
    return max(above, key=lambda one: one.content[-1].end, default=None)
