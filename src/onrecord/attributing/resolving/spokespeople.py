"""Who speaks for somebody else by trade: a body's spokesman is the body, a person's publicist is the person's."""

from __future__ import annotations

import re

from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.mentions.tokens import after_titles, tokenize
from onrecord.attributing.resolving.context import DocumentContext, Resolution
from onrecord.attributing.resolving.descriptions import resolve_description
from onrecord.attributing.resolving.naming.identity import Identity, normalize_name
from onrecord.attributing.resolving.organizations import resolve_described_body, resolve_named_body, resolve_outlet
from onrecord.datamodel.party import PartyKind

_TRADE = (
    r"(?:spokes(?:man|woman|person|men|women|people|persons)|press (?:secretary|officer|office)|publicists?|(?:PR |"
    r"press )?reps?|"
    r"(?:PR |press )?representatives?)"
)
_FOR = re.compile(rf"(?:[\w’'-]+ ){{0,3}}?{_TRADE} (?:for|of|from|at|with|in|to) (?P<owner>.+)", re.IGNORECASE)
_OWN = re.compile(
    rf"(?:(?:an?|the|one|two|another|some|his|her|their|its) )?(?P<owner>.+?)(?:['’]s?)? (?:(?:own|chief|senior|"
    rf"official|top|deputy) )?{_TRADE}",
    re.IGNORECASE,
)
_TAIL = re.compile(r",| (?:who|which|that)\b| \(")
_BODIES = (MentionType.BODY, MentionType.OUTLET, MentionType.BODY_DESCRIPTION)


def resolve_spokesperson(context: DocumentContext, mention: Mention, at: int) -> Resolution | None:
    """Who an unnamed spokesman is: the body itself, or a party known by the person named; None for others."""
    if mention.type not in (MentionType.UNNAMED, MentionType.DESCRIPTION, MentionType.PERSON, MentionType.NAME):
        return None
    phrase = _TAIL.split(mention.words, maxsplit=1)[0]
    match = _FOR.fullmatch(phrase) or _OWN.fullmatch(phrase)
    if match is None:
        return None
    owner = match["owner"].strip()
    read = read_mention(owner)
    if mention.type in (MentionType.PERSON, MentionType.NAME) and not _is_of(owner, mention):
        return None
    personal = read.type is MentionType.PERSON or (
        read.type is MentionType.NAME and context.person_index.find(read.name, at) is not None
    )
    if not personal and read.type not in _BODIES and not owner.lower().startswith("the "):
        again = read_mention(f"the {owner}")
        read = again if again.type in (*_BODIES, MentionType.DESCRIPTION) else read
    if read.type in _BODIES:
        return _body(context, read, at)
    person = context.person_index.find(read.name, at) if read.type in (MentionType.PERSON, MentionType.NAME) else None
    if person is not None:
        return _of_person(person.full_name, mention)
    if read.type is MentionType.DESCRIPTION:
        identity, named = resolve_description(context, read, at)
        return _of_person(identity.name, mention) if named and identity.person_name else None
    return _of_person(read.name, mention) if read.type is MentionType.PERSON else None


def _is_of(owner: str, mention: Mention) -> bool:
    """Whether the person read in a phrase is whose spokesman it is: "Tam Ode's publicist", not "aide Tam Ode"."""
    name = " ".join(after_titles(tokenize(owner))[1])
    return bool(name) and name in (mention.name, mention.name.split(" ")[-1])


def _body(context: DocumentContext, read: Mention, at: int) -> Resolution | None:
    if read.type is MentionType.BODY:
        identity, named = resolve_named_body(context, read)
    elif read.type is MentionType.OUTLET:
        identity, named = resolve_outlet(context, read)
    else:
        identity, named = resolve_described_body(context, read, at)
    return (identity, True) if named else None


def _of_person(name: str, mention: Mention) -> Resolution:
    """One who speaks for a person, under whatever name of the trade: "Ada Lorne's publicist", "a rep for Lorne"."""
    identity = Identity(
        key=f"speaks for {normalize_name(name)}",
        name=f"{name}'s spokesperson",
        kind=PartyKind.PERSON,
        alias=mention.words,
        gender=mention.gender,
    )
    return identity, True
