"""The boundary of a step: a report that a step cannot carry is left out with its reason, and the others go on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.errors import OnRecordError

Item = TypeVar("Item")
Made = TypeVar("Made")
_LOG = logging.getLogger("onrecord")


@dataclass(frozen=True, slots=True)
class Spared(Generic[Item, Made]):
    """What a step made of the items it could carry, and those that it could not, with the kind of fault."""

    made: Made
    left: tuple[tuple[Item, str], ...] = ()


def spared(items: Sequence[Item], step: Callable[[Sequence[Item]], Made]) -> Spared[Item, Made]:
    """A step over items, without those on which it fails; raises only what is said of no item, as a missing model.

    What fails by itself goes first; then what the others fail with, the last of the fewest that fail together.
    """
    try:
        return Spared(step(items))
    except OnRecordError:
        raise
    except Exception as error:
        fault = _named(error)
    kept, left = [], []
    for item in items:
        alone = _fault([item], step)
        (left.append((item, alone)) if alone else kept.append(item))
    while True:
        try:
            return Spared(step(kept), tuple(left))
        except OnRecordError:
            raise
        except Exception as error:
            fault = _named(error)
            if not kept:
                # It fails on nothing at all: that is no report's fault.
                raise
        left.append((kept.pop(_last_of_fewest(kept, step)), fault))


def _last_of_fewest(items: Sequence[Item], step: Callable[[Sequence[Item]], Made]) -> int:
    """The place of the item with which the first items begin to fail."""
    fine, failing = 0, len(items)
    while failing - fine > 1:
        middle = (fine + failing) // 2
        if _fault(items[:middle], step):
            failing = middle
        else:
            fine = middle
    return failing - 1


def _fault(items: Sequence[Item], step: Callable[[Sequence[Item]], Made]) -> str | None:
    try:
        step(items)
    except OnRecordError:
        raise
    except Exception as error:
        return _named(error)
    return None


def gathered(
    reports: Sequence[Report], step: Callable[[Sequence[Report]], Iterator[Made]]
) -> tuple[tuple[Made, ...], tuple[Outcome, ...]]:
    """What a step makes of reports one after the other, and the outcomes of those on which it fails."""
    found: list[Made] = []
    left: list[Outcome] = []
    rest, alone = list(reports), False
    while rest:
        some = rest[:1] if alone else rest
        done = len(found)
        try:
            found.extend(step(some))
            rest, alone = rest[len(some) :], False
        except OnRecordError:
            raise
        except Exception as error:
            rest = rest[len(found) - done :]
            # Steps look ahead: whether it was this report is shown by it alone.
            if alone:
                left.append(left_outcome(rest.pop(0), _named(error)))
            alone = not alone
    return tuple(found), tuple(left)


class Unfit(Exception):
    """A report that a step refuses, in words that may be told."""


def _named(error: Exception) -> str:
    _LOG.debug("a step failed", exc_info=error)
    return str(error) if isinstance(error, Unfit) else type(error).__name__


def left_outcome(report: Report, fault: str) -> Outcome:
    """The outcome of a report that a step could not carry."""
    reason = f"it cannot be worked through ({fault}) and is left out; the others are told without it"
    return Outcome(input=report.file, fate=Fate.REFUSED, report=report.id, reason=reason)
