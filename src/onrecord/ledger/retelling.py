"""Tellings that are kept, and the search over claims, held against what the entries tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from sqlalchemy import Row, select

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.story import Story
from onrecord.errors import LedgerError, UsageError
from onrecord.ledger.codec import canonical, encode
from onrecord.ledger.replay import State, fold, text_names
from onrecord.ledger.storage.archive import bytes_text, digest
from onrecord.ledger.storage.columns import packed, unpacked
from onrecord.ledger.storage.schema import claim_words, snapshots
from onrecord.ledger.storage.searching import claim_rows
from onrecord.ledger.storage.store import View


class StoryBuilder(Protocol):
    """What turns a story's state into a story; `version` names the rules and models that it tells by."""

    @property
    def version(self) -> str:
        """Changes whenever the same state could be told otherwise."""
        ...

    def __call__(self, state: State, published: Moment | None, captured: Moment | None, /) -> Story:
        """The story, from the versions of reports that count at these instants."""
        ...


def telling_key(name: str, head: int, version: str, *what: object) -> str:
    """What a telling from the entries up to `head` is kept under; `what` are its instants, or what stands beside it."""
    return digest(canonical([name, head, version, *map(encode, what)]).encode())


def state_of(view: View, story: str, captured_by: Moment | None = None, head: int | None = None) -> State:
    """A story's state by what was captured up to an instant, or entered up to a number; raises UsageError for none."""
    held = list(view.entries(story, until=captured_by.end if captured_by else None))
    if not held and not view.story_head(story):
        raise UsageError(f"no story '{story}' · the desk has none of this name · see: onrecord stories")
    held = [one for one in held if head is None or one.seq <= head]
    texts = view.fetch(text_names(held))
    return fold(story, held, {name: bytes_text(raw) for name, raw in texts.items()})


def kept_stories(view: View) -> tuple[str, ...]:
    """The stories of which tellings, or claims to search, are kept."""
    found = {*view.connection.execute(select(snapshots.c.story)).scalars()}
    return tuple(sorted(found | {*view.connection.execute(select(claim_words.c.story)).scalars()}))


def telling_faults(view: View, teller: StoryBuilder) -> Iterator[str]:
    """Each kept telling by today's rules, and each story's claims in the search, that the entries do not tell.

    What other rules told cannot be checked, nor what is kept beside tellings: it must be dropped.
    """
    for name in kept_stories(view):
        rows = view.connection.execute(
            select(snapshots).where(snapshots.c.story == name).order_by(snapshots.c.head)
        ).all()
        last: Story | None = None
        for row in rows:
            if row.version != teller.version:
                continue
            found, same = _checked(view, teller, row)
            if not same:
                yield f"derived telling of story '{name}': it does not tell what was entered"
            last = found if row.whole and found else last
        other_rules = any(row.whole and row.version != teller.version for row in rows)
        if not other_rules and not _found_as_told(view, name, last):
            yield f"derived search of claims of story '{name}': it does not find what is told"


def _checked(view: View, teller: StoryBuilder, row: Row[Any]) -> tuple[Story | None, bool]:
    """What the entries tell in place of a kept telling, as far as there can be one, and whether it is the same."""
    try:
        kept = unpacked(Story, row.body)
    except LedgerError:
        # What stands beside a telling is none; a telling that is damaged is told again whenever somebody asks.
        kept = None
    if kept is None and not row.whole:
        return None, True
    published = None if row.whole or kept is None else kept.as_of
    known = row.key == telling_key(row.story, row.head, teller.version, published, None)
    if not known or not 0 < row.head <= view.story_head(row.story):
        return None, False
    found = unpacked(Story, packed(teller(state_of(view, row.story, head=row.head), published, None)))
    return found, kept == found


def _found_as_told(view: View, name: str, story: Story | None) -> bool:
    """Whether the search holds the claims of the last telling, or none where there is none."""
    held = view.connection.execute(select(claim_words).where(claim_words.c.story == name)).all()
    want = [tuple(row.values()) for row in claim_rows(story)] if story else []
    return sorted(want, key=str) == sorted(map(tuple, held), key=str)
