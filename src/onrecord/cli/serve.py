"""`onrecord serve`: a desk in the browser."""

from __future__ import annotations

import os
import re
import socket
import sys
import threading
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import DeskAddress, write_lines
from onrecord.cli.options import TaggerChoice, TaggerOption
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from onrecord.capturing.watching import Watch, Wish
    from onrecord.ledger.desk import Desk
    from onrecord.web.settings import Settings

SERVE = "Example:  onrecord serve --desk desk.db --open"
DEFAULT_DESK = "desk.db"
_SWITCH_S = 0.0005
_PATIENCE_S = 0.8


def serve(
    desk: DeskAddress = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="On which port; 0 takes a free one.")] = 8710,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="A host name it answers to, as behind a proxy; several may be."),
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers reach it by https, through a proxy.")] = False,
    open: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    private_fetch: Annotated[
        bool,
        typer.Option("--allow-private", "--private-fetch", help="Reports may be fetched from the own network too."),
    ] = False,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="Pages of this origin may read the API; also several times."),
    ] = None,
    notify: Annotated[
        bool, typer.Option("--notify/--no-notify", help="Tell alerts too, or leave it to `onrecord notify`.")
    ] = True,
    watch: Annotated[
        list[str] | None,
        typer.Option("--watch", metavar="STORY=FEED", help="Poll a feed for a story too; several may be given."),
    ] = None,
    every: Annotated[str, typer.Option("--every", metavar="TIME", help="How often feeds are polled: 5m, 2h.")] = "5m",
    tagger: TaggerOption = TaggerChoice.AUTO,
) -> None:
    """Open a desk in the browser: for one person with no other set-up, for a team once there are accounts."""
    from onrecord.web.app import create_app
    from onrecord.web.auth.oidc import provider_of
    from onrecord.web.settings import Settings

    address, provider = desk or DEFAULT_DESK, provider_of(os.environ)
    settings = Settings(
        desk=address,
        host=host,
        port=port,
        tagger=tagger.value,
        names=tuple(one.lower().rstrip(".") for one in name or ()),
        https=https,
        private_fetch=private_fetch,
        apart=True,
        notify=notify,
        patience_s=_PATIENCE_S,
        cors=tuple(map(origin, cors or ())),
    )
    wishes = feeds_of(watch or (), every, tagger.value)
    held, made = _opened(settings)
    with held:
        allowed(held, settings)
        with _listening(settings) as listener:
            place = _place(settings, listener.getsockname()[1])
            told = [f"made a new desk: {address}"] if made else []
            write_lines([*told, f"serving {_shown(address)} at {place} · stop with Ctrl-C"])
            with watched(held, wishes, private_fetch):
                _run(create_app(settings, held, provider), listener, place if open else None)
    write_lines(["stopped"])


def origin(told: str) -> str:
    """An origin as browsers write it; raises UsageError for anything else, a star among it."""
    found = re.fullmatch(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(:\d{1,5})?/?", told.strip().lower())
    if not found:
        raise UsageError(f"'{told[:60]}' is no origin · --cors · write https://desk.example, without a path")
    return told.strip().lower().rstrip("/")


def feeds_of(told: Sequence[str], every: str, which: str) -> list[Wish]:
    """What is to be watched, of "STORY=FEED" each; raises UsageError for what is no story or no address."""
    from onrecord.capturing.watching import Wish
    from onrecord.cli.desk.intake.watching import seconds
    from onrecord.ledger.desk import story_name
    from onrecord.reading.fetching.fetch import is_address

    feeds: dict[str, list[str]] = {}
    for one in told:
        story, _, feed = one.partition("=")
        if not story or not is_address(feed):
            raise UsageError(f"'{one[:80]}' is no story with a feed · --watch · write STORY=https://…")
        feeds.setdefault(story_name(story), []).append(feed)
    every_s = seconds(every)
    return [Wish(story=story, feeds=tuple(some), every_s=every_s, which=which) for story, some in feeds.items()]


@contextmanager
def watched(held: Desk, wishes: Sequence[Wish], private: bool) -> Iterator[None]:
    """Poll feeds beside the server, one thread a story; what is being entered at the end is finished first."""
    from onrecord.capturing.watching import Watch
    from onrecord.reading.fetching.fetch import fetcher_for

    watches = [Watch(held, wish, fetcher_for(private)) for wish in wishes]
    threads = [threading.Thread(target=_poll, args=(one,), name=f"watching {one.wish.story}") for one in watches]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for one in watches:
            one.stopped.set()
        for thread in threads:
            thread.join()


def _poll(watch: Watch) -> None:
    """Tell what a watch enters until it is stopped; a store that fails is told once and tried again."""
    from onrecord.cli.desk.intake.watching import tell
    from onrecord.cli.desk.options import Format
    from onrecord.cli.terminal.output import complain
    from onrecord.errors import OnRecordError

    fault = ""
    while not watch.stopped.is_set():
        try:
            for one in watch.run():
                tell(one, Format.TEXT)
            # No feed is left that can be polled.
            return
        except OnRecordError as error:
            if str(error) != fault:
                complain(f"feeds of {watch.wish.story}: {error} · tried again")
            fault = str(error)
            watch.stopped.wait(watch.wish.every_s)


def _opened(settings: Settings) -> tuple[Desk, bool]:
    """The desk, made where there is none, and whether it was."""
    from onrecord import desk_pipeline
    from onrecord.ledger.storage.opening import is_server

    path = Path(settings.desk)
    made = not is_server(settings.desk) and not path.exists()
    return desk_pipeline.desk(settings.desk, create=True, which=settings.tagger), made


def allowed(held: Desk, settings: Settings) -> None:
    """Raise UsageError for a desk that others would reach, or whose accounts are lost, and nobody signs in to."""
    from onrecord.ledger.storage.access_file import access_path, is_marked
    from onrecord.web.auth.accounts import Accounts

    if Accounts(held.store).exist():
        return
    begin = f"onrecord account add NAME --role administrator --desk {_shown(settings.desk)}"
    with held.store.view() as view:
        if is_marked(view.connection):
            lost = access_path(Path(settings.desk)).name
            raise UsageError(
                f"this desk had accounts, and they do not lie beside it · {lost} · bring that file back, "
                f"or begin anew with: {begin}"
            )
    if not settings.loopback:
        where = ", ".join((settings.host, *settings.names))
        raise UsageError(f"a desk without accounts is served to this machine only · {where} · add one with: {begin}")


def _listening(settings: Settings) -> socket.socket:
    """A socket that listens; raises UsageError where the port or the address is not to be had."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(found[0], found[1])
        try:
            if os.name == "posix":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(found[4])
            listener.listen(256)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"{why} · {settings.host}:{settings.port} · choose another --port or --host") from error
    return listener


def _place(settings: Settings, port: int) -> str:
    if settings.names:
        return f"{'https' if settings.https else 'http'}://{settings.names[0]}/ (listening on {settings.host}:{port})"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{'https' if settings.https else 'http'}://{host}:{port}/"


def _shown(address: str) -> str:
    from onrecord.ledger.storage.opening import shown

    return shown(address)


def _run(app: FastAPI, listener: socket.socket, browse: str | None) -> None:
    """Answer until interrupted; what is being entered is finished first."""
    import uvicorn

    from onrecord.web.patience import Patient

    config = uvicorn.Config(
        app,
        http=Patient,
        log_level="warning",
        server_header=False,
        date_header=True,
        timeout_graceful_shutdown=5,
        # Longer than people look at one page, so that the next one need not connect again.
        timeout_keep_alive=75,
        # A proxy on this machine tells whose requests it passes on; nobody else is believed.
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",
    )
    server = uvicorn.Server(config)
    # A thread that was answered by the store waits for its turn behind every page that is being made.
    sys.setswitchinterval(_SWITCH_S)
    if browse:
        threading.Timer(0.5, webbrowser.open, [browse]).start()
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # uvicorn has ended its requests and hands the signal on.
        return
