"""`onrecord add`, `drop` and `retell`: what comes onto a desk's record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import (
    By,
    DeskAddress,
    Format,
    FormatOption,
    StoryName,
    Why,
    opened,
    who,
    write_json,
    write_lines,
)
from onrecord.cli.options import AllowPrivate, TaggerChoice, TaggerOption
from onrecord.cli.terminal.output import complain
from onrecord.cli.terminal.progress import progress
from onrecord.datamodel.report import Fate
from onrecord.rendering.wording import interval, shown

if TYPE_CHECKING:
    from onrecord.ledger.desk import Desk
    from onrecord.ledger.filing import Added
    from onrecord.ledger.revisions.story_diff import ClaimChange
    from onrecord.pipeline import Progress

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL...", help="Reports: files, folders of files, or web addresses.", show_default=False
    ),
]

ADD = "Example:  onrecord add bridge reports/ https://quay-gazette.example/crane-report --desk desk.db"
DROP = 'Example:  onrecord drop bridge 04 --why "a hoax" --desk desk.db'
RETELL = "Example:  onrecord retell bridge --desk desk.db"


def add(
    story: StoryName,
    inputs: Inputs,
    desk: DeskAddress = None,
    allow_private: AllowPrivate = False,
    format: FormatOption = Format.TEXT,
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Read reports and enter them; one that changed since is entered as a new version, and its claims weighed again."""
    ended: list[Added] = []
    with opened(desk, create=True, which=tagger.value) as held, progress() as watch:
        for one in _added(held, story, inputs, allow_private, (tagger.value, watch)):
            ended.append(one)
            # Each line is written once its report is on record for good.
            if format is Format.TEXT:
                write_lines(added_lines(one))
    if format is Format.JSON:
        write_json([added_json(one) for one in ended])
    if not any(one.outcome.fate is not Fate.REFUSED for one in ended):
        complain("error: no report was read · add · give files or folders with reports, or addresses")
        raise typer.Exit(1)


def _added(
    held: Desk, story: str, inputs: list[str], allow_private: bool, how: tuple[str, Progress | None]
) -> Iterator[Added]:
    """Files and folders first, then addresses."""
    from onrecord.desk_pipeline import add as add_paths
    from onrecord.reading.fetching.fetch import fetcher_for, is_address

    urls = [one for one in inputs if is_address(one)]
    if paths := [Path(one) for one in inputs if not is_address(one)]:
        yield from add_paths(held, story, paths, *how)
    if urls:
        from onrecord.capturing.addresses import add_addresses

        yield from add_addresses(held, story, urls, fetcher_for(allow_private), *how)


def added_lines(one: Added) -> list[str]:
    """What became of one input, on one line and more for what a revision changed."""
    if one.turns:
        return ["weighed again:", *(f"  {turn_line(turn)}" for turn in one.turns)]
    reason = f" · {shown(one.outcome.reason)}" if one.outcome.reason else ""
    lines = [f"{one.outcome.fate.value}: {shown(one.outcome.input)} → {one.outcome.report or '–'}{reason}"]
    if one.comparison:
        lines.extend(f"  cut: {shown(words)}" for _, words in one.comparison.cut)
        lines.extend(f"  altered: {shown(it.words_before)} → {shown(it.words_after)}" for it in one.comparison.altered)
    return lines


def turn_line(turn: ClaimChange) -> str:
    """What became of one claim, on one line."""
    before, after = turn.before or "not told", turn.after or "not told"
    moved = f"{before} → {after}" if before != after else f"still {after}"
    if turn.origins_before and turn.origins_after and turn.origins_before != turn.origins_after:
        moved += f", origins {interval(*turn.origins_before)} → {interval(*turn.origins_after)}"
    reason = f" · {shown(turn.reason)}" if turn.reason else ""
    return f"{moved}: {shown(turn.text)} [{turn.claim}]{reason}"


def added_json(one: Added) -> dict[str, object]:
    """What became of one input, for programs."""
    from onrecord.ledger.codec import encode

    return {
        "input": one.outcome.input,
        "fate": one.outcome.fate.value,
        "report": one.outcome.report,
        "reason": one.outcome.reason,
        "entries": [entry.seq for entry in one.entries],
        "comparison": encode(one.comparison),
        "turns": encode(one.turns),
    }


def drop(story: StoryName, report: str, desk: DeskAddress = None, by: By = None, why: Why = "") -> None:
    """Withdraw a report: it is not told any more, but stays on record, and `undo` brings it back."""
    with opened(desk) as held:
        landed = held.withdraw(story, report, by=who(by), why=why)
    write_lines([f"withdrawn: {report} (entry {landed.entry.seq}) · undo with: onrecord undo {landed.entry.seq}"])


def retell(
    story: StoryName,
    desk: DeskAddress = None,
    format: FormatOption = Format.TEXT,
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Find the statements again with today's tagger and rules, beside the old results, and say what that changes."""
    from onrecord import desk_pipeline
    from onrecord.ledger.codec import encode

    with opened(desk, which=tagger.value) as held, progress() as watch:
        turns = desk_pipeline.again(held, story, tagger.value, watch)
    if format is Format.JSON:
        write_json(encode(turns))
    else:
        write_lines([turn_line(turn) for turn in turns] or ["nothing changed"])
