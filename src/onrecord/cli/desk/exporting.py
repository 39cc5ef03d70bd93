"""`onrecord export`: a story's record, its captures or its tables as files to hand on."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from onrecord.cli.desk.options import DeskAddress, file_bytes, opened, write_lines
from onrecord.errors import UsageError
from onrecord.rendering.wording import counted

if TYPE_CHECKING:
    from onrecord.ledger.desk import Desk
    from onrecord.ledger.packing.wacz_signing import Signer

EXPORT = "Example:  onrecord export bridge --pack bridge.zip --desk desk.db"


def export(
    context: typer.Context,
    story: Annotated[
        str | None, typer.Argument(metavar="[STORY]", help="The story; a database may hold every one.")
    ] = None,
    pack: Annotated[
        Path | None, typer.Option("--pack", metavar="FILE.zip", help="Write the record with its verifier.")
    ] = None,
    datasette: Annotated[
        Path | None,
        typer.Option("--datasette", metavar="FOLDER", help="Write a database for Datasette, with metadata."),
    ] = None,
    wacz: Annotated[
        Path | None, typer.Option("--wacz", metavar="FILE.wacz", help="Write its captures as a web archive.")
    ] = None,
    sign: Annotated[
        Path | None,
        typer.Option(
            "--sign",
            metavar="KEY.pem",
            envvar="ONRECORD_SIGNING_KEY",
            help="Sign the web archive with your private key (ECDSA, PEM).",
        ),
    ] = None,
    desk: DeskAddress = None,
) -> None:
    """Write a story's record as one file that a stranger can check offline (python3 FILE.zip), or for Datasette.

    Its captures alone go into a web archive, which ReplayWeb.page and others open.
    """
    if sum(one is not None for one in (pack, datasette, wacz)) != 1:
        raise UsageError(
            "nothing to write, or several things · export · name one: --pack FILE.zip, --wacz FILE.wacz or "
            "--datasette FOLDER"
        )
    # A key of the environment is for web archives; one of the command line is meant for what is written.
    source = context.get_parameter_source("sign")
    if wacz is None and source is not None and source.name == "COMMANDLINE":
        raise UsageError("only web archives are signed · export --sign · name --wacz FILE.wacz, or leave --sign out")
    key = _signer(sign) if sign is not None and wacz is not None else None
    with opened(desk) as held:
        if datasette is not None:
            write_lines([_published(held, story, datasette)])
            return
        if story is None:
            flag = "--pack FILE.zip" if pack else "--wacz FILE.wacz"
            raise UsageError(f"no story named · export {flag.split()[0]} · write: onrecord export STORY {flag}")
        write_lines([_packed(held, story, pack) if pack else _archived(held, story, cast("Path", wacz), key)])


def _signer(path: Path) -> Signer:
    from onrecord.ledger.packing.wacz_signing import signer

    return signer(file_bytes(path, f"--sign {path} · name the file of your private key"), str(path))


def _packed(held: Desk, story: str, pack: Path) -> str:
    from onrecord.cli.terminal.output import write_bytes
    from onrecord.ledger.packing.pack import pack as packed
    from onrecord.ledger.packing.pack import sealed
    from onrecord.rendering import storyfile

    # From the entries alone: what was kept of earlier tellings is no part of the record.
    told = held.tell_anew(story)
    made = packed(held.store, story, {"story.json": storyfile.render(told).encode("utf-8", "backslashreplace")})
    write_bytes(made, pack)
    seq, last = held.head()
    return f"packed: {pack} · head {last} (entry {seq}) · seal {sealed(made)} · check it with: python3 {pack}"


def _archived(held: Desk, story: str, out: Path, key: Signer | None) -> str:
    """The captures, and beside them where each statement stands in the texts that were read of them."""
    from onrecord.cli.terminal.output import write_bytes
    from onrecord.ledger.packing.web_archive import web_archive
    from onrecord.rendering.exchange import web_annotation

    told = held.story(story)
    notes = web_annotation.render(told).encode("utf-8", "backslashreplace")
    made = web_archive(held.store, story, told.title or told.name, {"onrecord/annotations.json": notes}, key)
    write_bytes(made, out)
    by = f" · signed by the key sha256:{key.fingerprint}" if key else ""
    return f"written: {out} · sha256 {hashlib.sha256(made).hexdigest()}{by} · open it with ReplayWeb.page"


def _published(held: Desk, story: str | None, folder: Path) -> str:
    """Write the database and its metadata into a new folder; what people note and decide is not in it."""
    from onrecord.cli.terminal.output import write_folder
    from onrecord.rendering.exchange.datasette import database, metadata

    names = [one.name for one in held.stories()] if story is None else [story]
    if not names:
        raise UsageError("no story · this desk · add one with: onrecord add STORY PATH...")
    told = [held.story(name) for name in names]
    files = {"stories.db": database(told), "metadata.yml": metadata(told, "stories").encode()}
    write_folder(files, folder)
    place = folder / "stories.db"
    return (
        f"written: {counted(len(told), 'story', 'stories')} · {folder} · datasette {place} -m {folder / 'metadata.yml'}"
    )
