"""A document that a story turns on: what is told of it, by whom, and its text as the reports quote it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Difference
from onrecord.datamodel.span import Span, Spans


class FactKind(StrEnum):
    """What is told of a document."""

    AUTHOR = "author"
    ADDRESSEE = "addressee"
    DATE = "date"
    STATUS = "status"
    AUTHENTICITY = "authenticity"
    ROUTE = "route"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFact:
    """One thing that one report tells of a document; `span` is the exact words.

    `stance` says of a word on authenticity which side it takes. `attribution` is the statement in which it stands, and
    None where the report tells it in its own words; `holder` is the words for who says so where these are not that
    statement's source, and `speaker` the party they mean.
    """

    kind: FactKind
    report: str
    span: Span
    stance: Act | None = None
    attribution: str | None = None
    speaker: str | None = None
    holder: Spans = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentMention:
    """A place where a report names a document."""

    report: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One report's print of a fragment, held against the fullest print; `span` is without quotation marks."""

    report: str
    span: Span
    attribution: str | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A stretch of a document's text, the fullest print first.

    `follows` says whether it is known to stand behind the fragment before; `joined` whether with nothing between.
    """

    witnesses: tuple[Witness, ...]
    follows: bool = False
    joined: bool = False

    @property
    def differs(self) -> bool:
        """Whether a print of it has other words than the fullest, beyond being shorter."""
        return any(one.differences for one in self.witnesses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document over all reports of a story.

    `parties` are the parties that stand for it where its words are credited, `author` the party it is said to be from,
    `statements` the attributions that tell what it says, `owned` the attribution in which its author or who speaks for
    him owns it.
    """

    id: str
    name: str
    mentions: tuple[DocumentMention, ...]
    facts: tuple[DocumentFact, ...] = ()
    text: tuple[Fragment, ...] = ()
    statements: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    author: str | None = None
    doubtful: bool = False
    owned: str | None = None

    def told(self, kind: FactKind) -> tuple[DocumentFact, ...]:
        """The facts of one kind, in order of the reports."""
        return tuple(fact for fact in self.facts if fact.kind is kind)
