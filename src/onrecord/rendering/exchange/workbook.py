"""All tables of a story as the sheets of an XLSX workbook, in which no word of a report is a formula."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.rendering.exchange.tables import TABLES, table_of

# What a cell and a sheet hold at most; what is longer is cut, and says so.
_MOST_CHARS, _MOST_ROWS = 32_767, 1_048_575
_CUT = " … [cut]"
# The same story gives the same bytes, whenever it is written.
_MADE = datetime(2020, 1, 1)
_WIDE = 60


def render(story: Story) -> bytes:
    """The workbook; raises UsageError where XlsxWriter is not installed, or a table has more rows than a sheet."""
    try:
        from xlsxwriter import Workbook
    except ModuleNotFoundError as error:
        raise UsageError("XlsxWriter is not installed · a workbook · pip install '.[xlsx]'") from error
    page = BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(page, plain) as book:
        book.set_properties({"title": story.title or story.name, "author": "onrecord", "created": _MADE})
        head = book.add_format({"bold": True, "bottom": 1})
        for name in TABLES:
            held = table_of(story, name)
            if len(held) > _MOST_ROWS:
                raise UsageError(f"{len(held)} rows · sheet '{name}' holds {_MOST_ROWS} · write parquet or sqlite")
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, title in enumerate(held.names):
                sheet.write_string(0, column, title, head)
                sheet.set_column(column, column, _WIDE if title in ("claim", "content", "reason", "headline") else 16)
            for row, record in enumerate(held.records(), 1):
                for column, value in enumerate(record.values()):
                    if isinstance(value, str):
                        sheet.write_string(row, column, _fitting(value))
                    elif value is not None:
                        sheet.write(row, column, value)
            if len(held):
                sheet.autofilter(0, 0, len(held), len(held.names) - 1)
    return page.getvalue()


def _fitting(words: str) -> str:
    """Without what XML cannot hold, and as long as a cell may be."""
    told = "".join(one if one >= " " or one in "\n\t" else "\N{REPLACEMENT CHARACTER}" for one in words)
    told = told.encode("utf-8", "replace").decode()
    return told if len(told) <= _MOST_CHARS else told[: _MOST_CHARS - len(_CUT)] + _CUT
