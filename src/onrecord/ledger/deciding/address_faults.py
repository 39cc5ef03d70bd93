"""Ids of claims held against the words that give them: one that was made to mean another claim is named."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import select

from onrecord.datamodel.entry import ClaimAnchor, EntryType, StatementAnchor
from onrecord.errors import OnRecordError
from onrecord.ledger.codec import decode
from onrecord.ledger.deciding.addresses import is_address, unsalted, words_address
from onrecord.ledger.deciding.anchors import MOST_ANCHORED
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage.archive import bytes_text
from onrecord.ledger.storage.schema import claim_addresses
from onrecord.ledger.storage.store import View


def address_faults(view: View) -> Iterator[tuple[str, str, str]]:
    """Story, id and fault of each kept id that is not given by one of the statements that it is kept with."""
    words = _Words(view)
    query = select(claim_addresses).order_by(claim_addresses.c.story, claim_addresses.c.address)
    for row in view.connection.execute(query).all():
        if is_address(row.address) and not _gives(words, row.story, row.address, row.anchor):
            yield row.story, row.address, f"derived id {row.address}: it is not of the statement that it is kept with"


def _gives(words: _Words, story: str, ident: str, anchor_json: str) -> bool:
    try:
        anchor = decode(ClaimAnchor, json.loads(anchor_json))
        if anchor.id != ident:
            return False
        # A claim that nobody's statement counts for has no words to be named by; of many, only the first are kept.
        if not 0 < len(anchor.members) < MOST_ANCHORED:
            return True
        return any(words.address(story, one) == unsalted(ident) for one in anchor.members)
    except (OnRecordError, ValueError, LookupError, TypeError, AttributeError):
        return False


class _Words:
    """The texts that were read of each report's versions, and its first version's digest."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.firsts: dict[tuple[str, str], str] = {}
        self.names: dict[tuple[str, str, str], str] = {}
        self.held: tuple[str, str] = ("", "")
        for entry in view.entries(acts=(EntryType.READ,)):
            payload = payload_of(entry)
            root, sha256 = payload["root"], payload["report"]["sha256"]
            self.firsts.setdefault((entry.story, root), sha256)
            self.names[entry.story, root, sha256] = payload["text"]

    def address(self, story: str, one: StatementAnchor) -> str:
        """The id that a statement gives; raises LookupError for one of no report that was read."""
        name = self.names[story, one.report, one.sha256]
        if self.held[0] != name:
            self.held = (name, bytes_text(self.view.fetch([name])[name]))
        return words_address(self.firsts[story, one.report], self.held[1], one.passage or one.content)
