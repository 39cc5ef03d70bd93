"""Notices and alerts to who is told of what."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from onrecord.datamodel.notice import Alert, AlertSubject, Notice, NoticeKind
from onrecord.ledger.storage.index import fold


def wanted(alert: Alert, notices: Sequence[Notice], ids: Mapping[str, frozenset[str]]) -> list[Notice]:
    """The notices that an alert asks for, in their order; a statement that another of them rests on is told once.

    `ids` holds for each alert on a claim the ids that the claim has and had.
    """
    found = [one for one in notices if _about(alert, one, ids.get(alert.id, frozenset()))]
    statements = {place.attribution for one in found if NoticeKind.STATEMENT not in one.kinds for place in one.rests_on}
    return [
        one for one in found if NoticeKind.STATEMENT not in one.kinds or one.rests_on[0].attribution not in statements
    ]


def _about(alert: Alert, notice: Notice, ids: frozenset[str]) -> bool:
    if alert.story not in (None, notice.story) or not set(alert.kinds) & set(notice.kinds):
        return False
    if alert.subject is AlertSubject.CLAIM:
        return bool({alert.value, *ids} & set(notice.claims))
    if alert.subject is AlertSubject.SPEAKER:
        return fold(alert.value) in {fold(name) for name in notice.speakers}
    return alert.subject is AlertSubject.STORY or _holds(notice, alert.value)


def _holds(notice: Notice, search: str) -> bool:
    """Whether all words stand in what the notice tells; in double quotes, side by side."""
    texts = [
        notice.text,
        notice.reason or "",
        *(f"{one.speaker or ''} {one.words} {one.outlet or ''}" for one in notice.rests_on),
    ]
    text = f" {' '.join(fold(one) for one in texts)} "
    parts = [fold(phrase or rest) for phrase, rest in re.findall(r'"([^"]*)"|(\S+)', search)]
    return all(f" {part} " in text for part in parts if part) and any(parts)
