"""Words that somebody typed or selected to places in a report's text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.datamodel.span import Span, Spans, words
from onrecord.errors import UsageError
from onrecord.rendering.wording import shown

_PLACES = re.compile(r"\s*\d+:\d+\s*(?:…\s*\d+:\d+\s*)*")
_NAMED = re.compile(r"⟨U\+([0-9A-F]{4,6})⟩")
_JOINT = " … "


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """One field of a form: the words in it, and the places that were selected for it ("12:40 … 55:60") if any.

    `emptied`: the form showed the field, so that no words in it are meant to be none.
    """

    name: str
    words: str = ""
    places: str = ""
    emptied: bool = False


def places(typed: Typed, present: Spans, text: str) -> str | None:
    """What was typed as "START:END … START:END" in the report's text, None where it stays as it is, "" for none.

    Raises UsageError for words that do not stand in the text, or at several places of which none is the present one.
    """
    for told in (typed.places, typed.words):
        if _PLACES.fullmatch(told):
            return told
    if typed.emptied and present and not typed.words.strip():
        return ""
    if not typed.words.strip() or _plain(typed.words) == _plain(words(present, text) if present else ""):
        return None
    found = _found(typed.words, present, text)
    pieces = [typed.words] if found else [piece for piece in typed.words.split("…") if piece.strip()]
    spans = [found or _one(typed.name, piece, present, text) for piece in pieces]
    return _JOINT.join(f"{span.start}:{span.end}" for span in spans)


def _plain(told: str) -> str:
    return shown(told)


def _found(told: str, present: Spans, text: str) -> Span | None:
    found = _places(told, text)
    if len(found) > 1:
        near = [span for span in found if any(span.overlaps(one) for one in present)]
        found = near or found
    return found[0] if len(found) == 1 else None


def _one(name: str, told: str, present: Spans, text: str) -> Span:
    if found := _found(told, present, text):
        return found
    every = _places(told, text)
    if not every:
        raise UsageError(
            f"these words stand nowhere in the report · {name}: “{shown(told)[:60]}” · write them as they stand there"
        )
    where = ", ".join(f"{span.start}:{span.end}" for span in every[:6])
    raise UsageError(
        f"these words stand {len(every)} times in the report · {name}: “{shown(told)[:60]}” · write one of {where}"
    )


def _places(told: str, text: str) -> Sequence[Span]:
    """Every place of exact words; only runs of blanks may differ, which forms and lines break anew."""
    raw = _NAMED.sub(lambda found: chr(int(found[1], 16)), told)
    pieces = [re.escape(piece) for piece in raw.split()]
    if not pieces:
        return ()
    return tuple(Span(found.start(), found.end()) for found in re.finditer(r"\s+".join(pieces), text))
