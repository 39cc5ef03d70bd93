"""What crosses between the product and the process that parses foreign bytes: blocks of bytes, plain values only."""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any, BinaryIO

# What is asked of a file: its items, or of a page an account of all its words.
ITEMS, ACCOUNT = b"items", b"account"
_LENGTH = struct.Struct(">Q")
# A process that parsed hostile bytes may be anybody's: nothing but these values is made of what it answers.
_VALUES = frozenset({
    ("onrecord.reading.draft", "Draft"), ("onrecord.reading.draft", "LeftOut"),
    ("onrecord.datamodel.report", "Evidence"), ("onrecord.datamodel.report", "Locus"),
    ("onrecord.datamodel.report", "Part"), ("onrecord.datamodel.report", "Passage"),
    ("onrecord.datamodel.report", "Post"), ("onrecord.datamodel.span", "Span"),
    ("onrecord.datamodel.moment", "Moment"), ("onrecord.datamodel.moment", "Precision"),
    ("onrecord.reading.markup.account", "Stretch"), ("onrecord.reading.markup.account", "Kind"),
    ("datetime", "datetime"), ("datetime", "timedelta"), ("datetime", "timezone"),
})  # fmt: skip


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _VALUES:
            raise pickle.UnpicklingError(f"{module}.{name} is no value that a reader gives")
        return super().find_class(module, name)


def packed(value: object) -> bytes:
    """A value as bytes."""
    return pickle.dumps(value, protocol=5)


def unpacked(raw: bytes) -> Any:
    """The value that bytes hold; raises ValueError for anything but the plain values of a draft."""
    try:
        return _Plain(io.BytesIO(raw)).load()
    except Exception as error:  # hostile bytes may make a pickle fail in any way
        raise ValueError("no plain value") from error


def send(stream: BinaryIO, block: bytes) -> None:
    """One block to a stream."""
    stream.write(_LENGTH.pack(len(block)))
    stream.write(block)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """One block from a stream; None where it has ended."""
    head = stream.read(_LENGTH.size)
    return stream.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else None


def length_of(head: bytes) -> int:
    """How long the block is that a head announces."""
    told: int = _LENGTH.unpack(head)[0]
    return told


HEAD_BYTES = _LENGTH.size
