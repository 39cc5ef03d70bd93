"""A parsed sentence whose tokens know their places in the text."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from onrecord.datamodel.quotation import Quotation
from onrecord.datamodel.span import Spans
from onrecord.tagging.drafts import piece
from onrecord.tagging.grammar.cues import SPEECH, VERBS
from onrecord.tagging.grammar.masking import STAND_IN, Masked


class Sentence:
    """One parsed sentence; places count characters of the whole text."""

    def __init__(self, tokens: Any, masked: Masked, text: str, quotes: tuple[Quotation, ...]) -> None:
        self.tokens = tokens
        self.masked = masked
        self.text = text
        whole = masked.span(tokens.start_char, tokens.end_char)
        self.start, self.end = whole.start, whole.end
        self.quotes = tuple(one for one in quotes if one.outer.start < self.end and self.start < one.outer.end)

    def at(self, token: Any) -> int:
        """Where a token starts."""
        return self.masked.span(token.idx, token.idx + len(token)).start

    def after(self, token: Any) -> int:
        """Where a token ends."""
        return self.masked.span(token.idx, token.idx + len(token)).end

    def words(self, start: int, end: int) -> str:
        """The words between two places."""
        return self.text[start : max(start, end)]

    def piece(self, start: int, end: int) -> Spans:
        """A trimmed span within the sentence."""
        return piece(max(start, self.start), min(end, self.end), self.text)

    def quote_of(self, token: Any) -> Quotation | None:
        """The quotation that a token stands in for."""
        return self.masked.quote_at(token.idx)

    def inside(self, token: Any) -> bool:
        """Whether a token lies within quotation marks."""
        place = self.at(token)
        return self.quote_of(token) is not None or any(one.inner.start <= place < one.inner.end for one in self.quotes)

    @cached_property
    def stand_ins(self) -> tuple[tuple[Any, Quotation], ...]:
        """The words that stand for quoted sentences, with the quotations, in order."""
        found = []
        for token in self.tokens:
            quote = self.quote_of(token) if token.text == STAND_IN else None
            if quote is not None:
                found.append((token, quote))
        return tuple(found)

    @cached_property
    def cue_verbs(self) -> tuple[tuple[Any, str], ...]:
        """The verbs that may attribute, outside of quotation marks, each with its base form."""
        return tuple(
            (token, VERBS[token.lower_])
            for token in self.tokens
            if token.lower_ in VERBS and _verbal(token) and not self.inside(token)
        )


def _verbal(token: Any) -> bool:
    """Whether the tagger sees a verb, or a form that is one in all likelihood ("said", "told")."""
    if token.dep_ in ("amod", "compound"):
        return False
    if token.lower_ in ("put", "puts"):
        return bool(token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "it")
    return token.tag_.startswith("VB") or (token.lower_ in ("said", "told", "says") and token.lower_ in SPEECH)
