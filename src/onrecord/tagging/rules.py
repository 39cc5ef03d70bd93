"""Attributions by grammar and typography alone: what a user without the weights works with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.datamodel.attribution import Tag
from onrecord.tagging.clauses import tags_of_sentence
from onrecord.tagging.drafts import Draft, finished
from onrecord.tagging.paragraphs import Paragraph, continued, lines, paragraphs
from onrecord.tagging.parsing import parser

NAME = "rules 1"
BATCH = 64


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
            docs = parser().pipe((part.text for part in wanted), batch_size=BATCH)
            drafts: list[Draft] = []
            for part, doc in zip(wanted, docs, strict=True):
                drafts.extend(_of_paragraph(part, doc))
            drafts.extend(lines(parts, text))
            yield finished(continued(drafts, parts, text), text, NAME)


def _of_paragraph(part: Paragraph, doc: Any) -> Iterator[Draft]:
    for sentence in doc.sents:
        yield from tags_of_sentence(sentence, part)
