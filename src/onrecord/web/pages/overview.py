"""What a story comes to, before its list of claims: what is contested, what was taken back, what is new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.entry import Entry, EntryType
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.standing import Status
from onrecord.ledger.desk import Desk
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage.index import cancelled
from onrecord.rendering.brief import ChangeView
from onrecord.rendering.views.claims import CONTESTED, ClaimView
from onrecord.rendering.views.exhibits import Holder
from onrecord.web.pages.layout.views import StoryView

_LEAST_CONTESTED, _MOST_CONTESTED = 3, 4
_MOST_TAKEN_BACK, _MOST_NEW = 3, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """One contested claim: who is for it, who against, who took it back, and since when it is."""

    claim: ClaimView
    supporters: tuple[Holder, ...]
    deniers: tuple[Holder, ...]
    retractors: tuple[Holder, ...]
    since: Moment | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """Something that somebody took back: a holder a claim, an outlet a report or a part of one, an editor a report."""

    words: str
    way: str
    at: Moment | None = None
    about: str = ""


@dataclass(frozen=True)
class Overview:
    """The parts of a story's first screen, in the order in which they are read."""

    view: StoryView
    entries: tuple[Entry, ...] = ()

    @cached_property
    def contested(self) -> tuple[Contested, ...]:
        """The contested claims that weigh most, those first for which somebody stands on either side."""
        found = [one for one in self.view.claims if one.status in CONTESTED]
        both = [one for one in found if one.holders["for"] and one.holders["against"]]
        lone = [one for one in found if one not in both and one.holders["against"]]
        chosen = both[:_MOST_CONTESTED] if len(both) >= _LEAST_CONTESTED else [*both, *lone][:_LEAST_CONTESTED]
        return tuple(map(self._contested, chosen))

    def _contested(self, claim: ClaimView) -> Contested:
        """A claim's sides; who took it back stands for it no more, and denies nobody's word but the own."""
        back = self._retractors(claim.id)
        return Contested(
            claim=claim,
            supporters=tuple(one for one in claim.holders["for"] if one.party not in back),
            deniers=tuple(one for one in claim.holders["against"] if one.party not in back),
            retractors=tuple(one for one in claim.holders["against"] if one.party in back),
            since=_since(self.view.changes_of.get(claim.id, ())),
        )

    @cached_property
    def taken_back(self) -> tuple[TakenBack, ...]:
        """What was retracted, corrected and withdrawn, the last first."""
        found = [
            TakenBack(
                words=self._retracted_by(change.claim.id) or change.reason,
                way=f"claims/{change.claim.id}",
                at=change.at,
                about=change.claim.text,
            )
            for change in reversed(self.view.brief.changes)
            if change.after is Status.RETRACTED
        ]
        return (*found, *self._by_outlets())[:_MOST_TAKEN_BACK]

    def _retractors(self, ident: str) -> tuple[str, ...]:
        """The ids of those who took a claim back that they had made."""
        story = self.view.story
        claim = next((one for one in story.claims if one.id == ident), None)
        speakers = (
            story.attribution[one.attribution].speaker
            for one in (claim.members if claim else ())
            if one.stance is Act.RETRACTS and not one.loose
        )
        return tuple(dict.fromkeys(one for one in speakers if one in story.party))

    def _retracted_by(self, ident: str) -> str:
        """Who took a claim back, in words; nothing where nobody is told to have."""
        names = [self.view.story.party[one].name for one in self._retractors(ident)]
        return f"taken back by {' and '.join(names)}" if names else ""

    def _by_outlets(self) -> list[TakenBack]:
        undoings = [(one.seq, int(payload_of(one)["entry"])) for one in self.entries if one.act is EntryType.UNDONE]
        gone = cancelled(undoings)
        found = []
        for one in reversed(self.entries):
            if one.seq in gone or one.act is EntryType.UNDONE:
                continue
            told = payload_of(one)
            report = self.view.story.report.get(one.subject)
            name = (report.outlet if report else None) or f"report {one.subject}"
            if one.act is EntryType.CORRECTED:
                found.append(
                    TakenBack(words=f"{name} {told['kind']}", way=f"reports/{one.subject}", about=told["words"])
                )
            else:
                who = one.person or name
                found.append(
                    TakenBack(words=f"{who} withdrew {name}", way=f"reports/{one.subject}", about=told.get("why") or "")
                )
        return found

    @cached_property
    def new(self) -> tuple[ChangeView, ...]:
        """The claims that came up or changed last, each once."""
        found: dict[str, ChangeView] = {}
        dated = [one for one in self.view.brief.changes if one.at]
        minor = {one.id for one in self.view.brief.minor}
        for change in reversed(dated):
            if change.claim.id not in minor:
                found.setdefault(change.claim.id, change)
        return tuple(found.values())[:_MOST_NEW]

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.contested or self.taken_back or self.new)


def overview(view: StoryView, desk: Desk) -> Overview:
    """The first screen of a story as it was built last."""
    with desk.store.view() as held:
        acts = (EntryType.CORRECTED, EntryType.WITHDRAWN, EntryType.UNDONE)
        return Overview(view, tuple(held.entries(view.story.name, acts=acts)))


def _since(changes: Sequence[ChangeView]) -> Moment | None:
    """Since when a claim has been contested without a break."""
    since: Moment | None = None
    for change in changes:
        unbroken = since if change.before in CONTESTED else None
        since = (unbroken or change.at) if change.after in CONTESTED else None
    return since
