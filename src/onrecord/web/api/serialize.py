"""Values of a story to what the API tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fastapi import Request
from starlette.responses import Response

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.story import Story
from onrecord.ledger.desk import EntryReceipt
from onrecord.ledger.entries import entry_json
from onrecord.ledger.replay import Filed
from onrecord.rendering.storyfile import attribution_json, outcome_json, report_json
from onrecord.web.background.jobs import Job
from onrecord.web.background.story_cache import StorySnapshot

if TYPE_CHECKING:
    from onrecord.ledger.desk import Desk
    from onrecord.web.auth.dependencies import Gate
    from onrecord.web.background.jobs import Jobs
    from onrecord.web.background.story_cache import StoryCache


class Json(Response):
    """A value as JSON; characters that have no UTF-8 form are written as escapes, which JSON reads back."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The bytes."""
        told = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return told.encode("utf-8", "backslashreplace")


class House:
    """What the application holds, by its type."""

    def __init__(self, request: Request) -> None:
        state = request.app.state
        self.desk: Desk = state.desk
        self.story_cache: StoryCache = state.story_cache
        self.jobs: Jobs = state.jobs
        self.gate: Gate = state.gate
        self._patience_s: float = state.settings.patience_s

    def settle(self, story: str, entry: int) -> bool:
        """Wait a little for a telling that holds an entry; whether it is there, which the answer says."""
        return self.story_cache.settle(story, entry, self._patience_s)


def newness(told: StorySnapshot) -> dict[str, object]:
    """How new a telling is."""
    return {"head": told.head, "current": told.current}


def attribution_told(one: Attribution, story: Story) -> dict[str, object]:
    """One attribution, with all its fields."""
    return {"outer_of": [], **attribution_json(one, story.report[one.report])}


def cited_told(one: Attribution, story: Story) -> dict[str, object]:
    """One attribution with what a citation needs: the speaker's name, the outlet, the date and the address."""
    report, party = story.report[one.report], story.party.get(one.speaker or "")
    return {
        **attribution_told(one, story),
        "speaker_name": party.name if party else None,
        "outlet": report.outlet,
        "published": report.published.isoformat() if report.published else None,
        "url": report.url,
    }


def filed_told(one: Filed) -> dict[str, object]:
    """One version of a report with its text."""
    return {
        **report_json(one.report),
        "text": one.report.text,
        "root": one.root,
        "entry": one.entry,
        "entered_at": one.at.isoformat(),
        "withdrawn": one.withdrawn,
        "made_by": one.made_by,
    }


def landed_told(landed: EntryReceipt, told: bool) -> dict[str, object]:
    """An entry that landed, and what others entered meanwhile."""
    return {
        "entry": entry_json(landed.entry),
        "meanwhile": [entry_json(one) for one in landed.meanwhile],
        "told": told,
    }


def job_told(job: Job) -> dict[str, object]:
    """Where a job stands."""
    return {
        "id": job.id,
        "story": job.story,
        "by": job.by,
        "at": job.at.isoformat(),
        "state": job.stage.value,
        "done": job.done,
        "total": job.total,
        "outcomes": [outcome_json(one) for one in job.outcomes],
        "reason": job.reason,
    }


def records(values: Iterable[Any]) -> list[dict[str, object]]:
    """Plain records as JSON."""
    return [asdict(one) for one in values]
