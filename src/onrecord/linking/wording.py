"""A clause that lost its subject or its verb, put as a sentence by who said it."""

from __future__ import annotations

import re

from onrecord.linking.clarity import finite

_GERUND = re.compile(r"^((?:\w+ly )?)([a-z]{2,})ing\b(.*)$", re.IGNORECASE | re.DOTALL)
_INFINITIVE = re.compile(r"^to have\b(.*)$", re.IGNORECASE | re.DOTALL)
_FIRST = re.compile(
    r"^I((?: (?:never|also|already|only|once|just))?) (have|am|was|had|did|will|would|could|can|should|might|\w+ed|"
    r"wrote|said|told|saw|knew|sent|took|made|gave|met|went|spoke|left|found|heard|felt|lost|won|ran|got|put)\b(.*)$",
    re.DOTALL,
)
_AGREE = {"have": "has", "am": "is"}
_PASTS = dict(
    pair.split("/")
    for pair in "send/sent hav/had be/was tak/took mak/made giv/gave know/knew meet/met do/did go/went pay/paid "
    "sell/sold steal/stole ly/lied writ/wrote speak/spoke tell/told say/said buy/bought break/broke see/saw leav/left "
    "hitt/hit putt/put com/came fight/fought find/found hold/held keep/kept lead/led los/lost read/read runn/ran "
    "sitt/sat hid/hid shoot/shot driv/drove teach/taught bring/brought catch/caught gett/got".split()
)
# "The office of failing to warn them", of which somebody accuses it; "the risk of failing" is no such thing.
_ACCUSED = re.compile(r"^((?:[\w’'.-]+ ){0,5}?(?P<head>[\w’'.-]+)) of (?P<verb>[a-z]{2,})ing\b(?P<rest>.*)$", re.DOTALL)
_THINGS = frozenset(
    "way ways possibility risk risks idea sign signs hope hopes plan plans chance chances cost means method process "
    "matter act acts practice danger fear fears prospect intention habit aim purpose task charge charges crime "
    "accusation allegation allegations suspicion point instead kind part question capable thought dream".split()
)
_NAMES_ACT = re.compile(r"(?:ing|[ts]ion|ment|ity|ance|ence)s?$", re.IGNORECASE)
_AND_ALSO = re.compile(r"^((?: \w+)? (?:and|or) )([a-z]{2,})ing\b")
_UNNAMED = re.compile(r"^(?:unnamed|unresolved|the letter|the memo|the report|the document)\b", re.IGNORECASE)


def spelled(text: str, speaker: str, refused: bool) -> str:
    """The clause with its speaker as subject: what Weber denies as "sending it" is "Weber sent it"."""
    accused = _ACCUSED.match(text)
    if (
        accused
        and not finite(text)
        and not _NAMES_ACT.search(accused["head"])
        and accused["head"].lower() not in _THINGS
    ):
        rest = _AND_ALSO.sub(lambda match: f"{match[1]}{_past(match[2])}", accused["rest"], count=1)
        return f"{accused[1]} {_past(accused['verb'])}{rest}"
    if not speaker or _UNNAMED.match(speaker):
        return text
    name = f"{speaker[:1].upper()}{speaker[1:]}"
    told = text[:1].lower() + text[1:] if not text.startswith("I ") else text
    gerund = _GERUND.match(told) if refused else None
    if gerund and gerund[2].lower() not in {"noth", "someth", "anyth", "everyth", "dur", "accord", "k", "th"}:
        return f"{name} {gerund[1]}{_past(gerund[2].lower())}{gerund[3]}"
    infinitive = _INFINITIVE.match(told)
    if infinitive:
        return f"{name} has{infinitive[1]}"
    first = _FIRST.match(told)
    if first and not re.search(r"\b(?:my|me|I|we|our)\b", first[3]):
        return f"{name}{first[1]} {_AGREE.get(first[2], first[2])}{first[3]}"
    return text


def _past(stem: str) -> str:
    """The past of a verb of which all but "ing" is told."""
    return _PASTS.get(stem, f"{stem}ed")
