"""`onrecord alert`, `notify` and `digest`: what changed on a desk, told to those who wait for it."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.intake.watching import seconds
from onrecord.cli.desk.options import (
    By,
    DeskAddress,
    Format,
    FormatOption,
    opened,
    who,
    write_json,
    write_lines,
)
from onrecord.cli.options import AllowPrivate, Out, TaggerChoice, TaggerOption
from onrecord.cli.terminal.output import complain, write
from onrecord.errors import UsageError
from onrecord.rendering.wording import counted, shown

if TYPE_CHECKING:
    from datetime import datetime

    from onrecord.datamodel.notice import Alert, AlertSubject, Notice
    from onrecord.notifying.notifier import Notifier, Sent
    from onrecord.notifying.outbox import Outbox

NOTIFY = "Example:  onrecord notify --desk desk.db"
DIGEST = "Example:  onrecord digest --since 24h --desk desk.db"
alert = typer.Typer(
    help="Say who is told of which changes: by feed, webhook, mail or chat.",
    rich_markup_mode=None,
    no_args_is_help=True,
)
Ident = Annotated[str, typer.Argument(metavar="ALERT", help="Its id, as `alert list` tells it.", show_default=False)]


@alert.command("add", epilog="Example:  onrecord alert add dam --claim C1 --to desk@quay.example --daily 07:00")
def add(
    to: Annotated[
        str, typer.Option("--to", metavar="PLACE", help="feed, https://…, NAME@HOST, or an address of Apprise.")
    ],
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="The story; else every one.", show_default=False)
    ] = None,
    claim: Annotated[str | None, typer.Option("--claim", metavar="ID", help="Only what becomes of this claim.")] = None,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Only claims that they speak to, and what they say.")
    ] = None,
    search: Annotated[
        str | None, typer.Option("--search", metavar="WORDS", help="Only what holds all these words.")
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", metavar="KIND", help="standing, denial, withdrawal, correction, statement; several may be."
        ),
    ] = None,
    daily: Annotated[str | None, typer.Option("--daily", metavar="TIME", help="Once a day: 07:00.")] = None,
    zone: Annotated[str, typer.Option("--zone", metavar="ZONE", help="By which clock: Europe/London.")] = "UTC",
    by: By = None,
    desk: DeskAddress = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Watch a story, a claim, a speaker or a search, from now on."""
    from onrecord.datamodel.notice import Alert, Channel
    from onrecord.notifying.making import kinds_of, make
    from onrecord.rendering.notices import alert_json

    subject, value = _subject(claim, speaker, search)
    with opened(desk) as held:
        wish = Alert(
            id="",
            subject=subject,
            value=value,
            story=story,
            channel=Channel.FEED,
            target=to,
            kinds=kinds_of(kind or ()),
            daily=daily,
            zone=zone,
            made_by=who(by),
        )
        made, shown_once = make(held, wish, chats=True)
    if format is Format.JSON:
        write_json({**alert_json(made), "secret": shown_once})
        return
    write_lines([_line(made), *_once(made, shown_once)])


def _subject(claim: str | None, speaker: str | None, search: str | None) -> tuple[AlertSubject, str]:
    from onrecord.datamodel.notice import AlertSubject

    given = [
        (subject, value)
        for subject, value in (
            (AlertSubject.CLAIM, claim),
            (AlertSubject.SPEAKER, speaker),
            (AlertSubject.SEARCH, search),
        )
        if value is not None
    ]
    if len(given) > 1:
        raise UsageError("more than one thing to watch · alert add · give one of --claim, --speaker, --search")
    return given[0] if given else (AlertSubject.STORY, "")


def _once(made: Alert, shown_once: str | None) -> list[str]:
    if shown_once is None:
        return []
    if made.target == "feed":
        return [f"  read it at /feeds/{made.id}/{shown_once}.atom of the served desk; the key is told this once"]
    return [f"  its messages are signed with {shown_once} (Standard Webhooks); told this once"]


@alert.command("list", epilog="Example:  onrecord alert list --desk desk.db")
def listed(desk: DeskAddress = None, format: FormatOption = Format.TEXT) -> None:
    """List the alerts, what waits for each, and what went wrong last."""
    from onrecord.rendering.notices import alert_json

    with _outbox(desk) as outbox:
        found = outbox.alerts()
    if format is Format.JSON:
        write_json([alert_json(one) for one in found])
        return
    write_lines([line for one in found for line in _lines(one)] or ["nobody is told of anything yet"])


@alert.command("remove", epilog="Example:  onrecord alert remove 4f0c12ab --desk desk.db")
def remove(ident: Ident, desk: DeskAddress = None) -> None:
    """Remove an alert, with what waits for it."""
    with _outbox(desk) as outbox:
        gone = outbox.remove(ident)
    write_lines([f"removed: {_line(gone)}"])


@alert.command("resume", epilog="Example:  onrecord alert resume 4f0c12ab --desk desk.db")
def resume(ident: Ident, desk: DeskAddress = None) -> None:
    """Send what waits for an alert that was given up, as soon as `notify` or `serve` runs."""
    with _outbox(desk) as outbox:
        found = outbox.resume(ident)
    write_lines([f"resumed: {_line(found)} · {counted(found.waiting, 'notice waits', 'notices wait')}"])


@alert.command("replay", epilog="Example:  onrecord alert replay 4f0c12ab --from 12 --desk desk.db")
def replay(
    ident: Ident,
    first: Annotated[int, typer.Option("--from", metavar="NOTICE", min=1, help="From this notice on.")] = 1,
    desk: DeskAddress = None,
) -> None:
    """Send an alert's notices once more, in order and under the ids that they had."""
    with _outbox(desk) as outbox:
        many = outbox.replay(ident, first)
    write_lines([f"{counted(many, 'notice')} from {first} on will be sent again"])


@alert.command("feed", epilog="Example:  onrecord alert feed 4f0c12ab --out dam.atom --desk desk.db")
def feed(ident: Ident, out: Out = None, desk: DeskAddress = None) -> None:
    """Write what an alert was told last as an Atom feed, whatever its channel."""
    from onrecord.notifying.channels import Sending
    from onrecord.rendering.notices import atom

    with _outbox(desk) as outbox:
        page = atom(outbox.alert(ident), outbox.last_notices(ident), Sending.of().address)
    write(page, out)


def notify(
    desk: DeskAddress = None,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often to look: 5s, 1m.")] = "5s",
    once: Annotated[bool, typer.Option("--once", help="Look and send once, as cron wants it.")] = False,
    allow_private: AllowPrivate = False,
    tagger: TaggerOption = TaggerChoice.AUTO,
    format: FormatOption = Format.TEXT,
) -> None:
    """Look for what changed and tell those who wait for it, until you stop it (Ctrl-C); `serve` does the same."""
    from onrecord.notifying.channels import Sending
    from onrecord.notifying.notifier import Notifier

    with opened(desk, which=tagger.value) as held:
        notifier = Notifier(held, Sending.of(private=allow_private))
        if once:
            for notice in notifier.look():
                _tell(notice, format)
            sent = list(notifier.deliver())
            for one in sent:
                _tell(one, format)
            if any(one.fault for one in sent):
                raise typer.Exit(1)
            return
        with _stopping(notifier):
            notifier.run(seconds(every), lambda one: _tell(one, format))
    complain("stopped: what was not sent yet is sent when it runs again")


def digest(
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="The story; else every one.", show_default=False)
    ] = None,
    since: Annotated[
        str, typer.Option("--since", metavar="TIME", help="Since when: 24h, 90m, a date or a time.")
    ] = "24h",
    desk: DeskAddress = None,
    out: Out = None,
    tagger: TaggerOption = TaggerChoice.AUTO,
    format: FormatOption = Format.TEXT,
) -> None:
    """Tell what changed since yesterday: standings, denials, withdrawals, corrections, with what they rest on."""
    from onrecord.notifying.channels import Sending
    from onrecord.notifying.notifier import changes_between
    from onrecord.rendering.notices import lines, notice_json

    with opened(desk, which=tagger.value) as held:
        start = _since(since, held.store.clock())
        names = [one.name for one in held.stories()] if story is None else [story]
        if story is not None:
            held.state(story)
        found = [notice for name in names for notice in changes_between(held, name, start)]
    base = Sending.of().address
    if format is Format.JSON:
        write_json([notice_json(one, base) for one in found], out)
        return
    told = [line for one in found for line in (*lines(one, base), "")]
    write_lines([f"{counted(len(found), 'change')} since {start:%Y-%m-%d %H:%M} UTC", "", *told], out)


def _since(told: str, now: datetime) -> datetime:
    from onrecord.cli.desk.options import since_instant

    if re.fullmatch(r"\d{1,6}[smh]", told.strip()):
        return now - timedelta(seconds=seconds(told))
    found = since_instant(told)
    assert found is not None, "a time was given"
    return found.at


@contextmanager
def _outbox(address: str | None) -> Iterator[Outbox]:
    from onrecord.notifying.outbox import Outbox

    with opened(address) as held:
        yield Outbox(held.store)


@contextmanager
def _stopping(notifier: Notifier) -> Iterator[None]:
    """SIGINT and SIGTERM end the worker once what is being sent is sent."""
    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM)}
    for one in before:
        signal.signal(one, lambda *_: notifier.stopped.set())
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _tell(one: Notice | Sent, format: Format) -> None:
    from onrecord.datamodel.notice import Notice
    from onrecord.rendering.notices import headline, notice_json, place

    if isinstance(one, Notice):
        if format is Format.JSON:
            write_json(notice_json(one))
        else:
            write_lines([f"notice {one.seq}: {shown(one.story)} · {headline(one)}"])
    elif one.fault:
        after = "paused" if one.paused else "tried again"
        complain(f"not sent: {one.message} to {place(one.alert)} · {one.fault} · {after}")
    elif format is Format.TEXT:
        write_lines([f"sent: {one.message} to {place(one.alert)}"])


def _line(one: Alert) -> str:
    from onrecord.rendering.notices import alert_words, place

    daily = f", daily at {one.daily} {one.zone}" if one.daily else ""
    return f"{one.id}  {alert_words(one)} → {place(one)}{daily}"


def _lines(one: Alert) -> list[str]:
    told = [_line(one)]
    if one.waiting:
        told.append(f"  {counted(one.waiting, 'notice waits', 'notices wait')}")
    if one.paused:
        told.append(f"  paused: {shown(one.paused)}")
    elif one.fault:
        told.append(f"  the last try failed: {shown(one.fault)}")
    return told
