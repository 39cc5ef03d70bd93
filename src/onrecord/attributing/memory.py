"""What attributing made of single reports, handed in again when the story has grown."""

from __future__ import annotations

from onrecord.attributing.drafting import Draft
from onrecord.attributing.resolving.cast import Figure
from onrecord.attributing.resolving.elsewhere import Answers
from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.kept import Kept
from onrecord.datamodel.story import Event

MOST_REPORTS = 1 << 13
# A report's drafts, and what it was answered when it asked for the persons of other reports.
Drafted = tuple[Answers, tuple[Draft, ...]]


class Memory:
    """Parts of a story by report; each is kept with what it was made from, and a story is told the same without."""

    def __init__(self, most_reports: int = MOST_REPORTS) -> None:
        self.figures: Kept[str, tuple[Figure, ...]] = Kept(most_reports)
        self.drafts: Kept[str, Drafted] = Kept(most_reports)
        self.attributions: Kept[str, tuple[Attribution, ...]] = Kept(most_reports)
        self.events: Kept[str, tuple[Event, ...]] = Kept(most_reports)

    @property
    def made(self) -> dict[str, int]:
        """How many parts of each kind had to be made so far."""
        return {name: kept.made for name, kept in sorted(vars(self).items())}
