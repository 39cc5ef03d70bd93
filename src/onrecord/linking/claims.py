"""From groups of statements to claims: a text, the statements that bear on it, and on which side."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.datamodel.attribution import DENIAL, NEITHER, Act, Attribution, Mode
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.span import Spans
from onrecord.linking.claim_text import claim_sentence, decontextualized
from onrecord.linking.clauses import clauses, denial_cue
from onrecord.linking.clustering import sides
from onrecord.linking.features import DENIES, OPEN, SILENT, SUPPORTS, log_odds
from onrecord.linking.graph import Graph, encoded
from onrecord.linking.judge import Judge
from onrecord.linking.quantities import Count, count_conflict, counts
from onrecord.linking.standalone import standalone_score
from onrecord.linking.terms import NEGATION, modality, names, numbers, substituted, terms
from onrecord.linking.truecasing import truecase

Floats = npt.NDArray[np.float32]
# So many statements are held against a claim, and so many more for each of its group: a claim that many bear on is
# denied, doubted and pointed at in words of which few are its own. What takes a stand is asked sooner.
NEAREST, NEAREST_MORE = 3, 5
ASKED_SOONER = 0.15
# How much it counts, beside its clarity, that a clause lies in the middle of what its group says.
CENTRAL = 3.0
UNLESS_DIRECT, UNLESS_ASSERTED, UNLESS_COMMON = 0.5, 1.5, 1.0

MEMBER_FEATURES = (
    "judge: bears", "judge: supports rather than denies", "judge: open", "of its group", "chance with the group",
    "best chance with the group", "side in the group", "similarity", "shared terms", "shared names", "numbers differ",
    "negations differ", "its cue denies", "it leaves it open", "size of the group", "its own words",
    "its nearest clause", "its nearest clause opposes", "its nearest clause is denied by its cue",
    "its nearest clause is negated",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a statement as a sentence; `denied` where its cue denies it, `negated` where its own words do."""

    row: int
    text: str
    passage: Spans
    denied: bool
    negated: bool
    score: float


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


def cut_clauses(
    graph: Graph, said: Mapping[str, Attribution], texts: Mapping[str, str], speakers: Mapping[str, str]
) -> list[list[Clause]]:
    """Each statement's clauses; `texts` are the reports', `speakers` the attributions' speakers by name."""
    return [_clauses(row, graph, said, texts, speakers) for row in range(len(graph.statements))]


def drafted(
    groups: Sequence[tuple[int, ...]],
    graph: Graph,
    agreement: dict[tuple[int, int], float],
    cut: Sequence[Sequence[Clause]],
    judge: Judge | None,
) -> list[Draft]:
    """A draft of each group; `cut` are the statements' clauses."""
    listed = [clause for some in cut for clause in some]
    vectors = encoded([clause.text for clause in listed], judge, graph.rare)
    place = {id(clause): number for number, clause in enumerate(listed)}
    found = []
    for rows in groups:
        prior = [_prior(graph, row, cut[row]) for row in rows]
        side = sides(rows, agreement, prior)
        centre = graph.contents[list(rows)].sum(axis=0)
        centre /= max(1e-6, float(np.linalg.norm(centre)))
        # A claim is what the plus side says, or what the cue of the minus side denies.
        stated = [one for row in rows for one in cut[row] if (side[row] > 0) != one.denied]
        stated = [one for one in stated if not one.negated] or stated or [one for row in rows for one in cut[row]]
        shared = Counter(value for row in rows for value in numbers(graph.statements[row].content))

        def worth(one: Clause, near: Floats = centre, often: Counter[float] = shared, size: int = len(rows)) -> float:
            own = any(2 * often[value] < size for value in numbers(one.text))
            return one.score + CENTRAL * float(vectors[place[id(one)]] @ near) - UNLESS_COMMON * own

        best = max(stated, key=lambda one: (worth(one), -one.row))
        # What is only said in the negative is told so, unless somebody is said to deny it.
        opposed = side[best.row] < 0 and not best.denied
        denied = opposed and any(graph.statements[row].act in DENIAL for row in rows)
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


def _clauses(
    row: int, graph: Graph, said: Mapping[str, Attribution], texts: Mapping[str, str], speakers: Mapping[str, str]
) -> list[Clause]:
    one = said[graph.statements[row].attribution]
    text = texts[one.report]
    denied = denial_cue(one, text)
    found = []
    for passage in clauses(one.content, text):
        words = truecase(" ".join(span.of(text) for span in passage), text)
        told = decontextualized(words, speakers.get(one.id, ""), denied)
        score = standalone_score(told) - UNLESS_DIRECT * (one.mode is not Mode.INDIRECT)
        score -= UNLESS_ASSERTED * (one.act in NEITHER)
        found.append(Clause(row, told, passage, denied, len(NEGATION.findall(told)) % 2 == 1, score))
    return found


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


def member_features(
    drafts: Sequence[Draft],
    asked: Sequence[tuple[int, int]],
    vectors: Floats,
    graph: Graph,
    same: Floats,
    cut: Sequence[Sequence[Clause]],
    judge: Judge | None,
) -> Floats:
    """A row for each draft and statement of `asked`, in the order of MEMBER_FEATURES."""
    rows = np.zeros((len(asked), len(MEMBER_FEATURES)), dtype=np.float32)
    if not asked:
        return rows
    if judge:
        judged = judge.bearing([(drafts[number].text, graph.statements[row].context) for number, row in asked])
        rows[:, 0] = log_odds(1 - judged[:, SILENT])
        rows[:, 1] = np.log((judged[:, SUPPORTS] + 1e-4) / (judged[:, DENIES] + 1e-4))
        rows[:, 2] = log_odds(judged[:, OPEN])
    chances = {tuple(pair): chance for pair, chance in zip(graph.pairs.tolist(), same.tolist(), strict=True)}
    for place, (number, row) in enumerate(asked):
        rows[place, 3:] = _member_row(drafts[number], vectors[number], row, graph, chances, cut[row])
    return rows


def _member_row(
    draft: Draft,
    vector: Floats,
    row: int,
    graph: Graph,
    chances: Mapping[tuple[int, ...], float],
    cut: Sequence[Clause],
) -> list[float]:
    one = graph.statements[row]
    others = [chances.get((min(row, other), max(row, other)), 0.0) for other in draft.rows if other != row]
    ours, theirs = terms(draft.text), terms(one.content)
    named, also = names(draft.text), names(one.text)
    counted, their_counts = numbers(draft.text), numbers(one.content)
    whole = max(1e-4, graph.rare.sum(ours))
    shares = [graph.rare.sum(ours & terms(clause.text)) / whole for clause in cut]
    best = int(np.argmax(shares)) if shares else 0
    near = cut[best] if cut else draft.clause
    share = shares[best] if shares else 0.0
    opposes = (near.negated != near.denied) != (len(NEGATION.findall(draft.text)) % 2 == 1)
    return [
        float(row in draft.side),
        sum(others) / len(others) if others else 0.0,
        max(others, default=0.0),
        float(draft.side.get(row, 0)),
        float(vector @ graph.contents[row]),
        graph.rare.sum(ours & theirs) / max(1e-4, graph.rare.sum(ours)),
        graph.rare.sum(named & also) / max(1e-4, graph.rare.sum(named | also)),
        float(bool(counted and their_counts) and not counted & their_counts),
        float(len(NEGATION.findall(draft.text)) % 2 != len(NEGATION.findall(one.text)) % 2),
        float(one.act in DENIAL),
        float(one.act in NEITHER),
        float(np.log(len(draft.rows))),
        float(row == draft.clause.row),
        share,
        share * opposes,
        share * near.denied,
        share * near.negated,
    ]


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
    opposite = (near.negated != near.denied) != (len(NEGATION.findall(text)) % 2 == 1)
    return opposite or substituted(text, near.text) or modality(near.text) != modality(text)


def other_number(text: str, content: str) -> tuple[Count, Count] | None:
    """Two numbers of one thing that differ: who gives another figure makes another claim (a cannot-link)."""
    return count_conflict(counts(text), counts(content))


def members(
    draft: Draft,
    bearing: Mapping[int, Floats],
    graph: Graph,
    cut: Sequence[Sequence[Clause]],
    settings: Mapping[str, float],
    order: Mapping[str, int],
) -> tuple[Member, ...]:
    """The statements that bear on a draft, in order of time; `bearing` are the four chances by row.

    The statement that the text is from always bears on it, on the side that its cue gives. Those that are less likely
    than `counted` are members that are shown and weigh nothing.
    """
    # Denials and what leaves a claim open are rare, so that the chance of each is small: they are weighed up.
    weights = np.array([1.0, settings["denies"], settings["open"], 1.0])
    found = []
    for row, each in bearing.items():
        one, own = graph.statements[row], row == draft.clause.row
        chances = each * weights / (each @ weights)
        bears = 1 - float(chances[SILENT])
        if not own and (bears < settings["member"] or other_number(draft.text, one.content)):
            continue
        label = int(np.argmax(chances[:SILENT]))
        if own:
            label = DENIES if draft.clause.denied or draft.opposed else SUPPORTS
        member = Member(
            attribution=one.attribution,
            stance=stance(label, one.act),
            passage=draft.clause.passage if own else (),
            score=round(bears, 3),
            loose=not own
            and (
                float(each[label]) < settings["counted_denies" if label == DENIES else "counted"]
                or (label == SUPPORTS and says_another(draft.text, cut[row]))
            ),
        )
        found.append((order[one.report], member))
    return tuple(member for _, member in sorted(found, key=lambda one: (one[0], one[1].attribution)))


def claim_id(draft: Draft, earliest: Attribution) -> str:
    """An id that stays while the earliest statement stays."""
    told = f"{earliest.id} {draft.text}"
    return f"claim-{hashlib.sha256(told.encode()).hexdigest()[:10]}"


def weight(claim: Claim, said: Mapping[str, Attribution], shown: Set[str] = frozenset(), again: float = 1.0) -> float:
    """How central a claim is: the reports that bear on it, its voices, and whether it is contested.

    What was `shown` already counts for a share of `again`.
    """
    worth: dict[str, float] = {}
    voices = 0.0
    for member in claim.members:
        value = again if member.attribution in shown else 1.0
        report = said[member.attribution].report
        worth[report] = max(worth.get(report, 0.0), value)
        voices += value
    contested = any(member.stance in DENIAL for member in claim.members)
    return sum(worth.values()) + 0.1 * voices + 0.5 * contested
