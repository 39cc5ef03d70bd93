"""Metonymy in sources: "members of the union" for the union, "the mayor's remarks" for the mayor."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import titles
from onrecord.attributing.mentions.tokens import core_of, is_capital, tokenize, trailing_run

_SAYINGS = (
    "comments?|remarks?|announcements?|claims?|denials?|assertions?|statements?|words|speech|tweets?|posts?|"
    "admission|allegations?|testimony|"
    "account|confirmation"
)
_SAYING_OF = re.compile(rf"^(?P<owner>.+?)['’]s?\s+(?:own\s|later\s|latest\s|earlier\s|public\s)?(?:{_SAYINGS})$")
# "The folks over at Quayline".
_FOLKS_AT = re.compile(
    r"(?:[Tt]he )?(?:folks|people|guys|team|crew) (?:over )?at (?P<owner>(?:the )?(?:[a-z\d]*[A-Z][\w.&-]*\s?)+)"
)
_COLLECTIVE = frozenset("members editors organisers organizers leadership leaders management".split())
_INNER = frozenset("leadership management editors organisers organizers board headquarters".split())


def resolve_metonymy(phrase: str) -> str | None:
    """The part of a phrase that names who speaks; None where the phrase is no metonymy."""
    saying = _SAYING_OF.match(phrase)
    if saying:
        return saying["owner"]
    folks = _FOLKS_AT.fullmatch(phrase)
    if folks:
        return folks["owner"]
    parts = tokenize(phrase)
    return _statement_of(parts) or _members_of(parts) or _inner_of(parts)


def _statement_of(parts: list[str]) -> str | None:
    core = core_of(parts)
    if not core or core[-1].lower() not in ("statement", "statements", "release", "announcement"):
        return None
    issued = len(core) < len(parts) and parts[len(core)].lower() in ("from", "by")
    owner = parts[len(core) + 1 :] if issued else [token for token in core[:-1] if token != "'s"]
    owner = owner[1:] if owner and owner[0].lower() in ("a", "an") else owner
    named = [token for token in owner if token.lower() not in ("the", "a", "an", "press")]
    return " ".join(owner).replace(" 's", "'s") if named and is_capital(named[0]) else None


def _members_of(parts: list[str]) -> str | None:
    low = [token.lower() for token in parts]
    if "of" not in low[:5] or not _COLLECTIVE & set(low[:3]):
        return None
    rest = parts[low.index("of") + 1 :]
    if rest and rest[-1].lower() in titles.BODY_HEADS and any(is_capital(token) for token in rest):
        return " ".join(rest)
    run = trailing_run(rest)
    return " ".join(run) if run else None


def _inner_of(parts: list[str]) -> str | None:
    if "'s" in parts and parts[-1].lower() in _INNER:
        return " ".join(parts[: parts.index("'s")])
    return None
