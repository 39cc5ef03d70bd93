"""From groups of statements to claims: a text, the statements that bear on it, and on which side."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.attribution import DENIAL, NEITHER, SUPPORT, Act, Attribution
from onrecord.datamodel.claim import Claim, Member
from onrecord.linking.claim_text import claim_sentence
from onrecord.linking.clustering import sides
from onrecord.linking.features import DENIES, LEAST, OPEN, SILENT, SUPPORTS, log_odds, log_ratio
from onrecord.linking.graph import Graph, encoded
from onrecord.linking.judge import Judge
from onrecord.linking.quantities import Count, count_conflict, counts
from onrecord.linking.standalone import fragment, standalone_score
from onrecord.linking.statement_clauses import Clause
from onrecord.linking.terms import NEGATION, modality, names, numbers, substituted, tells, terms

Floats = npt.NDArray[np.float32]
# So many statements are held against a claim, and so many more for each of its group: a claim that many bear on is
# denied, doubted and pointed at in words of which few are its own. What takes a stand is asked sooner.
NEAREST, NEAREST_MORE = 3, 5
ASKED_SOONER = 0.15
# How much it counts, beside its clarity, that a clause lies in the middle of what its group says.
CENTRAL = 3.0
UNLESS_COMMON = 1.0
# How much it counts, beside the reports that carry a claim, that its text stands by itself.
CLEAR = 0.2
# So many of a claim's terms are in what denies it plainly.
PLAINLY = 0.8
# Behind the four chances of a bearing: the judge's own.
JUDGED = 4

BEARING_FEATURES = (
    "of its group", "chance with the group", "best chance with the group", "similarity", "shared terms",
    "shared names", "its cue denies", "it leaves it open", "size of the group", "its nearest clause",
)  # fmt: skip
SIDE_FEATURES = (
    "judge: supports rather than denies", "judge: open", "side in the group", "negations differ", "its cue denies",
    "it leaves it open", "size of the group",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """A group with its claim's text, the clause that it is from, and each statement's side in the group.

    `opposed` where the text is the clause without its negation, so that the clause's own statement denies it.
    """

    rows: tuple[int, ...]
    side: Mapping[int, int]
    text: str
    clause: Clause
    opposed: bool = False


def agreements(graph: Graph, same: Floats, agree: Floats) -> dict[tuple[int, int], float]:
    """For each compared pair the log odds of standing on one side, weighed by the chance that they make one claim."""
    weights = same * log_odds(agree)
    return {(left, right): weight for (left, right), weight in zip(graph.pairs.tolist(), weights.tolist(), strict=True)}


def drafted(
    groups: Sequence[tuple[int, ...]],
    graph: Graph,
    agreement: dict[tuple[int, int], float],
) -> list[Draft]:
    """A draft of each group."""
    cut = graph.cut
    vectors = {
        clause: vector
        for some, their in zip(cut, graph.clauses, strict=True)
        for clause, vector in zip(some, their, strict=True)
    }
    found = []
    for rows in groups:
        prior = [_prior(graph, row, cut[row]) for row in rows]
        side = sides(rows, agreement, prior)
        centre = graph.contents[list(rows)].sum(axis=0)
        centre /= max(1e-6, float(np.linalg.norm(centre)))
        # A claim is what the plus side says, or what the cue of the minus side denies.
        every = [one for row in rows for one in cut[row]]
        stated = [one for one in every if (side[one.row] > 0) != one.denied]
        stated = [one for one in stated if not one.negated] or stated or every
        telling = [one for one in every if tells(one.text) and not one.text.endswith("?")]
        stated = [one for one in stated if one in telling] or telling or stated
        stated = [one for one in stated if not fragment(one.text)] or stated
        shared = Counter(value for row in rows for value in numbers(graph.statements[row].content))

        def worth(one: Clause, near: Floats = centre, often: Counter[float] = shared, size: int = len(rows)) -> float:
            own = any(2 * often[value] < size for value in numbers(one.text))
            return one.score + CENTRAL * float(vectors[one] @ near) - UNLESS_COMMON * own

        best = max(stated, key=lambda one: (worth(one), -one.row))
        # Denied: “No gate was shut.” What is told is what he denies, and he stands against it, if somebody says it;
        # what all say in the negative is told so, unless a cue denies it.
        said = any(
            row != best.row and graph.statements[row].act in SUPPORT and not all(one.negated for one in cut[row])
            for row in rows
        )
        negative = said and best.negated and not best.denied and graph.statements[best.row].act in DENIAL
        if negative and side[best.row] > 0:
            side = {row: -sign for row, sign in side.items()}
        opposed = side[best.row] < 0 and not best.denied
        denied = said and opposed and any(graph.statements[row].act in DENIAL for row in rows)
        text = claim_sentence(best.text, negative=denied)
        turned = opposed and text == claim_sentence(best.text, negative=False)
        sign = -1 if turned else 1
        found.append(Draft(rows, {row: sign * side[row] for row in rows}, text, best, opposed and not turned))
    return found


def _prior(graph: Graph, row: int, cut: Sequence[Clause]) -> float:
    """Log odds that a statement stands on the side that a claim is put in: against it where it is a denial."""
    act = graph.statements[row].act
    if act in DENIAL:
        return -1.5
    return 0.2 if act in NEITHER else 0.5 - 0.8 * all(one.negated for one in cut)


def member_pairs(drafts: Sequence[Draft], graph: Graph, judge: Judge | None) -> tuple[list[tuple[int, int]], Floats]:
    """Draft and statement, by number, of those that are held against each other, and the claims' vectors."""
    vectors = encoded([one.text for one in drafts], judge, graph.rare)
    near = vectors @ graph.contents.T
    near += ASKED_SOONER * np.array([one.act in NEITHER | DENIAL for one in graph.statements])
    found: list[tuple[int, int]] = []
    for number, one in enumerate(drafts):
        nearest = np.argsort(-near[number], kind="stable")[: NEAREST + NEAREST_MORE * len(one.rows)].tolist()
        found.extend((number, row) for row in sorted({*one.rows, *nearest}))
    return found, vectors


def bearing_features(
    drafts: Sequence[Draft], asked: Sequence[tuple[int, int]], vectors: Floats, graph: Graph, same: Floats
) -> Floats:
    """A row for each draft and statement of `asked`, in the order of BEARING_FEATURES; `vectors` are the drafts'."""
    chances = {tuple(pair): chance for pair, chance in zip(graph.pairs.tolist(), same.tolist(), strict=True)}
    rows = [_bearing_row(drafts[number], vectors[number], row, graph, chances) for number, row in asked]
    return np.array(rows, dtype=np.float32).reshape(len(asked), len(BEARING_FEATURES))


def _bearing_row(
    draft: Draft, vector: Floats, row: int, graph: Graph, chances: Mapping[tuple[int, ...], float]
) -> list[float]:
    one = graph.statements[row]
    others = [chances.get((min(row, other), max(row, other)), 0.0) for other in draft.rows if other != row]
    ours = terms(draft.text)
    whole = max(LEAST, graph.rare.sum(ours))
    named, also = names(draft.text), names(one.text)
    return [
        float(row in draft.side),
        sum(others) / len(others) if others else 0.0,
        max(others, default=0.0),
        float(vector @ graph.contents[row]),
        graph.rare.sum(ours & terms(one.content)) / whole,
        graph.rare.sum(named & also) / max(LEAST, graph.rare.sum(named | also)),
        float(one.act in DENIAL),
        float(one.act in NEITHER),
        float(np.log(len(draft.rows))),
        max((graph.rare.sum(ours & terms(clause.text)) / whole for clause in graph.cut[row]), default=0.0),
    ]


def read_by(judge: Judge | None, drafts: Sequence[Draft], asked: Sequence[tuple[int, int]], graph: Graph) -> Floats:
    """What the judge reads each statement of `asked` to do to its draft; without one, that it supports it.

    Shape: (asked, 4).
    """
    if judge and asked:
        return judge.bearing([(drafts[number].text, graph.statements[row].context) for number, row in asked])
    return np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (len(asked), 1))


def side_features(drafts: Sequence[Draft], asked: Sequence[tuple[int, int]], graph: Graph, judged: Floats) -> Floats:
    """A row for each draft and statement of `asked`, in the order of SIDE_FEATURES; `judged` is from `read_by`."""
    rows = np.zeros((len(asked), len(SIDE_FEATURES)), dtype=np.float32)
    rows[:, 0] = log_ratio(judged[:, SUPPORTS], judged[:, DENIES])
    rows[:, 1] = log_odds(judged[:, OPEN])
    for place, (number, row) in enumerate(asked):
        draft, one = drafts[number], graph.statements[row]
        rows[place, 2:] = [
            float(draft.side.get(row, 0)),
            float(len(NEGATION.findall(draft.text)) % 2 != len(NEGATION.findall(one.text)) % 2),
            float(one.act in DENIAL),
            float(one.act in NEITHER),
            float(np.log(len(draft.rows))),
        ]
    return rows


def stance(label: int, act: Act) -> Act:
    """The stance that a bearing and the act of the source make: who refuses, asks or has not said is on no side."""
    if act in NEITHER:
        return act
    if label == SUPPORTS:
        return Act.CONFIRMS if act is Act.CONFIRMS else Act.ASSERTS
    if label == DENIES:
        return Act.RETRACTS if act is Act.RETRACTS else Act.DENIES
    return Act.NOT_CONFIRMED


def says_another(text: str, cut: Sequence[Clause]) -> bool:
    """Whether the clause nearest to a claim says it of something else, its opposite, or a mere possibility or plan."""
    if not cut:
        return False
    ours = terms(text)
    near = max(cut, key=lambda one: len(ours & terms(one.text)))
    return _opposes(near, text) or substituted(text, near.text) or modality(near.text) != modality(text)


def plain_sides(text: str, cut: Sequence[Clause]) -> set[int]:
    """The sides that clauses take in nearly all of a claim's terms: denied where they say its opposite or deny it."""
    ours = terms(text)
    near = [one for one in cut if len(ours & terms(one.text)) >= PLAINLY * len(ours)]
    return {DENIES if _opposes(one, text) else SUPPORTS for one in near}


def _opposes(clause: Clause, text: str) -> bool:
    """Whether a clause is negated where a claim is not, or the other way round; what a cue denies counts as negated."""
    return (clause.negated != clause.denied) != (len(NEGATION.findall(text)) % 2 == 1)


def other_number(text: str, content: str) -> tuple[Count, Count] | None:
    """Two numbers of one thing that differ: who gives another figure makes another claim (a cannot-link)."""
    return count_conflict(counts(text), counts(content))


def members(
    draft: Draft,
    bearing: Mapping[int, Floats],
    graph: Graph,
    settings: Mapping[str, float],
    order: Mapping[str, int],
) -> tuple[Member, ...]:
    """The statements that bear on a draft, in order of time; `bearing` are the four chances by row.

    The fifth is the judge's own chance that the statement bears at all: below `read` it supports nothing, however near
    it is; one word can make another claim.

    The statement that the text is from always bears on it, on the side that its cue gives. A speaker counts for a side
    as surely as any of his statements takes it (noisy-or; Pearl, 1988); where that is less than `counted`, or
    `counted_denies`, his statements are members that are shown and weigh nothing.
    """
    # Denials and what leaves a claim open are rare, so that the chance of each is small: they are weighed up.
    weights = np.array([1.0, settings["denies"], settings["open"], 1.0, 1.0], dtype=np.float32)
    labels: dict[int, int] = {}
    other: set[int] = set()
    doubts: dict[tuple[str, int], float] = {}
    answered = _answers(draft, bearing, graph)
    bearing = {**bearing, **answered}
    for row, each in bearing.items():
        one, own = graph.statements[row], row == draft.clause.row
        if not own and (1 - each[SILENT] < settings["member"] or other_number(draft.text, one.content)):
            continue
        label, plain = _side(draft, row, each * weights, graph)
        labels[row] = label
        if not own and row not in answered and label == SUPPORTS and _another(draft, row, each, graph, settings):
            other.add(row)
        else:
            holder = one.speaker or one.attribution, label
            sure = float(1 - each[SILENT] if plain else each[label])
            doubts[holder] = doubts.get(holder, 1.0) * (0.0 if own else 1 - sure)
    other |= _one_side_each(draft, labels, other, doubts, graph)
    found = []
    for row, label in labels.items():
        one, own = graph.statements[row], row == draft.clause.row
        sure = 1 - doubts.get((one.speaker or one.attribution, label), 1.0)
        member = Member(
            attribution=one.attribution,
            stance=stance(label, one.act),
            passage=draft.clause.passage if own else (),
            score=round(1 - float(bearing[row][SILENT]), 3),
            loose=row in other or sure < settings["counted_denies" if label == DENIES else "counted"],
        )
        found.append((order[one.report], member))
    return tuple(member for _, member in sorted(found, key=lambda one: (one[0], one[1].attribution)))


def _one_side_each(
    draft: Draft,
    labels: dict[int, int],
    other: set[int],
    doubts: Mapping[tuple[str, int], float],
    graph: Graph,
) -> set[int]:
    """Put who was read on both sides of a claim on the side that is surer; the rows whose side stays doubtful.

    One speaker takes one side of a claim. What an act itself denies, confirms or withdraws keeps its side: what is
    surer stands against it, and it weighs nothing.
    """
    doubtful = set()
    for row, label in list(labels.items()):
        one = graph.statements[row]
        if label not in (SUPPORTS, DENIES) or row in other or row == draft.clause.row or one.act is Act.RETRACTS:
            continue
        holder, across = one.speaker or one.attribution, SUPPORTS + DENIES - label
        if doubts.get((holder, label), 1.0) <= doubts.get((holder, across), 1.0):
            continue
        if one.act in DENIAL or one.act is Act.CONFIRMS:
            doubtful.add(row)
        else:
            labels[row] = across
    return doubtful


def _side(draft: Draft, row: int, chances: Floats, graph: Graph) -> tuple[int, bool]:
    """The side of a statement that bears on a draft, and whether its words tell it plainly.

    The statement that the text is from takes the side that its cue gives. Who says a claim in nearly its own words is
    for it, who says its opposite in them against it, whatever the judge reads; but whose act denies what has no
    negation of its own ("False: the gate was shut") denies it.
    """
    if row == draft.clause.row:
        return (DENIES if draft.clause.denied or draft.opposed else SUPPORTS), False
    cut, label = graph.cut[row], int(np.argmax(chances[:SILENT]))
    plain = plain_sides(draft.text, cut)
    if DENIES in plain and label in (SUPPORTS, DENIES):
        return DENIES, True
    own = graph.statements[row].act not in DENIAL or all(one.negated for one in cut)
    return (SUPPORTS, True) if plain and own and label == DENIES else (label, False)


def _answers(draft: Draft, bearing: Mapping[int, Floats], graph: Graph) -> dict[int, Floats]:
    """The chances of bare denials ("it was not"): those of what they answer, with the sides exchanged."""
    rows = {graph.statements[row].attribution: row for row in bearing}
    turned = {}
    for row in bearing:
        said = rows.get(graph.statements[row].answers or "")
        if said is None or row == draft.clause.row:
            continue
        chances = bearing[said].copy()
        if said == draft.clause.row:
            chances[:JUDGED] = [0, 1, 0, 0] if draft.clause.denied or draft.opposed else [1, 0, 0, 0]
        chances[[SUPPORTS, DENIES]] = chances[[DENIES, SUPPORTS]]
        chances[JUDGED] = 1
        turned[row] = chances
    return turned


def _another(draft: Draft, row: int, chances: Floats, graph: Graph, settings: Mapping[str, float]) -> bool:
    """Whether what seems to support a claim says another thing, by the judge or by its words."""
    return float(chances[JUDGED]) < settings["read"] or says_another(draft.text, graph.cut[row])


def claim_id(draft: Draft, earliest: Attribution) -> str:
    """An id that stays while the earliest statement stays."""
    told = f"{earliest.id} {draft.text}"
    return f"claim-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def rank(claim: Claim, said: Mapping[str, Attribution]) -> tuple[bool, float, int, bool, str]:
    """Where a claim stands among those of its story: what less than a sentence tells last, then the most central.

    Of two that weigh the same the one of which more counts goes first, then what is told without a negation.
    """
    loose = sum(one.loose for one in claim.members)
    central = weight(claim, said) + CLEAR * standalone_score(claim.text)
    return fragment(claim.text), -central, loose, bool(NEGATION.search(claim.text)), claim.id


def weight(claim: Claim, said: Mapping[str, Attribution]) -> float:
    """How central a claim is: the reports that bear on it, its voices, and whether it is contested."""
    members = [member for member in claim.members if member.attribution in said]
    reports = {said[member.attribution].report for member in members}
    contested = any(member.stance in DENIAL for member in members)
    return len(reports) + 0.1 * len(members) + 0.5 * contested
