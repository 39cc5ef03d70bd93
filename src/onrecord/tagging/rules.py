"""Attributions by grammar and typography alone: what a user without the weights works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.datamodel.attribution import Tag
from onrecord.tagging.drafts import Draft, finished
from onrecord.tagging.grammar.masking import Masked, mask
from onrecord.tagging.grammar.parsing import LONGEST_SENTENCE, parsed
from onrecord.tagging.grammar.sentence import Sentence
from onrecord.tagging.grammar.statements import drafts
from onrecord.tagging.typography.continuing import continued
from onrecord.tagging.typography.lines import lines
from onrecord.tagging.typography.paragraphs import Paragraph, paragraphs

NAME = "rules 1"


class RulesTagger:
    """Cue verbs with their subject and complement, "according to", noun cues, colons, posts and paired marks."""

    name = NAME

    def tag(self, text: str) -> tuple[Tag, ...]:
        """The attributions of one text, by place."""
        return next(self.tag_many([text]))

    def tag_many(self, texts: Iterable[str]) -> Iterator[tuple[Tag, ...]]:
        """The attributions of many texts, in order; raises BackendError where spaCy has no English model."""
        for text in texts:
            parts = paragraphs(text)
            wanted = [part for part in parts if part.promising]
            masks = [mask(text, part.start, part.end, part.quotes) for part in wanted]
            found: list[Draft] = []
            for part, masked, doc in zip(wanted, masks, parsed(one.text for one in masks), strict=True):
                found.extend(_of_paragraph(part, masked, doc, text))
            yield finished(continued(lines(parts, text, found), parts, text), text, NAME)


def _of_paragraph(part: Paragraph, masked: Masked, doc: Any, text: str) -> Iterator[Draft]:
    for tokens in doc.sents:
        # What the parser takes for one endless sentence is read in pieces.
        for first in range(0, len(tokens), LONGEST_SENTENCE):
            yield from drafts(Sentence(tokens[first : first + LONGEST_SENTENCE], masked, text, part.quotes))
