"""Which parties are news outlets, whose own word is nobody's on the record: by list, by name, by what they do."""

from __future__ import annotations

import re
from collections.abc import Set

from onrecord.attributing.lexicon import outlets
from onrecord.datamodel.party import PartyKind

# "The report", "the paper", "the website" with nobody named behind it is some outlet's.
_DESCRIBED = re.compile(
    r"the (?:[\w’'-]+ )*(?:reports?|articles?|story|stories|editorial|paper|newspaper|daily|tabloid|magazine|"
    r"publication|websites?|site|blog|portal|outlet|channel|network|station|broadcaster|agency|newswire|posts?|"
    r"headline|piece|page)",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:newspapers?|news|television|tv|radio|broadcast\w*|magazine|daily|tabloid|blog|media)\b|"
    r"\.(?:com|org|net|co\.\w+)$",
    re.IGNORECASE,
)
_MOST_WORDS = 8


def is_outlet(name: str, kind: PartyKind, named: bool, carriers: Set[str]) -> bool:
    """Whether a party is an outlet; `carriers` are the plain names of who passed statements on in its story."""
    if kind is PartyKind.DOCUMENT or (kind is PartyKind.ORGANIZATION and not named):
        return _DESCRIBED.fullmatch(name) is not None
    if not named or kind not in (PartyKind.ORGANIZATION, PartyKind.UNKNOWN):
        return False
    if kind is PartyKind.UNKNOWN and name.casefold() in outlets.PLATFORMS:
        return True
    return name.casefold() in carriers or _NAMED.search(name) is not None or _lists_one(name)


def _lists_one(name: str) -> bool:
    """Whether a name holds that of a known outlet: "CNN affiliate Seven Network", "BBC and Washington Post"."""
    words = re.sub(r"['’]s\b", "", name).split()[:_MOST_WORDS]
    runs = (words[start:end] for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    return any(outlets.outlet_of(" ".join(run)) for run in runs)
