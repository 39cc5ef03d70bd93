"""A story's tables by name."""

from __future__ import annotations

from typing import Any

from onrecord.datamodel.story import Story
from onrecord.datamodel.tables.table import Table
from onrecord.errors import UsageError

TABLES = ("reports", "parties", "attributions", "claims", "conflicts", "quotes", "changes")


def check_table(name: str) -> None:
    """Raises UsageError where a story has no table of that name."""
    if name not in TABLES:
        raise UsageError(f"no table '{name}' · a story as a table · one of {', '.join(TABLES)}")


def table_of(story: Story, name: str) -> Table[Any]:
    """The table of that name; raises UsageError where a story has none."""
    check_table(name)
    found: Table[Any] = getattr(story, name)
    return found
