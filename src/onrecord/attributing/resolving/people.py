"""Names and handles to the persons of the report."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.attributing.resolving.cast import Figure, has_body_cue
from onrecord.attributing.resolving.descriptions import unnamed
from onrecord.attributing.resolving.documents import document
from onrecord.attributing.resolving.identity import Identity, body, person, plain
from onrecord.attributing.resolving.institutions import spelt_out
from onrecord.attributing.resolving.matching import fold
from onrecord.attributing.resolving.scene import Found, Scene
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.unnamed import is_doubtful
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Post

_IN_DOCUMENT = re.compile(
    r"^\W*(?P<document>[Ii]n (?:an?|the|his|her|one) (?:[\w-]+ ){0,4}(?:letter|memo|memorandum|e-?mail|note|"
    r"document))\b[^.;]{0,80}?,\s*(?:[A-Z][\w.]* ){0,6}$"
)


def by_name(scene: Scene, mention: Mention, at: int) -> Found:
    """A full name or a surname; a common noun that only begins its sentence is no name."""
    if mention.sort is Sort.NAME and _is_common(scene, mention.name, at) and not scene.cast.find(mention.name, at):
        common = replace(mention, sort=Sort.UNNAMED, plural=mention.name.endswith("s"), roles=(mention.name.lower(),))
        return unnamed(scene, common, at)
    identity = _in_document(scene, _named(scene, mention, at), at)
    return identity, identity.named and not mention.claimed


def _named(scene: Scene, mention: Mention, at: int) -> Identity:
    name = mention.name
    if name in scene.cast.bodies:
        return body(name)
    figure = scene.cast.find(name, at) or (scene.cast.find(name.title(), at) if name.isupper() else None)
    if figure is None and " " not in name:
        known = _body_called(scene, name)
        if known:
            return known
    figure = figure or scene.elsewhere.called(name)
    if figure:
        return person(figure, mention)
    if mention.sort is Sort.PERSON:
        return person(Figure(name=tuple(name.split()), gender=mention.gender), mention)
    return Identity(key=f"name {plain(name)}", name=name, kind=_kind_of(scene, name), figure=(name,))


def _in_document(scene: Scene, identity: Identity, at: int) -> Identity:
    """Whoever speaks "in a leaked letter" speaks through a document of doubtful standing."""
    opening = scene.text[scene.sentence_start(at) : at]
    found = _IN_DOCUMENT.search(opening)
    if found is None or not is_doubtful(found[0]) or identity.kind is not PartyKind.PERSON:
        return identity
    mention = replace(read_mention(re.sub(r"^[Ii]n ", "", found["document"])), author=identity.name)
    return document(scene, mention, at)[0]


def _is_common(scene: Scene, name: str, at: int) -> bool:
    opens = at == scene.sentence_start(at) or scene.text[at - 1] in '"“'
    if not opens or not name.istitle():
        return False
    if re.search(rf"\b{re.escape(name.lower())}\b", scene.text):
        return True
    return name.endswith("s") and not re.search(rf"[a-z,] {re.escape(name)}\b", scene.text)


def _kind_of(scene: Scene, name: str) -> PartyKind:
    """A capitalised word that nothing introduces: a body where "the" or "its website" goes with it, else not known."""
    known = re.search(
        rf"\b[Tt]he {re.escape(name)}\b(?! [a-z])|\b{re.escape(name)}['’]s? (?:\w+ )?(?:website|shares|"
        rf"chief|spokes)",
        scene.text,
    )
    if re.search(rf"\b{re.escape(name)} (?:Corp|Inc|Ltd|plc|PLC|Group|Co|Holdings|AG|SA|GmbH|LLC)\b", scene.text):
        return PartyKind.ORGANIZATION
    cue = any(has_body_cue(scene.text, match.end()) for match in re.finditer(rf"\b{re.escape(name)}\b", scene.text))
    return PartyKind.ORGANIZATION if known or cue else PartyKind.UNKNOWN


def _body_called(scene: Scene, name: str) -> Identity | None:
    if any(mention.sort is Sort.BODY and plain(mention.name) == plain(name) for mention in scene.mentions):
        return body(name)
    spelt = spelt_out(name, scene.text)
    if spelt:
        return body(spelt)
    known = scene.last(
        lambda turn: (
            turn.identity.kind is PartyKind.ORGANIZATION and name.casefold() in plain(turn.identity.name).split()
        ),
        len(scene.text),
    )
    if known:
        return known.identity
    return next((body(one) for one in sorted(scene.cast.bodies) if name in one.split()), None)


def by_handle(scene: Scene, mention: Mention) -> Found:
    """A handle: the person whose surname it holds, the author of a post, else a party of its own."""
    low = mention.name.lower()
    for figure in scene.cast.figures:
        last = fold(figure.name[-1])
        if len(last) >= 4 and last in low:
            return person(figure, mention), True
    for post in scene.report.posts:
        if post.handle and post.handle.lstrip("@").lower() == low:
            return author(scene, post), True
    return Identity(key=f"handle {low}", name=mention.words, kind=PartyKind.UNKNOWN), True


def author(scene: Scene, post: Post) -> Identity:
    """Who wrote a post that the report prints."""
    read = read_mention(post.author)
    if read.sort in (Sort.OUTLET, Sort.BODY):
        return body(read.name, outlet=read.sort is Sort.OUTLET)
    figure = scene.cast.find(post.author) or Figure(name=tuple(post.author.split()))
    return person(figure, read)
