"""Fit what is selected as a statement: `python -m training.calibrate_stories STORIES.jsonl OUT WEIGHTS...`.

WEIGHTS are the folders of the folds' taggers, in order, each of which never saw its fold's stories: what they find
there is what a tagger finds in a story that it does not know. Each fold's model is fitted on the other folds, the one
to pack on all of them. Writes the lines of the manifest as OUT/K.json and OUT/all.json. Attitudes are selected as the
installed weights select them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from training.logistic import Pair, fit

from onrecord.datamodel.span import Span, Spans, any_overlap, words
from onrecord.tagging.neural import ENCODER, Decoding, NeuralTagger
from onrecord.tagging.refining.nominal_cues import is_nominal
from onrecord.tagging.scoring import Candidate, CueRates, Logistic, Selection, cue_stems, measured_all, read_selection
from onrecord.weights.manifest import packed_weights, read_weights

Row = dict[str, Any]
# On stories left out .3 tells as many right as .48 (F1 .760 and .759), and what is not found is linked to nothing:
# links .381 for .359.
LEAST = 0.3


def letters(spans: Spans) -> frozenset[int]:
    """The places of some spans."""
    return frozenset(place for span in spans for place in range(span.start, span.end))


def spans_of(row: Row, role: str) -> Spans:
    """A reference's spans of a role."""
    return tuple(Span(*pair) for pair in row[role])


def right(one: Candidate, references: Sequence[tuple[Spans, Spans, frozenset[int]]]) -> bool:
    """Whether a reference has half of the content and the source, as the stories' scorer has it."""
    told = letters(one.content)
    for source, content, places in references:
        same_source = any_overlap(one.source, source) or not (one.source or source)
        if same_source and any_overlap(one.content, content) and 2 * len(told & places) >= len(told | places):
            return True
    return False


# Cue stems that were seen so often weigh as much as all others together say of them.
SMOOTHING = 4.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate: its fold, what is measured of it but the rate of its cue, the cue, and whether it is right."""

    fold: int
    numbers: tuple[float, ...]
    cue: str
    nominal: bool
    right: bool


def judged(tagger: NeuralTagger, rows: Sequence[Row], fold: int) -> Iterator[Judged]:
    """The candidates of some texts."""
    for row, (text, candidates) in zip(rows, tagger.candidates(row["text"] for row in rows), strict=True):
        told = [one for one in row["attributions"] if one["speech"]]
        roles = [(spans_of(one, "source"), spans_of(one, "content")) for one in told]
        references = [(source, content, letters(content)) for source, content in roles]
        numbers = measured_all(candidates, text)
        yield from (
            Judged(fold, row[:-1], words(one.cue, text), is_nominal(one.source, one.cue, text), right(one, references))
            for one, row in zip(candidates, numbers, strict=True)
        )


def attitudes() -> Logistic:
    """How the installed weights select attitudes."""
    return read_selection(packed_weights().entry(ENCODER).about["decoding"]["selection"]).attitude


def rates_of(some: Sequence[Judged]) -> CueRates:
    """How often candidates are right by the stems of their cues, drawn to the mean of all."""
    prior = sum(one.right for one in some) / len(some)
    count: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in some:
        for stem in set(cue_stems(one.cue)):
            count[stem] += 1
            right[stem] += one.right
    rates = {stem: (right[stem] + SMOOTHING * prior) / (count[stem] + SMOOTHING) for stem in sorted(count)}
    return CueRates({stem: round(rate, 4) for stem, rate in rates.items()}, round(prior, 4))


def rated(some: Sequence[Judged]) -> list[tuple[Judged, Pair]]:
    """Each candidate with its numbers; the rate of its cue is that of the other folds, as it is of a new text."""
    rates = {fold: rates_of([one for one in some if one.fold != fold]) for fold in {one.fold for one in some}}
    return [(one, ((*one.numbers, rates[one.fold].rate(one.cue)), one.right)) for one in some]


def about(some: Sequence[Judged], attitude: Logistic) -> Row:
    """What the manifest tells of the decoding."""
    pairs = rated(some)
    speech, nominal = (fit([pair for one, pair in pairs if one.nominal is noun], LEAST) for noun in (False, True))
    selection = Selection(speech, attitude, nominal, rates_of(some))
    return {"decoding": asdict(Decoding(selection=selection))}


def main() -> None:
    """Read the command line, fit, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", type=Path, nargs="+")
    told = parser.parse_args()
    rows: list[Row] = [json.loads(line) for line in told.stories.read_text(encoding="utf-8").splitlines()]
    found: list[Judged] = []
    for fold, folder in enumerate(told.weights):
        tagger = NeuralTagger.load(read_weights(folder), threads=1)
        found += judged(tagger, [row for row in rows if row["fold"] == fold], fold)
    attitude = attitudes()
    told.out.mkdir(parents=True, exist_ok=True)
    for fold in range(len(told.weights)):
        others = [one for one in found if one.fold != fold]
        (told.out / f"{fold}.json").write_text(json.dumps(about(others, attitude)))
    whole = about(found, attitude)
    (told.out / "all.json").write_text(json.dumps(whole))
    print(len(found), "candidates;", whole["decoding"]["selection"]["speech"])


if __name__ == "__main__":
    main()
