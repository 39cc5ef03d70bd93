"""Every value survives the way to JSON and back; what is no such value is refused."""

from __future__ import annotations

import json
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.datamodel.attribution import Act, Kind, Tag
from onrecord.datamodel.entry import ClaimAnchor, Decision, Line, StatementAnchor, Verdict
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.report import Locus, Report
from onrecord.datamodel.span import Span
from onrecord.datamodel.story import Story
from onrecord.errors import LedgerError
from onrecord.ledger.codec import canonical, decode, encode
from tests.bridge_story import build_story

SPANS = st.lists(
    st.tuples(st.integers(0, 9999), st.integers(1, 99)).map(lambda one: Span(one[0], one[0] + one[1])), max_size=3
).map(tuple)
SOME_SPANS = SPANS.filter(bool)
TEXT = st.text(max_size=30)
MOMENTS = st.builds(Moment, st.datetimes(timezones=st.just(UTC)), st.sampled_from(Precision))
TAGS = st.builds(
    Tag,
    source=SPANS,
    cue=SPANS,
    content=SOME_SPANS,
    score=st.floats(0, 1),
    kind=st.sampled_from(Kind),
    made_by=TEXT,
)
LINES = st.builds(
    Line,
    tag=TAGS,
    content_words=st.tuples(TEXT),
    source_words=st.tuples(TEXT),
    speaker=st.none() | TEXT,
    act=st.none() | st.sampled_from(Act),
)
STATEMENTS = st.builds(StatementAnchor, id=TEXT, report=TEXT, sha256=TEXT, content=SPANS, words=st.tuples(TEXT))
CLAIMS = st.builds(ClaimAnchor, id=TEXT, text=TEXT, members=st.lists(STATEMENTS, max_size=2).map(tuple))
DECISIONS = st.builds(
    Decision,
    verdict=st.sampled_from(Verdict),
    statements=st.lists(STATEMENTS, max_size=2).map(tuple),
    claims=st.lists(CLAIMS, max_size=2).map(tuple),
    party=st.none() | TEXT,
    value=st.none() | TEXT,
    source=SPANS,
    why=TEXT,
    seen=st.integers(0, 10**9),
)
LOCI = st.builds(
    Locus,
    span=st.just(Span(0, 2)),
    page=st.none() | st.integers(),
    box=st.none() | st.tuples(*[st.floats(allow_nan=False, allow_infinity=False)] * 4),
)
REPORTS = st.builds(
    Report,
    id=TEXT,
    text=st.text(st.characters(), max_size=60),
    file=TEXT,
    sha256=TEXT,
    published=st.none() | MOMENTS,
    loci=st.lists(LOCI, max_size=2).map(tuple),
    doubtful=SPANS,
    truncated=st.booleans(),
)


@given(st.one_of(LINES, DECISIONS, REPORTS, MOMENTS, LOCI))
def test_values_round_trip(value: object) -> None:
    told = canonical(encode(value))
    assert told.isascii()
    assert decode(type(value), json.loads(told)) == value
    assert canonical(encode(decode(type(value), json.loads(told)))) == told


def test_a_whole_story_round_trips() -> None:
    story = build_story()
    assert decode(Story, json.loads(canonical(encode(story)))) == story


@pytest.mark.parametrize("told", [None, [], "x", {"id": 1}, {"nonsense": 1}, {"id": "a"}, {"id": "a", "text": ["x"]}])
def test_what_is_no_report_is_refused(told: object) -> None:
    with pytest.raises(LedgerError, match=r"cannot be read back .* run onrecord verify"):
        decode(Report, told)
