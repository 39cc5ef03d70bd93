"""All tables of a story as JSON lines: one record a line, which says its table."""

from __future__ import annotations

import json
from collections.abc import Iterator

from onrecord.datamodel.story import Story
from onrecord.datamodel.tables.columns import Cell
from onrecord.rendering.exchange.tables import TABLES, table_of


def render(story: Story) -> str:
    """Every row of every table, in the tables' order."""
    lines = (
        json.dumps({"table": name, **record}, ensure_ascii=False)
        for name in TABLES
        for record in table_of(story, name).records()
    )
    return "".join(f"{line}\n" for line in lines)


def rows(page: str) -> Iterator[tuple[str, dict[str, Cell]]]:
    """Each line's table and record."""
    for line in page.split("\n"):
        if line:
            record = json.loads(line)
            yield record.pop("table"), record
