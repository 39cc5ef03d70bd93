"""One table of a story as CSV (RFC 4180), and back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from onrecord.datamodel.story import Story
from onrecord.rendering.exchange.tables import table_of

# What a spreadsheet would take for a formula; words of a report must not run in one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_GUARD = "'"


def render(story: Story, table: str = "claims") -> str:
    """The table with a head line; raises UsageError where a story has no such table.

    Text that a spreadsheet would take for a formula begins with an apostrophe, which `rows` takes off again.
    """
    page = StringIO()
    held = table_of(story, table)
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(held.names)
    for record in held.records():
        writer.writerow([_guarded(value) if isinstance(value, str) else value for value in record.values()])
    return page.getvalue()


def rows(page: str) -> Iterator[dict[str, str]]:
    """The rows as text, by column; an empty cell is what was not known."""
    for row in csv.DictReader(StringIO(page, newline="")):
        yield {name: _plain(value) for name, value in row.items()}


def _guarded(value: str) -> str:
    return _GUARD + value if value.startswith((*_FORMULA, _GUARD)) else value


def _plain(value: str) -> str:
    return value.removeprefix(_GUARD)
