"""An answer to a claim in the user's words, for a terminal and for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.datamodel.story import Story
from onrecord.linking.ask import Answer, ReportAnswer, ReportStance
from onrecord.linking.stance_features import side_of
from onrecord.rendering.storyfile import attribution_json
from onrecord.rendering.terminal import exhibit_text, print_plain
from onrecord.rendering.views.exhibits import exhibit
from onrecord.rendering.wording import counted, moment_words, shown

STYLES = {
    ReportStance.SUPPORTS: ("●", "bold green"),
    ReportStance.DENIES: ("✕", "bold red"),
    ReportStance.CARRIES: ("○", "bold yellow"),
    ReportStance.SILENT: ("–", "dim"),
}
SIDES = {ReportStance.SUPPORTS: "for", ReportStance.DENIES: "against"}
# Statements shown of one report; JSON has them all.
MOST_EVIDENCE = 3


def render_json(answer: Answer, story: Story) -> str:
    """The answer as `ask --format json` writes it; the evidence stands in full under `attributions`."""
    told = {
        "claim": answer.claim,
        "reports": [
            {
                "file": one.file,
                "stance": one.stance.value,
                "score": one.score,
                "evidence": list(one.evidence),
                "report": one.report,
            }
            for one in answer.reports
        ],
        "attributions": [
            {
                **attribution_json(
                    story.attribution[one.attribution], story.report[story.attribution[one.attribution].report]
                ),
                "stance": one.stance.value,
                "score": one.score,
                "bearing": list(one.reasons),
            }
            for one in answer.attributions
        ],
        "notes": list(story.notes),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def render(answer: Answer, story: Story, console: Console) -> None:
    """Print the answer: reports by what they do with the claim, each with the statements that show it."""
    print_plain(console, lambda: _print(answer, story, console))


def _print(answer: Answer, story: Story, console: Console) -> None:
    console.print(Text(shown(answer.claim), "bold"), highlight=False)
    console.print(Text(f"{counted(len(answer.reports), 'report')}: {_tally(answer.reports)}"), highlight=False)
    for note in story.notes:
        console.print(Text(f"! {shown(note)}", "dim"), highlight=False)
    sides = {one.attribution: side_of(one.stance) for one in answer.attributions}
    for stance in STYLES:
        for one in answer.reports:
            if one.stance is stance:
                console.print()
                console.print(_report(one, story, sides), highlight=False)


def _tally(reports: Sequence[ReportAnswer]) -> str:
    counts = ((stance, sum(one.stance is stance for one in reports)) for stance in STYLES)
    return ", ".join(f"{stance.value} {count}" for stance, count in counts if count)


def _report(one: ReportAnswer, story: Story, sides: Mapping[str, str]) -> Table:
    report = story.report[one.report]
    mark, style = STYLES[one.stance]
    told = Text.assemble(f"{one.report} ", (shown(report.outlet or report.file), "bold"))
    told.append(f", {moment_words(report.published)}")
    told.append(f"  score {one.score:.2f}", "dim")
    rows = [(Text(f"{mark} {one.stance.value}", style), told)]
    wanted = SIDES.get(one.stance)
    if wanted and all(sides.get(attribution) != wanted for attribution in one.evidence):
        unsaid = f"read off the report's own words: no statement in it {one.stance.value} the claim"
        rows.append((Text(""), Text(unsaid, "dim")))
    for attribution in one.evidence[:MOST_EVIDENCE]:
        rows.append((Text(""), exhibit_text(exhibit(story, story.attribution[attribution]))))
    if len(one.evidence) > MOST_EVIDENCE:
        rows.append((Text(""), Text(f"and {counted(len(one.evidence) - MOST_EVIDENCE, 'more statement')}", "dim")))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=11, no_wrap=True)
    table.add_column(ratio=1)
    for row in rows:
        table.add_row(*row)
    return table
