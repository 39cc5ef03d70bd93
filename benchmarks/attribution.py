"""Attribution figures on PolNeAR's tuning part, beside the bar and the aim of each.

python -m benchmarks.attribution [--tagger neural|rules] [--grain news|story] [--gold FILE] [--by FIELD] [--errors N]

PolNeAR marks other statements than a story's reader wants: the same network finds both, and selects the candidates by
what was fitted on PolNeAR (news) or by what was fitted on the reference stories, as the package does (story).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.silent import load
from onrecord.datamodel.attribution import Tag
from onrecord.tagging.neural import NeuralTagger
from onrecord.tagging.scoring import Selection
from onrecord.tagging.tagger import Tagger

SHARED = Path("../shared")
GOLD = SHARED / "data/attribution/polnear/dev.jsonl"
SCORER = SHARED / "score/score_attribution.py"
LEAST_OF_NEWS = 0.5  # the score from which PolNeAR's speech is told best
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, whether the scorer keeps speech only, where it stands in the result, bar and aim."""

    name: str
    speech: bool
    keys: tuple[str, str]
    bar: float
    aim: float


FIGURES = (
    Figure("attribution, speech", True, ("attribution", "all"), 86, 88),
    Figure("  direct", True, ("attribution", "direct"), 93, 97),
    Figure("  mixed", True, ("attribution", "mixed"), 85, 88),
    Figure("  indirect", True, ("attribution", "indirect"), 83, 85),
    Figure("attribution, all", False, ("attribution", "all"), 74, 76),
    Figure("exact pieces: source", False, ("source", "piece"), 79, 83.2),
    Figure("exact pieces: cue", False, ("cue", "piece"), 75, 75.3),
    Figure("exact pieces: content", False, ("content", "piece"), 66, 72.9),
)


def line(row: Row, tags: Iterable[Tag]) -> Row:
    """One text's tags in the common format."""
    spans = [
        {role: [[s.start, s.end] for s in getattr(tag, role)] for role in ("source", "cue", "content")} for tag in tags
    ]
    return {"id": row["id"], "text": row["text"], "attributions": spans}


def predict(tagger: Tagger, gold: Path, out: Path) -> None:
    """Tag every text of a reference file."""
    rows = [json.loads(text) for text in gold.read_text(encoding="utf-8").splitlines()]
    found = tagger.tag_many(row["text"] for row in rows)
    lines = (json.dumps(line(row, tags), ensure_ascii=False) for row, tags in zip(rows, found, strict=True))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def scored(gold: Path, predicted: Path, options: Sequence[str]) -> str:
    """What the reference scorer prints."""
    command = [sys.executable, str(SCORER), str(gold), str(predicted), "--outer", *options]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def figures(gold: Path, predicted: Path) -> list[tuple[Figure, tuple[float, float, float]]]:
    """Each figure with precision, recall and F1 in per cent."""
    results = {
        speech: json.loads(scored(gold, predicted, ["--json", *["--speech"][: int(speech)]]))
        for speech in (True, False)
    }
    return [(f, tuple(100 * value for value in results[f.speech][f.keys[0]][f.keys[1]][:3])) for f in FIGURES]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; status 2 where the reference data is not there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagger", choices=("neural", "rules"), default="neural")
    parser.add_argument("--grain", choices=("news", "story"), default="news")
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--by", help="also print the headline for each value of this field of the reference")
    parser.add_argument("--errors", type=int, default=0, help="print so many misses and false alarms")
    given = parser.parse_args(arguments)
    if not given.gold.exists() or not SCORER.exists():
        print(f"{given.gold} or {SCORER} is missing; run where the reference data lies beside the repository")
        return 2
    tagger = load(given.tagger)
    if given.grain == "news" and isinstance(tagger, NeuralTagger):
        news = tagger.selection.attitude
        tagger = tagger.selecting(Selection(speech=replace(news, least=LEAST_OF_NEWS), attitude=news))
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        predict(tagger, given.gold, predicted)
        print(f"{tagger.name} on {given.gold.name}\n{'':24}  P     R     F1    bar   aim")
        for figure, (p, r, f1) in figures(given.gold, predicted):
            print(f"{figure.name:24} {p:5.1f} {r:5.1f} {f1:5.1f} {figure.bar:6.1f} {figure.aim:5.1f}")
        more = [*(["--by", given.by] if given.by else []), *(["--errors", str(given.errors)] if given.errors else [])]
        if more:
            told = scored(given.gold, predicted, ["--speech", *more]).splitlines()
            print(
                "\n".join(
                    t
                    for t in told
                    if t.startswith(("MISS", "FALSE")) or (given.by and t.startswith("  ") and " gold " in t)
                )
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
