#!/usr/bin/env python3
"""Write what is printed from code: blocks of pages, and the API's client; --check only says what is stale."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import generated_client

from onrecord.checking.packs import table as draft_checks
from onrecord.reading.formats.registry import table as formats_table
from onrecord.reading.limits.record_limits import table as limits
from onrecord.rendering.exchange.formats import table as exchange_table
from onrecord.web.work.keys import table as keyboard
from onrecord.weighing.rules import VERSION, table

HERE = Path(__file__).resolve().parent


def standing_rules() -> str:
    """The ordered rules, as a table."""
    return f"{table()}\n\nRules version {VERSION}."


BLOCKS: dict[str, Callable[[], str]] = {
    "draft-checks": draft_checks,
    "exchange": exchange_table,
    "formats": formats_table,
    "keyboard": keyboard,
    "limits": limits,
    "standing-rules": standing_rules,
}


def filled(page: str) -> str:
    """The page with every generated block as the code tells it now."""

    def block(found: re.Match[str]) -> str:
        return f"{found[1]}\n{BLOCKS[found[2]]()}\n{found[3]}"

    return re.sub(r"(?s)(<!-- generated: ([\w-]+) -->)\n.*?(<!-- /generated -->)", block, page)


def stale() -> list[Path]:
    """Pages whose blocks are not what the code tells."""
    return [path for path in sorted(HERE.glob("*.md")) if filled(path.read_text("utf-8")) != path.read_text("utf-8")]


def stale_client() -> list[Path]:
    """The client's module where it is not what the API's document tells."""
    place = generated_client.PLACE
    return [] if place.exists() and place.read_text("utf-8") == generated_client.module() else [place]


def written(path: Path) -> str:
    """What a stale file should hold."""
    return generated_client.module() if path == generated_client.PLACE else filled(path.read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Write the stale files, or name them (status 1 where there are any)."""
    found = [*stale(), *stale_client()]
    for path in found:
        if "--check" in arguments:
            print(f"{path.name} is not up to date; run docs/generated.py")
        else:
            path.write_text(written(path), encoding="utf-8")
    return 1 if found and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
