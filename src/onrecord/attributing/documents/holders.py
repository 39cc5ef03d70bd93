"""Who says what stands at a place of a report: the statement that covers it, or the report in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.attributing.resolving.naming.identity import normalize_name
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.party import Party
from onrecord.datamodel.quotation import quoted_flags
from onrecord.datamodel.span import Span, Spans


@dataclass(frozen=True, slots=True)
class Holder:
    """Who says so: the statement it stands in, and where another is named as who says it, words and party of his."""

    attribution: str | None = None
    speaker: str | None = None
    words: Spans = ()


def names_of(parties: Iterable[Party]) -> dict[str, str]:
    """The id of each party by the names it goes by."""
    return {normalize_name(name): party.id for party in parties for name in (party.name, *party.aliases) if name}


class Statements:
    """One report's attributions by place; `called` are the story's parties by name."""

    def __init__(self, text: str, said: Sequence[Attribution], called: Mapping[str, str]) -> None:
        self.text = text
        self._said = sorted(said, key=lambda one: sum(map(len, one.content)))
        self._quoted = quoted_flags(text)
        self._called = called

    def covering(self, span: Span) -> Attribution | None:
        """The innermost statement in whose content a span stands."""
        return next(
            (one for one in self._said if one.source and any(piece.covers(span) for piece in one.content)), None
        )

    def told_by(self, verb: Span) -> Attribution | None:
        """The statement whose cue holds a verb and whose source is written."""
        cued = (one for one in self._said if one.source and any(piece.overlaps(verb) for piece in one.cue))
        return next(cued, None)

    def quoted(self, span: Span) -> bool:
        """Whether a span stands in quotation marks."""
        return any(start <= span.start and span.end <= end for start, end in self._quoted)

    def by(self, span: Span) -> Holder:
        """Who says what a span says."""
        one = self.covering(span)
        return Holder(one.id, one.speaker) if one else Holder()

    def named(self, phrase: Span, at: Span) -> Holder:
        """Somebody named by a phrase as who says it, inside whatever statement covers the place."""
        around = self.covering(at)
        for one in self._said:
            if any(piece.overlaps(phrase) for piece in one.source) and not (around and around is one):
                return Holder(one.id, one.speaker)
        return Holder(around.id if around else None, self.party(phrase), (phrase,))

    def party(self, phrase: Span) -> str | None:
        """The party that a phrase names or ends with; None where none does, or two do."""
        words = normalize_name(phrase.of(self.text))
        if words in self._called:
            return self._called[words]
        ends = [ident for name, ident in self._called.items() if len(name) > 4 and words.endswith(" " + name)]
        return ends[0] if len(set(ends)) == 1 else None
