"""Whether a report's text stops early: paywall and "read more" stubs, cut texts, pages that go on elsewhere."""

from __future__ import annotations

import re

_TAIL_CHARS = 400
_STUB_CHARS = 2_000
_WALL = re.compile(
    r"(?:to (?:continue|keep) reading|continue reading (?:this|the) (?:article|story)|subscribe (?:now )?to"
    r" (?:continue|read|unlock)"
    r"|this (?:article|story|content) is (?:for|only available to|reserved for|exclusive to) (?:our )?(?:subscribers"
    r"|members)"
    r"|already a subscriber|log ?in to (?:continue|read)|sign in to (?:continue|read)|unlock this (?:article|story)"
    r"|you have reached your (?:limit|free)|register (?:for free )?to (?:continue|read)|become a (?:member"
    r"|subscriber) to)",
    re.IGNORECASE,
)
_WALL_SIGNS = ("subscri", "reading", "member", "unlock", "log in", "login", "sign in", "limit", "free", "register")
_MORE = re.compile(
    r"(?:read (?:the )?(?:more|full (?:story|article)|rest)|continue reading|full story)(?: here)?\W*$", re.IGNORECASE
)
_COUNTED = re.compile(r"\[\+\s?\d+ (?:more )?char(?:acter)?s\]\s*$")
_PAGES = re.compile(r"(?:^|\n)\s*page 1 of ([2-9]|\d\d)\b|\b1\s*/\s*([2-9])\s*(?:next|»|>)", re.IGNORECASE)
_DOTS = re.compile(r"(?:\[?(?:…|\.\.\.)\]?)$")
_END = re.compile(r"[.!?…\"”’»')\]:;*—–-]$|\d$")


def early_end(text: str) -> str | None:
    """Why the text seems to stop early, in words for the report's notes; None where it does not."""
    tail = text.rstrip()[-_TAIL_CHARS:]
    if _COUNTED.search(tail):
        return "the text is cut and says how many characters are missing; read the page itself"
    said = tail.casefold()
    walled = len(text) < _STUB_CHARS * 4 and any(sign in said for sign in _WALL_SIGNS)
    if walled and (match := _WALL.search(tail)):
        return f"a subscription wall (“{match.group()}”); the text stops there"
    end = text[-2_000:]
    if ("/" in end or "page 1 of" in end.casefold()) and (match := _PAGES.search(end)):
        return f"page 1 of {match.group(1) or match.group(2)}; the other pages are not read here"
    if len(text) < _STUB_CHARS and (match := _MORE.search(tail)):
        return f"a stub that ends with “{match.group().strip()}”; the text stops there"
    return _cut(tail, len(text))


def _cut(tail: str, length: int) -> str | None:
    """A last line of prose without an end: a name, a tag or a signature is short, a sentence is not."""
    last = tail.rpartition("\n")[2].strip()
    if _DOTS.search(last) and length < _STUB_CHARS:
        return "the text ends with dots, as a teaser does; read the page itself"
    if len(last) > 120 and not _END.search(last) and " — " not in last[-90:]:
        return "the last sentence has no end; the text may be cut"
    return None
