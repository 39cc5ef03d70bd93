"""`onrecord read`: what is read of an input, and on request what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.options import Out, Paths
from onrecord.cli.terminal.output import tell_nothing, tell_refused, write

if TYPE_CHECKING:
    from onrecord.datamodel.report import Report
    from onrecord.reading.explain import Explanation

EXAMPLE = """Example:  onrecord read page.html --explain"""
_MAX_WORDS = 300


def read(
    paths: Paths,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was taken, what was left out, and why.")
    ] = False,
    out: Out = None,
) -> None:
    """Show the text that is read of reports, with what is known about each."""
    from onrecord.reading.explain import explain as explained
    from onrecord.reading.finding.walking import find_files

    files, outcomes = find_files(paths)
    lines: list[str] = []
    for file in files:
        found = explained(file.path)
        tell_refused(found.outcomes)
        lines.extend(_told(found, file.path, explain))
    tell_refused(outcomes)
    if not lines:
        tell_nothing(paths, None)
    write("\n".join(lines) + "\n", out)


def _told(found: Explanation, path: Path, explain: bool) -> Iterator[str]:
    for report in found.reports:
        yield f"── {report.file} · {report.id} · {report.reader}"
        yield from _known(report, explain)
        yield from (f"   note: {note}" for note in report.notes)
        if not explain:
            yield ""
            yield report.text
        yield ""
    if explain and found.reports:
        yield from _accounted(found)


def _known(report: Report, explain: bool) -> Iterator[str]:
    from onrecord.reading.explain import chosen

    for one in chosen(report):
        if explain or one.chosen:
            yield f"   {'+' if one.chosen else '-'} {one.field}: {one.value[:_MAX_WORDS]} ({one.found_in})"
    if report.language and not any(one.field == "language" and one.value == report.language for one in report.evidence):
        yield f"   + language: {report.language}"


def _accounted(found: Explanation) -> Iterator[str]:
    """Taken and left out side by side: a line each, + for what stands in the text."""
    counts: dict[str, int] = {}
    for one in found.stretches:
        counts[one.kind.value] = counts.get(one.kind.value, 0) + len(one.text)
        words = one.text if len(one.text) <= _MAX_WORDS else f"{one.text[:_MAX_WORDS]}…"
        why = f" [{one.why}]" if one.why else ""
        yield f"{'+' if one.taken else '-'} {one.kind.value:9} {' '.join(words.split())}{why}"
    told = ", ".join(f"{kind} {count:,}" for kind, count in sorted(counts.items()))
    yield f"= characters: {told}"
    yield ""
