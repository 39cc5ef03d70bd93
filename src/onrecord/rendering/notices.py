"""Notices to what a person or a program reads: lines, a message's JSON, an Atom feed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.notice import Alert, Basis, Channel, Notice, NoticeKind
from onrecord.ledger.codec import encode
from onrecord.rendering.wording import ACT_WORDS, counted, cut, shown

_ATOM = "http://www.w3.org/2005/Atom"
_MOST_TOLD = 6
_WORDS_CHARS = 280
_SUBJECT_CHARS = 110


def headline(notice: Notice) -> str:
    """One notice in one line: what changed of what."""
    words = f"“{shown(cut(notice.text, _WORDS_CHARS))}”"
    if NoticeKind.STATEMENT in notice.kinds:
        who = notice.rests_on[0].speaker if notice.rests_on else None
        return f"{shown(who or 'somebody')} says: {words}"
    if notice.report is not None:
        what = "withdrawn" if NoticeKind.WITHDRAWAL in notice.kinds else "corrected"
        return f"report {what}: {shown(cut(notice.text, _WORDS_CHARS))}"
    if notice.before is None and notice.after is not None:
        return f"{words}: new, {notice.after}"
    if NoticeKind.STANDING in notice.kinds:
        return f"{words}: {notice.before} → {notice.after or 'no longer told'}"
    kind = "denied anew" if NoticeKind.DENIAL in notice.kinds else "withdrawn by who said it"
    return f"{words}: {kind} ({notice.after or 'no standing'})"


def lines(notice: Notice, base: str | None = None) -> list[str]:
    """One notice for people: what changed, why, and what it rests on, word for word."""
    told = [f"{shown(notice.story)} · {headline(notice)}"]
    if notice.reason:
        told.append(f"  {shown(cut(notice.reason, 2 * _WORDS_CHARS))}")
    told.extend(f"  {_basis(one)}" for one in notice.rests_on[:_MOST_TOLD])
    if len(notice.rests_on) > _MOST_TOLD:
        told.append(f"  and {counted(len(notice.rests_on) - _MOST_TOLD, 'more statement')}")
    if address := link(notice, base):
        told.append(f"  {address}")
    return told


def _basis(one: Basis) -> str:
    who = shown(one.speaker or "unknown") + ("" if one.named or not one.speaker else " (not named)")
    through = f", through {', '.join(shown(hop) for hop in one.relay)}" if one.relay else ""
    where = ", ".join(shown(part) for part in (one.outlet, one.published, f"report {one.report}") if part)
    return f"{who} {ACT_WORDS[Act(one.act)]}{through}: “{shown(cut(one.words, _WORDS_CHARS))}” ({where})"


def text(notices: Sequence[Notice], base: str | None = None) -> str:
    """Notices as a plain text, the oldest first."""
    return "\n\n".join("\n".join(lines(one, base)) for one in notices) + "\n"


def subject(notices: Sequence[Notice]) -> str:
    """The subject of a message that tells some notices."""
    if len(notices) == 1:
        return cut(f"[{shown(notices[0].story)}] {headline(notices[0])}", _SUBJECT_CHARS)
    stories = list(dict.fromkeys(one.story for one in notices))
    where = shown(stories[0]) if len(stories) == 1 else counted(len(stories), "story", "stories")
    return f"[{where}] {counted(len(notices), 'change')}"


def notice_json(notice: Notice, base: str | None = None) -> dict[str, Any]:
    """One notice with all its fields, for programs."""
    return {
        "notice": notice.seq,
        "at": notice.at.isoformat() if notice.at else None,
        "kinds": [kind.value for kind in notice.kinds],
        "story": notice.story,
        "headline": headline(notice),
        "text": notice.text,
        "claims": list(notice.claims),
        "report": notice.report,
        "before": notice.before,
        "after": notice.after,
        "reason": notice.reason,
        "entries": list(notice.entries),
        "rests_on": [_basis_json(one) for one in notice.rests_on],
        "url": link(notice, base),
    }


def _basis_json(one: Basis) -> dict[str, Any]:
    absent: dict[str, Any] = dict.fromkeys(("speaker", "outlet", "published", "url"))
    told: dict[str, Any] = encode(one)
    return {**absent, "named": False, "relay": [], **told}


def message_json(ident: str, notices: Sequence[Notice], base: str | None = None) -> dict[str, Any]:
    """What a webhook is sent: type, time and data, as Standard Webhooks advises."""
    at = notices[-1].at or datetime.now(UTC)
    data = {"id": ident, "notices": [notice_json(one, base) for one in notices]}
    return {"type": "onrecord.notices", "timestamp": at.isoformat(), "data": data}


def link(notice: Notice, base: str | None) -> str | None:
    """Where the desk shows what changed; None where nobody told the desk's own address."""
    if not base:
        return None
    story = f"{base.rstrip('/')}/stories/{quote(notice.story, safe='')}"
    if notice.claims and notice.report is None:
        return f"{story}/claims/{quote(notice.claims[0], safe='')}"
    return f"{story}/reports/{quote(notice.report, safe='')}" if notice.report else story


def atom(alert: Alert, notices: Sequence[Notice], base: str | None = None) -> str:
    """The notices of an alert as an Atom feed (RFC 4287), as they are given: the last first; ids never change."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _put(feed, "id", f"urn:onrecord:alert:{alert.id}")
    _put(feed, "title", f"onrecord: {alert_words(alert)}")
    made = alert.made_at or datetime.now(UTC)
    _put(feed, "updated", _instant(notices[0].at or made if notices else made))
    _put(ElementTree.SubElement(feed, f"{{{_ATOM}}}author"), "name", "onrecord")
    for one in notices:
        entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
        _put(entry, "id", f"urn:onrecord:alert:{alert.id}:{one.seq}")
        _put(entry, "title", cut(f"[{shown(one.story)}] {headline(one)}", _SUBJECT_CHARS))
        _put(entry, "updated", _instant(one.at or made))
        for kind in one.kinds:
            ElementTree.SubElement(entry, f"{{{_ATOM}}}category", term=kind.value)
        if address := link(one, base):
            ElementTree.SubElement(entry, f"{{{_ATOM}}}link", href=address)
        _put(entry, "content", _sayable("\n".join(lines(one))))
    page = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{page}\n'


def _put(parent: ElementTree.Element, name: str, words: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = _sayable(words)


def _sayable(words: str) -> str:
    """Without what XML 1.0 cannot hold; controls are named in what `shown` made of a text."""
    return "".join(one for one in words if one in "\n\t" or (one >= " " and not "\ud800" <= one <= "\udfff"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def alert_words(alert: Alert) -> str:
    """What an alert watches, in a few words."""
    where = f" in {shown(alert.story)}" if alert.story else " in every story"
    if alert.subject.value == "story":
        return f"all changes{where}"
    return f"{alert.subject.value} “{shown(alert.value)}”{where}"


def alert_json(alert: Alert) -> dict[str, Any]:
    """One alert, for programs."""
    return {
        "id": alert.id,
        "subject": alert.subject.value,
        "value": alert.value,
        "story": alert.story,
        "channel": alert.channel.value,
        "target": place(alert),
        "kinds": [kind.value for kind in alert.kinds],
        "daily": alert.daily,
        "zone": alert.zone,
        "made_by": alert.made_by,
        "made_at": alert.made_at.isoformat() if alert.made_at else None,
        "waiting": alert.waiting,
        "paused": alert.paused,
        "fault": alert.fault,
    }


def place(alert: Alert) -> str:
    """Where an alert tells, without what an address may hold of keys."""
    target = shown(alert.target)
    if alert.channel is Channel.CHAT:
        return f"{target.partition('://')[0]}://…"
    return target.partition("?")[0]
