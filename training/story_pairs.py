"""Labelled pairs for the linker's judge: a claim or a statement on the left, another report's statement on the right.

The label tells what the right one does to the left one: supports, denies, leaves it open, or is silent on it. Two
statements are each taken as what their source says, cue included: who denied a thing and who asserted it are on
opposite sides.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from training.distort import KINDS, distorted, names_of
from training.invented_stories import invented_texts

from onrecord.linking.statements import in_context, plain

SUPPORTS, DENIES, OPEN, SILENT = range(4)
_SIDE = {"asserts": 1, "confirms": 1, "denies": -1, "retracts": -1}
_OF_CLAIM = {"supports": SUPPORTS, "denies": DENIES, "open": OPEN, "silent": SILENT}
_OF_PAIR = {
    "same": SUPPORTS,
    "left_says_more": SUPPORTS,
    "right_says_more": SUPPORTS,
    "conflict": DENIES,
    "neither": SILENT,
}
NEGATIVES = {"claim": 8, "statement": 2}
POSITIVES = 3
DISTORTED = 12
# Of statements that bear on no claim with another one, one in so many is a left side in an epoch.
ALONE = 2


@dataclass(frozen=True, slots=True)
class Row:
    """Two texts, the head that judges them (0 entailment, 1 bearing), the label's number and the story."""

    left: str
    right: str
    head: int
    label: int
    story: str = ""


def sign(left: str, right: str) -> int:
    """What a statement of one stance does to a statement of another stance on the same claim."""
    sides = _SIDE.get(left), _SIDE.get(right)
    if None in sides:
        return OPEN
    return SUPPORTS if sides[0] == sides[1] else DENIES


def story_texts(folder: Path) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """A reference, and each attribution's text as a left side and, with its context, as a right side.

    An invented story (a file) has no contexts.
    """
    if folder.suffix == ".txt":
        made, whole, _ = invented_texts(folder)
        return made, whole, whole
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    texts = {one["id"]: (folder / one["file"]).read_text(encoding="utf-8") for one in gold["reports"]}
    lefts, rights = {}, {}
    for one in gold["attributions"]:
        spans = [[tuple(pair) for pair in one[key]] for key in ("source", "cue", "content")]
        lefts[one["id"]] = plain(texts[one["report"]], *spans)
        rights[one["id"]] = in_context(texts[one["report"]], *spans)
    return gold, lefts, rights


def story_rows(folder: Path, near: dict[str, list[str]], chance: random.Random) -> list[Row]:
    """The rows of one story: each claim with its members and the nearest others, each statement likewise.

    `near` names for each claim's text and each attribution the attributions of the story by similarity, nearest first.
    """
    gold, lefts, rights = story_texts(folder)
    outer = {one["id"] for one in gold["attributions"] if one.get("outer_of")}
    report = {one["id"]: one["report"] for one in gold["attributions"]}
    rows = []
    shared: dict[str, dict[str, int]] = {ident: {} for ident in report}
    for claim in gold["claims"]:
        held = {one["attribution"]: one["stance"] for one in claim["members"]}
        for ident, stance in held.items():
            side = _SIDE.get(stance)
            label = OPEN if side is None else SUPPORTS if side > 0 else DENIES
            rows.append(Row(claim["text"], rights[ident], 1, label, folder.name))
        others = [one for one in near[claim["text"]] if one not in held and one not in outer]
        for ident in _sampled(others, NEGATIVES["claim"], chance):
            rows.append(Row(claim["text"], rights[ident], 1, SILENT, folder.name))
        for left, right in product(held, held):
            if report[left] != report[right]:
                shared[left][right] = sign(held[left], held[right])
    for left, bearing in shared.items():
        if left in outer or (not bearing and chance.randrange(ALONE)):
            continue
        chosen = list(bearing.items())
        chance.shuffle(chosen)
        # Statements that take another side are few: none of them is left out.
        chosen.sort(key=lambda one: one[1] == SUPPORTS)
        rows.extend(Row(lefts[left], rights[ident], 1, label, folder.name) for ident, label in chosen[:POSITIVES])
        others = [one for one in near[left] if one not in bearing and report[one] != report[left] and one not in outer]
        for ident in _sampled(others, NEGATIVES["statement"], chance):
            rows.append(Row(lefts[left], rights[ident], 1, SILENT, folder.name))
    held = [
        (claim["text"], one["attribution"])
        for claim in gold["claims"]
        for one in claim["members"]
        if _SIDE.get(one["stance"]) == 1
    ]
    return rows + distorted_rows(held, lefts, folder.name, chance)


def distorted_rows(
    held: Sequence[tuple[str, str]], lefts: dict[str, str], story: str, chance: random.Random
) -> list[Row]:
    """Claims and statements beside themselves with one thing changed, and beside themselves as they are."""
    names = names_of(list(lefts.values()))
    rows = []
    for text in (
        *dict.fromkeys(claim for claim, _ in held),
        *chance.sample(sorted(lefts.values()), min(len(lefts), DISTORTED)),
    ):
        who, told = chance.choice(("", "A spokesman said: ", "Officials: ")), text
        if chance.random() < 0.5:
            who, told = "", text
        rows.append(Row(text, f"{who}{told}", 1, SUPPORTS, story))
        kinds = list(KINDS)
        chance.shuffle(kinds)
        made = [(kind, distorted(told, kind, names, chance)) for kind in kinds]
        for kind, changed in [one for one in made if one[1]][:2]:
            sides = [text, f"{who}{changed}"]
            if chance.random() < 0.5 and not who:
                sides.reverse()
            rows.append(Row(sides[0], str(sides[1]), 1, DENIES if kind == "opposite" else SILENT, story))
    return rows


def _sampled(ranked: Sequence[str], count: int, chance: random.Random) -> list[str]:
    """Two thirds of the nearest, the rest of any."""
    hard = min(len(ranked), count * 2 // 3)
    near, far = list(ranked[: hard * 2]), list(ranked[hard * 2 :])
    chance.shuffle(near)
    chance.shuffle(far)
    return near[:hard] + far[: count - hard]


def labelled_rows(path: Path, bodies: dict[str, str]) -> Iterator[Row]:
    """The labelled pairs of real statements; a row's story is the title of its claim."""
    for line in path.open(encoding="utf-8"):
        one = json.loads(line)
        label = (_OF_CLAIM if one["kind"] == "claim" else _OF_PAIR).get(one["label"])
        if label is None:
            continue
        right = _side(one["right"], bodies, context=True)
        if one["kind"] == "claim":
            yield Row(one["left"].get("claim") or one["claim"], right, 1, label, one["claim"])
            continue
        yield Row(_side(one["left"], bodies, context=False), right, 1, label, one["claim"])
        yield Row(
            _side(one["right"], bodies, context=False), _side(one["left"], bodies, context=True), 1, label, one["claim"]
        )


def _side(one: dict[str, Any], bodies: dict[str, str], context: bool) -> str:
    spans = [[tuple(pair) for pair in one[key]] for key in ("source", "cue", "content")]
    return (in_context if context else plain)(bodies[one["body_id"]], *spans)


def read_bodies(path: Path) -> dict[str, str]:
    """The texts of the reports of claim_clusters, by id."""
    found = {}
    for line in path.open(encoding="utf-8"):
        for body in json.loads(line)["bodies"]:
            found[str(body["body_id"])] = body["text"]
    return found


def titles(stories: Path) -> dict[str, str]:
    """Title of each story's meta.json → the story's name."""
    found = {}
    for path in stories.glob("*/meta.json"):
        title = json.loads(path.read_text(encoding="utf-8")).get("title")
        if title:
            found[title] = path.parent.name
    return found


_OF_ENTAILMENT = {"entailment": SUPPORTS, "contradiction": DENIES, "neutral": SILENT}
_NEGATED = re.compile(
    r"\b(?:not|no|never|nobody|nothing|none|cannot|without|unable|false|refus\w+|den(?:y|ied|ies))\b|n't\b",
    re.IGNORECASE,
)


def negated_rows(folder: Path) -> list[Row]:
    """Entailment pairs in which just one side holds a negation, as claim and statement."""
    rows = []
    for name in ("openie_train", "sick_train"):
        for line in (folder / f"{name}.jsonl").open(encoding="utf-8"):
            one = json.loads(line)
            if len(_NEGATED.findall(one["hypothesis"])) % 2 != len(_NEGATED.findall(one["premise"])) % 2:
                rows.append(Row(one["hypothesis"], one["premise"], 1, _OF_ENTAILMENT[one["label"]], name))
    return rows
