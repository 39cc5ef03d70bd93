"""Stories packed in columns and unpacked again: the same values, the same bytes, and nothing from damaged ones."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.report import Fate, Locus, Outcome
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Story
from onrecord.errors import LedgerError
from onrecord.ledger.storage.columns import packed, unpacked
from onrecord.pipeline import tell

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture(scope="module")
def story() -> Story:
    """An example story with what examples seldom have: pages, boxes, lone surrogates, an hour without a minute."""
    found = tell([EXAMPLES / "airline-sale"], which="rules")
    loci = (Locus(span=Span(0, 4), page=2, box=(0.5, 1.0, 20.25, 30.0)), Locus(span=Span(4, 9), start_byte=0))
    odd = replace(
        found.reports[0], loci=loci, notes=("a \ud800 b", ""), captured=Moment(datetime(2031, 3, 7, tzinfo=UTC))
    )
    return replace(
        found,
        reports=(odd, *found.reports[1:]),
        as_of=Moment(datetime(2031, 3, 7, 8, 30, tzinfo=UTC), Precision.MINUTE),
        outcomes=(*found.outcomes, Outcome(input="x", fate=Fate.REFUSED, reason="empty")),
    )


def test_what_is_packed_comes_back_the_same(story: Story) -> None:
    raw = packed(story)
    again = unpacked(Story, raw)
    assert again == story and packed(again) == raw
    assert again.standing == story.standing


def test_a_story_of_nothing_too() -> None:
    assert unpacked(Story, packed(Story(name="empty"))) == Story(name="empty")


def test_bytes_that_changed_tell_nothing(story: Story) -> None:
    raw = packed(story)
    for place in range(0, len(raw), len(raw) // 40):
        changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
        with pytest.raises(LedgerError, match="a story that cannot be read back"):
            unpacked(Story, changed)
    for wrong in (b"", raw[:30], raw[:-1], zlib.compress(b'{"name":"dam"}')):
        with pytest.raises(LedgerError):
            unpacked(Story, wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """A record as another version had it."""

    name: str
    weight: float = 1.5


def test_a_record_of_other_fields_is_not_taken_for_one_of_these(story: Story) -> None:
    assert unpacked(Older, packed(Older(name="a"))) == Older(name="a")
    with pytest.raises(LedgerError):
        unpacked(Outcome, packed(Older(name="a")))
    kind = type("Older", (), {"__annotations__": {"name": str}, "name": ""})
    fewer: type = dataclass(frozen=True)(kind)
    with pytest.raises(LedgerError, match="cannot be read back"):
        unpacked(fewer, packed(Older(name="a")))
