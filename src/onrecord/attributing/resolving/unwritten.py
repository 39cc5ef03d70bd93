"""Attributions that write no source, and headlines that do not name the one the body names."""

from __future__ import annotations

import re
from dataclasses import replace

from onrecord.attributing.lexicon import outlets
from onrecord.attributing.resolving.identity import UNSTATED, Identity
from onrecord.attributing.resolving.people import author
from onrecord.attributing.resolving.scene import Found, Scene, Turn, letters, place
from onrecord.attributing.wording.mention import Sort
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Post
from onrecord.datamodel.span import all_inside

_HEARSAY = re.compile(
    r"reported|allege|purported|apparent|suppose|\b(?:is|are|was|were) (?:said|thought|believed|understood)"
)
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be) (?:\w+ly )?$")
_FRAGMENT = re.compile(r"[\"“'‘]([^\"”“]{4,}?)[\"”'’]")
# A headline's or a lead's paragraphs, in which the body's people are not yet named.
_LEAD_PARAGRAPHS = 4


def fill(scene: Scene) -> None:
    """Give every turn without a source its speaker."""
    for number, turn in enumerate(scene.turns):
        if turn.mention.sort is Sort.NOTHING:
            identity, named = _unwritten(scene, turn, number)
            scene.turns[number] = replace(turn, identity=identity, named=named)


def _unwritten(scene: Scene, turn: Turn, number: int) -> Found:
    tag = turn.tag
    cue = scene.cue(tag)
    post = _post_at(scene, tag)
    if post and not cue:
        return author(scene, post), True
    again = _same_words(scene, turn)
    if again:
        return again.identity, False
    if re.search(r"rumou?r", cue):
        return Identity(key="unnamed rumours", name="rumours", kind=PartyKind.UNKNOWN, named=False, plural=True), False
    if _HEARSAY.search(cue):
        return _hearsay(scene, tag), False
    previous = _before(scene, number)
    if previous and _goes_on(scene, previous, turn, cue):
        return previous.identity, previous.named
    return turn.identity, False


def _goes_on(scene: Scene, previous: Turn, turn: Turn, cue: str) -> bool:
    """Whether a source that is not written is the one before: one sentence, one headline, a quotation that goes on."""
    if scene.layout.sentence(previous.at) == scene.layout.sentence(turn.at) or _one_headline(scene, previous, turn):
        return True
    gap = scene.layout.paragraph(turn.at) - scene.layout.paragraph(previous.at)
    quoted = scene.text[turn.tag.content[0].start] in "\"“‘'"
    if quoted and not cue:
        return gap <= 1 and not _is_crosshead(scene, turn.tag)
    return bool(cue) and gap == 0 and not _passive(scene, turn.tag)


def _one_headline(scene: Scene, previous: Turn, turn: Turn) -> bool:
    return "\n" not in scene.text[previous.at : turn.at] and turn.at - previous.at < 200


def _passive(scene: Scene, tag: Tag) -> bool:
    before = scene.text[max(0, tag.cue[0].start - 20) : tag.cue[0].start]
    return bool(_PASSIVE.search(before) or re.search(r"\b(?:was|were|is|are|been|being) \w+", scene.cue(tag)))


def _hearsay(scene: Scene, tag: Tag) -> Identity:
    """ "Reportedly" is the word of the reports that the text has spoken of, else nobody's."""
    told = scene.last(
        lambda turn: turn.mention.sort is Sort.DOCUMENT and turn.mention.name in ("reports", "media"), place(tag)
    )
    if told:
        return told.identity
    return Identity(key=f"unnamed hearsay {scene.house}", name=UNSTATED, kind=PartyKind.UNKNOWN, named=False)


def _is_crosshead(scene: Scene, tag: Tag) -> bool:
    start, end = scene.layout.paragraph_span(scene.layout.paragraph(place(tag)))
    told = scene.text[start:end].strip()
    return len(told.split()) <= 8 and not re.search(r"[.!?]", told[-2:])


def _same_words(scene: Scene, turn: Turn) -> Turn | None:
    """Somebody whose attributed words elsewhere in the report hold these: a crosshead, a post printed twice."""
    ours = letters(scene.content(turn.tag))
    if len(ours) < 12 or turn.tag.cue:
        return None
    for other in scene.turns:
        if other is turn or other.mention.sort is Sort.NOTHING:
            continue
        theirs = letters(scene.content(other.tag))
        if ours in theirs or (theirs in ours and len(theirs) > 0.6 * len(ours)):
            return other
    return None


def _before(scene: Scene, number: int) -> Turn | None:
    turn = scene.turns[number]
    for other in reversed(scene.turns[:number]):
        inside = all_inside(turn.tag.content, other.tag.content) and turn.tag.content != other.tag.content
        if not inside:
            return other
    return None


def _post_at(scene: Scene, tag: Tag) -> Post | None:
    start = tag.content[0].start
    return next((post for post in scene.report.posts if post.body.start <= start < post.body.end), None)


def tell_teasers(scene: Scene) -> None:
    """A headline's or a lead's "top official" is who the body gives the same quoted words to; still not named there."""
    for number, turn in enumerate(scene.turns):
        if turn.mention.sort is not Sort.UNNAMED or turn.mention.plural or not _in_lead(scene, turn):
            continue
        told = _named_later(scene, turn)
        if told is None:
            continue
        for other, again in enumerate(scene.turns):
            if other == number or (again.identity == turn.identity and _in_lead(scene, again)):
                scene.turns[other] = replace(again, identity=told.identity, named=False)


def _in_lead(scene: Scene, turn: Turn) -> bool:
    return scene.layout.paragraph(turn.at) <= _LEAD_PARAGRAPHS


def _named_later(scene: Scene, turn: Turn) -> Turn | None:
    ours = _fragments(scene.content(turn.tag))
    fitting: list[Turn] = []
    for other in scene.turns:
        if other.at <= turn.at or not other.named or other.identity.kind is not PartyKind.PERSON:
            continue
        if outlets.outlet_of(other.mention.body):
            continue
        theirs = " ".join(_fragments(scene.content(other.tag)))
        if any(re.search(rf"\b{re.escape(fragment)}\b", theirs) for fragment in ours):
            fitting.append(other)
    return fitting[0] if len({other.identity.key for other in fitting}) == 1 else None


def _fragments(told: str) -> list[str]:
    """The quoted stretches of a content, for comparing."""
    return [found for found in map(letters, _FRAGMENT.findall(told)) if len(found) > 3]
