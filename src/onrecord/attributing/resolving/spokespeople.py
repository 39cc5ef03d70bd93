"""Who speaks for somebody else by trade: a body's spokesman is the body, a person's publicist is the person's."""

from __future__ import annotations

import re

from onrecord.attributing.resolving.descriptions import described
from onrecord.attributing.resolving.identity import Identity, plain
from onrecord.attributing.resolving.institutions import described_body, named_body, outlet
from onrecord.attributing.resolving.scene import Found, Scene
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.words import after_titles, tokens
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
_BODIES = (Sort.BODY, Sort.OUTLET, Sort.BODY_DESCRIPTION)


def principal(scene: Scene, mention: Mention, at: int) -> Found | None:
    """Who an unnamed spokesman is: the body itself, or a party known by the person named; None for others."""
    if mention.sort not in (Sort.UNNAMED, Sort.DESCRIPTION, Sort.PERSON, Sort.NAME):
        return None
    told = _TAIL.split(mention.words, maxsplit=1)[0]
    match = _FOR.fullmatch(told) or _OWN.fullmatch(told)
    if match is None:
        return None
    owner = match["owner"].strip()
    read = read_mention(owner)
    if mention.sort in (Sort.PERSON, Sort.NAME) and not _is_of(owner, mention):
        return None
    personal = read.sort is Sort.PERSON or (read.sort is Sort.NAME and scene.cast.find(read.name, at) is not None)
    if not personal and read.sort not in _BODIES and not owner.lower().startswith("the "):
        again = read_mention(f"the {owner}")
        read = again if again.sort in (*_BODIES, Sort.DESCRIPTION) else read
    if read.sort in _BODIES:
        return _body(scene, read, at)
    figure = scene.cast.find(read.name, at) if read.sort in (Sort.PERSON, Sort.NAME) else None
    if figure is not None:
        return _of_person(figure.full, mention)
    if read.sort is Sort.DESCRIPTION:
        identity, named = described(scene, read, at)
        return _of_person(identity.name, mention) if named and identity.figure else None
    return _of_person(read.name, mention) if read.sort is Sort.PERSON else None


def _is_of(owner: str, mention: Mention) -> bool:
    """Whether the person read in a phrase is whose spokesman it is: "Tam Ode's publicist", not "aide Tam Ode"."""
    name = " ".join(after_titles(tokens(owner))[1])
    return bool(name) and name in (mention.name, mention.name.split(" ")[-1])


def _body(scene: Scene, read: Mention, at: int) -> Found | None:
    if read.sort is Sort.BODY:
        identity, named = named_body(scene, read)
    elif read.sort is Sort.OUTLET:
        identity, named = outlet(scene, read)
    else:
        identity, named = described_body(scene, read, at)
    return (identity, True) if named else None


def _of_person(name: str, mention: Mention) -> Found:
    """One who speaks for a person, under whatever name of the trade: "Ada Lorne's publicist", "a rep for Lorne"."""
    told = Identity(
        key=f"speaks for {plain(name)}",
        name=f"{name}'s spokesperson",
        kind=PartyKind.PERSON,
        alias=mention.words,
        gender=mention.gender,
    )
    return told, True
