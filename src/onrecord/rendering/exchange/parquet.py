"""One table of a story as Parquet: names and exact words in columns with types."""

from __future__ import annotations

from io import BytesIO

from onrecord.datamodel.story import Story
from onrecord.datamodel.tables.columns import Cell
from onrecord.errors import UsageError
from onrecord.rendering.exchange.tables import table_of


def render(story: Story, table: str = "claims") -> bytes:
    """The table; raises UsageError where a story has no such table, or pyarrow is not installed."""
    held = table_of(story, table)
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise UsageError("pyarrow is not installed · a table as Parquet · pip install '.[parquet]'") from error
    columns = {name: pyarrow.array([_sayable(one) for one in cells]) for name, cells in held.columns().items()}
    # A column in which nothing is known has no type of its own.
    columns = {name: one.cast(pyarrow.string()) if one.type == pyarrow.null() else one for name, one in columns.items()}
    page = BytesIO()
    named = pyarrow.table(columns).replace_schema_metadata({"story": _sayable(story.name), "table": table})
    parquet.write_table(named, page)
    return page.getvalue()


def _sayable(value: Cell) -> Cell:
    """Undecodable bytes of file names have no form in UTF-8."""
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
