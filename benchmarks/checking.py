"""Planted faults found in invented drafts: `python -m benchmarks.checking [--show] [--rules] [STORY...]`."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.checking.check import check
from onrecord.checking.drafts import draft_of_bytes
from onrecord.checking.findings import CheckedDraft, Finding
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Story
from onrecord.pipeline import tell

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data" / "checking"
_MARK = re.compile(r"\{(?P<kind>[a-z-]+): (?P<words>[^{}]+)\}")
_HEADER = re.compile(r"# (?P<name>story|left out): (?P<value>.+)\n")
# Their drafts were written after the checks were made; what the checks missed in them was looked at once since.
LATER = ("doping-case", "landslide")


@dataclass(frozen=True, slots=True)
class Fault:
    """One planted fault: its kind, and its place or, for what is left out, whom it is about."""

    kind: str
    span: Span | None
    subject: str = ""


@dataclass(frozen=True, slots=True)
class MarkedDraft:
    """A draft without its marks, and the faults that were planted in it."""

    name: str
    story: str
    text: str
    faults: tuple[Fault, ...]


def marked(path: Path) -> MarkedDraft:
    """A draft and its marks: `{kind: words}` where a fault is, headers for the story and for what is left out."""
    told, story, faults = path.read_text(encoding="utf-8"), "", []
    while header := _HEADER.match(told):
        told = told[header.end() :]
        if header["name"] == "story":
            story = header["value"].strip()
        else:
            faults.append(Fault("refusal-left-out", None, header["value"].strip()))
    parts, size, last = [], 0, 0
    for mark in _MARK.finditer(told):
        before = told[last : mark.start()]
        start = size + len(before)
        parts += [before, mark["words"]]
        size, last = start + len(mark["words"]), mark.end()
        faults.append(Fault(mark["kind"], Span(start, size)))
    return MarkedDraft(path.stem, story, "".join((*parts, told[last:])), tuple(faults))


def hits(fault: Fault, finding: Finding) -> bool:
    """Whether a finding is of the fault's kind and at its place, or about whom it is about."""
    if finding.rule.check != fault.kind:
        return False
    if fault.span is None or finding.span is None:
        subject = finding.flag.subject or ""
        return fault.span is finding.span and (fault.subject in subject or subject in fault.subject)
    return fault.span.overlaps(finding.span)


@dataclass(frozen=True, slots=True)
class Score:
    """Faults found and missed in one draft, and findings that hit no fault."""

    found: tuple[Fault, ...]
    missed: tuple[Fault, ...]
    false: tuple[Finding, ...]
    words: int


def score(draft: MarkedDraft, checked: CheckedDraft) -> Score:
    """Hold findings against planted faults; a finding at a fault's place under another kind is no false alarm."""
    found = tuple(fault for fault in draft.faults if any(hits(fault, one) for one in checked.findings))
    missed = tuple(fault for fault in draft.faults if fault not in found)
    places = [fault.span for fault in draft.faults if fault.span]
    false = tuple(
        one
        for one in checked.findings
        if not any(hits(fault, one) for fault in draft.faults)
        and not (one.span and any(one.span.overlaps(place) for place in places))
    )
    return Score(found, missed, false, len(draft.text.split()))


def story_of(name: str, which: str) -> Story:
    """The story of a folder of the examples or of the tests."""
    folder = next(one for one in (ROOT / "examples" / name, ROOT / "tests" / "stories" / name) if one.is_dir())
    return tell([folder], which=which)


def measured(names: Sequence[str], which: str, show: bool) -> list[tuple[MarkedDraft, Score]]:
    """Every draft on some stories, checked and scored."""
    drafts = [one for one in map(marked, sorted(DATA.glob("*.txt"))) if not names or one.story in names]
    stories = {name: story_of(name, which) for name in sorted({one.story for one in drafts})}
    rows = []
    for draft in drafts:
        report = draft_of_bytes(draft.text.encode(), f"{draft.name}.txt")
        if report.text != draft.text.strip() and report.text != draft.text:
            raise ValueError(f"{draft.name}: its text is not read as it is written")
        checked = check(report, stories[draft.story], which=which)
        row = score(draft, checked)
        rows.append((draft, row))
        if show:
            _show(draft, row)
    return rows


def _show(draft: MarkedDraft, row: Score) -> None:
    print(f"{draft.name}: {len(row.found)} of {len(draft.faults)}, {len(row.false)} false in {row.words} words")
    for fault in row.missed:
        print(f"  missed {fault.kind}: {fault.span.of(draft.text) if fault.span else fault.subject}")
    for one in row.false:
        at = one.flag.passages[0] if one.flag.passages else None
        desk = f" | {at.report} {at.speaker}: {at.words[:90]}" if at else ""
        print(f"  false {one.rule.check}: {one.words[:120]} | {one.flag.message}{desk}")


def told(rows: Sequence[tuple[MarkedDraft, Score]], title: str) -> str:
    """One line of figures."""
    faults = sum(len(draft.faults) for draft, _ in rows)
    found = sum(len(row.found) for _, row in rows)
    false, size = sum(len(row.false) for _, row in rows), sum(row.words for _, row in rows)
    rate = f"one in {size // false} words" if false else "none"
    share = found / max(1, faults)
    return f"{title}: {len(rows)} drafts, {found} of {faults} faults found ({share:.1%}), {false} false alarms ({rate})"


def main() -> None:
    """Print how many planted faults are found, of each kind, and how often a false alarm is given."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("stories", nargs="*", metavar="STORY")
    ask.add_argument("--rules", action="store_true", help="without the tagger's and the judge's weights")
    ask.add_argument("--show", action="store_true", help="print each miss and each false alarm")
    given = ask.parse_args()
    rows = measured(given.stories, "rules" if given.rules else "auto", given.show)
    planted = Counter(fault.kind for draft, _ in rows for fault in draft.faults)
    found = Counter(fault.kind for _, row in rows for fault in row.found)
    for kind, many in sorted(planted.items()):
        print(f"  {kind:<18} {found[kind]:>3} of {many}")
    for title, kept in (
        ("example stories, which the checks were made with", [row for row in rows if row[0].story not in LATER]),
        ("test stories, whose drafts were written afterwards", [row for row in rows if row[0].story in LATER]),
        ("all", rows),
    ):
        if kept:
            print(told(kept, title))


if __name__ == "__main__":
    main()
