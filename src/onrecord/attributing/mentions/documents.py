"""Documents in a phrase, with those who are said to have written them."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.mentions.issuers import issuer_of
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.persons import is_personal, looks_personal, name_at_end
from onrecord.attributing.mentions.tokens import after_titles, core_of, is_capital, roles_of, tokenize, trailing_run

DOCUMENTS = frozenset(
    """sheet sheets slides presentation circular leaflet letter letters memo memos memorandum document
    documents report reports study studies draft email emails e-mail e-mails note notes cable cables
    transcript filing filings lawsuit complaint indictment affidavit resolution bill law treaty agreement
    contract dossier file files paper papers poll polls survey surveys statement statements release
    communique communiqué article story stories post posts tweet tweets video videos recording tape footage
    message messages text leaflet manifesto book review audit figures data statistics records research
    analysis findings order ruling verdict judgment judgement website editorial headline headlines warrant
    summary notice bulletin advisory guidance plan proposal deal record autopsy diary log logs census index
    estimates forecast rumours film ad clip spot piece documentary column essay blog transcripts rumors
    rumour rumor media press news legend map""".split()
)
_MADE = re.compile(r"\w+ed|sent|seen|written|given|shown")


def document_in(phrase: str, parts: list[str], tail: str) -> Mention | None:
    """The document that heads a phrase, None where none does."""
    core = _document_core(core_of(parts))
    if not core or core[-1].lower() not in DOCUMENTS or _is_name(core, parts):
        return None
    known = outlets.outlet_of(" ".join(token for token in core[:-1] if token != "'s"))
    if known:
        return Mention(words=phrase, type=MentionType.OUTLET, name=known)
    printed = _printed_in(parts[len(core) :])
    if printed:
        return Mention(words=phrase, type=MentionType.OUTLET, name=printed)
    issuer = issuer_of(core, parts[len(core) :])
    if issuer:
        return Mention(words=phrase, type=issuer[0], name=issuer[1])
    noun = core[-1].lower()
    plural = noun.endswith("s") or noun in ("media", "press")
    author = _author(core, parts, tail)
    return Mention(
        words=phrase, type=MentionType.DOCUMENT, name=noun, roles=roles_of(parts), plural=plural, author=author
    )


def _printed_in(rest: list[str]) -> str:
    """The outlet that a document is printed in: "a report in the Quay Journal"."""
    if len(rest) < 3 or [token.lower() for token in rest[:2]] not in (["in", "the"], ["by", "the"], ["on", "the"]):
        return ""
    name = " ".join(rest[2:])
    known = outlets.outlet_of(name)
    whole = len(trailing_run(rest[2:])) == len(rest) - 2
    return known or (name if whole and any(token in outlets.NAME_ENDS for token in rest[2:]) else "")


def _document_core(core: list[str]) -> list[str]:
    for number, token in enumerate(core[:-1]):
        if token.lower() in DOCUMENTS and _MADE.fullmatch(core[number + 1]):
            return core[: number + 1]
    return core


def _is_name(core: list[str], parts: list[str]) -> bool:
    if not is_capital(core[-1]) or len(core) < 2:
        return False
    return core[0] == "the" or (is_capital(core[0]) and len(parts) > 1)


def _author(core: list[str], parts: list[str], tail: str) -> str:
    """Who a document is said to be from: "a letter from Gen. Lorne", "Lorne's letter", "a letter, Gen. Ada Lorne"."""
    if "'s" in core:
        owner = after_titles(trailing_run(core[: core.index("'s")]))[1]
        return " ".join(owner) if owner and is_personal(owner) else ""
    rest = parts[len(core) :]
    for number, token in enumerate(rest):
        if token.lower() in ("from", "by") and number + 1 < len(rest):
            before, name = after_titles(trailing_run(rest[number + 1 :]))
            return " ".join(name) if name and is_personal(name) and (before or looks_personal(name)) else ""
    appended = name_at_end(tokenize(tail.split(",")[0])) if tail else None
    return " ".join(appended) if appended else ""
