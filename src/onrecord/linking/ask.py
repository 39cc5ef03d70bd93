"""A claim in the user's own words against a story: which reports support, deny, carry it or say nothing of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from onrecord.datamodel.attribution import NEITHER, Attribution
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Report
from onrecord.linking.claims import stance
from onrecord.linking.features import DENIES, OPEN, SILENT, SUPPORTS
from onrecord.linking.judge import Judge
from onrecord.linking.stance_features import ClaimStance, FloatArray, side_of, stance_features
from onrecord.linking.statements import Statement, statements
from onrecord.linking.synonyms import content_words, paragraph_idf
from onrecord.linking.terms import NEGATION, Idf, terms


class ReportStance(StrEnum):
    """What a report does with a claim."""

    SUPPORTS = "supports"
    DENIES = "denies"
    CARRIES = "carries"
    SILENT = "silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer:
    """One report's stance to the claim, its score, and the attributions that show it."""

    report: str
    file: str
    stance: ReportStance
    score: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a story says to a claim."""

    claim: str
    reports: tuple[ReportAnswer, ...]
    attributions: tuple[ClaimStance, ...]


LEAST_NEAR = 0.2
LEAST_BEARING = 0.5
LEAST_OF_WORDS = 0.5
LEAST_SHARED = 0.34
# The judge reads narrow and wide choices of a report's sentences, in words.
WINDOWS = (110, 170, 250)
# How much of the verdict is the judge's reading; the rest is what the features show. No chance counts as none.
READ = 0.3
LEAST_CHANCE = 0.01


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """What a claim is weighed by: stances of attributions, and features of the reports by id. Shape: (reports, n)."""

    stances: tuple[ClaimStance, ...]
    features: FloatArray
    rarity: Idf


def gather_evidence(
    claim: str,
    reports: Sequence[Report],
    attributions: Sequence[Attribution],
    parties: Sequence[Party],
    judge: Judge | None,
) -> ClaimEvidence:
    """What the reports' words and attributions say of a claim, before anything is decided."""
    rarity = paragraph_idf(text for _, text in sorted({report.id: report.text for report in reports}.items()))
    stances = _stances(claim, attributions, reports, judge)
    homes, kinds = {one.id: one.report for one in attributions}, {one.id: one.kind for one in parties}
    said: dict[str, list[Attribution]] = {}
    for one in attributions:
        said.setdefault(one.report, []).append(one)
    ordered = sorted(reports, key=lambda one: one.id)
    rows = [
        stance_features(
            claim, one, said.get(one.id, []), [b for b in stances if homes[b.attribution] == one.id], kinds, rarity
        )
        for one in ordered
    ]
    return ClaimEvidence(stances, np.array(rows, dtype=np.float32), rarity)


def ask(
    claim: str,
    reports: Sequence[Report],
    attributions: Sequence[Attribution],
    parties: Sequence[Party] = (),
    judge: Judge | None = None,
) -> Answer:
    """Weigh each report against the claim by what it attributes and, with a judge, by its own most telling passages."""
    told = gather_evidence(claim, reports, attributions, parties, judge)
    ordered = sorted(reports, key=lambda one: one.id)
    judged = _judged(claim, ordered, told.features, judge)
    homes = {one.id: one.report for one in attributions}
    answers = []
    for number, report in enumerate(ordered):
        mine = [one for one in told.stances if homes[one.attribution] == report.id]
        answers.append(_answer(report, mine, judged[number] if judged is not None else None, claim, told.rarity))
    return Answer(claim=claim, reports=tuple(answers), attributions=told.stances)


def _stances(
    claim: str, attributions: Sequence[Attribution], reports: Sequence[Report], judge: Judge | None
) -> tuple[ClaimStance, ...]:
    """What each statement that is near the claim does to it."""
    found = statements(attributions, {report.id: report for report in reports})
    if not found:
        return ()
    if judge is None:
        told = [_by_words(claim, one) for one in found]
        return tuple(sorted((one for one in told if one), key=lambda one: one.attribution))
    near = judge.encode([one.content for one in found]) @ judge.encode([claim])[0]
    rows = np.flatnonzero(near >= LEAST_NEAR).tolist()
    chances = judge.bearing([(claim, found[row].context) for row in rows])
    stances = [
        ClaimStance(
            attribution=found[row].attribution,
            stance=stance(_label(claim, found[row], each), found[row].act),
            score=round(1 - float(each[SILENT]), 3),
            reasons=(f"similarity {near[row]:.2f}",),
        )
        for row, each in zip(rows, chances, strict=True)
        if each[SILENT] <= 1 - LEAST_BEARING
    ]
    return tuple(sorted(stances, key=lambda one: one.attribution))


def _label(claim: str, one: Statement, chances: FloatArray) -> int:
    """The likeliest bearing; who says in the negative what a claim says in the negative does not deny it."""
    label = int(np.argmax(chances[:SILENT]))
    negated = [len(NEGATION.findall(text)) % 2 == 1 for text in (claim, one.text)]
    return SUPPORTS if label == DENIES and all(negated) else label


def _by_words(claim: str, one: Statement) -> ClaimStance | None:
    """What a statement that shares the claim's words does to it, by its act and by how many negations there are."""
    asked = terms(claim)
    shared = len(asked & terms(one.content)) / max(1, len(asked))
    if shared < LEAST_OF_WORDS:
        return None
    turned = len(NEGATION.findall(claim)) % 2 != len(NEGATION.findall(one.text)) % 2
    return ClaimStance(
        attribution=one.attribution,
        stance=stance(OPEN if one.act in NEITHER else DENIES if turned else SUPPORTS, one.act),
        score=round(shared, 3),
        reasons=(f"{shared:.0%} of its words",),
    )


def _judged(claim: str, reports: Sequence[Report], rows: FloatArray, judge: Judge | None) -> np.ndarray | None:
    """For, against, carries, silent, by what the judge reads and what the features show. Shape: (reports, 4)."""
    if judge is None or not len(reports):
        return None
    windows = [
        judge.stance([(claim, select_evidence_passages(report.text, claim, size)) for report in reports])
        for size in WINDOWS
    ]
    chances = np.asarray(sum(windows) / len(windows), dtype=np.float64)
    shown = judge.predict_stance(rows)
    if shown is not None:
        # A logarithmic pool (Genest and Zidek, 1986) of both, beside the chance that the report is silent.
        read = chances[:, :3] / chances[:, :3].sum(axis=1, keepdims=True)
        pooled = (read + LEAST_CHANCE) ** READ * (shown + LEAST_CHANCE) ** (1 - READ)
        chances[:, :3] = (1 - chances[:, 3:]) * pooled / pooled.sum(axis=1, keepdims=True)
    return chances


# Below this the judge's own reading never makes a denial of a report whose statements only support the claim.
SURE_DENIAL = 0.4


def _answer(
    report: Report, mine: Sequence[ClaimStance], judged: np.ndarray | None, claim: str, rarity: Idf
) -> ReportAnswer:
    chances = _chances(mine, claim, report, rarity)
    if judged is not None:
        chances = np.asarray(judged, dtype=np.float64)
        if mine or _shared(claim, report, rarity) >= LEAST_SHARED:
            chances = np.array([*chances[:3], 0.0]) / chances[:3].sum()
        sides = {side_of(one.stance) for one in mine}
        if "for" in sides and "against" not in sides:
            # What its statements show outweighs a guess: nobody in the report denies it.
            if len(NEGATION.findall(claim)) % 2:
                # What was learnt from plain claims takes words of denial for a denial of a negated one too.
                chances[0] += chances[1]
                chances[1] = 0.0
            elif chances[1] < SURE_DENIAL:
                chances[1] = 0.0
    told = (ReportStance.SUPPORTS, ReportStance.DENIES, ReportStance.CARRIES, ReportStance.SILENT)[
        int(chances.argmax())
    ]
    wanted = {ReportStance.SUPPORTS: "for", ReportStance.DENIES: "against"}.get(told)
    shown = [one for one in mine if wanted is None or side_of(one.stance) == wanted] or list(mine)
    evidence = tuple(one.attribution for one in sorted(shown, key=lambda one: (-one.score, one.attribution))[:8])
    if told is ReportStance.SILENT:
        evidence = ()
    return ReportAnswer(
        report=report.id, file=report.file, stance=told, score=round(float(chances.max()), 3), evidence=evidence
    )


def _chances(mine: Sequence[ClaimStance], claim: str, report: Report, rarity: Idf) -> np.ndarray:
    """For, against, carries, silent, from the attributions alone; adds up to one."""
    mass = {"for": 0.0, "against": 0.0, "neither": 0.0}
    for one in mine:
        mass[side_of(one.stance)] += one.score
    total = sum(mass.values())
    if total:
        both = min(mass["for"], mass["against"])
        raw = np.array([mass["for"] - 0.5 * both, mass["against"] - 0.3 * both, mass["neither"] + both, 0.05])
        return np.asarray(raw / raw.sum())
    shared = _shared(claim, report, rarity)
    return np.array([0.25, 0.05, 0.6, 0.1]) if shared >= 0.6 else np.array([0.05, 0.05, 0.1, 0.8])


def _shared(claim: str, report: Report, rarity: Idf) -> float:
    """The share of the claim's words, by rarity, that the report has."""
    asked = set(content_words(claim))
    return rarity.sum(asked & set(content_words(report.text))) / max(1e-6, rarity.sum(asked))


_SENTENCE = re.compile(r"(?<=[.!?”\"’])\s+(?=[A-Z“\"‘'])|\n+")
_WORD = re.compile(r"\w+")
_WEIGHTY = re.compile(
    r"\b(?:den(?:y|ies|ied|ial)|hoax|fake|false|untrue|not true|debunk\w*|no evidence|no truth|confirm\w*|unconfirmed|"
    r"rumou?r\w*|alleg\w*|reported(?:ly)?|claim\w*|according to|correction|update|retract\w*|spokes\w+|said|told)\b",
    re.IGNORECASE,
)


def select_evidence_passages(text: str, claim: str, limit: int = 170) -> str:
    """The opening and the sentences of a report that bear most on a claim, in order, at most `limit` words.

    The judge was trained on passages chosen in this way; training reads them with this function.
    """
    sentences = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
    wanted = {word for word in map(str.lower, _WORD.findall(claim)) if len(word) > 3}

    def weight(number: int) -> tuple[float, int]:
        told = {word.lower() for word in _WORD.findall(sentences[number])}
        shared = len(told & wanted) / (1 + len(wanted))
        return (shared + 0.25 * bool(_WEIGHTY.search(sentences[number])) + (0.6 if number < 2 else 0.0), -number)

    kept: set[int] = set()
    left = limit
    for number in sorted(range(len(sentences)), key=weight, reverse=True):
        cost = len(sentences[number].split())
        if cost <= left or not kept:
            kept.add(number)
            left -= cost
    return " ".join(sentences[number] for number in sorted(kept))
