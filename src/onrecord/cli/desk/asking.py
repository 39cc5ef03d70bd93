"""`onrecord stories`, `claims`, `show` and `find`: what a desk holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import (
    By,
    CapturedBy,
    DeskAddress,
    Format,
    FormatOption,
    StoryName,
    opened,
    since_instant,
    who,
    write_json,
    write_lines,
)
from onrecord.cli.options import AsOf, instant
from onrecord.cli.terminal.output import complain
from onrecord.rendering.wording import MARKS, counted, interval, shown

if TYPE_CHECKING:
    from onrecord.datamodel.story import Story
    from onrecord.ledger.desk import Desk
    from onrecord.ledger.storage.searching import Wanted

STORIES = "Example:  onrecord stories --desk desk.db"
CLAIMS = "Example:  onrecord claims bridge --as-of 2031-03-07 --desk desk.db"
SHOW = "Example:  onrecord show bridge 01-03 --desk desk.db"
FIND = 'Example:  onrecord find "hangers corroded" --speaker Vantongeren --desk desk.db'


def stories(desk: DeskAddress = None, format: FormatOption = Format.TEXT) -> None:
    """List the stories of a desk."""
    with opened(desk) as held:
        shelves = held.stories()
    if format is Format.JSON:
        write_json(
            [
                {"story": one.name, "reports": one.reports, "withdrawn": one.withdrawn, "last": one.last.isoformat()}
                for one in shelves
            ]
        )
        return
    lines = [
        f"{shown(one.name)}  {counted(one.reports, 'report')}, last entry {one.last:%Y-%m-%d %H:%M}Z" for one in shelves
    ]
    write_lines(lines or ["no story yet · add one with: onrecord add STORY PATH..."])


def claims(
    story: StoryName,
    desk: DeskAddress = None,
    as_of: AsOf = None,
    captured_by: CapturedBy = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """List a story's claims and where each stands, by what was published, and by what was captured, by then."""
    with opened(desk) as held:
        told = held.story(story, instant(as_of), instant(captured_by))
    from onrecord.cli.desk.showing import unsettled_line

    if format is Format.JSON:
        from onrecord.rendering.storyfile import claim_json

        write_json([claim_json(claim, told.standing.get(claim.id)) for claim in told.claims])
        return
    write_lines(claim_lines(told) or ["no claims by then"])
    for one in told.unsettled:
        complain(f"needs a look: {unsettled_line(one)}")


def claim_lines(told: Story) -> list[str]:
    """Claims by standing: mark, standing, origins, id, words."""
    lines = []
    for claim in told.claims:
        standing = told.standing.get(claim.id)
        status = standing.status.value if standing else "–"
        mark = MARKS[standing.status] if standing else " "
        origins = interval(standing.origins.lo, standing.origins.hi) if standing else "0"
        lines.append(f"{mark} {status:<13} {origins:>3}  {shown(claim.text)}  [{claim.id}]")
    return lines


def show(
    what: Annotated[
        list[str],
        typer.Argument(metavar="[STORY] ID", help="A story, and a claim, statement, report or party; or #ENTRY."),
    ],
    desk: DeskAddress = None,
    as_of: AsOf = None,
    captured_by: CapturedBy = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Show one thing in full: a claim with its statements, a statement in its report, a report with its versions."""
    from onrecord.cli.desk.showing import look_up

    with opened(desk) as held:
        found = look_up(held, what, instant(as_of), instant(captured_by))
    if format is Format.JSON:
        write_json(found.told)
    else:
        write_lines(list(found.lines))


def find(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="All of them; in double quotes, side by side.")] = "",
    speaker: Annotated[str | None, typer.Option("--speaker", help="Only what this speaker says.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="TIME", help="Only what was published since.")] = None,
    story: Annotated[str | None, typer.Option("--story", help="Only in this story.")] = None,
    past: Annotated[bool, typer.Option("--past", help="Also in replaced and withdrawn versions.")] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many.")] = 50,
    keep: Annotated[
        str | None, typer.Option("--keep", metavar="NAME", help="Keep this search for all who work at the desk.")
    ] = None,
    kept: Annotated[bool, typer.Option("--kept", help="List the searches that are kept.")] = False,
    by: By = None,
    desk: DeskAddress = None,
    format: FormatOption = Format.TEXT,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write here.")] = None,
) -> None:
    """Search claims, notes, statements, speakers, headlines and the reports' full text over all stories."""
    from dataclasses import asdict

    from onrecord.ledger.storage.searching import Wanted

    wanted = Wanted(words=words, speaker=speaker, since=since_instant(since), story=story, past=past, limit=limit)
    with opened(desk) as held:
        if kept:
            _list_kept(held, format, out)
            return
        if keep is not None:
            _keep(held, keep, wanted, who(by))
        hits = held.find(wanted)
    if format is Format.JSON:
        write_json([asdict(hit) for hit in hits], out)
        if not hits:
            raise typer.Exit(1)
        return
    lines = [
        f"{shown(hit.story)}/{hit.claim}  {hit.standing or '–'}: {shown(hit.words)}"
        if hit.claim
        else f"{shown(hit.story)}/{hit.report}  {(hit.published or 'no date')[:10]}  "
        f"{shown(hit.speaker or '–')}: {shown(hit.words)}" + (f"  ({hit.state})" if hit.state != "current" else "")
        for hit in hits
    ]
    write_lines(lines or ["nothing was found"], out)
    if not hits:
        raise typer.Exit(1)


def _keep(held: Desk, name: str, wanted: Wanted, by: str) -> None:
    from onrecord.ledger.searches import keep_search

    asked = {"q": wanted.words, "speaker": wanted.speaker or "", "story": wanted.story or ""}
    asked["past"] = "true" if wanted.past else ""
    landed = keep_search(held, name, asked, by=by)
    complain(f"kept as “{shown(name)}” (entry {landed.entry.seq}); onrecord undo {landed.entry.seq} takes it off")


def _list_kept(held: Desk, format: Format, out: Path | None) -> None:
    from dataclasses import asdict

    from onrecord.ledger.searches import kept_searches

    found = kept_searches(held)
    if format is Format.JSON:
        write_json([asdict(one) for one in found], out)
        return
    lines = [
        f"{shown(one.name)}: {', '.join(f'{key} {shown(value)}' for key, value in one.asked.items())} "
        f"(entry {one.entry}, by {shown(one.by)})"
        for one in found
    ]
    write_lines(lines or ["no search is kept"], out)
