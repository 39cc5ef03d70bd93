"""The same content across reports, and judged relations between statements."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.span import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One attribution's stance to one claim; `passage` is the part of its content that bears on it.

    `loose` where it only lies near the claim: it is shown beside it, and neither weighed nor held against anybody.
    """

    attribution: str
    stance: Act
    passage: Spans = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One proposition in words a desk would use; `formerly` holds the ids it had before a merge."""

    id: str
    text: str
    members: tuple[Member, ...]
    formerly: tuple[str, ...] = ()

    def stance_of(self, attribution: str) -> Act | None:
        """The stance of an attribution to this claim, None where it bears no relation."""
        return next((member.stance for member in self.members if member.attribution == attribution), None)


class Relation(StrEnum):
    """What two statements are to each other."""

    SAME = "same"
    CONTRADICTS = "contradicts"
    CORRECTS = "corrects"
    RETRACTS = "retracts"
    COPIES = "copies"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A judged relation of two attributions, with the score and the reasons that a person can check."""

    left: str
    right: str
    relation: Relation
    score: float
    reasons: tuple[str, ...] = ()
    by: str = ""


class ConflictKind(StrEnum):
    """In what two statements cannot both hold."""

    DENIAL = "denial"
    NUMBER = "number"
    TIME = "time"
    PLACE = "place"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two attributions that cannot both hold; `claim` is the left side's claim."""

    claim: str
    left: str
    right: str
    kind: ConflictKind
    reasons: tuple[str, ...] = ()


class Edit(StrEnum):
    """How a stretch of one wording stands to the earliest wording."""

    SAME = "same"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One stretch of a wording held against the earliest wording, word by word."""

    edit: Edit
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One attribution's wording of a quote, with its differences from the earliest one.

    A wording of another part of what was said is held `against` the earliest one of that part, if there is one before.
    """

    attribution: str
    against: str | None = None
    differences: tuple[Difference, ...] = ()
    meaning_changed: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One utterance quoted in several reports; the first wording is the earliest."""

    members: tuple[str, ...]
    drift: bool
    wordings: tuple[Wording, ...] = ()
    partial: bool = False
