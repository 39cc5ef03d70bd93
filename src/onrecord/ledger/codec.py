"""Any value of the data model to JSON and back, by its type hints."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.span import Span
from onrecord.errors import LedgerError

Json = Any
Value = TypeVar("Value")
_Coder = Callable[[Any], Any]


def canonical(value: Json) -> str:
    """The one JSON text of a value: ASCII, keys sorted, no spaces; equal values give equal bytes."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"), allow_nan=False)


def encode(value: object) -> Json:
    """A data model value as JSON; None, empty tuples and False are left out of a record."""
    if value is None or (isinstance(value, str | int | float) and not isinstance(value, Enum)):
        return value
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    return _encoder(cast(Any, type(value)))(value)


def decode(kind: type[Value], value: Json) -> Value:
    """The value that `encode` wrote as JSON; raises LedgerError where it is none of this kind."""
    try:
        return cast(Value, _decoder(cast(Any, kind))(value))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        name = getattr(kind, "__name__", str(kind))
        why = type(error).__name__
        raise LedgerError(f"a {name.lower()} that cannot be read back ({why}) · run onrecord verify") from error


@cache
def _encoder(kind: type) -> _Coder:
    if issubclass(kind, Enum):
        return lambda value: value.value
    if kind is Span:
        return lambda value: [value.start, value.end]
    if kind is Moment:
        return lambda value: [value.at.isoformat(), value.precision.value]
    if kind is datetime:
        return lambda value: value.isoformat()
    if not is_dataclass(kind):
        raise TypeError(f"no JSON form for {kind.__name__}")
    names = tuple(one.name for one in fields(kind))

    def record(value: Any) -> Json:
        fields_json = {}
        for name in names:
            held = getattr(value, name)
            if held is not None and held is not False and held != ():
                fields_json[name] = encode(held)
        return fields_json

    return record


@cache
def _decoder(kind: Any) -> _Coder:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind)
    if origin is tuple:
        return _tuple(get_args(kind))
    if kind is Span:
        return lambda value: Span(*value)
    if kind is Moment:
        return lambda value: Moment(datetime.fromisoformat(value[0]), Precision(value[1]))
    if kind is datetime:
        return datetime.fromisoformat
    if kind is float:
        return lambda value: _checked(float, float(value) if type(value) is int else value)
    if kind in (str, int, bool):
        return lambda value: _checked(kind, value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if is_dataclass(kind):
        return _record(cast(type, kind))
    raise TypeError(f"no JSON form for {kind}")


def _checked(kind: type, value: Json) -> Json:
    if type(value) is not kind:
        raise TypeError(f"{kind.__name__} expected, found {type(value).__name__}")
    return value


def _optional(kind: Any) -> _Coder:
    (inner,) = (_decoder(one) for one in get_args(kind) if one is not NoneType)
    return lambda value: None if value is None else inner(value)


def _tuple(kinds: tuple[Any, ...]) -> _Coder:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        inner = _decoder(kinds[0])
        return lambda value: tuple(inner(one) for one in _list(value))
    coders = tuple(_decoder(one) for one in kinds)
    return lambda value: tuple(coder(one) for coder, one in zip(coders, _list(value), strict=True))


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list):
        raise TypeError(f"list expected, found {type(value).__name__}")
    return value


def _record(kind: type) -> _Coder:
    hints = get_type_hints(kind)
    coders = {one.name: _decoder(hints[one.name]) for one in fields(kind)}
    # Left out by `encode`, whatever the default in the class is: an old desk reads the same when a default changes.
    blank = {name: _blank(hints[name]) for name in coders}
    blank = {name: value for name, value in blank.items() if value is not _REQUIRED}

    def build(fields_json: Mapping[str, Json]) -> Any:
        if not isinstance(fields_json, Mapping):
            raise TypeError(f"record expected, found {type(fields_json).__name__}")
        if unknown := sorted(set(fields_json) - set(coders)):
            raise ValueError(f"unknown field {unknown[0]}")
        return kind(**{**blank, **{name: coders[name](held) for name, held in fields_json.items()}})

    return build


_REQUIRED = object()


def _blank(hint: Any) -> object:
    if get_origin(hint) in (Union, UnionType):
        return None
    if get_origin(hint) is tuple:
        return ()
    return False if hint is bool else _REQUIRED
