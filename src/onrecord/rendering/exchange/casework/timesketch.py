"""A story as events for Timesketch, one JSON line each: published, said, and when each standing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story

Json = dict[str, Any]


def render(story: Story) -> str:
    """The events by time; what has no date is no event. Each has `message`, `datetime` and `timestamp_desc`."""
    events = sorted(_events(story), key=lambda one: (one["datetime"], one["timestamp_desc"], one["message"]))
    return "".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in events)


def _events(story: Story) -> Iterator[Json]:
    for report in story.reports:
        if report.published:
            told = f"{report.outlet or report.file}: {report.headline or report.file}"
            more = {"report": report.id, "url": report.url, "sha256": report.sha256}
            yield _event(story, report.published, "Published", told, more)
    for one in story.attributions:
        if one.said_at:
            report, party = story.report[one.report], story.party.get(one.speaker or "")
            who = party.name if party else "unknown"
            told = f"{who} {one.act.value}: “{words(one.content, report.text)}”"
            more = {"report": report.id, "url": report.url, "statement": one.id, "speaker": who}
            yield _event(story, one.said_at, "Said", told, more)
    claims = {claim.id: claim.text for claim in story.claims}
    for change in story.changes:
        if change.at:
            before = change.before.value if change.before else "unheard of"
            told = f"{claims.get(change.claim, change.claim)}: {before} → {change.after.value} ({change.reason})"
            stood: Json = {"claim": change.claim, "standing": change.after.value, "statements": list(change.because)}
            yield _event(story, change.at, "Standing Changed", told, stood)


def _event(story: Story, at: Moment, desc: str, message: str, more: Json) -> Json:
    told = {
        "message": message,
        "datetime": at.at.isoformat(timespec="seconds"),
        "timestamp_desc": desc,
        "precision": at.precision.value,
        "story": story.name,
        **more,
    }
    return {key: value for key, value in told.items() if value is not None}
