"""News agencies, papers and stations with the names they go by; the names are in outlets.toml."""

from __future__ import annotations

from onrecord.attributing.lexicon.loading import lexicon

_LISTS = lexicon("outlets")
PLATFORMS = frozenset(_LISTS["platforms"])
COMMON = frozenset(_LISTS["common"])
NAME_ENDS = frozenset(_LISTS["name_ends"])
_UNAMBIGUOUS = frozenset(_LISTS["unambiguous"])


def _plain(words: str) -> str:
    return words.removeprefix("the ").removeprefix("The ").replace("’", "'").strip()


OUTLETS: tuple[str, ...] = tuple(_LISTS["outlets"])
ALIASES: dict[str, str] = {
    _plain(alias): name for name, others in _LISTS["outlets"].items() for alias in (name, *others)
}


def outlet_of(words: str) -> str | None:
    """The name an outlet of the list goes by, None for any other words."""
    name = ALIASES.get(_plain(words))
    bare = words.strip()
    if name is None or bare.lower().startswith("the "):
        return name
    common = bare in COMMON or (name.startswith("The ") and " " not in bare and bare not in _UNAMBIGUOUS)
    return None if common and not bare.isupper() else name
