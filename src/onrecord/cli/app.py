"""The `onrecord` command: its commands, and the one door through which errors leave."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated

import typer

from onrecord.cli import account, ask, brief, extract, fetch, read, serve
from onrecord.cli.config import configure, taken
from onrecord.cli.desk.commands import register
from onrecord.cli.mcp import command as mcp
from onrecord.cli.terminal.output import be_quiet, complain, hush
from onrecord.errors import OnRecordError

_INTERRUPTED = 130

app = typer.Typer(
    name="onrecord",
    help="Who said what, through whom, since when, and does it still stand?",
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("brief", epilog=brief.EXAMPLE)(brief.brief)
app.command("extract", epilog=extract.EXAMPLE)(extract.extract)
app.command("read", epilog=read.EXAMPLE)(read.read)
app.command("ask", epilog=ask.EXAMPLE)(ask.ask)
app.command("fetch", epilog=fetch.EXAMPLE)(fetch.fetch)
register(app)
app.command("serve", epilog=serve.SERVE)(serve.serve)
app.command("mcp", epilog=mcp.MCP)(mcp.mcp)
app.add_typer(account.account, name="account")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"onrecord {version('onrecord')}")
        except PackageNotFoundError:
            typer.echo("onrecord, not installed")
        raise typer.Exit


@app.callback(epilog="Example:  onrecord brief reports/")
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Tell errors only: no notes, no progress.")] = False,
    config: Annotated[
        str | None, typer.Option("--config", metavar="FILE", help="A TOML file of settings, see docs/desk.md.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an unexpected error came from.")] = False,
) -> None:
    """Keep the record of a story: every attributed statement, and where each claim stands."""
    if quiet:
        be_quiet(True)


def run(arguments: Sequence[str] | None = None) -> int:
    """Carry out a command line; 0 done, 1 nothing found to tell, 2 a wrong request or an error; never a traceback.

    `--debug` anywhere on the line lets an unexpected exception through.
    """
    given = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    debug = "--debug" in given
    try:
        given, file = taken(given)
        be_quiet(configure(file))
        status = app(args=[one for one in given if one != "--debug"], standalone_mode=False, prog_name="onrecord")
    except typer.TyperException as error:
        complain(f"error: {_fault(error)} · {_place(given)} · see {_place(given)} --help")
    except OnRecordError as error:
        if debug:
            traceback.print_exception(error)
        complain(f"error: {error}")
    except BrokenPipeError:
        # The reader of the pipe has seen enough; without this the interpreter complains when it flushes at its end.
        hush(sys.stdout)
        return 0
    except SystemExit as ended:
        # Typer itself ends with 1 where the reader of a pipe has seen enough; it marks the output then.
        if not type(sys.stdout).__name__.endswith("PacifyFlushWrapper"):
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return 0 if ended.code == 1 else 2
    except (KeyboardInterrupt, typer.Abort):
        complain("error: interrupted · nothing was written · run it again")
        return _INTERRUPTED
    except Exception as error:
        if debug:
            raise
        complain(f"error: unexpected {type(error).__name__} · {_place(given)} · run it again with --debug")
    else:
        return status if isinstance(status, int) else 0
    return 2


def _fault(error: typer.TyperException) -> str:
    """What typer says of a wrong option or a missing argument, on one line."""
    return error.format_message().replace("Value error, ", "").rstrip(".")


def _place(given: Sequence[str]) -> str:
    known = {command.name for command in app.registered_commands}
    return next((f"onrecord {one}" for one in given if one in known), "onrecord")


def interrupted_again(lost: sys.UnraisableHookArgs) -> None:
    """Let an interrupt that came while Python tidied up, where nothing can be raised, come once more."""
    if lost.exc_type is KeyboardInterrupt:
        # A little later, since here it would be lost again.
        again = threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT))
        again.daemon = True
        again.start()
    else:
        sys.__unraisablehook__(lost)


def main() -> None:
    """The console script."""
    sys.unraisablehook = interrupted_again
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed before we began: what is written there goes nowhere.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115  open till the end
    status = run()
    # All is done: whoever interrupts now would only be told where the interpreter is while it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if status == _INTERRUPTED:
        # Threads that are at work must not tell that they were interrupted too.
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(status)
    sys.exit(status)
