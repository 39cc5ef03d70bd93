"""Whose aide, wife or lawyer somebody is: what happened to an aide did not happen to whom the aide serves."""

from __future__ import annotations

import re
from functools import lru_cache

_WHO = (
    r"(?:(?:chief|senior|close|top|former|late|younger|older|elder|longtime|personal|deputy)\s)*"
    r"(?:aide|adviser|advisor|assistant|spokes(?:man|woman|person)|lawyer|attorney|wife|husband|widow|"
    r"brother|sister|son|daughter|father|mother|uncle|aunt|cousin|nephew|niece|relative|girlfriend|boyfriend|"
    r"bodyguard|driver|courier|lieutenant|neighbou?r|stepson|stepdaughter|stepfather|stepmother|grandson|"
    r"granddaughter|grandfather|grandmother)s?"
)
_NAME = r"[A-Z][\w’'-]*[\w](?: (?:al-|el-|bin |ibn )?[A-Z][\w-]*)*"
_OFFICE = r"(?:(?:[A-Z]{2,}|[A-Z][\w-]+) )?(?:leader|chief|president|minister|boss|commander|founder|head) "
_SERVES = re.compile(
    rf"(?P<name>{_NAME}?)[’']s?\s(?P<who>{_WHO})\b|"
    rf"\b(?P<of>{_WHO})\s(?:to|of|for)\s(?:the\s)?(?:{_OFFICE}|(?:[a-z]+\s){{0,2}})(?P<to>{_NAME})"
)
_WORD = re.compile(r"[^\W_]+")


def anothers(left: str, right: str) -> tuple[str, str] | None:
    """Whose person one text speaks of, and the name that the other tells for itself; None where there is no such.

    Example:
        >>> anothers("Voss's driver was hurt", "Voss was hurt")
        ("Voss's driver", 'Voss')
    """
    for one, other, turned in ((left, right, False), (right, left, True)):
        served = _served(one)
        words = {word.lower() for word in _WORD.findall(other)} if served else frozenset()
        for name, told in served.items():
            if name.lower() in words and name not in _served(other):
                return (name, told) if turned else (told, name)
    return None


@lru_cache(maxsize=1 << 15)
def _served(text: str) -> dict[str, str]:
    """The last words of the names that a text tells only for whom somebody is, with the words that tell it."""
    found = {}
    rest = _SERVES.sub(" ", text)
    for match in _SERVES.finditer(text):
        name = re.split(r"[ -]", match["name"] or match["to"])[-1]
        if name not in rest:
            found[name] = match[0]
    return found
