"""What people write for a claim, its number in the brief or an id it had once, to the claim that it means now."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.ledger.desk import Desk, Trace
from onrecord.rendering.views.claims import ranked

_NUMBER = re.compile(r"[Cc]([1-9]\d{0,5})")


def numbered(story: Story, ident: str) -> str:
    """The id of the claim that a brief of this story calls C1, C2 and so on; any other id as it is.

    Raises UsageError for a number that no claim has.
    """
    found = _NUMBER.fullmatch(ident)
    if not found or claim_named(story, ident) or ident in story.party or ident in story.report:
        return ident
    main, minor = ranked(story)
    views = (*main, *minor)
    if int(found[1]) > len(views):
        raise UsageError(f"no claim {ident} · story {story.name} has {len(views)} · see: onrecord claims")
    return views[int(found[1]) - 1].id


def meant(desk: Desk, story: Story, ids: Iterable[str]) -> tuple[str, ...]:
    """Ids as they are today: numbers of the brief, and ids that claims had before.

    Raises UsageError for one whose statements are in several claims now, or in none.
    """
    return tuple(_meant(desk, story, numbered(story, ident)) for ident in ids)


def _meant(desk: Desk, story: Story, ident: str) -> str:
    known = ident in story.attribution or ident in story.party or ident in story.report
    if known or claim_named(story, ident):
        return ident
    trace = desk.trace(story, ident)
    if trace is None:
        return ident
    if trace.claim:
        return trace.claim.id
    raise UsageError(f"{unclear(trace)} · {ident} · name one of today's claims, see: onrecord claims {story.name}")


def unclear(trace: Trace) -> str:
    """Why an id means no one claim any more, and which claims are in question, on one line."""
    claims = ", ".join(f"{one.id} “{one.text[:60]}”" for one in trace.claims)
    said = f"it was “{trace.text[:80]}”; " if trace.text else ""
    return f"{said}{trace.reason}{': ' + claims if claims else ''}"
