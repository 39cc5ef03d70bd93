"""The API's check of a draft: read-only, and nothing of the draft is kept."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field

from onrecord.checking.desk_check import check_told
from onrecord.checking.drafts import draft_of_bytes
from onrecord.errors import ReadError, UsageError
from onrecord.rendering.checking.report_json import checked_json
from onrecord.web.api.models import Standing
from onrecord.web.api.serialize import House, Json, newness
from onrecord.web.auth.people import Reader

router = APIRouter(tags=["work"])
MOST_DRAFT_CHARS = 500_000


class Draft(BaseModel):
    """A draft and the houses whose rules it is held to beside the record."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=MOST_DRAFT_CHARS, description="The draft's words.")
    packs: list[Literal["ap", "reuters", "bbc"]] = Field(default=[], max_length=3, description="House rules.")


class CheckedFile(BaseModel):
    """Which draft was checked."""

    file: str
    sha256: str
    characters: int


class DraftPlace(BaseModel):
    """A place in the draft: characters from 0, line and column from 1."""

    start: int
    end: int
    line: int
    column: int


class DeskPassage(BaseModel):
    """Words of a report on the desk, with their exact place."""

    report: str
    start: int
    end: int
    words: str
    outlet: str | None
    published: str | None
    speaker: str | None
    attribution: str | None


class CheckFinding(BaseModel):
    """What is to be mended, by which rule, and what the desk has."""

    rule: str
    check: str
    pack: str
    severity: Literal["error", "warning", "note"]
    place: DraftPlace | None = Field(description="Null for what the draft leaves out.")
    words: str
    message: str
    do: str
    why: str
    source: str
    desk: list[DeskPassage]


class CheckStatement(BaseModel):
    """One attributed statement of the draft, and how it stands on the desk."""

    place: DraftPlace
    words: str
    speaker: str | None
    on_desk: str | None = Field(description="How near the desk's words are; null where it has none.")
    desk: list[DeskPassage]
    claim: str | None
    claim_text: str | None
    standing: Standing | None
    origins: list[int] | None
    because: str | None


class Checked(BaseModel):
    """A draft held against a story."""

    draft: CheckedFile
    story: str
    packs: list[str]
    findings: list[CheckFinding]
    statements: list[CheckStatement]
    notes: list[str]
    head: int
    current: bool


@router.post("/stories/{story}/check", response_model=Checked)
def check(request: Request, story: str, draft: Draft, person: Reader) -> Json:
    """Hold a draft against a story: quotes, speakers, figures, withdrawals, relays, refusals and house rules."""
    house = House(request)
    told = house.story_cache.shelved(story)
    try:
        report = draft_of_bytes(draft.text.encode("utf-8", "replace"), "draft.txt")
    except ReadError as error:
        raise UsageError(str(error)) from error
    found = check_told(house.desk, report, told.story, packs=draft.packs, which=house.story_cache.which)
    return Json({**checked_json(found), **newness(told)})
