"""The reference stories as training texts: `python -m training.story_data STORIES FOLDS.json OUT.jsonl [WEIGHTS]`.

The references mark speech alone. What a tagger (that of the installed weights, or of WEIGHTS) takes for an attitude,
where the references have no cue, is marked as one, so that attitudes are not unlearned.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span, any_overlap
from onrecord.pipeline import masked
from onrecord.reading.intake import read
from onrecord.tagging.neural import NeuralTagger
from onrecord.weights.manifest import read_weights

Row = dict[str, Any]
ROLES = ("source", "cue", "content")


def marked_speech(gold: Row, report: str) -> list[Row]:
    """The references of one report; those that share a cue and a source as one, with the contents of all."""
    found: dict[str, Row] = {}
    for number, row in enumerate(gold["attributions"]):
        if row["report"] != report:
            continue
        key = json.dumps([row["source"], row["cue"]]) if row["cue"] else str(number)
        one = found.setdefault(key, {**{role: row[role] for role in ROLES}, "content": [], "speech": True})
        one["content"] = joined([*one["content"], *row["content"]])
    return list(found.values())


def joined(pairs: Sequence[Sequence[int]]) -> list[list[int]]:
    """Pairs in order, those that overlap made one."""
    whole: list[list[int]] = []
    for start, end in sorted(tuple(pair) for pair in pairs):
        if whole and start <= whole[-1][1]:
            whole[-1][1] = max(whole[-1][1], end)
        else:
            whole.append([start, end])
    return whole


def attitudes(tags: Sequence[Tag], speech: Sequence[Row]) -> Iterator[Row]:
    """Attitudes whose cue is no cue of the references."""
    cues = tuple(Span(*pair) for row in speech for pair in (row["cue"] or row["content"][:1]))
    for tag in tags:
        if tag.kind is Kind.ATTITUDE and tag.cue and not any_overlap(tag.cue, cues):
            yield {**{role: [[s.start, s.end] for s in getattr(tag, role)] for role in ROLES}, "speech": False}


def rows_of(folder: Path, tagger: NeuralTagger) -> Iterator[Row]:
    """Each report of a story with what is marked in it; what stands in a page's furniture is left out."""
    gold: Row = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    reports: dict[str, Report] = {report.file: report for report in read([folder]).reports}
    for told in gold["reports"]:
        report = reports[told["file"]]
        text = masked(report)
        speech = [row for row in marked_speech(gold, told["id"]) if visible(row, text)]
        more = attitudes(tagger.tag(text), speech)
        yield {"story": folder.name, "text": text, "layered": True, "attributions": [*speech, *more]}


def visible(row: Row, text: str) -> bool:
    """Whether the words of a reference are left in the text."""
    return all(text[start:end].strip() for role in ROLES for start, end in row[role])


def main() -> None:
    """Read the command line and write a line a report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("weights", type=Path, nargs="?")
    told = parser.parse_args()
    tagger = NeuralTagger.load(read_weights(told.weights) if told.weights else None)
    folds: list[list[str]] = json.loads(told.folds.read_text(encoding="utf-8"))["folds"]
    lines = [
        json.dumps({**row, "fold": fold}, ensure_ascii=False)
        for fold, names in enumerate(folds)
        for name in names
        for row in rows_of(told.stories / name, tagger)
    ]
    told.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} reports")


if __name__ == "__main__":
    main()
