"""The persons of all reports of a story, by surname and by role: the cross-document index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.attributing.resolving.naming.name_matching import fold_word
from onrecord.attributing.resolving.naming.person_mentions import Person

# A query to the index, and the records of the persons who answer it.
Question = tuple[str, ...]
PersonRecord = tuple[tuple[str, ...], frozenset[str], str, str, str]
Answers = Mapping[Question, tuple[PersonRecord, ...]]

_CALLED, _IN_ROLE = "called", "in role"


class StoryPeople:
    """Persons of every report, for sources that their own report does not resolve."""

    def __init__(self, persons: Iterable[Person] = ()) -> None:
        self._by_last: dict[str, Person] = {}
        self._by_role: dict[str, dict[PersonRecord, Person]] = {}
        self._answered: dict[Question, tuple[PersonRecord, ...]] = {}
        for person in persons:
            self._by_last.setdefault(fold_word(person.surname), person)
            record = _record(person)
            for role in person.roles:
                self._by_role.setdefault(role, {}).setdefault(record, person)

    def by_surname(self, name: str) -> Person | None:
        """The first person whose surname is the last word of a name."""
        return self._by_last.get(fold_word(name.split()[-1]))

    def with_role(self, roles: Iterable[str]) -> list[Person]:
        """The persons described by one of the roles, each once, in the order of the story."""
        people: dict[PersonRecord, Person] = {}
        for role in sorted(roles):
            for record, person in self._by_role.get(role, {}).items():
                people.setdefault(record, person)
        return list(people.values())

    def answer(self, question: Question) -> tuple[PersonRecord, ...]:
        """The records of the persons who answer a query."""
        if question not in self._answered:
            kind, *words = question
            people = [self.by_surname(words[0])] if kind == _CALLED else self.with_role(words)
            self._answered[question] = tuple(_record(person) for person in people if person is not None)
        return self._answered[question]

    def still_answers(self, answers: Answers) -> bool:
        """Whether the same queries still have the same answers."""
        return all(self.answer(question) == record for question, record in answers.items())


class RecordingStoryPeople(StoryPeople):
    """The same index for one report; records each query with its answer, which a cache compares later."""

    def __init__(self, people: StoryPeople) -> None:
        self._people = people
        self.answers: dict[Question, tuple[PersonRecord, ...]] = {}

    def by_surname(self, name: str) -> Person | None:
        """The first person whose surname is the last word of a name."""
        self._record_answer((_CALLED, name))
        return self._people.by_surname(name)

    def with_role(self, roles: Iterable[str]) -> list[Person]:
        """The persons described by one of the roles, each once, in the order of the story."""
        question = sorted(roles)
        self._record_answer((_IN_ROLE, *question))
        return self._people.with_role(question)

    def _record_answer(self, question: Question) -> None:
        self.answers[question] = self._people.answer(question)


def _record(person: Person) -> PersonRecord:
    """What another report takes from a person; offsets in the person's own report do not count."""
    return person.name, frozenset(person.roles), person.body, person.gender, person.description
