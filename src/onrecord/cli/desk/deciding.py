"""`onrecord decide` and `undo`: what people decide on what machines proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import By, DeskAddress, StoryName, Why, opened, who, write_lines
from onrecord.datamodel.entry import ReportField, Verdict
from onrecord.errors import UsageError
from onrecord.rendering.wording import shown

if TYPE_CHECKING:
    from onrecord.datamodel.story import Story
    from onrecord.ledger.deciding.making import Wish
    from onrecord.ledger.deciding.preview import Counted
    from onrecord.ledger.desk import Desk

DECIDE = 'Example:  onrecord decide bridge same claim-a claim-b --why "one closure, two wordings" --desk desk.db'
UNDO = 'Example:  onrecord undo 42 --why "two bridges after all" --desk desk.db'

MOVE = 'Example:  onrecord move bridge ferry 07 --why "another crash" --desk desk.db'

_Span = "START:END in the report, or its exact words; pieces parted by …"
_MaybeNone = f'{_Span}; "" where there is none'


def decide(
    story: StoryName,
    verdict: Annotated[Verdict, typer.Argument(metavar="VERDICT", help=", ".join(Verdict), show_default=False)],
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...", help="Claims (also C1), statements, speakers, a report, the story.", show_default=False
        ),
    ],
    value: Annotated[
        str | None,
        typer.Option(
            "--value", help="The speaker (or organization:NAME), the new name, the side, the state, the note."
        ),
    ] = None,
    content: Annotated[str | None, typer.Option("--content", help=_Span)] = None,
    source: Annotated[str | None, typer.Option("--source", help=_MaybeNone)] = None,
    cue: Annotated[str | None, typer.Option("--cue", help=_MaybeNone)] = None,
    field: Annotated[
        ReportField | None, typer.Option("--field", help="What of a report is corrected; --value says to what.")
    ] = None,
    reply_to: Annotated[
        int | None, typer.Option("--reply-to", metavar="ENTRY", help="The note that a note answers, by its entry.")
    ] = None,
    preview: Annotated[
        bool, typer.Option("--preview", help="Enter nothing; tell what a merge or split would count.")
    ] = False,
    seen: Annotated[
        int | None, typer.Option("--seen", metavar="ENTRY", help="The last entry you had seen when you decided.")
    ] = None,
    desk: DeskAddress = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Decide on claims and statements; it is an entry of its own, outlives every re-run, and can be undone."""
    from onrecord.ledger.deciding.making import Wish, decision_of
    from onrecord.rendering.numbering import meant

    with opened(desk) as held:
        head = held.head()[0]
        told = held.story(story)
        known = meant(held, told, ids)
        wish = Wish(
            verdict=verdict,
            ids=known,
            value=value,
            why=why,
            source=source,
            cue=cue,
            content=content,
            field=field,
            reply_to=reply_to,
        )
        if preview:
            write_lines(preview_lines(held, told, wish))
            return
        decision = decision_of(wish, told, held.scene(told), head if seen is None else seen)
        landed = held.decide(story, decision, by=who(by))
    lines = [f"decided: {verdict.value} {' '.join(ids)} (entry {landed.entry.seq}, by {landed.entry.person})"]
    lines.extend(f"  on: {shown(one.text)} [{one.id}]" for one in decision.claims)
    for one in landed.meanwhile:
        lines.append(f"changed meanwhile: entry {one.seq}, {one.act.value} {one.subject} by {one.by.partition(':')[2]}")
    write_lines(lines)


def preview_lines(held: Desk, told: Story, wish: Wish) -> list[str]:
    """What a merge or split would count, claim by claim, before anything is entered."""
    from onrecord.ledger.deciding.preview import preview

    found = preview(wish, told, held.scene(told))
    lines = [f"before: {_counted(one)}" for one in found.before] + [f"after:  {_counted(one)}" for one in found.after]
    near = f"{found.near} near statements stay uncounted; name those that are to count" if found.near else None
    return [*lines, *([near] if near else [])]


def _counted(one: Counted) -> str:
    low, high = one.origins
    origins = f"{low} origins" if low == high else f"{low}-{high} origins"
    return f"{one.status}, {origins}, {one.statements} statements: {shown(one.text)} [{one.claim}]"


def undo(
    entry: Annotated[int, typer.Argument(metavar="ENTRY", help="The entry's number.", show_default=False)],
    desk: DeskAddress = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Take back a decision, a withdrawal, a move or a kept search, by an entry of its own."""
    from onrecord.ledger.undoing import take_back

    with opened(desk) as held:
        landed = take_back(held, entry, by=who(by), why=why)
    write_lines([f"undone: entry {entry} (entry {landed.entry.seq}, by {landed.entry.person})"])


def move(
    story: StoryName,
    onto: Annotated[str, typer.Argument(metavar="ONTO", help="The story that they go to; it may be new.")],
    reports: Annotated[
        list[str] | None, typer.Argument(metavar="[REPORT]...", help="Reports by id.", show_default=False)
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every report: the story is joined to the other one.")] = False,
    desk: DeskAddress = None,
    by: By = None,
    why: Why = "",
) -> None:
    """Move reports to another story, or join a story to another; undoing one entry takes all of it back."""
    from onrecord.ledger.moving import move as move_some
    from onrecord.ledger.moving import move_all

    if bool(reports) == every:
        raise UsageError("which reports · move · name them, or write --all")
    with opened(desk) as held:
        if every:
            moved = move_all(held, story, onto, by=who(by), why=why)
        else:
            moved = move_some(held, story, reports or [], onto, by=who(by), why=why)
    write_lines([
        f"moved: {one.report} → {shown(onto)}/{one.now}{', which was there already' if one.there else ''} "
        f"(entry {one.entry.seq})"
        for one in moved
    ])  # fmt: skip
