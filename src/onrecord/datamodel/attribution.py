"""Source, cue and content: what is credited to whom."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.span import Spans


class Mode(StrEnum):
    """How much of the content stands in quotation marks: all, none, some."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """What a source does with a content; also the stance of an attribution to a claim."""

    ASSERTS = "asserts"
    CONFIRMS = "confirms"
    DENIES = "denies"
    NOT_CONFIRMED = "not-confirmed"
    NO_COMMENT = "no-comment"
    RETRACTS = "retracts"
    ASKS = "asks"


SUPPORT = frozenset({Act.ASSERTS, Act.CONFIRMS})
DENIAL = frozenset({Act.DENIES, Act.RETRACTS})
NEITHER = frozenset({Act.NOT_CONFIRMED, Act.NO_COMMENT, Act.ASKS})


class Kind(StrEnum):
    """Whether somebody said something, or a plan, wish or feeling is reported of them."""

    SPEECH = "speech"
    ATTITUDE = "attitude"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What a tagger finds in a text: spans with a score in [0, 1] and the name and version of what made them.

    `act` is told where the source's data says it, and left to the words otherwise.
    """

    source: Spans
    cue: Spans
    content: Spans
    score: float
    kind: Kind = Kind.SPEECH
    made_by: str
    act: Act | None = None

    def __post_init__(self) -> None:
        if not self.content:
            raise ValueError("a tag needs content")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One attributed statement of one report.

    `speaker` is a party's id, None while unresolved. `relay` names who passed it on, from the report's side to the
    origin's side. `named` says whether the origin is named. `terms` are the words of anonymity or refusal.
    `outer_of` lists the attributions inside the content of one that only passes them on.
    """

    id: str
    report: str
    source: Spans
    cue: Spans
    content: Spans
    mode: Mode
    act: Act
    speaker: str | None = None
    relay: tuple[str, ...] = ()
    named: bool = False
    terms: str | None = None
    hedged: bool = False
    said_at: Moment | None = None
    outer_of: tuple[str, ...] = ()
    kind: Kind = Kind.SPEECH
    confidence: float = 1.0
    made_by: str = ""
    reasons: tuple[str, ...] = ()
