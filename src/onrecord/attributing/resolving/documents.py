"""Letters, reports and statements that speak, with their authors and whether they are of doubtful standing."""

from __future__ import annotations

import re

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.resolving.identity import Identity, body, plain
from onrecord.attributing.resolving.institutions import full_outlet
from onrecord.attributing.resolving.scene import Found, Scene, Turn
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.unnamed import description, is_doubtful
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
_DOUBTED = r"leaked|draft|unsigned|unverified|purported|alleged|forged|fake|unconfirmed|disputed"


def document(scene: Scene, mention: Mention, at: int) -> Found:
    """Who a document's word counts for: its outlet, its issuer, its author, or the document itself."""
    kind = next((one for one, nouns in _KINDS.items() if mention.name in nouns), mention.name)
    if kind == "report" and not mention.plural and len(mention.words.split()) <= 2:
        outlet = _reporting_outlet(scene)
        if outlet:
            return outlet, False
    if kind == "statement":
        stated = re.compile(r"\bstatement\b")
        near = scene.last(lambda turn: turn.identity.named and _beside(scene, turn, stated), at)
        issuer = near or scene.last(lambda turn: turn.identity.named, at)
        if issuer:
            return issuer.identity, True
    if kind == "rumour" or mention.name in _HEARSAY:
        return _hearsay(scene, mention, kind), False
    return _itself(scene, mention, kind, at)


def _beside(scene: Scene, turn: Turn, told: re.Pattern[str]) -> bool:
    start, end = scene.layout.sentence_span(scene.layout.sentence(turn.at))
    return told.search(scene.text, start, end) is not None


def _itself(scene: Scene, mention: Mention, kind: str, at: int) -> Found:
    author = mention.author or _author(scene, kind, at)
    doubtful = is_doubtful(mention.words) or _doubted(scene, kind)
    key = f"document {kind}"
    alias = mention.words
    noun = _noun(mention)
    if not author:
        vague = mention.words.lower().startswith(_VAGUE) or kind == "poll"
        plain_one = Identity(
            key=key, name=f"the {noun}", kind=PartyKind.DOCUMENT, doubtful=doubtful, gender="n", alias=alias
        )
        return plain_one, not vague
    figure = scene.cast.find(author, at)
    name = figure.full if figure else author
    return Identity(
        key=f"{key} {plain(name)}",
        name=f"{name} (in the {noun})",
        kind=PartyKind.DOCUMENT,
        doubtful=doubtful,
        gender="n",
        alias=alias,
        speaks_for=key,
    ), True  # fmt: skip


def _noun(mention: Mention) -> str:
    """What a document is called: "memo", "term sheet"; a draft or a file is a document."""
    if mention.name in _PLAIN_NOUNS:
        return "document"
    number = mention.roles.index(mention.name) if mention.name in mention.roles else 0
    before = mention.roles[number - 1] if number else ""
    return f"{before} {mention.name}" if before in _COMPOUNDS else mention.name


def _reporting_outlet(scene: Scene) -> Identity | None:
    """The outlet that the body says first reported: "Report: …" in a headline is its word."""
    for tag, mention in zip(scene.tags, scene.mentions, strict=True):
        if mention.sort is Sort.OUTLET and "report" in scene.cue(tag):
            return body(full_outlet(scene, mention.name), outlet=True)
    found = re.search(r"reported by (the [A-Z][\w ]+|[A-Z][\w ]+)", scene.text)
    known = outlets.outlet_of(found[1].strip()) if found else None
    return body(known, outlet=True) if known else None


def _author(scene: Scene, kind: str, at: int) -> str:
    """The person from whom the text has said the document is."""
    nouns = "|".join(_KINDS.get(kind, (re.escape(kind),)))
    credit = re.compile(
        rf"\b(?:{nouns})\b(?:,[^.]{{0,140}},)?(?: \w+){{0,3}}? (?:from|by|signed by|written by|sent by) ", re.IGNORECASE
    )
    for match in credit.finditer(scene.text, 0, at):
        who = _CREDITED.match(scene.text, match.end(), match.end() + 90)
        read = read_mention(who[0] if who else "")
        if read.sort is Sort.PERSON and " " in read.name:
            return read.name
    return ""


def _doubted(scene: Scene, kind: str) -> bool:
    nouns = "|".join(_KINDS.get(kind, (re.escape(kind),)))
    told = (
        rf"\b(?:{_DOUBTED})(?: \w+){{0,2}} (?:{nouns})\b|\b(?:{nouns})\b[^.]{{0,60}}\b(?:leaked|unsigned|(?:was|"
        rf"is) a draft|"
        r"not (?:been )?(?:confirmed|verified|authenticated)|forged|fake)\b"
    )
    return bool(re.search(told, scene.text, re.IGNORECASE))


def _hearsay(scene: Scene, mention: Mention, kind: str) -> Identity:
    told = description(mention)
    group = PartyKind.UNKNOWN if kind == "rumour" else PartyKind.GROUP
    return Identity(key=f"unnamed {told.casefold()} {scene.house}", name=told, kind=group, named=False, plural=True)
