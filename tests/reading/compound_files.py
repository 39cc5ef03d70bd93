"""Compound files (OLE2) and Outlook messages in them, made for tests: [MS-CFB] and [MS-OXMSG] as far as needed."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime

Tree = Mapping[str, "bytes | Tree"]
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def compound_file(tree: Tree) -> bytes:
    """A file of storages (mappings) and streams (bytes)."""
    entries: list[list[object]] = [["Root Entry", 5, _NONE, 0, b""]]
    _enter(tree, 0, entries)
    mini, mini_fat, body, fat = bytearray(), list[int](), bytearray(), list[int]()
    for entry in entries[1:]:
        raw = bytes(entry[4])  # type: ignore[call-overload]
        if entry[1] == 2 and len(raw) < _CUTOFF:
            entry.append(_chained(raw, mini, mini_fat, _MINI))
        elif entry[1] == 2:
            entry.append(_chained(raw, body, fat, _SECTOR))
        else:
            entry.append(0)
    entries[0].append(_chained(bytes(mini), body, fat, _SECTOR))
    entries[0][4] = bytes(mini)
    rows = b"".join(_row(entries, number) for number in range(len(entries)))
    directory = _chained(rows + _row([], 0) * (-len(entries) % 4), body, fat, _SECTOR)
    table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_at = _chained(table + b"\xff" * (-len(table) % _SECTOR), body, fat, _SECTOR)
    # The FAT's own sectors stand last.
    many = 1
    while (len(fat) + many) * 4 > many * _SECTOR:
        many += 1
    first = len(fat)
    fat += [_FAT] * many
    fat += [_FREE] * (many * _SECTOR // 4 - len(fat))
    head = struct.pack(
        "<8s16xHHHHH6xIII4xIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, many, directory,
        _CUTOFF, mini_at, -(-len(table) // _SECTOR), _END, 0,
    )  # fmt: skip
    places = [first + number for number in range(many)] + [_FREE] * (109 - many)
    return head + struct.pack("<109I", *places) + bytes(body) + struct.pack(f"<{len(fat)}I", *fat)


def _enter(tree: Tree, above: int, entries: list[list[object]]) -> None:
    """The children of a storage as a chain to the right, in the order that the format asks for."""
    before = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        held = tree[name]
        number = len(entries)
        entries.append([name, 2 if isinstance(held, bytes) else 1, _NONE, 0, held if isinstance(held, bytes) else b""])
        if before is None:
            entries[above][3] = number
        else:
            entries[before][2] = number
        before = number
        if not isinstance(held, bytes):
            _enter(held, number, entries)


def _chained(raw: bytes, body: bytearray, table: list[int], size: int) -> int:
    """Put bytes in sectors of their own; the first one's number."""
    if not raw:
        return _END
    first, many = len(table), -(-len(raw) // size)
    body += raw + b"\0" * (many * size - len(raw))
    table.extend([*range(first + 1, first + many), _END])
    return first


def _row(entries: list[list[object]], number: int) -> bytes:
    if not entries:
        return b"\0" * 68 + b"\xff" * 12 + b"\0" * 48
    name, kind, right, child, raw, start = entries[number]
    said = f"{name}\0".encode("utf-16-le")
    links = (_NONE, right, child if kind != 2 and child else _NONE)
    return struct.pack("<64sHBBIII36xIII", said, len(said), kind, 1, *links, start, len(raw), 0)  # type: ignore[arg-type]


def message(
    subject: str,
    plain: str = "",
    rich: str = "",
    *,
    sender: tuple[str, str] = ("Harbour Board", "press@harbour.example"),
    sent: datetime | None = None,
    beside: Tree | None = None,
    inner: bool = False,
) -> Tree:
    """The storage of an Outlook message; `beside` are its attachments."""
    ticks = int((sent - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000 if sent else 0
    entries = struct.pack("<HHIQ", 0x0040, 0x0039, 6, ticks) if sent else b""
    made: dict[str, bytes | Tree] = {"__properties_version1.0": b"\0" * (24 if inner else 32) + entries}
    told = {
        "001A001F": "IPM.Note",
        "0037001F": subject,
        "1000001F": plain,
        "0C1A001F": sender[0],
        "5D01001F": sender[1],
    }
    made |= {f"__substg1.0_{name}": words.encode("utf-16-le") for name, words in told.items() if words}
    if not inner:
        # The table of named properties, which every file has.
        made["__nameid_version1.0"] = {f"__substg1.0_000{number}0102": b"" for number in (2, 3, 4)}
    if rich:
        made["__substg1.0_10130102"] = rich.encode("utf-8")
    return {**made, **(beside or {})}


def attached_message(held: Tree) -> Tree:
    """A message as an attachment."""
    return {"__properties_version1.0": b"\0" * 8, "__substg1.0_3701000D": held}


def attached_file(name: str, raw: bytes) -> Tree:
    """A file as an attachment."""
    return {
        "__properties_version1.0": b"\0" * 8,
        "__substg1.0_3707001F": name.encode("utf-16-le"),
        "__substg1.0_37010102": raw,
    }
