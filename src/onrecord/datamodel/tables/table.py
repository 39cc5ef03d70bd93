"""A story's rows as tables: tuples that also show themselves, and become data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar, overload

from onrecord.datamodel.tables.columns import COLUMNS, Cell, Lookup
from onrecord.errors import UsageError

Row = TypeVar("Row", covariant=True)
Held = TypeVar("Held")
# So many rows, and so many characters of a cell, are shown in a notebook.
_MOST_ROWS = 60
_MOST_CHARS = 160


class Table(tuple[Row, ...]):
    """A tuple of rows; its columns hold plain values, with names and exact words where the rows hold ids and places.

    Times are ISO 8601 text, as exact as they are known; several values in one cell are joined by "; ".
    """

    kind: type[Row]
    _lookup: Lookup

    def __new__(
        cls, rows: Iterable[Row] = (), kind: type[Row] | None = None, lookup: Lookup | None = None
    ) -> Table[Row]:
        """A table of rows of one kind; `lookup` says what their ids stand for."""
        made = super().__new__(cls, rows)
        made.kind = kind if kind is not None else type(made[0]) if made else object  # type: ignore[assignment]
        made._lookup = lookup or Lookup()
        return made

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(COLUMNS.get(self.kind, {}))

    def records(self) -> Iterator[dict[str, Cell]]:
        """The rows one by one, each as column name to plain value."""
        columns = COLUMNS.get(self.kind, {})
        for row in self:
            yield {name: cell(row, self._lookup) for name, cell in columns.items()}

    def columns(self) -> dict[str, list[Cell]]:
        """Column name to plain values, one a row."""
        records = list(self.records())
        return {name: [one[name] for one in records] for name in self.names}

    def to_pandas(self) -> Any:
        """A pandas DataFrame; raises UsageError where pandas or narwhals is not installed."""
        return self._frame("pandas")

    def to_polars(self) -> Any:
        """A polars DataFrame; raises UsageError where polars or narwhals is not installed."""
        return self._frame("polars")

    def to_arrow(self) -> Any:
        """An Arrow table; raises UsageError where pyarrow or narwhals is not installed."""
        return self._frame("pyarrow")

    def _frame(self, backend: Literal["pandas", "polars", "pyarrow"]) -> Any:
        try:
            from narwhals import from_dict

            return from_dict(self.columns(), backend=backend).to_native()
        except ImportError as error:
            raise UsageError(
                f"{backend} or narwhals is not installed · a table as a data frame · pip install narwhals {backend}"
            ) from error

    def __repr__(self) -> str:
        """Short: how many rows of what."""
        return f"<Table: {len(self)} × {getattr(self.kind, '__name__', 'object')}>"

    def _repr_html_(self) -> str:
        """The first rows, for notebooks; every word of a report is escaped."""
        head = "".join(f"<th>{escape(name)}</th>" for name in self.names)
        shown = Table(self[:_MOST_ROWS], self.kind, self._lookup)
        rows = "".join(f"<tr>{''.join(map(_html_cell, one.values()))}</tr>" for one in shown.records())
        rest = f"<caption>the first {_MOST_ROWS} of {len(self)}</caption>" if len(self) > _MOST_ROWS else ""
        return f"<table>{rest}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _html_cell(value: Cell) -> str:
    told = "" if value is None else str(value)
    return f"<td>{escape(told if len(told) <= _MOST_CHARS else told[: _MOST_CHARS - 1] + '…')}</td>"


class TableField(Generic[Held]):
    """A field of a story: any tuple of rows goes in, a table comes out."""

    if not TYPE_CHECKING:

        def __class_getitem__(cls, kind: type) -> object:
            """At run time the field's hint is that of the tuple, by which a desk writes and reads stories."""
            return tuple[kind, ...]

    def __init__(self, kind: type[Held]) -> None:
        """A field for rows of this kind."""
        self.kind = kind
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Told by the class in which the field stands."""
        self.name = name

    @overload
    def __get__(self, story: None, owner: type) -> tuple[Held, ...]: ...
    @overload
    def __get__(self, story: object, owner: type) -> Table[Held]: ...
    def __get__(self, story: object | None, owner: type) -> tuple[Held, ...]:
        """The table; of the class, the default, which has no rows."""
        if story is None:
            return ()
        held = story.__dict__
        rows: tuple[Held, ...] = held[self.name]
        if not isinstance(rows, Table):
            # The rows that ids lead to are held as they are, not the story: nothing refers to itself.
            known = ("reports", "parties", "attributions", "claims", "standings")
            rows = held[self.name] = Table(rows, self.kind, Lookup(*(held.get(name, ()) for name in known)))
        return rows

    def __set__(self, story: object, rows: tuple[Held, ...]) -> None:
        """Held as it is given; a table of another story becomes one of this."""
        story.__dict__[self.name] = tuple(rows) if isinstance(rows, Table) else rows
