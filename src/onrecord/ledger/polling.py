"""What a desk has taken from a feed: entries of its own, from which the state is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.ledger.codec import encode
from onrecord.ledger.entries import Note, payload_of, tool
from onrecord.ledger.storage.index import storable
from onrecord.ledger.storage.store import Store

_BY = "watch 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One poll, or all polls of a feed together: items by key with the digest they had, and what to ask with next.

    `not_before` is when the feed's server wants to be asked again.
    """

    items: Mapping[str, str] = field(default_factory=dict)
    etag: str | None = None
    modified: str | None = None
    not_before: datetime | None = None


def polled(store: Store, story: str, feed: str) -> Polled:
    """What all entries say of a feed; nothing where it was never polled for this story."""
    items: dict[str, str] = {}
    last: dict[str, Any] = {}
    with store.view() as view:
        for entry in view.entries(story, acts=[EntryType.POLLED]):
            if entry.subject == storable(feed):
                last = payload_of(entry)
                items.update(last["items"])
    return Polled(
        items=items,
        etag=last.get("etag"),
        modified=last.get("modified"),
        not_before=datetime.fromisoformat(last["not_before"]) if last.get("not_before") else None,
    )


def note_poll(store: Store, story: str, feed: str, poll: Polled) -> Entry:
    """Enter what one poll took."""
    fields = {
        "items": {storable(key): digest for key, digest in poll.items.items()},
        "etag": storable(poll.etag),
        "modified": storable(poll.modified),
        "not_before": encode(poll.not_before),
    }
    payload = {name: value for name, value in fields.items() if value is not None}
    with store.writer() as writer:
        note = Note(by=tool(_BY), act=EntryType.POLLED, story=story, subject=storable(feed) or "", payload=payload)
        return writer.enter(note)
