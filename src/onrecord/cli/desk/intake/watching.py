"""`onrecord watch`: feeds to a desk, for as long as it runs."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.intake.filing import added_json, added_lines
from onrecord.cli.desk.options import DeskAddress, Format, FormatOption, StoryName, opened, write_lines
from onrecord.cli.options import AllowPrivate, TaggerChoice, TaggerOption
from onrecord.cli.terminal.output import complain
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.capturing.watching import Said, Watch
    from onrecord.ledger.filing import Added

WATCH = "Example:  onrecord watch crane https://quay-gazette.example/feed.xml --every 5m --desk desk.db"
_UNITS = {"s": 1, "m": 60, "h": 3_600}


def watch(
    story: StoryName,
    feeds: Annotated[list[str], typer.Argument(metavar="FEED...", help="RSS, Atom or JSON Feed.", show_default=False)],
    desk: DeskAddress = None,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often: 90s, 5m, 2h.")] = "5m",
    once: Annotated[bool, typer.Option("--once", help="Poll each feed once and end, as cron wants it.")] = False,
    match: Annotated[str, typer.Option("--match", metavar="WORDS", help="Only items that hold all these words.")] = "",
    newest: Annotated[int, typer.Option("--newest", min=1, help="At most so many items a poll.")] = 50,
    allow_private: AllowPrivate = False,
    format: FormatOption = Format.TEXT,
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Poll feeds and enter their new and revised items until you stop it (Ctrl-C); a feed that fails is told once."""
    from onrecord.capturing.watching import Said, Watch, Wish
    from onrecord.reading.fetching.fetch import fetcher_for, is_address

    for feed in feeds:
        if not is_address(feed):
            raise UsageError(f"'{feed}' is no web address · watch · write it with https:// in front")
    wish = Wish(story=story, feeds=tuple(feeds), every_s=seconds(every), newest=newest, match=match, which=tagger.value)
    faults = 0
    with opened(desk, create=True, which=tagger.value) as held:
        watched = Watch(held, wish, fetcher_for(allow_private))
        with _stopping(watched):
            for one in watched.run(once=once):
                faults += isinstance(one, Said) and one.bad
                tell(one, format)
    if not once:
        complain("stopped: nothing is left half entered")
    elif faults == len(set(feeds)):
        raise typer.Exit(1)


def seconds(told: str) -> float:
    """The seconds of "90s", "5m" or "2h"; raises UsageError."""
    match = re.fullmatch(r"(\d{1,6})([smh])", told.strip())
    if not match or not int(match[1]):
        raise UsageError(f"'{told}' is no time · --every · write 90s, 5m or 2h")
    return float(int(match[1]) * _UNITS[match[2]])


def tell(one: Added | Said, format: Format) -> None:
    """Print what a watch tells: what it entered, or what is wrong with a feed."""
    from onrecord.ledger.filing import Added

    if not isinstance(one, Added):
        complain(f"feed: {one.feed} · {one.words}" + (" · polled again, ever more seldom" if one.bad else ""))
    elif format is Format.JSON:
        write_lines([json.dumps(added_json(one), ensure_ascii=False)])
    else:
        write_lines(added_lines(one))


@contextmanager
def _stopping(watched: Watch) -> Iterator[None]:
    """SIGINT and SIGTERM end the watch once what is being entered is entered."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    for one in before:
        signal.signal(one, lambda *_: watched.stop())
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
