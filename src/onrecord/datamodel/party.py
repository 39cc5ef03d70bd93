"""Who is credited, over all reports of a story."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GROUP = "group"
    DOCUMENT = "document"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A speaker, over all reports of a story.

    `speaks_for` is the id of the body a spokesman speaks for. `doubtful` marks a document of doubtful standing (leaked,
    draft, unsigned) that its author has not owned; `origin` is the party with which a document is one origin. `outlet`
    marks a news outlet, whose own unattributed word is nobody's on the record.
    """

    id: str
    name: str
    kind: PartyKind = PartyKind.UNKNOWN
    named: bool = True
    role: str | None = None
    aliases: tuple[str, ...] = ()
    speaks_for: str | None = None
    doubtful: bool = False
    outlet: bool = False
    origin: str | None = None
