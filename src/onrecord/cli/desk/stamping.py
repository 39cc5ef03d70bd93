"""`onrecord stamp`: the desk's head to an authority that vouches for the time."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.desk.options import DeskAddress, Format, FormatOption, opened, write_json, write_lines
from onrecord.cli.options import AllowPrivate
from onrecord.errors import ReadError, UsageError

STAMP = "Example:  onrecord stamp --authority https://tsa.example/tsr --certificate tsa.pem --desk desk.db"


def stamp(
    authority: Annotated[str, typer.Option("--authority", metavar="URL", help="Who stamps (RFC 3161).")],
    certificate: Annotated[
        Path, typer.Option("--certificate", metavar="FILE.pem", help="The authority's own; its chain may follow.")
    ],
    desk: DeskAddress = None,
    allow_private: AllowPrivate = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """Have the last entry, and so all before it, stamped with the time; offline the request waits for the next call."""
    from onrecord.ledger.stamping import stamp as stamped
    from onrecord.reading.fetching.fetch import fetcher_for, is_address

    if not is_address(authority):
        raise UsageError(f"'{authority}' is no web address · --authority · write it with https:// in front")
    try:
        pem = certificate.read_text("utf-8", "replace")
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise UsageError(f"cannot be read: {why} · {certificate} · give the certificate as PEM") from error
    fetcher = fetcher_for(allow_private)

    def ask(url: str, request: bytes) -> bytes:
        answer = fetcher.post(url, request, "application/timestamp-query")
        if answer.status != 200:
            raise ReadError(f"{url}: answered {answer.status} {answer.reason}")
        return answer.body

    with opened(desk) as held:
        found = list(stamped(held.store, authority, pem, ask))
    if format is Format.JSON:
        write_json(
            [{"entry": one.seq, "head": one.hash, "at": one.at.isoformat() if one.at else None} for one in found]
        )
        return
    lines = [
        f"stamped: entry {one.seq}, head {one.hash[:16]}…, at {one.at:%Y-%m-%d %H:%M:%S}Z by {one.authority}"
        if one.at
        else f"waits: entry {one.seq}, head {one.hash[:16]}… · {one.why} · it is sent with the next stamp"
        for one in found
    ]
    write_lines(lines or ["nothing new since the last stamp"])
