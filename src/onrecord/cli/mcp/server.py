"""The tools that assistants see, over an open desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from onrecord.cli.mcp.answers import QUOTED, Answers, line_of
from onrecord.errors import OnRecordError, UsageError

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

    from onrecord.ledger.desk import Desk

_INSTRUCTIONS = (
    "A newsroom's record of who said what, through whom, since when, and whether it still stands. It is read-only. "
    "Answers give exact words with the report and the characters where they stand: cite them so. A standing says who "
    f"supports and who denies a claim; it never says that a claim is true. {QUOTED}"
)


def make_server(held: Desk, which: str, version: str) -> MCPServer[Any]:
    """The server over a desk; raises UsageError where the package for it is not installed."""
    try:
        from mcp.server.mcpserver import MCPServer
        from mcp.server.mcpserver.exceptions import ToolError
        from mcp_types import ToolAnnotations
    except ImportError as error:
        raise UsageError("the package mcp is not installed · onrecord mcp · pip install mcp") from error
    answers = Answers(held, which)

    def told(answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        try:
            return answer()
        except OnRecordError as error:
            raise ToolError(line_of(error)) from error

    def search(
        words: Annotated[str, Field(description="All of them; in double quotes, side by side.")] = "",
        speaker: Annotated[str, Field(description="Only what this speaker says.")] = "",
        story: Annotated[str, Field(description="Only in this story.")] = "",
        limit: Annotated[int, Field(description="At most so many, up to 50.")] = 20,
    ) -> dict[str, Any]:
        """Find claims, statements, headlines and reports on the desk, each with story, report, speaker and standing."""
        return told(lambda: answers.search(words, speaker, story, limit))

    def claim(
        story: Annotated[str, Field(description="The story's name, as search tells it.")],
        claim: Annotated[str, Field(description="The claim's id, as search tells it.")],
    ) -> dict[str, Any]:
        """One claim: its standing and why, how many independent origins, and each statement word for word."""
        return told(lambda: answers.claim(story, claim))

    def ask(
        claim: Annotated[str, Field(description="A claim in your own words, one sentence.")],
        story: Annotated[str, Field(description="The story's name.")],
    ) -> dict[str, Any]:
        """Which reports of a story support a claim, deny it, only carry it or are silent, with the statements."""
        return told(lambda: answers.ask(claim, story))

    def check(
        draft: Annotated[str, Field(description="The draft's words.")],
        story: Annotated[str, Field(description="The story; else the one that shares most names.")] = "",
        packs: Annotated[list[str] | None, Field(description="House rules: ap, reuters, bbc.")] = None,
    ) -> dict[str, Any]:
        """Hold a draft against the record: altered quotes, wrong speakers, figures, withdrawals, hidden relays."""
        return told(lambda: answers.check(draft, story, packs or []))

    server: MCPServer[Any] = MCPServer("onrecord", instructions=_INSTRUCTIONS, version=version, log_level="ERROR")
    reading = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for tool in (search, claim, ask, check):
        server.add_tool(tool, annotations=reading)
    return server
