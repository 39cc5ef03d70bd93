"""Features of a report's stance to a claim: words of doubt and denial near it, who is credited with it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.linking.synonyms import content_words
from onrecord.linking.terms import Idf

FloatArray = npt.NDArray[np.float32]

# Longer reports are judged by their first sentences; nobody hides a stance behind sixty.
MOST_SENTENCES = 60
_NEAREST = 3
_SENTENCE = re.compile(r"\S.*?(?=(?:(?<=[.!?”\"’])\s+(?=[A-Z“\"‘'])|\n+|$))", re.MULTILINE)
_CUES = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "refuted": r"\b(?:hoax\w*|fake[ds]?|false\w*|untrue|debunk\w*|not true|no (?:evidence|truth|proof)|satir\w+|"
        r"fabricat\w+|bogus|made[- ]up|never happened|retract\w*|mislead\w*|myth|prank\w*|photoshop\w*|disprov\w*|"
        r"refut\w+|incorrect\w*|parody|s[ck]eptic\w*|too good to be true)\b",
        "denied": r"\b(?:den(?:y|ies|ied|ial|ying)|dismiss\w+|reject\w+|rubbish\w*)\b",
        "turned": r"\b(?:actually|turns? out|turned out|in fact|however|but|instead|correction|update[ds]?)\b",
        "hedged": r"\b(?:reported(?:ly)?|alleged(?:ly)?|claim(?:s|ed|ing)?|rumou?r\w*|unconfirmed|apparent(?:ly)?|"
        r"purported(?:ly)?|supposed(?:ly)?|may|might|could|possibl[ye]|seem\w*|appears?|believed|speculat\w+|said to|"
        r"not (?:yet )?(?:been )?(?:confirmed|verified)|unverified|unclear|if true|suspected)\b",
        "confirmed": r"\b(?:confirm(?:s|ed|ing|ation)?|official(?:ly)?|announce[ds]?|revealed|authorities|police|"
        r"verified|admitted|acknowledged|arrested|pleaded|video shows|photos? show)\b",
        "credited": r"\b(?:according to|reports?|sources?|told|said|says|spokes\w+|tweet\w*)\b",
        "negated": r"\b(?:not|no|never|nobody|none)\b|n[’']t\b",
        "asked": r"\?",
    }.items()
}
_AHEAD = re.compile(
    r"\b(?:will|would|going to|plans? to|expected|set to|to (?:launch|release|sell|cost|start|stop))\b", re.IGNORECASE
)
_REPUTED = re.compile(r"claim|rumou?r|report|allege", re.IGNORECASE)
_LINK = re.compile(r"https?://|www\.|\bvia\b|@\w+")
_UPDATED = re.compile(r"\bupdate", re.IGNORECASE)
_MARKS = re.compile('[“”"]')


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStance:
    """What one attribution does to a claim, with the score of that."""

    attribution: str
    stance: Act
    score: float
    reasons: tuple[str, ...] = ()


def stance_features(
    claim: str,
    report: Report,
    said: Sequence[Attribution],
    stances: Sequence[ClaimStance],
    kinds: Mapping[str, PartyKind],
    rarity: Idf,
) -> FloatArray:
    """The features of one report and one claim: `said` and `stances` are the report's own. Shape: (165,).

    Nearness to the claim is the share of the claim's words, by rarity, that a sentence has.
    """
    text = report.text
    places = [match.span() for match in _SENTENCE.finditer(text)][:MOST_SENTENCES] or [(0, len(text))]
    told = [text[start:end] for start, end in places]
    asked = frozenset(content_words(claim))
    whole = max(1e-6, rarity.sum(asked))
    near = np.array([rarity.sum(asked & set(content_words(one))) / whole for one in told])
    order = np.argsort(-near, kind="stable")
    cues = np.array([[min(2, len(cue.findall(one))) for cue in _CUES.values()] for one in told], dtype=np.float64)
    share = rarity.sum(asked & set(content_words(text))) / whole
    numbers = [
        *_wording(text, told, order),
        *(near.max(), np.sort(near)[-3:].mean(), near[0], near[:3].max(), (near > 0.6).sum(), (near > 0.4).mean()),
        *(math.log(1 + len(text.split())), share),
        *_shape(claim),
        *_sides(stances),
        *_voices(said, kinds, len(text)),
        *_nearest(order, near, cues, [_credit(place, said, kinds, text) for place in places]),
        *_weighed(near, cues),
        *cues[-4:].sum(0),
        *(len(_LINK.findall(text)), len(_UPDATED.findall(text))),
    ]
    return np.array(numbers, dtype=np.float32)


def _wording(text: str, told: Sequence[str], order: npt.NDArray[np.int64]) -> Iterable[float]:
    """How often each kind of cue stands in the whole text, in the sentences nearest the claim, in the first ones."""
    near, lead = " ".join(told[row] for row in sorted(order[: _NEAREST + 1])), " ".join(told[:3])
    words = max(1, len(text.split()))
    for cue in _CUES.values():
        often = len(cue.findall(text))
        yield from (math.log(1 + often), 100 * often / words)
        yield from (min(4, len(cue.findall(near))), min(4, len(cue.findall(lead))), min(2, len(cue.findall(told[0]))))


def _shape(claim: str) -> Iterable[float]:
    """What kind of claim it is: long, negated, of the future, with figures, with names, itself told as hearsay."""
    words = claim.split() or [""]
    yield from (len(words), bool(_CUES["negated"].search(claim)), bool(_AHEAD.search(claim)))
    yield from (any(one.isdigit() for one in claim), sum(one[:1].isupper() for one in words) / len(words))
    yield bool(_REPUTED.search(claim))


def _sides(stances: Sequence[ClaimStance]) -> Iterable[float]:
    """How much of what the report attributes is for the claim, against it, neither: in all, and the most of one."""
    by_side: dict[str, list[float]] = {"for": [], "against": [], "neither": []}
    for one in stances:
        by_side[side_of(one.stance)].append(one.score)
    for scores in by_side.values():
        yield from (sum(scores), max(scores, default=0.0))
    yield len(stances)


def side_of(stance: Act) -> str:
    """Whether a statement is for a claim, against it, or neither."""
    if stance in (Act.ASSERTS, Act.CONFIRMS):
        return "for"
    return "against" if stance in (Act.DENIES, Act.RETRACTS) else "neither"


def _voices(said: Sequence[Attribution], kinds: Mapping[str, PartyKind], size: int) -> Iterable[float]:
    """Who is heard in the whole report, and what they do."""
    acts, many = Counter(one.act for one in said), max(1, len(said))
    yield len(said)
    for act in (Act.DENIES, Act.CONFIRMS, Act.NOT_CONFIRMED, Act.NO_COMMENT, Act.RETRACTS, Act.ASKS):
        yield acts[act]
    yield acts[Act.DENIES] / many
    yield sum(len(span) for one in said for span in one.content) / max(1, size)
    for fits in (
        [not one.named for one in said],
        [one.hedged for one in said],
        [bool(one.relay) for one in said],
        [one.mode is Mode.DIRECT for one in said],
        [kinds.get(one.speaker or "") is PartyKind.ORGANIZATION for one in said],
        [kinds.get(one.speaker or "") is PartyKind.PERSON for one in said],
    ):
        yield sum(fits) / many


def _credit(
    place: tuple[int, int], said: Sequence[Attribution], kinds: Mapping[str, PartyKind], text: str
) -> tuple[float, ...]:
    """Who is credited with what a sentence says."""
    start, end = place
    some = [one for one in said if any(span.start < end and span.end > start for span in one.content)]
    return (
        len(some),
        any(one.named for one in some),
        any(not one.named for one in some),
        any(one.hedged for one in some),
        any(one.relay for one in some),
        any(one.act is Act.DENIES for one in some),
        any(one.act in (Act.NOT_CONFIRMED, Act.NO_COMMENT) for one in some),
        any(kinds.get(one.speaker or "") is PartyKind.ORGANIZATION for one in some),
        any(kinds.get(one.speaker or "") is PartyKind.PERSON for one in some),
        any(one.mode is Mode.DIRECT for one in some),
        bool(_MARKS.search(text[start:end])),
    )


def _nearest(
    order: npt.NDArray[np.int64],
    near: npt.NDArray[np.float64],
    cues: npt.NDArray[np.float64],
    credits: Sequence[tuple[float, ...]],
) -> Iterable[float]:
    """The sentences nearest the claim, one after the other: how near, where, in what words, credited to whom."""
    for rank in range(_NEAREST):
        if rank < len(order):
            row = int(order[rank])
            yield from (near[row], row / len(order), *cues[row], *credits[row])
        else:
            yield from [0.0] * (2 + cues.shape[1] + len(credits[0]))


def _weighed(near: npt.NDArray[np.float64], cues: npt.NDArray[np.float64]) -> Iterable[float]:
    """How much of each kind of cue stands near the claim, each sentence by its nearness; in the mean, and in all."""
    weight = np.maximum(0.0, near - 0.25)
    total = weight @ cues
    yield from total / max(1e-6, float(weight.sum()))
    yield from total
