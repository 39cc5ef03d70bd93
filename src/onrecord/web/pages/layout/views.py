"""A told story to the view that its pages show, made once a telling."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from fastapi import Request

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.entry import WorkState
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.moment import moment as read_moment
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import ClaimWork, Story
from onrecord.errors import UsageError
from onrecord.rendering.brief import Brief, ChangeView, brief
from onrecord.rendering.page.matrix import Matrix, matrix
from onrecord.rendering.views.claims import ClaimView, restood, stood
from onrecord.rendering.wording import STATUS_ORDER
from onrecord.web.auth.people import Person, see
from onrecord.web.background.replaying import Replay, Stood
from onrecord.web.background.story_cache import StoryCache, StorySnapshot
from onrecord.web.charts.standing_chart import StandingChart, tide
from onrecord.weighing.weigh import published_by

_KEPT = 12
# A list of more instants than this is no list to choose from; the slider has them all.
MOST_CHOICES = 120
UNCHECKED = "unchecked"


@dataclass(frozen=True)
class StoryView:
    """A story's brief with what its pages look up in it."""

    story: Story
    brief: Brief
    head: int
    newest: int
    replay: Replay

    @cached_property
    def claims(self) -> tuple[ClaimView, ...]:
        """Every claim, in reading order."""
        return (*self.brief.claims, *self.brief.minor)

    @cached_property
    def by_id(self) -> dict[str, ClaimView]:
        """Claims by id, and by the ids they had before."""
        found = {old: view for view in self.claims for old in self._formerly.get(view.id, ())}
        return {**found, **{view.id: view for view in self.claims}}

    @cached_property
    def _formerly(self) -> dict[str, tuple[str, ...]]:
        return {claim.id: claim.formerly for claim in self.story.claims}

    @cached_property
    def claims_of(self) -> dict[str, list[ClaimView]]:
        """The claims that each attribution bears on."""
        found: dict[str, list[ClaimView]] = {}
        for claim in self.story.claims:
            for member in claim.members:
                found.setdefault(member.attribution, []).append(self.by_id[claim.id])
        return found

    @cached_property
    def said_in(self) -> dict[str, tuple[Attribution, ...]]:
        """Attributions of each report, by their place in it."""
        found: dict[str, list[Attribution]] = {}
        for one in self.story.attributions:
            found.setdefault(one.report, []).append(one)
        return {
            report: tuple(sorted(some, key=lambda one: (one.content[0].start if one.content else 0, one.id)))
            for report, some in found.items()
        }

    @cached_property
    def changes_of(self) -> dict[str, list[ChangeView]]:
        """Changes of standing by claim."""
        found: dict[str, list[ChangeView]] = {}
        for change in self.brief.changes:
            found.setdefault(change.claim.id, []).append(change)
        return found

    @cached_property
    def instants(self) -> tuple[Moment, ...]:
        """When something was published, in order, each once."""
        known = {report.published for report in self.story.reports if report.published}
        return tuple(sorted(known, key=lambda at: (at.end, at.isoformat())))

    @cached_property
    def choices(self) -> tuple[Moment, ...]:
        """Instants to choose from a list, the newest first; of very many, some."""
        step = -(-len(self.instants) // MOST_CHOICES) or 1
        return self.instants[::-1][::step]

    @cached_property
    def tide(self) -> StandingChart | None:
        """How many claims stood how over time."""
        return tide(self.story.changes, self.instants)

    @cached_property
    def matrix(self) -> Matrix:
        """Who takes which side of the claims that are shown in full."""
        return matrix(self.brief.claims)

    @cached_property
    def speakers(self) -> tuple[tuple[str, str], ...]:
        """Party ids and names of those who are heard, by name."""
        heard = {one.speaker for one in self.story.attributions}
        found = [(party.id, party.name) for party in self.story.parties if party.id in heard]
        return tuple(sorted(found, key=lambda one: (one[1].casefold(), one[0])))

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """Outlets by name."""
        return tuple(sorted({report.outlet for report in self.story.reports if report.outlet}, key=str.casefold))

    @property
    def current(self) -> bool:
        """Whether nothing was entered since this telling."""
        return self.head >= self.newest

    def claim(self, ident: str) -> ClaimView:
        """A claim by its id or a former one; raises UsageError."""
        if found := self.by_id.get(ident):
            return found
        raise UsageError(f"no claim '{ident}' · story {self.story.name} · see the story's claims")

    def at(self, claims: Iterable[ClaimView], standings: Stood, instant: Moment) -> tuple[ClaimView, ...]:
        """Claims as they stood at an instant, without what was published later."""
        out = self.published(instant)
        return tuple(stood(self.story, one, standings[one.id], out) for one in claims if one.id in standings)

    def listed_at(self, claims: Iterable[ClaimView], standings: Stood, instant: Moment) -> tuple[ClaimView, ...]:
        """The same without origins, which lists do not show."""
        out = self.published(instant)
        return tuple(restood(one, standings.listed(one.id), out) for one in claims if one.id in standings)

    def published(self, instant: Moment) -> frozenset[str]:
        """The reports that were out by an instant, by id."""
        return frozenset(report.id for report in published_by(self.story.reports, instant))


class Views:
    """Views of told stories, some kept; each is made before anybody is shown its telling."""

    def __init__(self, shelves: StoryCache) -> None:
        self.story_cache = shelves
        self._kept: OrderedDict[tuple[str, int], StoryView] = OrderedDict()
        self._lock = threading.Lock()
        self._making = threading.Lock()
        shelves.ready, shelves.settled = self.make, self.complete

    def of(self, name: str) -> StoryView:
        """The view of a story as it was told last; raises UsageError where there is none."""
        told = self.story_cache.shelved(name)
        held = self._held(name, told)
        if held is None:
            with self._making:
                held = self._held(name, told) or self.make(name, told)
        return held if held.newest == told.newest else replace_newest(held, told.newest)

    def make(self, name: str, told: StorySnapshot) -> StoryView:
        """The view of a telling, with what its first page looks up."""
        made = StoryView(told.story, brief(told.story), told.head, told.newest, told.replay)
        _ = made.by_id, made.matrix, made.tide, made.choices, made.speakers, made.outlets
        with self._lock:
            self._kept[name, told.head] = made
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return made

    def complete(self, name: str, told: StorySnapshot) -> None:
        """Make what the first claim and report that are opened look up, so that nobody waits for it."""
        if made := self._held(name, told):
            _ = made.changes_of, made.claims_of, made.said_in, made.brief.quotes
            made.brief.gathered.on(made.claims[0].id if made.claims else "")
            self.story_cache.state(name)

    def _held(self, name: str, told: StorySnapshot) -> StoryView | None:
        with self._lock:
            found = self._kept.get((name, told.head))
        return found if found and found.story is told.story else None


def replace_newest(view: StoryView, newest: int) -> StoryView:
    """The same view, knowing of a newer entry; what it looked up is kept."""
    fresh = replace(view, newest=newest)
    fresh.__dict__.update({key: value for key, value in view.__dict__.items() if key != "newest"})
    return fresh


def view_of(request: Request, person: Person, name: str) -> StoryView:
    """The view of a story that the person may see; raises UsageError."""
    views: Views = request.app.state.views
    return views.of(see(person, name))


def instant_of(value: str | None) -> Moment | None:
    """The instant of an address; raises UsageError for what is none."""
    if not value or not value.strip():
        return None
    try:
        return read_moment(value)
    except (ValueError, OverflowError) as error:
        raise UsageError(f"'{value[:40]}' is no date · as-of · write 2031-03-07 or 2031-03-07T18:00Z") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimFilter:
    """What a reader wants to see of a story's claims."""

    words: str = ""
    speaker: str = ""
    outlet: str = ""
    named: str = ""
    standing: str = ""
    work: str = ""

    @property
    def open(self) -> bool:
        """Whether nothing is left out."""
        return not (self.words or self.speaker or self.outlet or self.named or self.standing or self.work)

    def told(self) -> dict[str, str]:
        """As it is written in an address."""
        return {
            "q": self.words,
            "speaker": self.speaker,
            "outlet": self.outlet,
            "named": self.named,
            "standing": self.standing,
            "work": self.work,
        }

    def lets(self, claim: ClaimView, standings: Stood | None, work: ClaimWork | None = None) -> bool:
        """Whether a claim, one of its statements, or how far the desk is with it, is what is wanted."""
        if self.work and not self._worked(work):
            return False
        status = claim.status if standings is None else standings.status(claim.id)
        if self.standing and (status is None or status.value != self.standing):
            return False
        if not (self.words or self.speaker or self.outlet or self.named):
            return True
        wanted = self.words.casefold().split()
        if wanted and all(word in claim.text.casefold() for word in wanted) and not self._particular:
            return True
        return any(
            (not self.speaker or item.party == self.speaker)
            and (not self.outlet or item.outlet == self.outlet)
            and (not self.named or item.named == (self.named == "named"))
            and all(word in f"{claim.text} {item.words} {item.holder}".casefold() for word in wanted)
            for item in claim.exhibits
        )

    def _worked(self, work: ClaimWork | None) -> bool:
        """By state, by "@OWNER" or by "#TAG"; "unchecked" are those that nobody checked, dropped or accepted."""
        state = (work.state if work else None) or WorkState.NEW.value
        if self.work == UNCHECKED:
            done = state in (WorkState.CHECKED.value, WorkState.DROPPED.value)
            return not done and not (work and work.accepted)
        if self.work.startswith("@"):
            return bool(work and work.owner == self.work[1:])
        if self.work.startswith("#"):
            return bool(work and self.work[1:] in work.tags)
        return state == self.work

    @property
    def _particular(self) -> bool:
        return bool(self.speaker or self.outlet or self.named)


def tally(statuses: Iterable[Status]) -> tuple[tuple[Status, int], ...]:
    """How many claims have each standing, in the order of the rules; none left out but the empty."""
    held = list(statuses)
    return tuple((status, held.count(status)) for status in STATUS_ORDER if status in held)
