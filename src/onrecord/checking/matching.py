"""Each statement of a draft beside what the desk has of it: the same quotation, the same words of the same speaker."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.attributing.lexicon.cues import DENIAL_STEMS
from onrecord.checking.drafts import AttributedDraft
from onrecord.checking.quotations import Found, QuotedPiece, find_quotation, quoted_pieces
from onrecord.checking.record import Near, Record, Told, side_of_clauses
from onrecord.datamodel.attribution import NEITHER, Act, Attribution
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.span import Span, any_overlap, words
from onrecord.linking.terms import NEGATION, tells

# A statement this near one of the same speaker is the same statement, told in other words.
SAME_STATEMENT, SAME_WORDS = 0.6, 0.9
_DENIES = re.compile(rf"\b(?:{DENIAL_STEMS})", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_PLAIN = frozenset("the of a an and for unnamed said".split())


@dataclass(frozen=True, slots=True)
class MatchedQuotation:
    """A quotation of the draft, the statement that it is part of, and where it stands on the desk."""

    piece: QuotedPiece
    said: Attribution | None
    found: tuple[Found, ...]


class Matching:
    """A draft beside a record."""

    def __init__(self, draft: AttributedDraft, record: Record) -> None:
        self.draft = draft
        self.record = record
        self._near: dict[str, list[Near]] = {}

    @cached_property
    def quotations(self) -> tuple[MatchedQuotation, ...]:
        """The draft's quotations, each with its places on the desk, the nearest first."""
        made = []
        for piece in quoted_pieces(self.draft.report.text):
            said = self.draft.said_at(piece.span)
            made.append(MatchedQuotation(piece, said, find_quotation(piece, self.record.searched)))
        return tuple(made)

    def words(self, one: Attribution) -> str:
        """What a statement of the draft says."""
        return " ".join(words(one.content, self.draft.report.text).split())

    def near(self, one: Attribution) -> list[Near]:
        """What the desk has near a statement, on which side: 1 where it says the same as the draft's statement does."""
        if one.id not in self._near:
            told = self.words(one)
            sign = -1 if _DENIES.search(words(one.cue, self.draft.report.text)) else 1
            found = self.record.near(told) if tells(told) else []
            self._near[one.id] = [self._sided(near, told, sign) for near in found]
        return self._near[one.id]

    def _sided(self, near: Near, told: str, sign: int) -> Near:
        """What is near with its side: by the negations of clauses that share their terms, else as the judge reads."""
        said = near.told.attribution
        theirs = -1 if said and _DENIES.search(words(said.cue, near.told.report.text)) else 1
        lexical = side_of_clauses(told, near.told.words)
        return Near(near.told, near.score, sign * (lexical * theirs if lexical else near.side), bool(lexical))

    def same_speaker(self, one: Attribution, least: float = SAME_STATEMENT) -> list[Near]:
        """The near statements of the same speaker."""
        return [near for near in self.near(one) if near.score >= least and self._same(one, near)]

    def _same(self, one: Attribution, near: Near) -> bool:
        """Whether one speaks who is near: of two that are not named their very words tell it."""
        if self.related(one.speaker, near.told.speaker):
            return True
        ours, theirs = self.party(one.speaker), self.record.party(near.told.speaker)
        unnamed = ours is not None and theirs is not None and not ours.named and not theirs.named
        return unnamed and near.score >= SAME_WORDS

    def negations_differ(self, one: Attribution, told: Told) -> bool:
        """Whether of a draft's statement and the desk's, with their cues, one is negated."""
        mine, cue = self.words(one), words(one.cue, self.draft.report.text)
        theirs = words(told.attribution.cue, told.report.text) if told.attribution else ""
        odd = [
            (len(NEGATION.findall(text)) + bool(_DENIES.search(by))) % 2
            for text, by in ((mine, cue), (told.words, theirs))
        ]
        return odd[0] != odd[1]

    def agreeing(self, one: Attribution, least: float = SAME_STATEMENT) -> list[Told]:
        """What the desk has of the same speaker, in the same words or to the same effect."""
        quoted = [told for match in self.quotations if match.said is one for told in self.told_at(match.found[:3])]
        mine = [told for told in quoted if self.related(one.speaker, told.speaker)]
        return mine + [near.told for near in self.same_speaker(one, least) if near.side > 0]

    def told_at(self, found: Sequence[Found]) -> list[Told]:
        """The statements that quoted words are part of on the desk."""
        kept = []
        for one in found:
            holding = [
                told
                for told in self.record.told
                if told.report is one.report and told.attribution and any_overlap((one.span,), told.attribution.content)
            ]
            whole = [told for told in holding if _covered(one.span, told) >= _MOST * len(one.span)]
            kept.extend(sorted(whole or holding, key=lambda told: len(told.words)))
        return kept

    def party(self, ident: str | None) -> Party | None:
        """A party of the draft or of the desk."""
        return self.draft.parties.get(ident or "") or self.record.party(ident)

    def related(self, left: str | None, right: str | None) -> bool:
        """Whether two speakers are one, or one speaks for the other, or is named by a part of the other's name."""
        if left is None or right is None:
            return False
        if left == right:
            return True
        one, other = self.party(left), self.party(right)
        if one is None or other is None:
            return False
        bodies = {one.id, one.speaks_for} & {other.id, other.speaks_for} - {None}
        ours, theirs = _name_words(one), _name_words(other)
        return bool(bodies) or bool(ours and theirs and (ours <= theirs or theirs <= ours))

    def is_claimed(self, one: Attribution) -> bool:
        """Whether a statement says something, rather than asks, refuses or takes back."""
        return one.act not in NEITHER and one.act is not Act.RETRACTS and tells(self.words(one))

    def mentions(self, names: Sequence[str], within: Span | None = None) -> bool:
        """Whether the draft, or a stretch of it, has all the telling words of one of some names."""
        text = within.of(self.draft.report.text) if within else self.draft.report.text
        told = {word.lower() for word in _WORD.findall(text)}
        return any(mine and mine <= told for mine in (telling_words(name) for name in names))

    def paragraph(self, span: Span) -> Span:
        """The paragraph that a place of the draft is in."""
        text = self.draft.report.text
        start, end = text.rfind("\n", 0, span.start) + 1, text.find("\n", span.end)
        return Span(start, end if end > start else len(text))


_MOST = 0.6


def _covered(span: Span, told: Told) -> int:
    """How many characters of a place are part of a statement's content."""
    pieces = told.attribution.content if told.attribution else ()
    return sum(max(0, min(span.end, piece.end) - max(span.start, piece.start)) for piece in pieces)


def telling_words(name: str) -> frozenset[str]:
    """The words of a name that tell it apart, in lower case."""
    return frozenset(word.lower() for word in _WORD.findall(name) if word.lower() not in _PLAIN)


def surname(party: Party) -> str:
    """The last word of a person's name; of all others the whole name."""
    return party.name.split()[-1] if party.kind is PartyKind.PERSON and party.named else party.name


def _name_words(party: Party) -> frozenset[str]:
    return telling_words(party.name)
