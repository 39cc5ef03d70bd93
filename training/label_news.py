"""Label unlabelled news with a tagger: `python -m training.label_news OUT.jsonl MOST WEIGHTS NEWS.jsonl...`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from onrecord.datamodel.attribution import Tag
from onrecord.tagging.neural import NeuralTagger
from onrecord.tagging.scoring import Candidate
from onrecord.weights.manifest import read_weights

SHORT = 600  # characters under which a text is a summary rather than an article


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """The articles of some files: rows with a `text`, or with `bodies` that have one."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            yield from (one["text"] for one in row.get("bodies", [row]))


def spread(paths: Iterable[Path], most: int) -> tuple[str, ...]:
    """At most so many articles, each once, evenly over the files."""
    found = tuple(dict.fromkeys(text for text in texts(paths) if len(text) >= SHORT))
    return found[:: max(1, -(-len(found) // most))]


def line(text: str, tags: Iterable[Tag | Candidate]) -> str:
    """A text with its tags, or with what may be some, as the training data has them."""
    marked = [
        {role: [[s.start, s.end] for s in getattr(tag, role)] for role in ("source", "cue", "content")} for tag in tags
    ]
    return json.dumps({"text": text, "attributions": marked}, ensure_ascii=False)


def main() -> None:
    """Read the command line and label."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("most", type=int)
    parser.add_argument("weights", type=Path, help="a folder that `training.pack_tagger` has filled")
    parser.add_argument("news", type=Path, nargs="+")
    told = parser.parse_args()
    chosen = spread(told.news, told.most)
    found = NeuralTagger.load(read_weights(told.weights)).tag_many(chosen)
    lines = [line(text, tags) for text, tags in zip(chosen, found, strict=True)]
    told.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} texts labelled")


if __name__ == "__main__":
    main()
