"""The API's questions about one story: reports, statements, claims and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Query, Request

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Claim, Conflict
from onrecord.datamodel.standing import Change, Standing, Status
from onrecord.datamodel.story import ClaimWork, Event
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.rendering import storyfile
from onrecord.rendering.numbering import meant
from onrecord.rendering.views.sources import SourceView, source_views
from onrecord.web.api import models
from onrecord.web.api.asking import AsOf, instant
from onrecord.web.api.paging import Key, Pages
from onrecord.web.api.serialize import House, Json, attribution_told, cited_told, filed_told, newness
from onrecord.web.auth.people import Reader
from onrecord.web.background.replaying import Stood
from onrecord.web.background.story_cache import StorySnapshot

router = APIRouter(prefix="/stories/{story}", tags=["story"])
Value = TypeVar("Value")
Filter = Annotated[str | None, Query(max_length=500)]


@router.get("", response_model=models.StoryHead)
def story(request: Request, story: str, person: Reader) -> Json:
    """What a story holds, and where its claims stand."""
    told = House(request).story_cache.shelved(story)
    found = told.story
    tally = Counter(standing.status.value for standing in found.standings)
    counts: dict[str, tuple[object, ...]] = {
        "reports": found.reports,
        "attributions": found.attributions,
        "claims": found.claims,
    }
    more: dict[str, tuple[object, ...]] = {"conflicts": found.conflicts, "quotes": found.quotes}
    return Json(
        {
            "story": found.name,
            "title": found.title,
            **{name: len(held) for name, held in counts.items()},
            "standings": {status.value: tally[status.value] for status in Status if tally[status.value]},
            **{name: len(held) for name, held in more.items()},
            "notes": list(found.notes),
            "made_by": list(found.made_by),
            **newness(told),
        }
    )


@router.get("/reports", response_model=models.SnapshotPage[models.Report])
def reports(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """The reports that count, by id."""
    told = House(request).story_cache.shelved(story)
    return _page(told, told.story.reports, pages, storyfile.report_json, lambda one: (one.id,))


@router.get("/reports/{report}", response_model=models.ReportText)
def report(request: Request, story: str, report: str, person: Reader) -> Json:
    """One version of a report with its text, withdrawn and replaced ones too."""
    filed = House(request).story_cache.state(story).version(report)
    if filed is None:
        raise UsageError(f"no report '{report[:80]}' · story {story} · see /api/v1/stories/{{story}}/reports")
    return Json(filed_told(filed))


@router.get("/attributions", response_model=models.SnapshotPage[models.Attribution])
def attributions(
    request: Request,
    story: str,
    person: Reader,
    pages: Pages,
    report: Filter = None,
    speaker: Filter = None,
    act: Annotated[Act | None, Query()] = None,
) -> Json:
    """The attributed statements, of one report, one speaker or one act, or all."""
    told = House(request).story_cache.shelved(story)
    found = [
        one
        for one in told.story.attributions
        if (report is None or one.report == report)
        and (speaker is None or one.speaker == speaker)
        and (act is None or one.act is act)
    ]
    return _page(told, found, pages, lambda one: attribution_told(one, told.story), lambda one: (one.id,))


@router.get("/claims", response_model=models.SnapshotPage[models.Claim])
def claims(
    request: Request,
    story: str,
    person: Reader,
    pages: Pages,
    as_of: AsOf = None,
    standing: Annotated[Status | None, Query()] = None,
    speaker: Filter = None,
    words: Annotated[str | None, Query(max_length=500, description="All of them stand in the claim.")] = None,
) -> Json:
    """The claims and where each stands, by what was published by an instant; those nobody spoke to by then left out."""
    told, at = House(request).story_cache.shelved(story), instant(as_of)
    stands = told.story.standing if at is None else told.replay.at(at)
    wanted = (words or "").casefold().split()
    found = [
        one
        for one in told.story.claims
        if (at is None or one.id in stands)
        and (standing is None or _status(stands, one.id) is standing)
        and (speaker is None or _speaks(told, one, speaker))
        and all(word in one.text.casefold() for word in wanted)
    ]
    return _page(told, found, pages, lambda one: storyfile.claim_json(one, stands.get(one.id)), lambda one: (one.id,))


@router.get("/claims/{claim}", response_model=models.ClaimInFull)
def claim(request: Request, story: str, claim: str, person: Reader, as_of: AsOf = None) -> Json:
    """One claim, by its id, one it had before or its number in the brief, with the statements that bear on it."""
    house, at = House(request), instant(as_of)
    told = house.story_cache.shelved(story)
    found = claim_named(told.story, *meant(house.desk, told.story, [claim]))
    if found is None:
        raise UsageError(f"no claim '{claim[:80]}' · story {story} · see /api/v1/stories/{{story}}/claims")
    stands = told.story.standing if at is None else told.replay.at(at)
    held = [told.story.attribution[one.attribution] for one in found.members]
    return Json(
        {
            **storyfile.claim_json(found, stands.get(found.id)),
            "as_of": at.isoformat() if at else None,
            "work": asdict(told.story.work_on.get(found.id) or ClaimWork(claim=found.id)),
            "attributions": [cited_told(one, told.story) for one in held],
            **newness(told),
        }
    )


@router.get("/needs-a-look", response_model=models.SnapshotPage[models.Unsettled])
def needs_a_look(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """Decisions that are not applied, because their statements are in several claims now or in none."""
    told = House(request).story_cache.shelved(story)
    return _page(told, told.story.unsettled, pages, asdict, lambda one: (one.entry,))


@router.get("/quotes", response_model=models.SnapshotPage[models.Quote])
def quotes(
    request: Request,
    story: str,
    person: Reader,
    pages: Pages,
    drift: Annotated[bool | None, Query(description="Only those whose words differ, or do not.")] = None,
) -> Json:
    """Utterances quoted in several reports, with their wordings word by word."""
    told = House(request).story_cache.shelved(story)
    found = [one for one in told.story.quotes if drift is None or one.drift is drift]
    return _page(told, found, pages, storyfile.quote_json, lambda one: (min(one.members),))


@router.get("/exhibits", response_model=models.SnapshotPage[models.Exhibit])
def exhibits(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """The documents that the story turns on, with who says what of each and their text in pieces."""
    told = House(request).story_cache.shelved(story)
    documents = told.story.documents
    return _page(told, documents, pages, lambda one: storyfile.document_json(one, told.story), lambda one: (one.id,))


@router.get("/conflicts", response_model=models.SnapshotPage[models.Conflict])
def conflicts(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """Pairs of attributions that cannot both hold."""
    told = House(request).story_cache.shelved(story)
    return _page(told, told.story.conflicts, pages, storyfile.conflict_json, _conflict_key)


@router.get("/speakers", response_model=models.SnapshotPage[models.Speaker])
def speakers(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """Who is credited, over all reports."""
    told = House(request).story_cache.shelved(story)
    return _page(told, told.story.parties, pages, storyfile.party_json, lambda one: (one.id,))


@router.get("/sources", response_model=models.SnapshotPage[models.Source])
def sources(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """The sources with the ways their statements took, the unnamed first."""
    told = House(request).story_cache.shelved(story)
    return _page(told, source_views(told.story), pages, _source, lambda one: (one.party or "", one.name))


@router.get("/timeline", response_model=models.SnapshotPage[models.Event])
def timeline(request: Request, story: str, person: Reader, pages: Pages) -> Json:
    """What is said to have happened when."""
    told = House(request).story_cache.shelved(story)
    return _page(told, told.story.timeline, pages, storyfile.event_json, _event_key)


@router.get("/changes", response_model=models.SnapshotPage[models.Change])
def changes(request: Request, story: str, person: Reader, pages: Pages, claim: Filter = None) -> Json:
    """Each change of a claim's standing, in order of publication."""
    told = House(request).story_cache.shelved(story)
    found = [one for one in told.story.changes if claim is None or one.claim == claim]
    return _page(told, found, pages, storyfile.change_json, _change_key)


@router.get("/file", response_model=dict[str, Any])
def file(request: Request, story: str, person: Reader) -> Json:
    """The whole story file, as `onrecord brief --format json` writes it."""
    return Json(storyfile.story_json(House(request).story_cache.told(story)))


def _page(
    told: StorySnapshot,
    found: Sequence[Value],
    pages: Pages,
    one_told: Callable[[Value], object],
    key: Callable[[Value], Key],
) -> Json:
    return Json({**pages.page(found, one_told, key), **newness(told)})


def _event_key(one: Event) -> Key:
    return one.report, one.span[0].start if one.span else -1, one.at.isoformat() if one.at else "", one.text


def _conflict_key(one: Conflict) -> Key:
    return one.left, one.right, one.kind.value, one.claim


def _change_key(one: Change) -> Key:
    return one.claim, one.at.isoformat() if one.at else "", one.after.value, " ".join(one.because)


def _status(stands: Mapping[str, Standing], claim: str) -> Status | None:
    if isinstance(stands, Stood):
        return stands.status(claim)
    return stands[claim].status if claim in stands else None


def _speaks(told: StorySnapshot, claim: Claim, speaker: str) -> bool:
    return any(told.story.attribution[one.attribution].speaker == speaker for one in claim.members)


def _source(view: SourceView) -> dict[str, object]:
    return {
        "name": view.name,
        "party": view.party,
        "role": view.role,
        "kind": view.kind.value,
        "named": view.named,
        "doubtful": view.doubtful,
        "speaks_for": view.speaks_for,
        "terms": list(view.terms),
        "ways": [
            {"through": list(way.chain), "places": [place.label for place in way.references]} for way in view.paths
        ],
        "attributions": [one.attribution for one in view.exhibits],
    }
