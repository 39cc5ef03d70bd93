"""Who a source is, before it is held against the other reports."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.datamodel.party import PartyKind

UNSTATED = "an unstated source"
"""The name of a party for words that are credited to nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A party of one report; equal `key`s are one party over all reports of a story.

    `figure` is the full name of a person, to be merged with fuller names elsewhere. `named` says whether the party
    has a name at all. `loose` marks an unnamed party that is told apart by its relay or outlet.
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
    figure: tuple[str, ...] = ()
    loose: bool = False


def body(name: str, *, outlet: bool = False, alias: str = "") -> Identity:
    """An organization by its one name."""
    return Identity(
        key=f"body {plain(name)}", name=name, kind=PartyKind.ORGANIZATION, gender="n", outlet=outlet, alias=alias
    )


def plain(name: str) -> str:
    """A name for comparing: case, a leading article and the kind of apostrophe ignored."""
    return " ".join(name.replace("’", "'").split()).casefold().removeprefix("the ")


def acronym(name: str) -> str:
    """The capitals with which the words of a name begin."""
    return "".join(word[0] for word in name.split() if word[:1].isupper())


def person(figure: Figure, mention: Mention) -> Identity:
    """A person of the cast as an identity."""
    return Identity(
        key=f"person {plain(figure.full)}",
        name=figure.full,
        kind=PartyKind.PERSON,
        role=figure.description or None,
        alias=mention.words if mention.sort is not Sort.PRONOUN else "",
        gender=figure.gender,
        figure=figure.name,
    )
