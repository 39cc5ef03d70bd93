"""Letters, reports and statements that speak, with their authors and whether they are of doubtful standing."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.mentions.anonymity import description, is_doubtful
from onrecord.attributing.mentions.issuers import POSTED, REPORTED
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.resolving.context import DocumentContext, Resolution, ResolvedSource
from onrecord.attributing.resolving.naming.identity import Identity, body_identity, normalize_name
from onrecord.attributing.resolving.organizations import full_outlet
from onrecord.datamodel.party import PartyKind

_NOUNS = {
    "letter": "letter letters memo memos memorandum draft document documents note email emails e-mail e-mails cable "
    "file files sheet sheets slides presentation circular dossier",
    "report": "report article story reports stories editorial",
    "study": "study research paper analysis findings review studies",
    "poll": "poll survey polls surveys",
    "statement": "statement statements release communique communiqué",
    "rumour": "rumour rumor rumours rumors",
    "video": "video videos recording tape footage",
    "filing": "lawsuit complaint indictment affidavit filing filings warrant order ruling verdict judgment judgement",
}
# Nouns by which one and the same document may go.
_KINDS = {kind: tuple(nouns.split()) for kind, nouns in _NOUNS.items()}
_CREDITED = re.compile(r"(?:the )?(?:[a-z][\w-]* ){0,3}(?:[A-Z][\w.’'-]*(?= |\W|$) ?)+")
_PLAIN_NOUNS = frozenset("document documents draft file files".split())
_COMPOUNDS = frozenset("term fact briefing press data charge balance cover resignation suicide ransom witness".split())
_HEARSAY = ("media", "press", "reports", "headlines")
_VAGUE = ("a recent", "one ", "another", "some ")
_DEFINITE = re.compile(r"(?:the|that|this|its|same)\b", re.IGNORECASE)
# Somebody signs a letter, whoever it is; a film, a survey or a file without a word on whose it is is nobody's.
_SIGNED = frozenset(("letter", "filing"))
_IDENTIFIED = re.compile(r"\b(?:[A-Z][\w’'-]+|(?:19|20)\d\d)\b")
_DOUBTED = r"leaked|draft|unsigned|unverified|purported|alleged|forged|fake|unconfirmed|disputed"


def resolve_document(context: DocumentContext, mention: Mention, at: int) -> Resolution:
    """Who a document's word counts for: its outlet, its issuer, its author, or the document itself."""
    kind = next((name for name, nouns in _KINDS.items() if mention.name in nouns), mention.name)
    if kind == "report" and not mention.plural and len(mention.words.split()) <= 2:
        outlet = _reporting_outlet(context)
        if outlet:
            return outlet, False
    if kind == "statement":
        stated = re.compile(r"\bstatement\b")
        near = context.nearest_before(
            lambda resolved: resolved.identity.named and _beside(context, resolved, stated), at
        )
        issuer = near or context.nearest_before(lambda resolved: resolved.identity.named, at)
        if issuer:
            return issuer.identity, True
    if kind == "rumour" or mention.name in _HEARSAY:
        return _hearsay(context, mention, kind), False
    if _DEFINITE.match(mention.words) and mention.name in REPORTED | POSTED and not mention.author:
        reported = _issuer_before(context, mention.name, at)
        if reported:
            return reported, reported.named
    return _itself(context, mention, kind, at)


def _issuer_before(context: DocumentContext, noun: str, at: int) -> Identity | None:
    """Whose "the report" is: of those who spoke before, who was called by the same noun last, else the last outlet."""
    called = re.compile(rf"\b{re.escape(noun)}\b", re.IGNORECASE)
    same = context.nearest_before(
        lambda resolved: resolved.identity.named and bool(called.search(resolved.mention.words)), at
    )
    known = same or context.nearest_before(lambda resolved: resolved.identity.outlet, at)
    return known.identity if known else None


def _beside(context: DocumentContext, resolved: ResolvedSource, pattern: re.Pattern[str]) -> bool:
    start, end = context.segmentation.sentence_span(context.segmentation.sentence(resolved.at))
    return pattern.search(context.text, start, end) is not None


def _itself(context: DocumentContext, mention: Mention, kind: str, at: int) -> Resolution:
    author = mention.author or _author(context, kind, at)
    doubtful = is_doubtful(mention.words) or _doubted(context, kind)
    key = f"document {kind}"
    alias = mention.words
    noun = _noun(mention)
    if not author:
        vague = mention.words.lower().startswith(_VAGUE) or not _is_identified(mention, kind)
        plain_one = Identity(
            key=key,
            name=f"the {noun}",
            kind=PartyKind.DOCUMENT,
            doubtful=doubtful,
            gender="n",
            alias=alias,
            named=not vague,
        )
        return plain_one, not vague
    person = context.person_index.find(author, at)
    name = person.full_name if person else author
    return Identity(
        key=f"{key} {normalize_name(name)}",
        name=f"{name} (in the {noun})",
        kind=PartyKind.DOCUMENT,
        doubtful=doubtful,
        gender="n",
        alias=alias,
        speaks_for=key,
    ), True  # fmt: skip


def _is_identified(mention: Mention, kind: str) -> bool:
    """Whether a document's words tell which it is: by a name or a year, or because such are signed."""
    plain = mention.name in _PLAIN_NOUNS
    return (kind in _SIGNED and not plain) or _IDENTIFIED.search(mention.words, 1) is not None


def _noun(mention: Mention) -> str:
    """What a document is called: "memo", "term sheet"; a draft or a file is a document."""
    if mention.name in _PLAIN_NOUNS:
        return "document"
    number = mention.roles.index(mention.name) if mention.name in mention.roles else 0
    before = mention.roles[number - 1] if number else ""
    return f"{before} {mention.name}" if before in _COMPOUNDS else mention.name


def _reporting_outlet(context: DocumentContext) -> Identity | None:
    """The outlet that the body says first reported: "Report: …" in a headline is its word."""
    for tag, mention in zip(context.tags, context.mentions, strict=True):
        if mention.type is MentionType.OUTLET and "report" in context.cue(tag):
            return body_identity(full_outlet(context, mention.name), outlet=True)
    credit = re.search(r"reported by (the [A-Z][\w ]+|[A-Z][\w ]+)", context.text)
    known = outlets.outlet_of(credit[1].strip()) if credit else None
    return body_identity(known, outlet=True) if known else None


def _author(context: DocumentContext, kind: str, at: int) -> str:
    """The person from whom the text has said the document is."""
    nouns = "|".join(_KINDS.get(kind, (re.escape(kind),)))
    credit = re.compile(
        rf"\b(?:{nouns})\b(?:,[^.]{{0,140}},)?(?: \w+){{0,3}}? (?:from|by|signed by|written by|sent by) ", re.IGNORECASE
    )
    for match in credit.finditer(context.text, 0, at):
        who = _CREDITED.match(context.text, match.end(), match.end() + 90)
        read = read_mention(who[0] if who else "")
        if read.type is MentionType.PERSON and " " in read.name:
            return read.name
    return ""


def _doubted(context: DocumentContext, kind: str) -> bool:
    nouns = "|".join(_KINDS.get(kind, (re.escape(kind),)))
    pattern = (
        rf"\b(?:{_DOUBTED})(?: \w+){{0,2}} (?:{nouns})\b|\b(?:{nouns})\b[^.]{{0,60}}\b(?:leaked|unsigned|(?:was|"
        rf"is) a draft|"
        r"not (?:been )?(?:confirmed|verified|authenticated)|forged|fake)\b"
    )
    return bool(re.search(pattern, context.text, re.IGNORECASE))


def _hearsay(context: DocumentContext, mention: Mention, kind: str) -> Identity:
    label = description(mention)
    group = PartyKind.UNKNOWN if kind == "rumour" else PartyKind.GROUP
    return Identity(
        key=f"unnamed {label.casefold()} {context.outlet_key}", name=label, kind=group, named=False, plural=True
    )
