"""Large records of the data model to bytes and back, quickly: a column for each field, each equal value once."""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import datetime
from enum import Enum
from functools import cache
from types import MemberDescriptorType, NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from onrecord.datamodel.gc_pause import gc_paused
from onrecord.errors import LedgerError

Value = TypeVar("Value")

_MAGIC = b"columns 1\n"
_START = len(_MAGIC) + 32
_LEVEL = 4
_MOST_SMALL = 2**31 - 1
_NUMBERS = (int, float, bool)


def packed(value: object) -> bytes:
    """A record with all that it holds; equal values give equal bytes."""
    tables = _Tables()
    tables.coder(type(value))(value)
    columns = [(name, _column(codes)) for name, codes in sorted(tables.columns.items())]
    layout = [[name, column.typecode, len(column)] for name, column in columns]
    head = json.dumps([layout, list(tables.texts)], ensure_ascii=True, separators=(",", ":")).encode()
    parts = [len(head).to_bytes(8, "little"), head, *(_little(column).tobytes() for _, column in columns)]
    body = zlib.compress(b"".join(parts), _LEVEL)
    return _MAGIC + hashlib.sha256(body).digest() + body


def unpacked(kind: type[Value], raw: bytes) -> Value:
    """The record of this kind that was packed; raises LedgerError for bytes that changed or that hold another kind."""
    try:
        if not raw.startswith(_MAGIC) or hashlib.sha256(raw[_START:]).digest() != raw[len(_MAGIC) : _START]:
            raise ValueError("its bytes changed")
        with gc_paused():
            return cast(Value, _Reader(zlib.decompress(raw[_START:])).whole(kind))
    except (AttributeError, LookupError, TypeError, ValueError, zlib.error) as error:
        name = kind.__name__.lower()
        why = type(error).__name__
        raise LedgerError(f"a {name} that cannot be read back ({why}) · run onrecord verify") from error


# Writing: each value becomes a number, a text's or a row's place or the number itself; None is -1.


class _Tables:
    """What was seen so far: texts, rows of records and of lists, each once and in order."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}
        self.columns: dict[str, list[float]] = {}
        self._coders: dict[Any, Callable[[Any], float]] = {}

    def coder(self, hint: Any) -> Callable[[Any], float]:
        """What turns values of a type into numbers."""
        found = self._coders.get(hint)
        if found is None:
            found = self._coders[hint] = self._made(hint)
        return found

    def _made(self, hint: Any) -> Callable[[Any], float]:
        texts = self.texts
        plain, optional = _inner(hint)
        if optional:
            some = self._text if plain in _NUMBERS else self.coder(plain)
            return lambda value: -1 if value is None else some(value)
        if plain in _NUMBERS:
            return lambda value: value
        if plain is str:
            return lambda value: texts.setdefault(value, len(texts))
        if get_origin(plain) is tuple:
            return self._lists(plain)
        if issubclass(plain, Enum):
            return lambda value: texts.setdefault(value.value, len(texts))
        if plain is datetime:
            return lambda value: texts.setdefault(value.isoformat(), len(texts))
        return self._records(plain)

    def _text(self, value: object) -> int:
        return self.texts.setdefault(repr(value), len(self.texts))

    def _lists(self, kind: Any) -> Callable[[Any], float]:
        name = _name(kind)
        lengths, items = self._column(f"{name} length"), self._column(f"{name} items")
        coder, rows = self.coder(_element(kind)), dict[tuple[float, ...], int]()

        def place(value: tuple[Any, ...]) -> float:
            row = tuple(map(coder, value))
            found = rows.setdefault(row, len(rows))
            if found == len(lengths):
                lengths.append(len(row))
                items.extend(row)
            return found

        return place

    def _records(self, kind: type) -> Callable[[Any], float]:
        hints = _hints(kind)
        columns = [self._column(f"{kind.__name__}.{name}") for name in hints]
        coders = [(name, self.coder(hint)) for name, hint in hints.items()]
        rows: dict[tuple[float, ...], int] = {}

        def place(value: Any) -> float:
            row = tuple([coder(getattr(value, name)) for name, coder in coders])
            found = rows.setdefault(row, len(rows))
            if found == len(columns[0]):
                for column, code in zip(columns, row, strict=True):
                    column.append(code)
            return found

        return place

    def _column(self, name: str) -> list[float]:
        return self.columns.setdefault(name, [])


def _column(codes: Sequence[float]) -> array[Any]:
    if any(type(one) is float for one in codes):
        return array("d", codes)
    whole = cast(Sequence[int], codes)
    return array("i" if not whole or max(map(abs, whole)) <= _MOST_SMALL else "q", whole)


# Reading: a table's values are made all at once, a column at a time.


class _Reader:
    """The columns of packed bytes, and the values that were made of them."""

    def __init__(self, raw: bytes) -> None:
        start = 8 + int.from_bytes(raw[:8], "little")
        layout, texts = json.loads(raw[8:start])
        if not all(type(one) is str for one in texts):
            raise TypeError("texts expected")
        self.texts: list[str] = texts
        self.columns: dict[str, array[Any]] = {}
        self._made: dict[Any, list[Any]] = {}
        for name, code, length in layout:
            column = array(code if code in "iqd" else "")
            end = start + length * column.itemsize
            column.frombytes(raw[start:end])
            self.columns[name], start = _little(column), end
        if start != len(raw):
            raise ValueError("not its length")

    def whole(self, kind: type) -> Any:
        """The one record of a kind that all the others belong to."""
        (found,) = self._table(kind)
        if self.columns:
            raise ValueError(f"unknown field {min(self.columns)}")
        return found

    def _table(self, kind: Any) -> list[Any]:
        """All lists or records of a kind."""
        found = self._made.get(kind)
        if found is None:
            found = self._made[kind] = self._lists(kind) if get_origin(kind) is tuple else self._records(kind)
        return found

    def _lists(self, kind: Any) -> list[Any]:
        name = _name(kind)
        lengths, items = self.columns.pop(f"{name} length"), self.columns.pop(f"{name} items")
        values, start = self._values(_element(kind), items), 0
        found: list[tuple[Any, ...]] = []
        for length in lengths:
            found.append(tuple(values[start : start + length]))
            start += length
        if start != len(values) or (lengths and min(lengths) < 0):
            raise ValueError(f"not the length of {name}")
        return found

    def _records(self, kind: type) -> list[Any]:
        hints = _hints(kind)
        held = {name: self._values(hint, self.columns.pop(f"{kind.__name__}.{name}")) for name, hint in hints.items()}
        many = {len(values) for values in held.values()}
        if len(many) != 1:
            raise ValueError(f"not the length of {kind.__name__}")
        found: list[Any] = [object.__new__(kind) for _ in range(many.pop())]
        for name, values in held.items():
            deque(map(_setter(kind, name), found, values), maxlen=0)
        if check := getattr(kind, "__post_init__", None):
            deque(map(check, found), maxlen=0)
        return found

    def _values(self, hint: Any, codes: array[Any]) -> list[Any]:
        plain, optional = _inner(hint)
        if codes.typecode == "d" and plain is not float:
            raise TypeError(f"no {plain} in a column of numbers")
        if plain in _NUMBERS and not optional:
            return list(map(plain, codes))
        if len(codes) and min(codes) < (-1 if optional else 0):
            raise IndexError(f"no place {min(codes)}")
        if plain is str:
            pool: Any = [*self.texts, None]
        elif get_origin(plain) is tuple or not issubclass(plain, Enum | datetime | int | float):
            pool = [*self._table(plain), None]
        else:
            pool = {place: self._scalar(plain, place) for place in set(codes)}
        return list(map(pool.__getitem__, codes))

    def _scalar(self, kind: Any, place: int) -> Any:
        if place == -1:
            return None
        text = self.texts[place]
        return datetime.fromisoformat(text) if kind is datetime else text == "True" if kind is bool else kind(text)


# Both.


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {one.name: hints[one.name] for one in fields(kind)}


@cache
def _inner(hint: Any) -> tuple[Any, bool]:
    """A type without None, and whether it may be None."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    (inner,) = (one for one in get_args(hint) if one is not NoneType)
    return inner, True


def _element(kind: Any) -> Any:
    kinds = {one for one in get_args(kind) if one is not Ellipsis}
    if len(kinds) != 1:
        raise TypeError(f"no columns for {kind}")
    return kinds.pop()


def _name(kind: Any) -> str:
    return f"{_name(_element(kind))}*" if get_origin(kind) is tuple else str(kind.__name__)


def _setter(kind: type, name: str) -> Callable[[Any, Any], None]:
    slot = getattr(kind, name, None)
    if isinstance(slot, MemberDescriptorType):
        return slot.__set__
    return lambda record, value: object.__setattr__(record, name, value)


def _little(column: array[Any]) -> array[Any]:
    if sys.byteorder == "big":
        column.byteswap()
    return column
