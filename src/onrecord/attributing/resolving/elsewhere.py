"""The persons of all reports of a story, found by name word and by role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.resolving.matching import fold

# What is asked of all reports, and what is told of the figures that answer it.
Question = tuple[str, ...]
Told = tuple[tuple[str, ...], frozenset[str], str, str, str]
Answers = Mapping[Question, tuple[Told, ...]]

_CALLED, _IN_ROLE = "called", "in role"


class Elsewhere:
    """Figures of every report, for words that their own report does not resolve."""

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        self._by_last: dict[str, Figure] = {}
        self._by_role: dict[str, dict[Told, Figure]] = {}
        self._answered: dict[Question, tuple[Told, ...]] = {}
        for figure in figures:
            self._by_last.setdefault(fold(figure.last), figure)
            told = _told(figure)
            for role in figure.roles:
                self._by_role.setdefault(role, {}).setdefault(told, figure)

    def called(self, name: str) -> Figure | None:
        """The first person with a name's last word for a surname."""
        return self._by_last.get(fold(name.split()[-1]))

    def in_role(self, roles: Iterable[str]) -> list[Figure]:
        """The persons of whom one of the roles is told, each once, in the order of the story."""
        found: dict[Told, Figure] = {}
        for role in sorted(roles):
            for told, figure in self._by_role.get(role, {}).items():
                found.setdefault(told, figure)
        return list(found.values())

    def answer(self, question: Question) -> tuple[Told, ...]:
        """What is told of the persons who answer a question."""
        if question not in self._answered:
            kind, *words = question
            found = [self.called(words[0])] if kind == _CALLED else self.in_role(words)
            self._answered[question] = tuple(_told(figure) for figure in found if figure is not None)
        return self._answered[question]

    def still_answers(self, answers: Answers) -> bool:
        """Whether the same questions have the same answers."""
        return all(self.answer(question) == told for question, told in answers.items())


class Asking(Elsewhere):
    """The same figures, for one report: what it asks is kept with the answers."""

    def __init__(self, everybody: Elsewhere) -> None:
        self._everybody = everybody
        self.answers: dict[Question, tuple[Told, ...]] = {}

    def called(self, name: str) -> Figure | None:
        """The first person with a name's last word for a surname."""
        self._asked((_CALLED, name))
        return self._everybody.called(name)

    def in_role(self, roles: Iterable[str]) -> list[Figure]:
        """The persons of whom one of the roles is told, each once, in the order of the story."""
        question = sorted(roles)
        self._asked((_IN_ROLE, *question))
        return self._everybody.in_role(question)

    def _asked(self, question: Question) -> None:
        self.answers[question] = self._everybody.answer(question)


def _told(figure: Figure) -> Told:
    """All that another report takes from a figure; where it stands in its own text is of no account there."""
    return figure.name, frozenset(figure.roles), figure.body, figure.gender, figure.description
