"""A claim's changes to a track: where it stood from when to when, drawn to scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.standing import Status
from onrecord.rendering.brief import ChangeView
from onrecord.rendering.wording import MARKS, moment_words

WIDTH = 720
# A stretch is told in words where it has room for them.
LABEL_ROOM = 120
MARK_ROOM = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From one change to the next."""

    x: float
    width: float
    status: Status
    label: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The stretches from the first report on the claim to the last report of the story."""

    stretches: tuple[Stretch, ...]
    first: str
    last: str


def track(changes: Sequence[ChangeView], until: Moment | None) -> Track | None:
    """The track of one claim's changes, None where it never turned or no time is known."""
    dated = [(change.at, change.after) for change in changes if change.at]
    if len(dated) < 2 or len(dated) < len(changes) or until is None:
        return None
    start, end = dated[0][0].at, max(until.at, dated[-1][0].at)
    length = (end - start).total_seconds()
    if not length:
        return None
    # The last stretch reaches past the last report: it is where the claim stands now, and has room for its words.
    scale = (WIDTH - LABEL_ROOM) / length
    places = [round((moment.at - start).total_seconds() * scale, 1) for moment, _ in dated]
    return Track(
        stretches=tuple(
            Stretch(
                x=left,
                width=round(right - left, 1),
                status=status,
                label=_label(status, right - left),
                told=f"{status.value} from {moment_words(moment)}",
            )
            for (left, right), (moment, status) in zip(pairwise([*places, WIDTH]), dated, strict=True)
        ),
        first=moment_words(dated[0][0]),
        last=f"last report {moment_words(until)}",
    )


def _label(status: Status, room: float) -> str:
    if room >= LABEL_ROOM:
        return f"{MARKS[status]} {status.value}"
    return MARKS[status] if room >= MARK_ROOM else ""
