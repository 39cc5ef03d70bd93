"""`onrecord decide` and `undo`: what people decide on what machines proposed."""

from __future__ import annotations

from typing import Annotated

import typer

from onrecord.cli.desk.options import By, DeskAddress, StoryName, Why, opened, who, write_lines
from onrecord.datamodel.entry import Verdict

DECIDE = 'Example:  onrecord decide bridge same claim-a claim-b --why "one closure, two wordings" --desk desk.db'
UNDO = 'Example:  onrecord undo 42 --why "two bridges after all" --desk desk.db'

_Span = "START:END in the report, or its exact words; pieces parted by …"
_MaybeNone = f'{_Span}; "" where there is none'


def decide(
    story: StoryName,
    verdict: Annotated[Verdict, typer.Argument(metavar="VERDICT", help=", ".join(Verdict), show_default=False)],
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Claims, statements, a party.", show_default=False)],
    value: Annotated[
        str | None, typer.Option("--value", help="The speaker (or organization:NAME), or the new name.")
    ] = None,
    content: Annotated[str | None, typer.Option("--content", help=_Span)] = None,
    source: Annotated[str | None, typer.Option("--source", help=_MaybeNone)] = None,
    cue: Annotated[str | None, typer.Option("--cue", help=_MaybeNone)] = None,
    seen: Annotated[
        int | None, typer.Option("--seen", metavar="ENTRY", help="The last entry you had seen when you decided.")
    ] = None,
    desk: DeskAddress = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Decide on claims and statements; it is an entry of its own, outlives every re-run, and can be undone."""
    from onrecord.ledger.deciding.making import Wish, decision_of

    wish = Wish(verdict=verdict, ids=tuple(ids), value=value, why=why, source=source, cue=cue, content=content)
    with opened(desk) as held:
        head = held.head()[0]
        told = held.story(story)
        roots = {one.report.id: one.root for one in held.state(story).filed}
        landed = held.decide(story, decision_of(wish, told, roots, head if seen is None else seen), by=who(by))
    lines = [f"decided: {verdict.value} {' '.join(ids)} (entry {landed.entry.seq}, by {landed.entry.person})"]
    for one in landed.meanwhile:
        lines.append(f"changed meanwhile: entry {one.seq}, {one.act.value} {one.subject} by {one.by.partition(':')[2]}")
    write_lines(lines)


def undo(
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="The entry's number.", show_default=False)],
    desk: DeskAddress = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Take back a decision or a withdrawal, by an entry of its own."""
    with opened(desk) as held:
        landed = held.undo(entry, by=who(by), why=why)
    write_lines([f"undone: entry {entry} (entry {landed.entry.seq}, by {landed.entry.person})"])
