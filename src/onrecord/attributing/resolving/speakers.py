"""Every source of a report to who it is."""

from __future__ import annotations

import re

from onrecord.attributing.resolving.descriptions import described, unnamed
from onrecord.attributing.resolving.documents import document
from onrecord.attributing.resolving.identity import body, person
from onrecord.attributing.resolving.institutions import described_body, named_body, outlet
from onrecord.attributing.resolving.people import by_handle, by_name
from onrecord.attributing.resolving.pronouns import pronoun
from onrecord.attributing.resolving.scene import Found, Scene, Turn, place
from onrecord.attributing.resolving.spokespeople import principal
from onrecord.attributing.resolving.unwritten import fill, tell_teasers
from onrecord.attributing.wording.corrections import is_own_report
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.report import Part
from onrecord.datamodel.span import words


def resolve(scene: Scene) -> tuple[Turn, ...]:
    """Every tag's speaker, in the order of the text."""
    for tag, mention in zip(scene.tags, scene.mentions, strict=True):
        identity, named = identify(scene, tag, mention)
        scene.turns.append(Turn(place(tag), tag, mention, identity, named))
    fill(scene)
    tell_teasers(scene)
    return tuple(scene.turns)


def identify(scene: Scene, tag: Tag, mention: Mention) -> Found:
    """Who the words of a source are, given what stands before them."""
    at = place(tag)
    if scene.report.outlet and _in_correction(scene, at) and is_own_report(words(tag.source, scene.text)):
        return body(scene.report.outlet, outlet=True), True
    spoken_for = principal(scene, mention, at)
    if spoken_for:
        return spoken_for
    match mention.sort:
        case Sort.PERSON | Sort.NAME:
            return by_name(scene, mention, at)
        case Sort.HANDLE:
            return by_handle(scene, mention)
        case Sort.OUTLET:
            return outlet(scene, mention)
        case Sort.BODY:
            return named_body(scene, mention)
        case Sort.DOCUMENT:
            return document(scene, mention, at)
        case Sort.UNNAMED:
            return unnamed(scene, mention, at)
        case Sort.BODY_DESCRIPTION:
            return described_body(scene, mention, at)
        case Sort.DESCRIPTION:
            return described(scene, mention, at)
        case Sort.PRONOUN:
            return _antecedent(scene, tag, mention) if mention.gender == "r" else pronoun(scene, tag, mention)
    return scene.own(mention, at), False


def _in_correction(scene: Scene, at: int) -> bool:
    notes = (one.span for one in scene.report.passages if one.part in (Part.CORRECTION, Part.WITHDRAWAL))
    return any(span.start <= at < span.end for span in notes)


def _antecedent(scene: Scene, tag: Tag, mention: Mention) -> Found:
    """Whom "who" or "which" takes up: the person named just before, else the phrase before it."""
    at = place(tag)
    near = [
        (seen, number)
        for number, figure in enumerate(scene.cast.figures)
        for seen in figure.places
        if at - 60 <= seen < at
    ]
    if near:
        return person(scene.cast.figures[max(near)[1]], mention), True
    read = read_mention(_nearest(scene.text[scene.sentence_start(at) : at].rstrip(" ,").split(",")[-1]))
    if read.sort in (Sort.NOTHING, Sort.PRONOUN):
        return scene.own(mention, at), False
    return identify(scene, tag, read)


_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|been|be|will|would)\b")
_LINK = re.compile(r"\b(?:with|at|in|by|from|on|for|to|about|against|into|after|before|under|over|as)\b")
_OPENS = re.compile(r"\b(?=(?:[Aa]n?|[Tt]he|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Ss]ome|[Mm]any) )")


def _nearest(phrase: str) -> str:
    """The last noun phrase of some words; what stands before a verb is none of it.

    Example:
        >>> _nearest("That is at odds with old harbour law")
        'old harbour law'
    """
    told = _VERB.split(phrase)
    last = _OPENS.split(told[-1])[-1]
    return (_LINK.split(last)[-1] if len(told) > 1 and last is told[-1] else last).strip()
