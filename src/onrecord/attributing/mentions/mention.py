"""The mention of a source: its type and what its words say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class MentionType(StrEnum):
    """The type of a mention."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    DOCUMENT = "document"
    NAME = "name"  # one capitalised word that only the report can tell
    HANDLE = "handle"
    UNNAMED = "unnamed"
    DESCRIPTION = "description"  # "the minister": refers to somebody mentioned in another place
    BODY_DESCRIPTION = "body-description"  # "the agency"
    PRONOUN = "pronoun"
    IMPLICIT = "implicit"  # no source is written


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """The words of a source, analysed.

    `roles` are the lower-case words of a description, `body` is what a person belongs to, `author` is a document's,
    `gender` is m, f or empty (for pronouns their kind). `claimed` marks somebody who only claims to be so called.
    """

    words: str
    type: MentionType
    name: str = ""
    roles: tuple[str, ...] = ()
    body: str = ""
    gender: str = ""
    plural: bool = False
    claimed: bool = False
    author: str = ""
