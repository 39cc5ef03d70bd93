"""Tables of articles (CSV, TSV): one item a row, by the names of its columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import ReadError
from onrecord.reading.decoding import decode
from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.records import Placed, drafts_of, known_columns
from onrecord.reading.reader import Gives

_SEPARATORS = (",", "\t", ";", "|")
_MIN_COLUMNS = 2
# By this line spreadsheets tell each other what parts the columns.
_SEPARATOR_LINE = re.compile(r"^sep=.\r?\n")


class TableReader:
    """A row with a text is a report; its other columns tell title, date, author, outlet and address."""

    gives = Gives(name="csv", endings=("csv", "tsv"), date=True, author=True)

    def sniff(self, head: bytes, name: str) -> bool:
        """A first line that names columns: one that holds a text, and at least one more that is known."""
        start = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
        first = _SEPARATOR_LINE.sub("", start[:2_000].decode("utf-8", "replace")).encode().partition(b"\n")[0]
        return len(first) < 2_000 and _columns(first.decode("utf-8", "replace").strip()) is not None

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a row; raises ReadError where no row has a text."""
        decoded = decode(source.raw, source.name)
        drafts = drafts_of(_rows(decoded.text, len(source.raw), source), source, "csv")
        if not drafts:
            raise ReadError(f"{source.name}: a table without texts in it; name a column “text”")
        return drafts


def _columns(line: str) -> tuple[str, list[str]] | None:
    """The separator and the names of the columns; None where the line names none that are known."""
    for separator in _SEPARATORS:
        names = [_plain(one) for one in line.split(separator)]
        if len(names) >= _MIN_COLUMNS and known_columns(names):
            return separator, names
    return None


def _plain(name: str) -> str:
    """A column's name as records have it: "Publish Date" is publish_date; names of mixed letters stay."""
    told = name.strip().strip("\"'").strip()
    return told if told[:1].islower() and " " not in told else told.lower().replace(" ", "_")


def _rows(text: str, size: int, source: Source) -> Iterator[Placed]:
    text = _SEPARATOR_LINE.sub("", text.lstrip("\ufeff"))
    found = _columns(text.partition("\n")[0].strip())
    if found is None:
        return
    separator, names = found
    csv.field_size_limit(max(size, 131_072))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, row in enumerate(rows):
            if not number or not any(cell.strip() for cell in row):
                continue
            yield _record(names, row), (0, size)
    except csv.Error as error:
        source.leave_out(f"line {rows.line_num}", f"the table is broken there ({error}); the rest was not read")


def _record(names: list[str], row: list[str]) -> Mapping[str, Any]:
    return dict(zip(names, row, strict=False))
