"""Pronouns to persons, groups and bodies, by gender, nearness and who stands as a subject."""

from __future__ import annotations

import re

from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.resolving.descriptions import agrees
from onrecord.attributing.resolving.identity import Identity, body, person
from onrecord.attributing.resolving.scene import Found, Scene, Turn, place
from onrecord.attributing.wording.mention import Mention, Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.span import all_inside

_OBLIQUE = re.compile(
    r"\b(?:of|to|by|with|for|from|against|about|between|after|told|tells|asked|accused|urged|quoted|quotes|"
    r"criticised|criticized|"
    r"praised|replaced|succeeded|met|called) (?:[\w.’']+ ){0,2}$"
)
_POSSESSIVE = re.compile(r"[\w.-]+(?: [A-Z][\w.-]+)*['’]s?\b")
_BODY = re.compile(
    r"(?:[Tt]he )?[A-Z][\w&’'.-]*(?: [A-Z][\w&’'.-]*)*(?: (?:government|army|military|police|ministry|company|"
    r"group|party|union))?"
)
_WHERE = re.compile(r"\b(?:in|at|near|across|around|inside|outside|throughout|within) $")
# Below this a person named before is too far off for "he".
_FURTHEST = -6.0
# So many sentences back nobody is near enough any more, wherever in the sentence he is named.
_FURTHEST_SENTENCES = 15
_OPENING = 300


def pronoun(scene: Scene, tag: Tag, mention: Mention) -> Found:
    """Who a pronoun stands for; a party of its own where nobody fits."""
    container = scene.container(tag)
    match mention.gender:
        case "1" | "1p" | "2":
            return _first_person(scene, tag, mention, container)
        case "m" | "f":
            return _he_or_she(scene, tag, mention, container)
        case "p":
            return _they(scene, tag, mention, container)
    return _it(scene, tag, mention)


def _first_person(scene: Scene, tag: Tag, mention: Mention, container: Turn | None) -> Found:
    at = place(tag)
    previous = container or scene.last(lambda turn: scene.near(turn.at, at, 1), at)
    return (previous.identity, previous.named) if previous else (scene.own(mention, at), False)


def _he_or_she(scene: Scene, tag: Tag, mention: Mention, container: Turn | None) -> Found:
    at = place(tag)
    own = container if container and _own_words(scene, tag, container) else None
    best = _best_figure(scene, tag, mention, own)
    spoken = _previous_speaker(scene, tag, mention, own)
    if spoken and (best is None or spoken[0] >= best[0]):
        return spoken[1].identity, spoken[1].named
    if best and best[0] > _FURTHEST:
        return person(best[1], mention), True
    return scene.own(mention, at), False


def _own_words(scene: Scene, tag: Tag, container: Turn) -> bool:
    """Whether a source stands in what somebody says in his own words, where he is "I": in quotes, or as a turn."""
    signed = not any(char.isalnum() for char in scene.cue(container.tag))
    return signed or (scene.layout.in_quotes(place(tag)) and not scene.layout.in_quotes(container.at))


def _best_figure(scene: Scene, tag: Tag, mention: Mention, own: Turn | None) -> tuple[float, Figure] | None:
    at = place(tag)
    best: tuple[float, int] | None = None
    found = None
    for seen, figure in scene.cast.named_before(at, scene.layout.sentence_back(at, _FURTHEST_SENTENCES)):
        if not agrees(mention.gender, figure.gender) or _hidden(scene, seen, tag):
            continue
        if own and person(figure, mention).key == own.identity.key:
            continue
        score = _subject_score(scene, seen, at)
        if best is None or (score, seen) > best:
            best, found = (score, seen), figure
    return (best[0], found) if best and found else None


def _subject_score(scene: Scene, seen: int, at: int) -> float:
    """How likely a naming is taken up by "he": early in its sentence, near, not oblique, not a possessor."""
    distance = scene.layout.sentence(at) - scene.layout.sentence(seen)
    apart = scene.layout.paragraph(at) - scene.layout.paragraph(seen)
    opening = scene.text[max(scene.sentence_start(seen), seen - _OPENING) : seen]
    lead = -0.5 if _OBLIQUE.search(opening) else max(0.0, 1.0 - len(opening) / 60)
    possessor = 0.6 if _POSSESSIVE.match(scene.text[seen : seen + 40]) else 0.0
    return 0.4 + lead - possessor - 0.5 * distance - 0.3 * apart


def _hidden(scene: Scene, seen: int, tag: Tag) -> bool:
    """Whether a naming stands in the tag's own content or in somebody's quoted words."""
    if any(span.start <= seen < span.end for span in tag.content):
        return True
    return scene.layout.in_quotes(seen) and not scene.layout.in_quotes(place(tag))


def _previous_speaker(scene: Scene, tag: Tag, mention: Mention, own: Turn | None) -> tuple[float, Turn] | None:
    at = place(tag)

    def speaks(turn: Turn) -> bool:
        fits = turn.identity.kind in (PartyKind.PERSON, PartyKind.UNKNOWN) and turn.identity.gender not in ("p", "n")
        inside = bool(turn.tag.source) and all_inside(turn.tag.source, tag.content)
        himself = own is not None and turn.identity.key == own.identity.key
        fits = fits and not inside and not himself
        return fits and not turn.identity.plural and agrees(mention.gender, turn.identity.gender)

    turn = scene.last(lambda one: speaks(one) and one.mention.sort is not Sort.NOTHING, at)
    if turn is None:
        return None
    distance = scene.layout.sentence(at) - scene.layout.sentence(turn.at)
    apart = scene.layout.paragraph(at) - scene.layout.paragraph(turn.at)
    unsure = 1.0 if turn.identity.kind is PartyKind.UNKNOWN else 0.0
    return 1.6 - unsure - 0.35 * distance - 0.3 * apart, turn


def _they(scene: Scene, tag: Tag, mention: Mention, container: Turn | None) -> Found:
    at = place(tag)

    def several(turn: Turn) -> bool:
        several_kinds = (PartyKind.GROUP, PartyKind.ORGANIZATION)
        many = turn.identity.plural or turn.identity.gender == "p" or turn.identity.kind in several_kinds
        return many and turn is not container and scene.near(turn.at, at, 1)

    turn = scene.last(several, at)
    return (turn.identity, turn.named) if turn else (scene.own(mention, at), False)


def _it(scene: Scene, tag: Tag, mention: Mention) -> Found:
    at = place(tag)
    here = _body_between(scene, scene.sentence_start(at), at) or _opening_body(scene, at)
    if here:
        return here, True
    turn = scene.last(lambda one: one.identity.gender == "n" and scene.near(one.at, at, 1), at)
    if turn:
        return turn.identity, turn.named
    found = _body_between(scene, scene.layout.paragraph_span(scene.layout.paragraph(at))[0], at)
    return (found, True) if found else (scene.own(mention, at), False)


def _body_between(scene: Scene, start: int, end: int) -> Identity | None:
    """The last body or outlet of several words that is named in a stretch, places that something is in left aside."""
    last = None
    for match in _BODY.finditer(scene.text, start, end):
        read = read_mention(match[0])
        named = read.sort in (Sort.BODY, Sort.OUTLET) and " " in match[0]
        if named and not _WHERE.search(scene.text[max(start, match.start() - 12) : match.start()]):
            last = body(read.name, outlet=read.sort is Sort.OUTLET)
    return last


def _opening_body(scene: Scene, at: int) -> Identity | None:
    """The body that opens the sentence before a pronoun in it, be it of one word: "Israel said it …"."""
    start = scene.sentence_start(at)
    match = _BODY.match(scene.text, start, at)
    read = read_mention(match[0]) if match else None
    return body(read.name, outlet=False) if read and read.sort is Sort.BODY else None
