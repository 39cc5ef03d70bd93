"""Memory and time of reading a file of many records: `python -m benchmarks.intake_memory [--reports N] [--chars N]`."""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from pathlib import Path

from onrecord.reading.intake import read

_WORDS = "the harbour board said that pier would stay shut until its beams were tested and nobody had looked at bolts"


def main() -> None:
    """Write a file of invented records, read it, and print how large the process grew."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--reports", type=int, default=10_000)
    ask.add_argument("--chars", type=int, default=5_000)
    told = ask.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for number in range(told.reports):
                text = " ".join(chance.choices(_WORDS.split(), k=told.chars // 5))[: told.chars]
                file.write(json.dumps({"title": f"Story {number}", "text": text, "date": "2031-05-04"}) + "\n")
        started = time.perf_counter()
        reports = read([path]).reports
        took = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{len(reports):,} reports of {told.chars:,} characters: {took:.0f} s, largest size {most} MB")


if __name__ == "__main__":
    main()
