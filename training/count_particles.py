"""Which prepositions end a cue behind which word: `python -m training.count_particles TRAIN.jsonl` prints the table.

A word and the preposition behind it, where both end a cue or the cue ends just before, are counted on the reference's
training part; `onrecord.tagging.grammar.syntax.particles` holds what is printed.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path

from onrecord.tagging.grammar.syntax.particles import PREPOSITIONS, base, following

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
FEWEST, TAKEN, LEFT = 3, 0.6, 0.34


def counted(path: Path) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    """How often a cue's last word is followed by a preposition inside the cue, and outside of it."""
    inside: Counter[tuple[str, str]] = Counter()
    outside: Counter[tuple[str, str]] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text = row["text"]
        for start, end in (span for one in row["attributions"] for span in one["cue"]):
            words = list(_WORD.finditer(text, start, end))
            if not words:
                continue
            last = words[-1].group().lower()
            if len(words) > 1 and last in PREPOSITIONS:
                inside[base(words[-2].group()), last] += 1
            if found := following(text, words[-1].end()):
                outside[base(last), found[1].lower()] += 1
    return inside, outside


def main() -> None:
    """Print the words that take each preposition into the cue, and those that leave it out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", type=Path)
    inside, outside = counted(parser.parse_args().train)
    for name, fits in (("TAKEN", lambda share: share >= TAKEN), ("LEFT", lambda share: share <= LEFT)):
        table: dict[str, list[str]] = defaultdict(list)
        for word, preposition in sorted({*inside, *outside}):
            many = inside[word, preposition] + outside[word, preposition]
            if many >= FEWEST and fits(inside[word, preposition] / many):
                table[preposition].append(word)
        print(f"{name} = {{")
        for preposition, words in sorted(table.items()):
            print(f'    "{preposition}": "{" ".join(words)}",')
        print("}")


if __name__ == "__main__":
    main()
