"""Where a claim stands, as of an instant; never whether it is true."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from onrecord.datamodel.moment import Moment


class Status(StrEnum):
    """Where a claim may stand (FORMATS.md, section 2)."""

    RETRACTED = "retracted"
    DENIED = "denied"
    DISPUTED = "disputed"
    CORROBORATED = "corroborated"
    SINGLE_ORIGIN = "single-origin"
    UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """One independent origin: what leads to it, whether it is on the record, and why it counts as one."""

    party: str | None
    attributions: tuple[str, ...]
    named: bool
    doubtful: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The number of independent origins that support a claim, as an interval with its reasons."""

    lo: int
    hi: int
    origins: tuple[Origin, ...] = ()
    reasons: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.lo <= self.hi:
            raise ValueError(f"origins need 0 <= lo <= hi, found [{self.lo}, {self.hi}]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A claim's status at an instant, the attributions it rests on, and the reason in one line."""

    claim: str
    as_of: Moment | None
    status: Status
    because: tuple[str, ...]
    reason: str
    rule: str
    origins: Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """When a claim's standing changed, from what to what, and the attributions that changed it."""

    claim: str
    at: Moment | None
    before: Status | None
    after: Status
    because: tuple[str, ...]
    reason: str
