"""Attribution lines and stories: one path, the same words under the same ids."""

from __future__ import annotations

from pathlib import Path

from onrecord.datamodel.attribution import Attribution, Kind
from onrecord.pipeline import choose_tagger, extract, tell

STORY = Path(__file__).parents[1] / "examples" / "dam-memo"


def spans(one: Attribution) -> tuple[object, ...]:
    return one.source, one.cue, one.content


def test_a_brief_has_the_statements_that_are_extracted() -> None:
    tagger, _ = choose_tagger()
    lines = {
        one.id: spans(one)
        for item in extract([STORY], tagger)
        if isinstance(item, tuple)
        for one in item[1]
        if one.kind is Kind.SPEECH
    }
    told = {one.id: spans(one) for one in tell([STORY]).attributions}
    assert told and {ident: lines.get(ident) for ident in told} == told
