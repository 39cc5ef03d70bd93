"""Entries in the making: canonical payloads, the hash chain, and who enters."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import UsageError
from onrecord.ledger.codec import canonical
from onrecord.ledger.packing.custody import START, body_digest, link_digest

__all__ = ["START", "Note", "body_of", "chain", "entry_json", "instant_text", "payload_of", "person", "tool"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An entry before it has its place in the chain."""

    by: str
    act: EntryType
    story: str
    subject: str
    payload: dict[str, Any]


def entry_json(entry: Entry) -> dict[str, object]:
    """One entry with its payload opened, as the terminal and the API write it."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "by": entry.by,
        "act": entry.act.value,
        "story": entry.story,
        "subject": entry.subject,
        "payload": json.loads(entry.payload),
        "previous": entry.previous,
        "hash": entry.hash,
    }


def person(name: str) -> str:
    """The `by` of a person; raises UsageError for a name that nobody could be told by."""
    plain = " ".join(name.split())
    if not plain or not plain.isprintable():
        raise UsageError("a decision needs a name · --by · say who decides")
    return f"person:{plain}"


def tool(name: str) -> str:
    """The `by` of a tool, with its name and version."""
    return f"tool:{name}"


def instant_text(at: datetime) -> str:
    """An instant as it is chained: UTC, to the microsecond, so that texts sort as times."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def body_of(entry: Entry) -> str:
    """The digest of all that an entry says, its place in the chain left out."""
    header = {
        "seq": entry.seq,
        "at": instant_text(entry.at),
        "by": entry.by,
        "act": entry.act.value,
        "story": entry.story,
        "subject": entry.subject,
    }
    return body_digest(header, entry.payload.encode())


def chain(note: Note, at: datetime, head: tuple[int, str]) -> Entry:
    """The entry that a note becomes after the head (its number and hash)."""
    seq, previous = head[0] + 1, head[1]
    payload = canonical(note.payload)
    header = {
        "seq": seq,
        "at": instant_text(at),
        "by": note.by,
        "act": note.act.value,
        "story": note.story,
        "subject": note.subject,
    }
    return Entry(
        seq=seq,
        at=at,
        by=note.by,
        act=note.act,
        story=note.story,
        subject=note.subject,
        payload=payload,
        previous=previous,
        hash=link_digest(seq, previous, body_digest(header, payload.encode())),
    )


def payload_of(entry: Entry) -> dict[str, Any]:
    """What an entry says, as JSON."""
    payload: dict[str, Any] = json.loads(entry.payload)
    return payload


@cache
def verifier_source() -> str:
    """The text of the checker that goes into every pack."""
    return (Path(__file__).parent / "packing" / "custody.py").read_text(encoding="utf-8")
