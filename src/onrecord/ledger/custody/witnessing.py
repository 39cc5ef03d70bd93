"""Heads that were told outside the desk: whoever cuts a record, or writes it anew, cannot write those anew.

The model is the consistency proof of a Merkle log (RFC 9162): an earlier head must be a prefix of what is there now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.ledger.packing.custody import Head, heads_in, prefix_faults
from onrecord.ledger.storage.store import Store, View

__all__ = ["Head", "head_line", "told_heads", "witness_faults"]

_LITERAL = re.compile(r"\d+[: ][0-9a-f]{64}")
_MAX_BYTES = 50_000_000


def head_line(store: Store) -> str:
    """The last entry's number, its hash and when it was entered, as a line of a file of heads."""
    with store.view() as view:
        seq, last = view.head()
        entry = view.entry(seq)
    if entry is None:
        raise UsageError("nothing is entered yet · head · add reports first")
    return f"{seq} {last} {entry.at:%Y-%m-%dT%H:%M:%SZ}"


def told_heads(source: str) -> tuple[Head, ...]:
    """Heads from where they were kept: a file of lines as `head` prints them, one such line, or another desk.

    Raises UsageError where there is none in it, StoreError for a desk that cannot be opened.
    """
    if _LITERAL.match(source.strip()):
        return heads_in(source)
    place = Path(source)
    try:
        if place.is_file() and place.stat().st_size <= _MAX_BYTES and (found := heads_in(_words(place))):
            return found
    except OSError as error:
        raise UsageError(f"cannot be read · --against · {error.strerror}") from error
    with Store(source) as other, other.view() as view:
        seq, last = view.head()
    if not seq:
        raise UsageError("no heads in it · --against · give lines that onrecord head printed, or another desk")
    return (Head(seq, last),)


def _words(place: Path) -> str:
    with place.open("rb") as file:
        head = file.read(16)
    return "" if head.startswith(b"SQLite format 3") else place.read_text("utf-8", "replace")


def witness_faults(view: View, heads: Sequence[Head], last: int) -> Iterator[str]:
    """Each earlier head that is no prefix any more of a record whose last entry is `last`."""

    def hash_at(seq: int) -> str | None:
        entry = view.entry(seq)
        return entry.hash if entry else None

    yield from prefix_faults(heads, last, hash_at)
