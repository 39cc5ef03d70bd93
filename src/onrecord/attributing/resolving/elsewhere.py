"""The persons of all reports of a story, found by name word and by role."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.resolving.matching import fold


class Elsewhere:
    """Figures of every report, for words that their own report does not resolve."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._by_last: dict[str, Figure] = {}
        self._by_role: dict[str, list[Figure]] = {}
        for figure in figures:
            self._by_last.setdefault(fold(figure.last), figure)
            for role in figure.roles:
                self._by_role.setdefault(role, []).append(figure)

    def called(self, name: str) -> Figure | None:
        """The first person with a name's last word for a surname."""
        return self._by_last.get(fold(name.split()[-1]))

    def in_role(self, roles: Iterable[str]) -> list[Figure]:
        """The persons of whom one of the roles is told, each once, in the order of the story."""
        found: dict[int, Figure] = {}
        for role in sorted(roles):
            for figure in self._by_role.get(role, ()):
                found.setdefault(id(figure), figure)
        return list(found.values())
