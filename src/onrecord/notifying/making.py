"""What somebody asks for to an alert: what is watched exists, and where it goes is an address."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import replace
from email.utils import parseaddr

from onrecord.datamodel.notice import Alert, AlertSubject, Channel, NoticeKind
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.ledger.desk import Desk
from onrecord.ledger.storage.index import fold
from onrecord.notifying.channels import chat
from onrecord.notifying.outbox import Outbox
from onrecord.notifying.signing import new_secret
from onrecord.reading.fetching.fetch import is_address
from onrecord.rendering.numbering import meant

# A statement is news to who follows a person or a phrase; to who follows a story it would be every line of it.
_ALL = tuple(NoticeKind)
_CHANGES = tuple(kind for kind in NoticeKind if kind is not NoticeKind.STATEMENT)
_MOST_CHARS = 500
FEED = "feed"


def make(desk: Desk, wish: Alert, *, chats: bool = False) -> tuple[Alert, str | None]:
    """Keep what is wished for as an alert; with it what is told this once: a webhook's secret, or a feed's key.

    `target` tells the channel: "feed", an http address, a mail address, or with `chats` an address of Apprise. Raises
    UsageError where the story, the claim or the address is none.
    """
    wish = _timed(_watched(desk, wish))
    channel, target = _channel(wish.target, chats)
    kinds = wish.kinds or (_ALL if wish.subject in (AlertSubject.SPEAKER, AlertSubject.SEARCH) else _CHANGES)
    shown, kept = None, None
    if channel is Channel.WEBHOOK:
        shown = kept = new_secret()
    elif channel is Channel.FEED:
        shown = secrets.token_urlsafe(24)
        kept = digest(shown)
        if wish.daily:
            raise UsageError("a feed tells at once · --daily · give a mail address or a webhook")
    made = replace(wish, channel=channel, target=target, kinds=kinds)
    return Outbox(desk.store).add(made, kept), shown


def digest(key: str) -> str:
    """A feed's key as it is kept: who reads the store reads no feed by it."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def opens(outbox: Outbox, ident: str, key: str) -> bool:
    """Whether a key is that of an alert's feed."""
    held = outbox.secret(ident)
    return held is not None and hmac.compare_digest(held, digest(key))


def kinds_of(names: Sequence[str]) -> tuple[NoticeKind, ...]:
    """Kinds of notices by their names; raises UsageError for one that does not exist."""
    try:
        return tuple(dict.fromkeys(NoticeKind(one) for one in names))
    except ValueError as error:
        raise UsageError(f"no such kind in '{' '.join(names)[:60]}' · an alert · of {', '.join(NoticeKind)}") from error


def _watched(desk: Desk, wish: Alert) -> Alert:
    value = " ".join(wish.value.split())[:_MOST_CHARS]
    names = {one.name for one in desk.stories()}
    if wish.story is not None and wish.story not in names:
        raise UsageError(f"no story '{wish.story[:80]}' · an alert · see: onrecord stories")
    if wish.subject is AlertSubject.STORY:
        return replace(wish, value="")
    if wish.subject is AlertSubject.CLAIM:
        if wish.story is None:
            raise UsageError("a claim of no story · an alert · name the story too")
        story = desk.story(wish.story)
        claim = claim_named(story, *meant(desk, story, [value]))
        if claim is None:
            raise UsageError(f"no claim '{value[:80]}' · story {wish.story} · see: onrecord claims {wish.story}")
        return replace(wish, value=claim.id)
    if not fold(value):
        raise UsageError(f"no words to watch · an alert on a {wish.subject.value} · give a name or words")
    return replace(wish, value=value)


def _timed(wish: Alert) -> Alert:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    if wish.daily and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", wish.daily):
        raise UsageError(f"'{wish.daily[:20]}' is no time of day · an alert · write 07:00")
    try:
        ZoneInfo(wish.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(f"no time zone '{wish.zone[:40]}' · an alert · write Europe/London, say") from error
    return replace(wish, daily=wish.daily or None)


def _channel(target: str, chats: bool) -> tuple[Channel, str]:
    address = target.strip()
    if address == FEED:
        return Channel.FEED, FEED
    if is_address(address):
        return Channel.WEBHOOK, address
    bare = address.removeprefix("mailto:")
    if re.fullmatch(r"[^@\s:/<>,;]+@[A-Za-z0-9.-]+", bare) and parseaddr(bare)[1] == bare:
        return Channel.MAIL, bare
    if "://" in address and chats:
        chat(address)
        return Channel.CHAT, address
    ways = "an address of Apprise" if chats else "chat services are set up in the terminal"
    raise UsageError(f"'{address[:60]}' is no place to tell · an alert · feed, https://…, NAME@HOST, {ways}")
