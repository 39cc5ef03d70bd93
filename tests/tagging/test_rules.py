"""The rules find who says what in texts of many kinds, and never leave the text."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.errors import BackendError
from onrecord.tagging.grammar.parsing import parser
from onrecord.tagging.rules import RulesTagger
from tests.tagging.marked import Case, Tally, read_cases, tally

FLOORS = json.loads((Path(__file__).parents[1] / "floors.json").read_text(encoding="utf-8"))
CORPUS = Path(__file__).parents[3] / "shared" / "data" / "attribution" / "polnear" / "dev.jsonl"


@pytest.fixture(scope="module", autouse=True)
def _model() -> None:
    try:
        parser()
    except BackendError as error:
        pytest.skip(str(error))


@lru_cache(maxsize=1)
def tagged_cases() -> tuple[tuple[Case, tuple[Tag, ...]], ...]:
    cases = read_cases()
    return tuple(zip(cases, RulesTagger().tag_many(case.text for case in cases), strict=True))


def words(text: str, number: int = 0) -> tuple[str, str, str]:
    tag = RulesTagger().tag(text)[number]
    source, cue, content = (" | ".join(span.of(text) for span in part) for part in (tag.source, tag.cue, tag.content))
    return source, cue, content


def test_marked_texts_are_tagged_as_often_as_before() -> None:
    found = sum((tally(case, tags) for case, tags in tagged_cases()), Tally())
    assert found.share >= FLOORS["cases"]["rules"], found


def test_every_span_of_the_marked_texts_slices() -> None:
    for case, tags in tagged_cases():
        assert_sound(case.text, tags)


def assert_sound(text: str, tags: tuple[Tag, ...]) -> None:
    for tag in tags:
        assert tag.content and 0 <= tag.score <= 1 and tag.made_by == RulesTagger.name
        for span in (*tag.source, *tag.cue, *tag.content):
            said = span.of(text)
            assert said == said.strip()
        for part in (tag.source, tag.cue, tag.content):
            assert list(part) == sorted(part)
            assert all(left.end <= right.start for left, right in pairwise(part))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“It fell,” said Marine Corps Brig. Gen. Aldous P. Crane III, who leads the base. “We ran.”",
            ("Marine Corps Brig. Gen. Aldous P. Crane III, who leads the base", "said", "“It fell,” | “We ran.”"),
        ),
        ("The port would not comment on the letter.", ("The port", "would not comment", "on the letter")),
        ("The port declined to comment.", ("The port", "declined", "to comment")),
        ("The map appeared to say that the road was open.", ("The map", "appeared to say", "that the road was open")),
        ("According to the log, the ship left.", ("the log", "According to", "the ship left")),
        ("KOVAC: We never saw the light.", ("KOVAC", ":", "We never saw the light")),
        (
            "“If the port finds more, it means to search them” that would answer the request, Ann Low wrote.",
            ("Ann Low", "wrote", "“If the port finds more, it means to search them” that would answer the request"),
        ),
        ("Moro went on:\n\n“We left. Nobody asked.”", ("Moro", "went on", "“We left. Nobody asked.”")),
        ("He denied having sold it.", ("He", "denied", "having sold it")),
    ],
)
def test_source_cue_and_content(text: str, expected: tuple[str, str, str]) -> None:
    assert words(text) == expected


def test_cues_share_their_source() -> None:
    text = "Low called it a “mistake” and said the crane would be repaired."
    assert words(text) == ("Low", "called", "it a “mistake”")
    assert words(text, 1) == ("Low", "said", "the crane would be repaired")


def test_a_wish_is_an_attitude() -> None:
    tags = RulesTagger().tag("The mayor hopes that the tram will run by May.")
    assert [tag.kind for tag in tags] == [Kind.ATTITUDE]


def test_a_mark_that_never_closes_ends_with_its_paragraph() -> None:
    text = "Rao said: “We tried.\n\nThe rain went on for weeks and the fields stayed wet.\n"
    for tag in RulesTagger().tag(text):
        assert all(span.end <= text.index("\n") for span in tag.content)


def test_tagging_many_is_tagging_each() -> None:
    texts = [case.text for case in read_cases()[:12]]
    tagger = RulesTagger()
    assert tuple(tagger.tag_many(texts)) == tuple(tagger.tag(text) for text in texts)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([*"aA “”\"'‘’.,:;!?—\n()@", "said ", "told ", "He ", "that ", "It is late"]), max_size=60)
)
def test_any_string_is_tagged_soundly(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert_sound(text, RulesTagger().tag(text))


@pytest.mark.parametrize(
    "text", ["", "\n\n", "\x00", '"' * 20_000, "“" * 20_000, "said " * 4_000, ":" * 9_000, "\ufeff"]
)
def test_odd_texts_do_not_harm(text: str) -> None:
    assert_sound(text, RulesTagger().tag(text))


@pytest.mark.skipif(not CORPUS.exists(), reason="needs ../shared/data beside the repository")
def test_spans_slice_in_a_reference_corpus() -> None:
    with CORPUS.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines][::12]
    for text, tags in zip(texts, RulesTagger().tag_many(texts), strict=True):
        assert_sound(text, tags)


def test_a_source_has_no_space_around_it() -> None:
    for text in ("said said  said a", " He  said that it is late", "The   said that it is late"):
        assert_sound(text, RulesTagger().tag(text))
