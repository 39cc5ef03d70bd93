"""What a check gives: flags, the findings that house rules make of them, and what the desk has of each statement."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.standing import Status


class Severity(StrEnum):
    """How much a finding matters; `OFF` says that a house does not want it."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    OFF = "off"


class Agreement(StrEnum):
    """How a statement of the draft stands to the one on the desk."""

    EXACT = "exact words"
    REWORDED = "other words"
    SAME_CLAIM = "the same in substance"
    OPPOSITE = "the opposite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of one report on the desk, with their exact place, who says them there and in which statement."""

    report: str
    span: Span
    words: str
    outlet: str | None = None
    published: str | None = None
    speaker: str | None = None
    attribution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """What one check found at one place of the draft; `span` is None for what the draft leaves out."""

    check: str
    span: Span | None
    message: str
    passages: tuple[Passage, ...] = ()
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a house: which check it asks for, how much it matters, where it is published, what to do.

    `pattern` is what the check "words" looks for.
    """

    id: str
    check: str
    severity: Severity
    rule: str
    do: str
    source: str
    pack: str
    pattern: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A flag under the rule that asked for it, with the words of the draft that it is about."""

    rule: Rule
    flag: Flag
    words: str

    @property
    def span(self) -> Span | None:
        """Where in the draft, None for what it leaves out."""
        return self.flag.span


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStatement:
    """One attributed statement of the draft and what the desk has of it: where, how near, and how its claim stands."""

    span: Span
    words: str
    speaker: str | None
    agreement: Agreement | None = None
    passages: tuple[Passage, ...] = ()
    claim: str | None = None
    claim_text: str | None = None
    status: Status | None = None
    origins: tuple[int, int] | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedDraft:
    """A draft with all that was found, in the order of its text; what it leaves out comes last."""

    draft: Report
    story: str
    packs: tuple[str, ...]
    findings: tuple[Finding, ...]
    statements: tuple[CheckedStatement, ...]
    notes: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many findings are of a severity."""
        return sum(one.rule.severity is severity for one in self.findings)


class Lines:
    """Places of a text as an editor counts them."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a character, both from one.

        Example:
            >>> Lines("One line.\\nAnother.").place(11)
            (2, 2)
        """
        number = bisect_right(self._starts, at)
        return number, at - self._starts[number - 1] + 1
