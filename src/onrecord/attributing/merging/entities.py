"""Parties with all that the reports tell of them, as pairs of them are compared."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.attributing.lexicon.cues import ANONYMITY
from onrecord.datamodel.party import Party, PartyKind

_WORD = re.compile(r"[\w@'’.-]*\w")
_CAPITAL = re.compile(r"\b[A-Z][\w'’.-]*\w")
_PREPOSITION = re.compile(r" (?:of|from|by|in|who|on|at|for|with|close|to) ")
_SMALL = frozenset(
    """the a an of for to in at on by from and his her their its said says who which that unnamed other new one
    this""".split()
)
PRONOUNS = frozenset("he she they it we i who him her them you".split())
# Nouns of what is published, its publishers among them: a report and its outlet are one origin.
PUBLICATIONS = frozenset(
    """report reports article story piece post posts blog paper newspaper website site publication magazine outlet
    network channel tabloid newscast profile column item message letter memo document statement tweet page email
    directive video recording study note broadcaster press-release release media press news""".split()
)
_ANONYMITY = re.compile(ANONYMITY, re.IGNORECASE)
_POSSESSED = re.compile(r"(?:his|her|their) \w", re.IGNORECASE)
_COUNTS = frozenset("one two three four five several some many another other".split())
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class PartyMention:
    """One statement of a party: its report, its number in the report's order, and its words."""

    party: str
    report: str
    number: int
    source: str
    content: str
    relay: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Lower-case words without small ones and possessive endings."""
    found = (word.strip("'’.").lower() for word in _WORD.findall(text))
    plain = (word.removesuffix("'s").removesuffix("’s") for word in found)
    return [word for word in plain if word and word not in _SMALL]


def squashed(text: str) -> str:
    """Letters and digits alone: "J.J. Abrams" and "J J Abrams" are alike."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def trigrams(text: str) -> frozenset[str]:
    """All runs of three characters."""
    padded = f" {text.lower()} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))


@dataclass(frozen=True)
class PartyEntity:
    """A party and its mentions."""

    party: Party
    mentions: tuple[PartyMention, ...]

    @cached_property
    def name(self) -> str:
        """Its name without "unnamed"."""
        return self.party.name.removeprefix("unnamed ")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its name and some aliases."""
        return (self.name, *self.party.aliases[:4])

    @cached_property
    def name_words(self) -> tuple[str, ...]:
        """The words of its name in order."""
        return tuple(words_of(self.name))

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The words that stand for it, each wording once."""
        return tuple(dict.fromkeys(mention.source for mention in self.mentions))

    @cached_property
    def source_words(self) -> tuple[frozenset[str], ...]:
        """The words of each wording."""
        return tuple(frozenset(words_of(source)) for source in self.sources)

    @cached_property
    def squashed_sources(self) -> tuple[str, ...]:
        """The wordings, squashed."""
        return tuple(squashed(source) for source in self.sources)

    @cached_property
    def description(self) -> frozenset[str]:
        """All words that tell who it is."""
        told = (*self.sources, self.party.role or "", self.name)
        return frozenset(word for text in told for word in words_of(text)) - PRONOUNS

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Its capitalised words: names, places, bodies."""
        found = (word for text in (*self.sources, self.name) for word in _CAPITAL.findall(text))
        return frozenset(word.strip("'’.").lower() for word in found if word.lower() not in _SMALL)

    @cached_property
    def heads(self) -> frozenset[str]:
        """The last word before a preposition of each wording: "source" of "a source close to the group"."""
        phrases = (_PREPOSITION.split(source.lower())[0].split() for source in self.sources)
        return frozenset(phrase[-1].rstrip(".,'’") if phrase else "" for phrase in phrases)

    @cached_property
    def head(self) -> str:
        """The last word of its name."""
        return self.name_words[-1] if self.name_words else ""

    @cached_property
    def is_pronoun(self) -> bool:
        """Whether only pronouns stand for it."""
        return all(source.lower() in PRONOUNS for source in self.sources)

    @cached_property
    def is_unstated(self) -> bool:
        """Whether no words stand for it."""
        return not any(self.sources)

    @cached_property
    def is_publication(self) -> bool:
        """Whether it is a document, or is called by a noun of what is published."""
        return self.party.kind is PartyKind.DOCUMENT or any(word in PUBLICATIONS for word in self.name_words)

    @cached_property
    def is_name(self) -> bool:
        """Whether it is called by a name, not "the newspaper"."""
        return self.party.named and not (self.is_publication and not self.capitals)

    @cached_property
    def is_possessed(self) -> bool:
        """Whether it is told of as somebody's: "her lawyer"."""
        return any(_POSSESSED.match(source) for source in self.sources)

    @cached_property
    def is_promised_anonymity(self) -> bool:
        """Whether it has no name, and a report tells that it asked for none or might not speak."""
        return not self.party.named and any(_ANONYMITY.search(source) for source in self.sources)

    @cached_property
    def is_named_person(self) -> bool:
        """Whether it is a person with a name."""
        return self.party.named and self.party.kind is PartyKind.PERSON

    @cached_property
    def is_plural(self) -> bool:
        """Whether one of its heads ends like a plural."""
        return any(head.endswith("s") for head in self.heads)

    @cached_property
    def counts(self) -> frozenset[str]:
        """Words of number that tell it from others of its kind."""
        return frozenset(word for word in self.description if word in _COUNTS or word.isdigit())

    @cached_property
    def positions(self) -> dict[str, tuple[int, ...]]:
        """The numbers of its statements by report, in order."""
        found: dict[str, list[int]] = defaultdict(list)
        for mention in self.mentions:
            found[mention.report].append(mention.number)
        return {report: tuple(sorted(numbers)) for report, numbers in found.items()}

    @cached_property
    def contents(self) -> tuple[tuple[str, frozenset[str]], ...]:
        """Report and words of each statement that has some."""
        found = ((mention.report, frozenset(words_of(mention.content))) for mention in self.mentions)
        return tuple((report, words) for report, words in found if len(words) >= _SHORTEST)

    @cached_property
    def relays(self) -> tuple[str, ...]:
        """Who passed its statements on, squashed."""
        return tuple(dict.fromkeys(squashed(name) for mention in self.mentions for name in mention.relay))


def entities_of(parties: Sequence[Party], mentions: Iterable[PartyMention]) -> list[PartyEntity]:
    """The parties that said something, in order, with their mentions."""
    said: dict[str, list[PartyMention]] = defaultdict(list)
    for mention in mentions:
        said[mention.party].append(mention)
    return [PartyEntity(party, tuple(said[party.id])) for party in parties if party.id in said]
