"""`onrecord fetch`: addresses to a web archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.options import AllowPrivate
from onrecord.cli.terminal.output import complain, write
from onrecord.datamodel.report import Fate
from onrecord.errors import UsageError
from onrecord.rendering.wording import shown

EXAMPLE = "Example:  onrecord fetch https://quay-gazette.example/crane-report --out crane.warc.gz"
_ENDINGS = (".warc", ".warc.gz")


def fetch(
    urls: Annotated[list[str], typer.Argument(metavar="URL...", help="Web addresses.", show_default=False)],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="FILE.warc.gz", help="The archive; what it holds stays in it.")
    ] = Path("fetched.warc.gz"),
    allow_private: AllowPrivate = False,
) -> None:
    """Fetch pages as they are into a web archive, headers included, which every other command reads."""
    from onrecord.reading.fetching.fetch import fetch as fetched
    from onrecord.reading.fetching.fetch import fetcher_for, is_address

    if not out.name.endswith(_ENDINGS):
        raise UsageError(f"'{out.name}' is no web archive · --out · name it FILE.warc.gz")
    for url in urls:
        if not is_address(url):
            raise UsageError(f"'{url}' is no web address · fetch · write it with https:// in front")
    stored = 0
    for one in fetched(urls, out, fetcher_for(allow_private)):
        if one.fate is Fate.REFUSED:
            complain(f"refused: {one.input} · {one.reason}")
            continue
        stored += 1
        write(f"fetched: {shown(one.input)} → {shown(str(out))}\n", None)
    if not stored:
        complain("error: nothing was fetched · fetch · see what each address answered above")
        raise typer.Exit(1)
