"""Clusters of propositions to claims: members with stances, a text that a desk would use, a lasting id."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache

import numpy as np

from onrecord.datamodel.attribution import NEITHER, SUPPORT, Act, Attribution, Mode
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.report import Report
from onrecord.linking.clarity import FINITE, FRAGMENT, SUBJECTLESS, clear, finite, worth
from onrecord.linking.joining import CLOSE
from onrecord.linking.lexis import word_set
from onrecord.linking.polarity import affirmative, of_someone
from onrecord.linking.propositions import Proposition
from onrecord.linking.repeated import RowVectors
from onrecord.linking.stances import CUE_DENIES, NEGATED, POINTS, opposes, stance, turned
from onrecord.linking.wording import spelled

_LEADING = re.compile(
    r"^(?:[\s“”\"'‘’\[(…\-–—,;:.]+|(?:and|but|or|so|while|although|though|whereas|because|that|whether|if|also)\b\s*)+",
    re.IGNORECASE,
)
# "If the crew had no radio, they could not call": what holds on a condition is claimed with it.
_CONDITION = re.compile(
    r"[\s“”\"'‘’\[(…\-–—,;:.]*(?:(?:and|but|that)\b\s*)*(?P<told>if\b[^,.;]*,\s+(?!and\b|or\b)\w)", re.IGNORECASE
)
_IF = re.compile(r"[\s“”\"'‘’\[(…\-–—,;:.]*(?:(?:and|but|that)\b\s*)*(?P<told>if\b)", re.IGNORECASE)
_THEN = re.compile(
    r"(?P<before>[\w’'-]+)[”\"’]*\s+(?:he|she|it|they|we|you|I|there)\s+"
    r"(?:is|are|was|were|will|would|can|could|may|might|should|must|has|have|had)\b"
)
_OPENERS = frozenset(
    "if that what where when who which because before after how why and or but as than whether".split()
)
_TRAILING = re.compile(r"[\s“”\"'‘’\])…\-–—,;:.]+$")
_CONJUNCTION = re.compile(r"[\s,;]+(?:and|or|but)$", re.IGNORECASE)
# An apostrophe inside a word closes nothing.
_CLOSING_SINGLE = re.compile(r"’(?!\w)")
_OF_MANY = re.compile(r"(?:are|were|have|do)(?:n[’']t)?\b", re.IGNORECASE)
# Who demands "that changes be made" says that they should be.
_WANTED = re.compile(r"(?P<who>[\w’'-]+(?: [\w’'-]+){0,4}) (?=(?:not )?be [a-z]+)")
_MODAL = re.compile(
    r"\b(?:to|will|would|shall|should|can|could|may|might|must|not|cannot|let|lets|please|and|or|who|which|that|if)\b|"
    r"n[’']t\b|[’'](?:ll|d)\b",
    re.IGNORECASE,
)
CENTRAL = 3.0
LEAST_COUNTED = 0.6
LEAST_OF_WORDS = 0.8
MOST_ALIKE = 0.66
MOST_SAID = 0.8
# Nouns that stand for a predicate: "the letter's authenticity" says that the letter is authentic.
_PREDICATES = {
    "authenticity": "is authentic", "accuracy": "is accurate", "veracity": "is true", "validity": "is valid",
    "legality": "is legal", "existence": "exists", "death": "has died", "resignation": "has resigned",
    "arrest": "has been arrested", "involvement": "was involved",
}  # fmt: skip
_NOMINAL = re.compile(
    rf"^(?:(?:the )?({'|'.join(_PREDICATES)}) of ([\w’' -]+)|([\w’' -]+?)[’']s? ({'|'.join(_PREDICATES)}))$",
    re.IGNORECASE,
)


def claim_of(
    rows: Sequence[int],
    found: Sequence[Proposition],
    vectors: RowVectors,
    order: Mapping[str, int],
    attributions: Mapping[str, Attribution],
    extra: Sequence[Member] = (),
) -> Claim:
    """The claim that a cluster makes; `order` is each report's place in time, `extra` members join by other means."""
    cluster = [found[row] for row in rows]
    mine = vectors.of_rows(rows)
    centre = mine.sum(axis=0)
    closeness = {row: float(vector @ centre) for row, vector in zip(rows, mine, strict=True)}
    negative = turned(cluster)
    members: dict[str, tuple[float, Member]] = {}
    length = max(1e-6, float(np.linalg.norm(centre)))
    for row in rows:
        member = _member(found[row], negative, closeness[row] / length)
        best = members.get(member.attribution)
        if best is None or (_decides(member), closeness[row]) > (_decides(best[1]), best[0]):
            members[member.attribution] = (closeness[row], member)
    for member in extra:
        members.setdefault(member.attribution, (0.0, member))
    listed = sorted(
        (member for _, member in members.values()),
        key=lambda member: (order[attributions[member.attribution].report], member.attribution),
    )
    text = claim_text(rows, found, closeness, negative, attributions)
    earliest = min(cluster, key=lambda one: (order[one.report], one.attribution, one.passage[0].start))
    return Claim(id=claim_id(text, earliest), text=text, members=tuple(listed))


def far_supporters(claim: Claim, told: Callable[[Member], str]) -> set[str]:
    """The supporters that lie far from the claim's middle and are `told` in other words.

    What points back at the claim ("the report") means it.
    """
    wanted = word_set(claim.text)

    def says(member: Member) -> bool:
        return bool(wanted) and len(wanted & word_set(told(member))) >= LEAST_OF_WORDS * len(wanted)

    return {
        member.attribution
        for member in claim.members
        if member.stance in SUPPORT
        and member.score < LEAST_COUNTED
        and POINTS not in member.reasons
        and not says(member)
    }


def loosened(claim: Claim, far: Set[str]) -> Claim:
    """The claim with some supporters marked as loose, unless of what it asserts itself none were left that counts."""
    left = (one for one in claim.members if one.stance in SUPPORT and not one.loose and one.attribution not in far)
    if not far or (next(left, None) is None and not left_open(claim)):
        return claim
    return replace(
        claim, members=tuple(replace(one, loose=True) if one.attribution in far else one for one in claim.members)
    )


def left_open(claim: Claim) -> bool:
    """Whether all that support a claim joined it, and some statement of its own neither supports nor denies it."""
    own = [one for one in claim.members if CLOSE not in one.reasons]
    return all(one.stance not in SUPPORT for one in own) and any(one.stance in NEITHER for one in own)


def distinct(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those that only repeat what counts of a wider one, or its text."""
    texts = [word_set(claim.text) for claim in claims]
    counted = [frozenset(one.attribution for one in claim.members if not one.loose) for claim in claims]
    holding: dict[str, set[int]] = {}
    for number, claim in enumerate(claims):
        for one in claim.members:
            holding.setdefault(one.attribution, set()).add(number)

    def repeats(number: int) -> bool:
        mine = counted[number]
        fewest = min((holding[one] for one in mine), key=len, default=set())
        wider = fewest.intersection(*(holding[one] for one in mine)) if len(fewest) > 1 else set()
        return any(
            (len(claims[other].members) > len(claims[number].members) or _one_of_two(claims, other, number))
            and (
                len(mine & counted[other]) >= MOST_ALIKE * len(mine | counted[other])
                or len(texts[number] & texts[other]) >= MOST_SAID * min(len(texts[number]), len(texts[other]))
            )
            for other in wider
        )

    return [claim for number, claim in enumerate(claims) if not repeats(number)]


def _one_of_two(claims: Sequence[Claim], kept: int, other: int) -> bool:
    """Whether the later of two claims rests on the very passages that the earlier one rests on."""
    held = [{(one.attribution, one.passage) for one in claims[number].members} for number in (kept, other)]
    return kept < other and held[0] == held[1]


def _decides(member: Member) -> bool:
    return member.stance not in NEITHER


def _member(proposition: Proposition, negative: bool, score: float) -> Member:
    taken = stance(proposition, negative)
    reasons = []
    if taken is Act.DENIES:
        reasons.append(CUE_DENIES if proposition.refused else NEGATED)
    if proposition.pointer:
        reasons.append(POINTS)
    return Member(
        attribution=proposition.attribution,
        stance=taken,
        passage=proposition.passage,
        score=round(min(1.0, max(0.0, score)), 3),
        reasons=tuple(reasons),
    )


def claim_text(
    rows: Sequence[int],
    found: Sequence[Proposition],
    closeness: Mapping[int, float],
    negative: bool,
    attributions: Mapping[str, Attribution],
) -> str:
    """The clearest statement's own words for what is claimed, trimmed to one sentence."""
    stated = [
        row
        for row in rows
        if found[row].slots.negated == negative and found[row].act is not Act.RETRACTS and found[row].words
    ]
    most = max(1e-6, *(closeness[row] for row in rows))

    def clarity(row: int) -> tuple[float, float, int]:
        value = worth(worded(found[row]))
        value -= 0.5 * (attributions[found[row].attribution].mode is not Mode.INDIRECT)
        value -= 1.5 * (found[row].act in NEITHER)
        value += CENTRAL * closeness[row] / most
        return round(value, 3), round(closeness[row], 4), -row

    best = max(stated or rows, key=clarity)
    told = worded(found[best])
    if not stated and not found[best].refused and found[best].slots.negated and not negative:
        told = max(filter(None, (affirmative(worded(found[row])) for row in rows)), key=len, default=told)
    loose = worth(told) <= FRAGMENT and not SUBJECTLESS.search(told)
    if loose and found[best].sentence and not found[best].refused:
        told = plain(found[best].sentence)
    if not stated:
        told = _DISMISSED_AS.sub("", told)
    pronoun = found[best].subject or ("They" if _OF_MANY.match(told) else "It")
    pronoun = f"{pronoun[:1].upper()}{pronoun[1:]}"
    bare = SUBJECTLESS.search(told) or (found[best].subject and FINITE.match(told))
    return f"{pronoun} {told[:1].lower()}{told[1:]}" if bare else told


# Who dismisses a report "as false" denies what it says.
_DISMISSED_AS = re.compile(
    r"\s+as\s+[“\"‘']?(?:\w+ly\s)?(?:false|untrue|baseless|unfounded|groundless|fabricated|nonsense|fiction|lies|fake|"
    r"an? (?:\w+ )?(?:lie|hoax|fabrication|fake|smear))\b[^,;]*(?=\.$)",
    re.IGNORECASE,
)


def worded(one: Proposition) -> str:
    """A proposition as a sentence, with its speaker as subject where it lost its own."""
    return _worded(one.text, one.speaker, one.refused)


@lru_cache(maxsize=1 << 16)
def _worded(text: str, speaker: str, refused: bool) -> str:
    told = plain(spelled(plain(text).removesuffix("."), speaker, refused))
    # Who denies "that any decision was made" denies that some was.
    return of_someone(_ANY.sub("Some", told)) if refused and finite(told) else told


_ANY = re.compile(r"^Any\b(?! of\b)")


def clear_texts(cluster: Sequence[Proposition]) -> list[str]:
    """The statements of a cluster that can stand by themselves as a claim's text, in order."""
    told = [worded(one) for one in cluster if one.act not in NEITHER and not opposes(one)]
    return [text for text in told if clear(text)]


# Two quoted pieces side by side, and a straight mark that is no apostrophe.
_JOINED_MARKS = re.compile(r"[,.;]?[”\"’']{1,2}\s+[“\"‘'](?=\w)")
_LOOSE_MARK = re.compile(r"(?<!\w)'|'(?!\w)")


def plain(text: str) -> str:
    """A clause as a sentence: no leading conjunction, no marks around it, a capital and a full stop."""
    told = " ".join(text.split())
    condition = _CONDITION.match(told) or _if_then(told)
    told = _TRAILING.sub("", told[condition.start("told") :] if condition else _LEADING.sub("", told)) or told
    told = _TRAILING.sub("", _CONJUNCTION.sub("", told)) or told
    if told.count("‘") != len(_CLOSING_SINGLE.findall(told)):
        told = _CLOSING_SINGLE.sub("", told).replace("‘", "")
    for opening, closing in ("“”", '""', "[]", "()"):
        if told.count(opening) != told.count(closing) or (opening == closing and told.count(opening) % 2):
            told = told.replace(opening, "").replace(closing, "")
    told = _JOINED_MARKS.sub("; ", told)
    if len(_LOOSE_MARK.findall(told)) % 2:
        told = _LOOSE_MARK.sub("", told)
    wanted = _WANTED.match(told)
    if wanted and not _MODAL.search(wanted["who"]):
        told = f"{wanted['who']} should {told[wanted.end() :]}"
    noun = _NOMINAL.match(told)
    if noun:
        told = f"{noun[2] or noun[3]} {_PREDICATES[(noun[1] or noun[4]).lower()]}"
    return f"{told[:1].upper()}{told[1:]}{'' if told.endswith(('!', '?')) else '.'}"


def _if_then(told: str) -> re.Match[str] | None:
    """The match of a condition that no comma parts from what depends on it: "if the lock fails we will close it"."""
    condition = _IF.match(told)
    then = _THEN.finditer(told) if condition else iter(())
    alone = any(one["before"].lower() not in _OPENERS and not FINITE.fullmatch(one["before"]) for one in then)
    return condition if alone else None


def claim_id(text: str, earliest: Proposition) -> str:
    """A readable id that stays while the earliest statement stays."""
    slug = "-".join(dict.fromkeys(earliest.words[:4])) or "claim"
    digest = hashlib.sha256(f"{earliest.attribution} {earliest.text}".encode()).hexdigest()[:6]
    return f"{slug}-{digest}"


def report_order(reports: Sequence[Report]) -> dict[str, int]:
    """Each report's place by publication; undated ones after the dated, then by id."""
    dated = sorted(
        reports, key=lambda one: (one.published is None, one.published.end.isoformat() if one.published else "", one.id)
    )
    return {report.id: place for place, report in enumerate(dated)}
