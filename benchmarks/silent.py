"""False attributions per 1,000 words on pages where nobody is quoted.

python -m benchmarks.silent [--tagger neural|rules] [--show]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import words
from onrecord.tagging.neural import NeuralTagger
from onrecord.tagging.rules import RulesTagger
from onrecord.tagging.tagger import Tagger

PAGES = Path(__file__).parent / "data" / "silent"
BAR_PER_1000_WORDS = 1.0


def load(which: str) -> Tagger:
    """The tagger of that name; raises BackendError where its weights are missing."""
    return RulesTagger() if which == "rules" else NeuralTagger.load()


def false_attributions(tagger: Tagger) -> tuple[list[tuple[str, str, tuple[Tag, ...]]], int]:
    """For each page its name, its text and the speech found in it, and the number of words of all pages."""
    paths = sorted(PAGES.glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    found = [
        (path.stem, text, tuple(tag for tag in tags if tag.kind is Kind.SPEECH))
        for path, text, tags in zip(paths, texts, tagger.tag_many(texts), strict=True)
    ]
    return found, sum(len(text.split()) for text in texts)


def rate(tagger: Tagger) -> float:
    """False attributions per 1,000 words."""
    found, count = false_attributions(tagger)
    return 1000 * sum(len(tags) for _, _, tags in found) / count


def _line(name: str, text: str, tag: Tag) -> str:
    told = " | ".join(words(spans, text).replace("\n", " ") for spans in (tag.source, tag.cue, tag.content))
    return f"  {name} {tag.score:.2f}  {told}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the rate, with --show each false attribution; status 1 above the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tagger", choices=("neural", "rules"), default="neural")
    parser.add_argument("--show", action="store_true", help="print each false attribution")
    given = parser.parse_args(arguments)
    tagger = load(given.tagger)
    found, count = false_attributions(tagger)
    total = sum(len(tags) for _, _, tags in found)
    if given.show:
        print("\n".join(_line(name, text, tag) for name, text, tags in found for tag in tags))
    print(f"{tagger.name}: {total} false attributions in {count} words of {len(found)} pages, ", end="")
    print(f"{1000 * total / count:.2f} per 1,000 words (bar {BAR_PER_1000_WORDS:.0f})")
    return 0 if 1000 * total / count <= BAR_PER_1000_WORDS else 1


if __name__ == "__main__":
    sys.exit(main())
