"""Nouns for documents and the verbs of what becomes of one; see documents.toml."""

from __future__ import annotations

from onrecord.attributing.lexicon.loading import lexicon

_LISTS = lexicon("documents")
FAMILY: dict[str, str] = {noun: family for family, nouns in _LISTS["nouns"].items() for noun in nouns}
# A noun that takes a document up, with the nouns of what it may take up.
CONTINUING: dict[str, frozenset[str]] = {noun: frozenset(nouns) for noun, nouns in _LISTS["continuing"].items()}
MODIFIERS = frozenset(_LISTS["modifiers"]["words"])
PREDICATES: tuple[str, ...] = tuple(_LISTS["modifiers"]["predicates"])


def _regular(base: str) -> tuple[str, str]:
    past = (
        base + "d"
        if base.endswith("e")
        else base[:-1] + "ied"
        if base[-1] == "y" and base[-2] not in "aeo"
        else base + "ed"
    )
    return past, past


def _third(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x")):
        return base + "es"
    return base[:-1] + "ies" if base[-1] == "y" and base[-2] not in "aeo" else base + "s"


def _gerund(base: str) -> str:
    return base[:-1] + "ing" if base.endswith("e") else base + "ing"


def _entries() -> list[tuple[str, str, str, str]]:
    """Frame, base, past and participle of each verb."""
    found = []
    for frame, verbs in _LISTS["verbs"].items():
        for verb in verbs:
            base, *rest = verb.split()
            past, participle = rest or _regular(base)
            found.append((frame, base, past, participle))
    return found


# Forms to their frames: what stands behind "was" or a noun, and what stands before an object.
PARTICIPLES: dict[str, str] = {participle: frame for frame, _, _, participle in _entries()}
FINITE: dict[str, str] = {
    form: frame
    for frame, base, past, participle in _entries()
    for form in (past, participle, base, _third(base), _gerund(base))
}
