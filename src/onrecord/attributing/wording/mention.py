"""What the words of a source are found to be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What the words of a source are."""

    PERSON = "person"
    BODY = "body"
    OUTLET = "outlet"
    DOCUMENT = "document"
    NAME = "name"  # one capitalised word that only the report can tell
    HANDLE = "handle"
    UNNAMED = "unnamed"
    DESCRIPTION = "description"  # "the minister": refers to somebody told of elsewhere
    BODY_DESCRIPTION = "body-description"  # "the agency"
    PRONOUN = "pronoun"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A source's words, read.

    `roles` are the lower-case words of a description, `body` is what a person belongs to, `author` is a document's,
    `gender` is m, f or empty (for pronouns their kind). `claimed` marks somebody who only claims to be so called.
    """

    words: str
    sort: Sort
    name: str = ""
    roles: tuple[str, ...] = ()
    body: str = ""
    gender: str = ""
    plural: bool = False
    claimed: bool = False
    author: str = ""
