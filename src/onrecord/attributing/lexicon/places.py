"""Countries with their people's word and capital, for bodies that are named after a place; see places.toml."""

from __future__ import annotations

from onrecord.attributing.lexicon.loading import lexicon

_LISTS = lexicon("places")
STATES = frozenset(_LISTS["states"])
OTHER_PLACES = frozenset(_LISTS["other_places"])
# How a government is written in a party's name.
SHORT: dict[str, str] = _LISTS["short"]

_TABLE = _LISTS["countries"].items()
COUNTRIES: dict[str, str] = {name: first for first, one in _TABLE for name in (first, *one["also"])}
DEMONYMS: dict[str, str] = {word: first for first, one in _TABLE for word in one["people"]}
CAPITALS: dict[str, str] = {word: first for first, one in _TABLE for word in one["capitals"]}
PEOPLES: dict[str, str] = {}
for _word, _country in DEMONYMS.items():
    PEOPLES.setdefault(_country, _word)


def country_of(words: str) -> str | None:
    """The country that a country's name, people's word or capital stands for."""
    plain = words.strip().removeprefix("the ").removeprefix("The ")
    return COUNTRIES.get(plain) or DEMONYMS.get(plain) or CAPITALS.get(plain)
