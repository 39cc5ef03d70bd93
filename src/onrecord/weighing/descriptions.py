"""Whether two descriptions of sources could mean the same person or body."""

from __future__ import annotations

import re

from onrecord.datamodel.party import Party, PartyKind

_WORD = re.compile(r"[^\W\d_](?:[\w.'’-]*\w)?|\w+", re.UNICODE)

_EMPTY = frozenset(
    """a an the of in at on by for from to with and or who that which some several many few two three four five one
    other another at least more than unnamed anonymous unidentified senior top former current official officials source
    sources person people individual individuals aide aides figure figures familiar close matter situation briefed
    knowledge his her its their own high-ranking high-level ranking key unresolved report reports media news""".split()
)

# Roles that one and the same unnamed person is hardly described by in turn.
_ROLES: tuple[frozenset[str], ...] = tuple(
    frozenset(words.split())
    for words in (
        "official officials aide aides adviser advisers advisor advisors minister ministers diplomat diplomats "
        "spokesman spokeswoman spokesperson administration government ministry",
        "witness witnesses bystander bystanders onlooker passer-by resident residents neighbour neighbours neighbor",
        "analyst analysts expert experts observer observers economist economists scientist scientists researcher",
        "relative relatives family parent parents mother father wife husband friend friends",
        "lawmaker lawmakers senator senators congressman mp mps legislator legislators deputy",
        "doctor doctors nurse nurses medic medics surgeon hospital",
        "rebel rebels militant militants insurgent insurgents fighter fighters",
        "investor investors shareholder shareholders banker bankers trader traders",
        "lawyer lawyers attorney attorneys counsel prosecutor prosecutors",
        "employee employees worker workers staff staffer staffers",
    )
)

_SAME = (
    frozenset("u.s us usa american america washington".split()),
    frozenset("uk u.k british britain".split()),
    frozenset("dod defense defence pentagon military army".split()),
    frozenset("police officer officers detective detectives".split()),
    frozenset("eu european brussels".split()),
    frozenset("un u.n".split()),
)


def _stem(word: str) -> str:
    """A proper word without the ending that turns a country into its people ("Nigerian" → "niger")."""
    low = word.lower().strip(".'’").removesuffix("'s").removesuffix("’s")
    for group in _SAME:
        if low in group:
            return min(group)
    if word[:1].isupper():
        for ending in ("ians", "ian", "ans", "ans", "an", "ese", "ish", "is", "i", "ia", "a"):
            if low.endswith(ending) and len(low) - len(ending) >= 3:
                return low[: -len(ending)]
    return low


_CAPITAL = re.compile(r"(?:[a-z]{2,3}[-‑])?[A-Z]")


def _proper(party: Party) -> frozenset[str]:
    """The capitalised words that tell a description apart: nations, bodies, places."""
    return _capitalised(f"{party.name} {party.role or ''}")


def _capitalised(told: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(told) if _CAPITAL.match(word) and word.lower() not in _EMPTY)


def _roles(party: Party) -> frozenset[int]:
    low = {word.lower() for word in _WORD.findall(party.name)}
    return frozenset(number for number, group in enumerate(_ROLES) if low & group)


# The first group: what a spokesman may be called as well.
_OFFICIAL = 0


def could_be_same(left: Party, right: Party) -> str | None:
    """Why two parties could be one origin, or None where they cannot.

    Two named persons never are. Unnamed descriptions could be, unless their nations, bodies or trades differ; so could
    an unnamed source and a person or body that nothing in its description rules out. An outlet's own word may rest on
    anybody; so may a document's of which nobody knows who wrote it.
    """
    if left.outlet or right.outlet:
        outlet, other = (left, right) if left.outlet else (right, left)
        return f"{outlet.name} names no source of its own and may rest on “{other.name}”"
    if left.kind is PartyKind.DOCUMENT or right.kind is PartyKind.DOCUMENT:
        paper, other = (left, right) if left.kind is PartyKind.DOCUMENT else (right, left)
        return None if _proper(paper) else f"{paper.name} names no author and may be the word of “{other.name}”"
    if left.named and right.named:
        return _named_pair(left, right)
    if left.named or right.named:
        return _unnamed_and_named(*((right, left) if left.named else (left, right)))
    if _roles(left) and _roles(right) and not _roles(left) & _roles(right):
        return None
    ours, theirs = _proper(left), _proper(right)
    if ours and theirs and not ours & theirs:
        return None
    return f"“{left.name}” could be “{right.name}”"


# There is one such: "the leader of the union", "the harbour chief".
_OFFICE = re.compile(r"the (?:[\w’'-]+ )*?(?P<head>[a-z][\w-]+)(?= (?:of|for|at|in)\b|$)", re.IGNORECASE)


def _unnamed_and_named(unnamed: Party, named: Party) -> str | None:
    if _roles(unnamed) - _roles(named) - {_OFFICIAL}:
        return None
    told = _proper(unnamed)
    if told and not told & _proper(named):
        return None
    office = _OFFICE.match(unnamed.name)
    if office and named.role and office["head"].lower() not in named.role.lower():
        return None
    return f"“{unnamed.name}” could be {named.name}"


_SPOKESMAN = re.compile(r"\bspokes\w+|\bpress (?:secretary|officer)\b", re.IGNORECASE)
# "Ann Weber's office", "Weber’s spokesman".
_OWNED = re.compile(r"(?P<whose>[\w’'-]+(?: [\w’'-]+)*?)[’']s? [\w -]+")


def _named_pair(left: Party, right: Party) -> str | None:
    for one, other in ((left, right), (right, left)):
        owned = _OWNED.fullmatch(one.name)
        if owned and set(owned["whose"].casefold().split()) <= set(other.name.casefold().split()):
            return f"{one.name} may speak for {other.name}"
    if left.kind is PartyKind.PERSON and right.kind is PartyKind.PERSON:
        spoken = any(_SPOKESMAN.search(one.role or "") for one in (left, right))
        if spoken and _capitalised(left.role or "") & _capitalised(right.role or ""):
            return f"{left.name} and {right.name} may speak for one body"
        return None
    if _proper(left) & _proper(right):
        return f"{left.name} may speak for {right.name}"
    return None
