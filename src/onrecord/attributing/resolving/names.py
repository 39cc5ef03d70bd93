"""Names and handles to the persons of the report."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.attributing.mentions.anonymity import is_doubtful
from onrecord.attributing.mentions.mention import Mention, MentionType
from onrecord.attributing.mentions.phrases import read_mention
from onrecord.attributing.resolving.context import DocumentContext, Resolution
from onrecord.attributing.resolving.descriptions import resolve_unnamed
from onrecord.attributing.resolving.documents import resolve_document
from onrecord.attributing.resolving.naming.identity import Identity, body_identity, normalize_name, person_identity
from onrecord.attributing.resolving.naming.name_matching import fold_word
from onrecord.attributing.resolving.naming.person_mentions import Person, has_body_cue
from onrecord.attributing.resolving.organizations import spelt_out
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Post

_IN_DOCUMENT = re.compile(
    r"^\W*(?P<document>[Ii]n (?:an?|the|his|her|one) (?:[\w-]+ ){0,4}(?:letter|memo|memorandum|e-?mail|note|"
    r"document))\b[^.;]{0,80}?,\s*(?:[A-Z][\w.]* ){0,6}$"
)


def resolve_name(context: DocumentContext, mention: Mention, at: int) -> Resolution:
    """A full name or a surname; a common noun that only begins its sentence is no name."""
    if (
        mention.type is MentionType.NAME
        and _is_common(context, mention.name, at)
        and not context.person_index.find(mention.name, at)
    ):
        common = replace(
            mention, type=MentionType.UNNAMED, plural=mention.name.endswith("s"), roles=(mention.name.lower(),)
        )
        return resolve_unnamed(context, common, at)
    identity = _in_document(context, _named(context, mention, at), at)
    return identity, identity.named and not mention.claimed


def _named(context: DocumentContext, mention: Mention, at: int) -> Identity:
    name = mention.name
    if name in context.person_index.bodies:
        return body_identity(name)
    person = context.person_index.find(name, at) or (
        context.person_index.find(name.title(), at) if name.isupper() else None
    )
    if person is None and " " not in name:
        known = _body_called(context, name)
        if known:
            return known
    person = person or context.story_people.by_surname(name)
    if person:
        return person_identity(person, mention)
    if mention.type is MentionType.PERSON:
        return person_identity(Person(name=tuple(name.split()), gender=mention.gender), mention)
    return Identity(key=f"name {normalize_name(name)}", name=name, kind=_kind_of(context, name), person_name=(name,))


def _in_document(context: DocumentContext, identity: Identity, at: int) -> Identity:
    """Whoever speaks "in a leaked letter" speaks through a document of doubtful standing."""
    opening = context.text[context.sentence_start(at) : at]
    match = _IN_DOCUMENT.search(opening)
    if match is None or not is_doubtful(match[0]) or identity.kind is not PartyKind.PERSON:
        return identity
    mention = replace(read_mention(re.sub(r"^[Ii]n ", "", match["document"])), author=identity.name)
    return resolve_document(context, mention, at)[0]


def _is_common(context: DocumentContext, name: str, at: int) -> bool:
    opens = at == context.sentence_start(at) or context.text[at - 1] in '"“'
    if not opens or not name.istitle():
        return False
    if re.search(rf"\b{re.escape(name.lower())}\b", context.text):
        return True
    return name.endswith("s") and not re.search(rf"[a-z,] {re.escape(name)}\b", context.text)


def _kind_of(context: DocumentContext, name: str) -> PartyKind:
    """A capitalised word that nothing introduces: a body where "the" or "its website" goes with it, else not known."""
    known = re.search(
        rf"\b[Tt]he {re.escape(name)}\b(?! [a-z])|\b{re.escape(name)}['’]s? (?:\w+ )?(?:website|shares|"
        rf"chief|spokes)",
        context.text,
    )
    if re.search(rf"\b{re.escape(name)} (?:Corp|Inc|Ltd|plc|PLC|Group|Co|Holdings|AG|SA|GmbH|LLC)\b", context.text):
        return PartyKind.ORGANIZATION
    cue = any(has_body_cue(context.text, match.end()) for match in re.finditer(rf"\b{re.escape(name)}\b", context.text))
    return PartyKind.ORGANIZATION if known or cue else PartyKind.UNKNOWN


def _body_called(context: DocumentContext, name: str) -> Identity | None:
    if any(
        mention.type is MentionType.BODY and normalize_name(mention.name) == normalize_name(name)
        for mention in context.mentions
    ):
        return body_identity(name)
    spelt = spelt_out(name, context.text)
    if spelt:
        return body_identity(spelt)
    known = context.nearest_before(
        lambda resolved: (
            resolved.identity.kind is PartyKind.ORGANIZATION
            and name.casefold() in normalize_name(resolved.identity.name).split()
        ),
        len(context.text),
    )
    if known:
        return known.identity
    return next(
        (
            body_identity(organization)
            for organization in sorted(context.person_index.bodies)
            if name in organization.split()
        ),
        None,
    )


def resolve_handle(context: DocumentContext, mention: Mention) -> Resolution:
    """A handle: the person whose surname it holds, the author of a post, else a party of its own."""
    low = mention.name.lower()
    for person in context.person_index.persons:
        last = fold_word(person.name[-1])
        if len(last) >= 4 and last in low:
            return person_identity(person, mention), True
    for post in context.report.posts:
        if post.handle and post.handle.lstrip("@").lower() == low:
            return post_author(context, post), True
    return Identity(key=f"handle {low}", name=mention.words, kind=PartyKind.UNKNOWN), True


def post_author(context: DocumentContext, post: Post) -> Identity:
    """Who wrote a post that the report prints."""
    read = read_mention(post.author)
    if read.type in (MentionType.OUTLET, MentionType.BODY):
        return body_identity(read.name, outlet=read.type is MentionType.OUTLET)
    person = context.person_index.find(post.author) or Person(name=tuple(post.author.split()))
    return person_identity(person, read)
