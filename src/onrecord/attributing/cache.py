"""Results of attributing single reports, handed in again when the story has grown."""

from __future__ import annotations

from onrecord.attributing.drafting import AttributionDraft
from onrecord.attributing.resolving.naming.person_mentions import Person
from onrecord.attributing.resolving.story_people import Answers
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.cache import MemoCache
from onrecord.datamodel.story import Event

MOST_REPORTS = 1 << 13
# A report's drafts, and what it was answered when it asked for the persons of other reports.
ReportDrafts = tuple[Answers, tuple[AttributionDraft, ...]]


class AttributionCache:
    """Cached results by report, each with the inputs it was made from; the output is the same without."""

    def __init__(self, most_reports: int = MOST_REPORTS) -> None:
        self.persons: MemoCache[str, tuple[Person, ...]] = MemoCache(most_reports)
        self.drafts: MemoCache[str, ReportDrafts] = MemoCache(most_reports)
        self.attributions: MemoCache[str, tuple[Attribution, ...]] = MemoCache(most_reports)
        self.events: MemoCache[str, tuple[Event, ...]] = MemoCache(most_reports)

    @property
    def misses(self) -> dict[str, int]:
        """How many results of each kind had to be computed so far."""
        return {name: cache.misses for name, cache in sorted(vars(self).items())}
