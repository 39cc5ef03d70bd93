"""Linking and weighing of the reference stories' own attributions, by scorers that never saw them.

    python -m benchmarks.linked_reference [NAME ...]

Source, cue and content are the reference's; speakers, claims, conflicts and standings are told by this version, without
encoder and judge. Each fold is linked by a scorer that was fitted on the other four (`word_scorers.json`;
`python -m training.train_word_scorers` fits them anew, which a change of the linker's features needs).
`tests/test_linked_reference.py` holds the figures to the floors of `tests/floors.json`.
"""

from __future__ import annotations

import argparse
import json
import statistics
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.crossval import STORIES, folds, scorer
from onrecord.attributing.attribute import Attributed, attribute
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking.scorer import Scorer, parse_scorer

SCORERS = Path(__file__).with_name("word_scorers.json")
# The figures that have floors, and where the reference scorer keeps them.
FIGURES = {
    "links": ("claim_link", "f1"),
    "conflicts": ("conflict", "f1"),
    "standing": ("standing", "accuracy"),
    "members": ("claim_members", "f1"),
    "speakers": ("speaker", "f1"),
}


def reference_tags(report: Report, gold: Any) -> tuple[Tag, ...]:
    """The reference's spans of one report as tags."""
    tags = []
    for marked in gold.atts:
        if marked.file == Path(report.file).name and marked.spans["content"]:
            source, cue, content = (
                tuple(Span(start, end) for start, end in sorted(marked.spans[role]) if end > start)
                for role in ("source", "cue", "content")
            )
            tags.append(Tag(source=source, cue=cue, content=content, score=1.0, made_by="reference"))
    return tuple(tags)


def attributed(name: str, score: ModuleType) -> tuple[tuple[Report, ...], Attributed]:
    """A story's reports, and the reference's attributions with the speakers that this version finds."""
    from onrecord.reading.intake import read

    gold, _ = score.read_gold(STORIES / name)
    reports = tuple(sorted(read([STORIES / name]).reports, key=lambda report: report.id))
    return reports, attribute(reports, [reference_tags(report, gold) for report in reports])


def scored(name: str, words_scorer: Scorer, score: ModuleType) -> dict[str, float | None]:
    """The figures of one story, linked without encoder and judge by a given scorer."""
    from onrecord.datamodel.story import Story
    from onrecord.linking.link import link
    from onrecord.rendering import storyfile
    from onrecord.weighing.weigh import weigh

    reports, found = attributed(name, score)
    linked = link(found.attributions, reports, found.parties, scorer=words_scorer)
    story = Story(
        name=name,
        reports=reports,
        attributions=found.attributions,
        parties=found.parties,
        claims=linked.claims,
        quotes=linked.quotes,
        conflicts=linked.conflicts,
        links=linked.links,
        standings=weigh(linked.claims, found.attributions, found.parties, reports),
    )
    gold, texts = score.read_gold(STORIES / name)
    result = score.score(gold, score.Story(json.loads(storyfile.render(story)), name, texts), texts)
    return {figure: result[part][key] for figure, (part, key) in FIGURES.items()}


def fold_scorers() -> list[Scorer]:
    """The words-only scorer of each fold, fitted on the stories of the other folds."""
    return [parse_scorer(packed) for packed in json.loads(SCORERS.read_text(encoding="utf-8"))]


def figures(names: Iterable[str] | None = None) -> dict[str, float]:
    """The mean of each figure over the stories, or over some of them."""
    wanted = None if names is None else set(names)
    score = scorer()
    results = [
        scored(name, words_scorer, score)
        for words_scorer, fold in zip(fold_scorers(), folds(), strict=True)
        for name in fold
        if wanted is None or name in wanted
    ]
    return {
        figure: round(statistics.mean(known), 4)
        for figure in FIGURES
        if (known := [value for result in results if (value := result[figure]) is not None])
    }


def main() -> None:
    """Print the mean of each figure."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("stories", nargs="*", metavar="NAME")
    given = ask.parse_args()
    if not STORIES.is_dir():
        raise SystemExit(f"no reference stories at {STORIES}")
    for figure, mean in figures(given.stories or None).items():
        print(f"{figure:10}{mean:8.3f}")


if __name__ == "__main__":
    main()
