"""Who a source is, before it is held against the other reports."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.resolving.naming.person_mentions import Person
from onrecord.datamodel.party import PartyKind

UNSTATED = "an unstated source"
"""The name of a party for words that are credited to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A party of one report; equal `key`s are one party over all reports of a story.

    `person_name` is a person's full name, to be merged with fuller names of other reports. `named` says whether the
    party has a name at all. `outlet_scoped` marks an unnamed party that is kept apart by relay or outlet.
    """

    key: str
    name: str
    kind: PartyKind = PartyKind.UNKNOWN
    named: bool = True
    role: str | None = None
    alias: str = ""
    gender: str = ""
    plural: bool = False
    outlet: bool = False
    doubtful: bool = False
    speaks_for: str | None = None
    person_name: tuple[str, ...] = ()
    outlet_scoped: bool = False


def body_identity(name: str, *, outlet: bool = False, alias: str = "") -> Identity:
    """An organization by its one name."""
    return Identity(
        key=f"body {normalize_name(name)}",
        name=name,
        kind=PartyKind.ORGANIZATION,
        gender="n",
        outlet=outlet,
        alias=alias,
    )


def normalize_name(name: str) -> str:
    """A name for comparing: case, a leading article and the kind of apostrophe ignored."""
    return " ".join(name.replace("’", "'").split()).casefold().removeprefix("the ")


def acronym(name: str) -> str:
    """The capitals with which the words of a name begin."""
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def person_identity(person: Person, mention: Mention) -> Identity:
    """A person of the report as an identity."""
    return Identity(
        key=f"person {normalize_name(person.full_name)}",
        name=person.full_name,
        kind=PartyKind.PERSON,
        role=person.description or None,
        alias=mention.words if mention.type is not MentionType.PRONOUN else "",
        gender=person.gender,
        person_name=person.name,
    )
