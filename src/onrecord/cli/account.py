"""`onrecord account`: who may open a desk in the browser."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.desk.options import DeskAddress, Format, FormatOption, write_json, write_lines
from onrecord.errors import UsageError
from onrecord.rendering.wording import counted, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onrecord.web.auth.accounts import Account
    from onrecord.web.auth.people import Role
    from onrecord.web.auth.sessions import Sessions

account = typer.Typer(help="Say who may open a desk in the browser.", rich_markup_mode=None, no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Who; the name stands in the log.", show_default=False)]
RoleOption = Annotated[
    str, typer.Option("--role", help="reader looks, editor decides and adds, administrator manages accounts too.")
]
StoryOption = Annotated[
    list[str] | None,
    typer.Option("--story", metavar="STORY", help="Only this story is seen; several may be. Else all."),
]


@contextmanager
def _passes(address: str | None) -> Iterator[Sessions]:
    from onrecord.ledger.desk import open_desk
    from onrecord.web.auth.accounts import Accounts
    from onrecord.web.auth.sessions import Sessions

    if not address:
        raise UsageError("no desk named · --desk · write --desk desk.db, or set ONRECORD_DESK")
    with open_desk(address, create=True) as held:
        yield Sessions(Accounts(held.store))


@account.command("add", epilog="Example:  onrecord account add ann --role editor --desk desk.db")
def add(
    name: Name,
    role: RoleOption = "reader",
    story: StoryOption = None,
    password: Annotated[
        bool, typer.Option("--password/--no-password", help="Ask for a password, or sign in elsewhere or by token.")
    ] = True,
    desk: DeskAddress = None,
) -> None:
    """Add an account; its password is asked for, or read from standard input."""
    with _passes(desk) as passes:
        told = passes.accounts.add(name, _role(role), _password() if password else None, story or None)
    write_lines([f"added: {shown(told)} ({role})"])


@account.command("list", epilog="Example:  onrecord account list --desk desk.db")
def listed(desk: DeskAddress = None, format: FormatOption = Format.TEXT) -> None:
    """List the accounts and their tokens."""
    with _passes(desk) as passes:
        accounts, tokens = passes.accounts.listed(), passes.tokens()
    if format is Format.JSON:
        from dataclasses import asdict

        mine = [[asdict(token) for token in tokens if token.account == one.name] for one in accounts]
        write_json([{**asdict(one), "tokens": held} for one, held in zip(accounts, mine, strict=True)])
        return
    lines = []
    for one in accounts:
        lines.append(_line(one))
        lines.extend(
            f"  token {token.id}  {shown(token.label)}, made {token.made_at[:10]}"
            + (f", ends {token.ends_at[:10]}" if token.ends_at else "")
            for token in tokens
            if token.account == one.name
        )
    write_lines(lines or ["no account: the desk is served to this machine only"])


def _line(one: Account) -> str:
    sees = "every story" if one.stories is None else ", ".join(map(shown, one.stories)) or "no story"
    word = "" if one.password else ", no password"
    return f"{shown(one.name)}  {one.role}, sees {sees}{word}" + (
        f", {counted(one.tokens, 'token')}" if one.tokens else ""
    )


@account.command("remove", epilog="Example:  onrecord account remove ann --desk desk.db")
def remove(name: Name, desk: DeskAddress = None) -> None:
    """Remove an account with its sessions and tokens; what it decided stays on record."""
    with _passes(desk) as passes:
        passes.accounts.remove(name)
    write_lines([f"removed: {shown(name)}"])


@account.command("role", epilog="Example:  onrecord account role ann administrator --desk desk.db")
def role(
    name: Name, role: Annotated[str, typer.Argument(metavar="ROLE", show_default=False)], desk: DeskAddress = None
) -> None:
    """Give an account another role."""
    with _passes(desk) as passes:
        passes.accounts.change(name, role=_role(role))
    write_lines([f"{shown(name)} is {role} now"])


@account.command("stories", epilog="Example:  onrecord account stories ann --story bridge --desk desk.db")
def stories(name: Name, story: StoryOption = None, desk: DeskAddress = None) -> None:
    """Let an account see only some stories; without --story every one."""
    with _passes(desk) as passes:
        passes.accounts.limit(name, story or None)
    write_lines([f"{shown(name)} sees {', '.join(map(shown, story)) if story else 'every story'} now"])


@account.command("password", epilog="Example:  onrecord account password ann --desk desk.db")
def password(name: Name, desk: DeskAddress = None) -> None:
    """Give an account another password; its sessions end."""
    with _passes(desk) as passes:
        passes.accounts.change(name, password=_password())
    write_lines([f"another password: {shown(name)}"])


@account.command("token", epilog='Example:  onrecord account token ann --label "nightly import" --desk desk.db')
def token(
    name: Name,
    label: Annotated[str, typer.Option("--label", help="What it is for.")] = "token",
    days: Annotated[int | None, typer.Option("--days", min=1, max=3650, help="It ends after so many.")] = None,
    take_back: Annotated[str | None, typer.Option("--take-back", metavar="ID", help="End this token instead.")] = None,
    desk: DeskAddress = None,
) -> None:
    """Make a token for the API; it is told this once."""
    with _passes(desk) as passes:
        if take_back:
            passes.take_back(take_back)
            write_lines([f"taken back: {take_back}"])
            return
        write_lines([passes.issue(name, label, days)])


def _role(told: str) -> Role:
    from onrecord.web.auth.people import Role

    try:
        return Role(told)
    except ValueError as error:
        raise UsageError(f"no role '{told[:40]}' · --role · one of {', '.join(Role)}") from error


def _password() -> str:
    """A password typed twice, or the first line of standard input where nobody types."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    found: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return found
