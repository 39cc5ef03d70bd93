"""One published item, verbatim, and what is known about it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.span import Span


class Part(StrEnum):
    """What a passage of a report is, where it is not the report's running prose."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"
    DATELINE = "dateline"
    BYLINE = "byline"
    CAPTION = "caption"
    CREDIT = "credit"
    MENU = "menu"
    RELATED = "related"
    POST = "post"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    STAMP = "stamp"
    # Words that a reader of the page does not see, and words that it shows crossed out.
    HIDDEN = "hidden"
    STRUCK = "struck"
    # What a fact check's structured data says: who made the claim, the claim, its rating, who gives it.
    CLAIMANT = "claimant"
    CLAIM_REVIEWED = "claim-reviewed"
    RATING = "rating"
    REVIEWER = "reviewer"


# As pages, feeds and data sets write it: "en", "en-GB", "EN_us", "eng", "English (US)".
_ENGLISH = re.compile(r"\s*en(?:g(?:lish)?)?(?![a-z])", re.IGNORECASE)
# Parts in which nobody is quoted; statements are not looked for there.
FURNITURE = frozenset({
    Part.DATELINE, Part.BYLINE, Part.CAPTION, Part.CREDIT, Part.MENU, Part.RELATED, Part.STAMP, Part.WITHDRAWAL,
    Part.HIDDEN, Part.STRUCK,
})  # fmt: skip
# Parts of a fact check's structured data: their statements are told by the data, and looked for by no tagger.
REVIEWED = frozenset({Part.CLAIMANT, Part.CLAIM_REVIEWED, Part.RATING, Part.REVIEWER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A marked part of a report's text."""

    span: Span
    part: Part
    at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a network that is printed inside a report; `body` is what it says, `credit` its author line."""

    span: Span
    body: Span
    credit: Span
    author: str
    handle: str | None = None
    at: Moment | None = None


# The field of the evidence that an agency has withdrawn its item.
STATUS = "status"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One candidate value of a report's metadata and where it was found ("meta.json", "JSON-LD", "dateline")."""

    field: str
    value: str
    found_in: str
    chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Locus:
    """Where a stretch of the text stands in the raw input: bytes, and page and box or time code where there are."""

    span: Span
    start_byte: int | None = None
    end_byte: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    time_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One published item; `text` never changes, every span counts code points into it."""

    id: str
    text: str
    file: str
    sha256: str
    outlet: str | None = None
    published: Moment | None = None
    headline: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    captured: Moment | None = None
    reader: str = "text"
    passages: tuple[Passage, ...] = ()
    posts: tuple[Post, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    credits: tuple[str, ...] = ()
    doubtful: tuple[Span, ...] = ()
    loci: tuple[Locus, ...] = ()
    notes: tuple[str, ...] = ()
    truncated: bool = False
    revises: str | None = None

    @property
    def analysed(self) -> bool:
        """Whether statements are looked for: in English reports, and in those of which the language is not known."""
        return self.language is None or bool(_ENGLISH.match(self.language))

    @property
    def furniture(self) -> tuple[Span, ...]:
        """Passages in which no statement is looked for, in order."""
        return tuple(sorted(passage.span for passage in self.passages if passage.part in FURNITURE))

    @property
    def untagged(self) -> tuple[Span, ...]:
        """Passages in which no tagger looks: furniture, and a fact check's structured data."""
        return tuple(sorted(one.span for one in self.passages if one.part in FURNITURE or one.part in REVIEWED))


class Fate(StrEnum):
    """What became of one input."""

    READ = "read"
    DUPLICATE = "duplicate"
    REVISED = "revised"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One input and the one thing that became of it; `reason` says why it was not simply read and what to do."""

    input: str
    fate: Fate
    report: str | None = None
    reason: str | None = None
