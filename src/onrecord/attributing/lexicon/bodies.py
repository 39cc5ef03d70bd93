"""Offices, ministries and organizations with the names they go by; the names are in bodies.toml."""

from __future__ import annotations

from onrecord.attributing.lexicon.loading import lexicon

_LISTS = lexicon("bodies")
# Body nouns that mean one body of a country; the first is the name used.
ARMS: tuple[tuple[str, ...], ...] = tuple(map(tuple, _LISTS["arms"]))
# Words in capitals that make a name an organization's.
NAME_WORDS = frozenset(_LISTS["name_words"])


def _plain(words: str) -> str:
    return words.strip().removeprefix("the ").removeprefix("The ").replace("’", "'")


ALIASES: dict[str, str] = {
    _plain(alias): name for name, others in _LISTS["bodies"].items() for alias in (name, *others)
}


def body_of(words: str) -> str | None:
    """The name a body of the list goes by, None for any other words."""
    return ALIASES.get(_plain(words))


def arm_of(words: str) -> str | None:
    """The one name for a country's arm ("army" → "military"), None for other words."""
    low = words.lower().strip()
    return next((names[0] for names in ARMS if low in names), None)
