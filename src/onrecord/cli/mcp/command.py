"""`onrecord mcp`: a desk for assistants."""

from __future__ import annotations

from onrecord.cli.desk.options import DeskAddress, opened
from onrecord.cli.options import TaggerChoice, TaggerOption

MCP = "Example:  onrecord mcp --desk desk.db"


def mcp(desk: DeskAddress = None, tagger: TaggerOption = TaggerChoice.AUTO) -> None:
    """Answer assistants over the Model Context Protocol, on standard input and output; nothing is entered.

    Its tools are search, claim, ask and check.
    """
    from onrecord.cli.mcp.server import make_server
    from onrecord.desk_pipeline import package_version

    with opened(desk, which=tagger.value) as held:
        make_server(held, tagger.value, package_version()).run("stdio")
