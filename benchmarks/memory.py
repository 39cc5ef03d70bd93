"""Resident memory of `extract` over varied reports: `python -m benchmarks.memory STORIES [--reports N] [--rules]`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.varying import varied
from onrecord.datamodel.report import Outcome
from onrecord.pipeline import choose_tagger, extract
from onrecord.reading.intake import read

STATUS = Path("/proc/self/status")


def resident() -> int:
    """Megabytes that this process holds now (Linux)."""
    lines = STATUS.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


def main() -> None:
    """Print the resident size after every hundred reports, and how much it grew since the first hundred."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("stories", type=Path, help="a folder of stories to repeat and vary, such as ../shared/stories")
    ask.add_argument("--reports", type=int, default=1000)
    ask.add_argument("--every", type=int, default=100)
    ask.add_argument("--rules", action="store_true", help="without the learned tagger")
    told = ask.parse_args()
    tagger, _ = choose_tagger("rules" if told.rules else "auto")
    models = [one for place in sorted(told.stories.iterdir()) if place.is_dir() for one in read([place]).reports]
    sizes: list[int] = []
    with tempfile.TemporaryDirectory() as folder:
        for number, (_, report) in enumerate(varied(models, told.reports)):
            (Path(folder) / f"{number:05}.txt").write_text(report.text, encoding="utf-8")
        print("reports  resident MB", flush=True)
        for number, found in enumerate(extract([Path(folder)], tagger), 1):
            if not isinstance(found, Outcome) and number % told.every == 0:
                sizes.append(resident())
                print(f"{number:7}  {sizes[-1]:11}", flush=True)
    if sizes:
        print(f"{tagger.name}: largest {max(sizes)} MB, grew by {sizes[-1] - sizes[0]} MB since the first {told.every}")


if __name__ == "__main__":
    main()
