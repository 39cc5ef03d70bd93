"""How many facts on the documents of five stories are found, and how many that are told are not in the reports.

`python -m benchmarks.exhibits` tells the stories of ../shared/stories and holds the documents against the labels in
benchmarks/data/exhibits, which name places in the reports only. `-v` lists what is missed and what is invented.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.document import Document, DocumentFact
from onrecord.datamodel.span import Span, words
from onrecord.datamodel.story import Story
from onrecord.pipeline import tell

LABELS = Path(__file__).parent / "data" / "exhibits"
STORIES = Path("../shared/stories")
SIDES = {Act.CONFIRMS: "for", Act.DENIES: "against", Act.NOT_CONFIRMED: "open", Act.NO_COMMENT: "no-comment"}
# What a document says beyond quotations is every statement credited to it: the labels hold only what it turns on.
OPEN_FIELDS = frozenset({"shows"})


@dataclass(frozen=True)
class Told:
    """One thing that is told of a document: field, file, place, side and who says so (None for the report itself)."""

    field: str
    file: str
    span: Span
    side: str | None = None
    holder: str | None = None


@dataclass(frozen=True)
class Result:
    """What became of one story's labels."""

    story: str
    wanted: int
    missed: tuple[str, ...]
    told: int
    invented: tuple[str, ...]


def told_of(story: Story) -> Iterator[Told]:
    """All that is told of the story's documents."""
    files = {report.id: report.file for report in story.reports}
    for document in story.documents:
        first = document.mentions[0]
        yield Told("what", files[first.report], first.span)
        for fact in document.facts:
            side = SIDES.get(fact.stance) if fact.stance else None
            yield Told(fact.kind.value, files[fact.report], fact.span, side, _holder(fact, story))
        yield from _text(document, files)
        for ident in document.statements:
            said = story.attribution[ident]
            yield from (Told("shows", files[said.report], span) for span in said.content)


def _text(document: Document, files: dict[str, str]) -> Iterator[Told]:
    for fragment in document.text:
        for one in fragment.witnesses:
            yield Told("text", files[one.report], one.span)
            if one.differences:
                yield Told("differs", files[one.report], one.span)


def _holder(fact: DocumentFact, story: Story) -> str | None:
    report = story.report[fact.report]
    if fact.holder:
        return words(fact.holder, report.text)
    said = story.attribution.get(fact.attribution or "")
    if said is None:
        return None
    party = story.party.get(said.speaker or "")
    return f"{party.name if party else ''} {words(said.source, report.text)}"


def score(labels: dict[str, object], story: Story) -> Result:
    """The labels held against what is told; a fact is found where its place, its side and its holder fit."""
    texts = {report.file: report.text for report in story.reports}
    facts: list[dict[str, object]] = labels["facts"]  # type: ignore[assignment]
    found: set[int] = set()
    told = list(told_of(story))
    invented = []
    for one in told:
        fitting = [number for number, fact in enumerate(facts) if _fits(one, fact, texts)]
        found.update(fitting)
        if not fitting and one.field not in OPEN_FIELDS:
            invented.append(f"{one.field} {one.side or ''} {one.file}:{one.span.start}-{one.span.end} by {one.holder}")
    wanted = [number for number, fact in enumerate(facts) if not fact.get("optional")]
    missed = tuple(f"{facts[number]['field']} {facts[number]['places']}" for number in wanted if number not in found)
    counted = sum(one.field not in OPEN_FIELDS for one in told)
    return Result(story.name, len(wanted), missed, counted, tuple(invented))


def _fits(one: Told, fact: dict[str, object], texts: dict[str, str]) -> bool:
    places: list[tuple[str, int, int]] = fact["places"]  # type: ignore[assignment]
    if one.field != fact["field"] or fact.get("side", one.side) != one.side:
        return False
    if not any(file == one.file and start < one.span.end and one.span.start < end for file, start, end in places):
        return False
    if "holder" not in fact:
        return True
    holders: list[tuple[str, int, int]] = fact["holder"]  # type: ignore[assignment]
    if not holders or one.holder is None:
        return not holders and one.holder is None
    return any(texts[file][start:end].casefold() in one.holder.casefold() for file, start, end in holders)


def main(arguments: list[str]) -> None:
    """Print what is found and what is invented, story by story and in all."""
    results = []
    for path in sorted(LABELS.glob("*.json")):
        labels = json.loads(path.read_text(encoding="utf-8"))
        folder = STORIES / labels["story"]
        if not folder.is_dir():
            print(f"{labels['story']}: not at {STORIES}, left out")
            continue
        result = score(labels, tell([folder]))
        results.append(result)
        found = result.wanted - len(result.missed)
        print(f"{result.story}: {found} of {result.wanted} found, {len(result.invented)} of {result.told} invented")
        if "-v" in arguments:
            print(
                "\n".join(
                    [*(f"  missed {one}" for one in result.missed), *(f"  invented {one}" for one in result.invented)]
                )
            )
    wanted = sum(one.wanted for one in results)
    found = wanted - sum(len(one.missed) for one in results)
    invented, told = sum(len(one.invented) for one in results), sum(one.told for one in results)
    if wanted:
        print(f"in all: {found} of {wanted} found ({found / wanted:.0%}), {invented} of {told} invented")


if __name__ == "__main__":
    main(sys.argv[1:])
