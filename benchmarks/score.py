"""All quality figures as one run: `python -m benchmarks.score` (make score)."""

from __future__ import annotations

import argparse
import subprocess
import sys

FIGURES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("attributions, learned tagger, PolNeAR dev", ("benchmarks.attribution", "--tagger", "neural")),
    ("attributions, rules alone, PolNeAR dev", ("benchmarks.attribution", "--tagger", "rules")),
    ("false attributions on pages that quote nobody", ("benchmarks.silent", "--tagger", "neural")),
    ("speakers, naming, relays, acts on the gold stories", ("benchmarks.speakers",)),
    ("whole stories", ("benchmarks.story",)),
    ("distorted and harmless pairs", ("benchmarks.distorted",)),
    ("a claim against a story", ("benchmarks.ask",)),
)


def main() -> None:
    """Run each benchmark in a process of its own and print what it prints; status 1 where one fails."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    failed = []
    for title, command in FIGURES:
        print(f"\n== {title}\n   python -m {' '.join(command)}", flush=True)
        if subprocess.run([sys.executable, "-m", *command], check=False).returncode:
            failed.append(command[0])
    if failed:
        raise SystemExit(f"failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
