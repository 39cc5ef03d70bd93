"""What every tagger can do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from onrecord.datamodel.attribution import Tag


class Tagger(Protocol):
    """Text in, tags out; the rules and the neural tagger are its two implementations."""

    @property
    def name(self) -> str:
        """Name and version, as it stands in `made_by`."""
        ...

    def tag(self, text: str) -> tuple[Tag, ...]:
        """The attributions of one text, by place."""
        ...

    def tag_many(self, texts: Iterable[str]) -> Iterator[tuple[Tag, ...]]:
        """The attributions of many texts, in order, in flat memory."""
        ...
