"""Nouns that attribute: who tells a rumour, and who answers it."""

from __future__ import annotations

import pytest

from onrecord.datamodel.span import Span
from onrecord.tagging.neural import NeuralTagger
from onrecord.tagging.refining.nominal_cues import answered, has_complement, is_nominal, nouns, teller


def place(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return (Span(start, start + len(words)),)


@pytest.mark.parametrize(
    ("text", "source", "cue", "kept"),
    [
        ("The harbour board has denied rumours that the crane fell.", "The harbour board", "rumours", False),
        ("The board answered Quayline’s original report that the crane fell.", "Quayline’s", "report", True),
        ("A Daily Quay report that the crane fell was wrong.", "Daily Quay", "report", True),
        ("They denied claims by the dockers' union that it fell.", "the dockers' union", "claims", True),
        ("The new reports that the crane fell were false.", "The new", "reports", False),
        ("Rumours spread on Chatter that the crane fell.", "Chatter", "Rumours", True),
        ("The crane fell, reports the Quay Gazette.", "the Quay Gazette", "reports", True),
        ("Lorne heard at noon in the yard of reports that it fell.", "Lorne", "reports", False),
    ],
)
def test_a_noun_is_told_by_who_possesses_it_or_spreads_it(text: str, source: str, cue: str, kept: bool) -> None:
    found = teller(place(text, source), place(text, cue), text)
    assert found == (place(text, source) if kept else ())


def test_the_noun_belongs_to_what_is_answered() -> None:
    text = "The board has denied rumours that the crane fell."
    cue, content = answered(place(text, "has denied rumours"), place(text, "that the crane fell"), text)
    assert [span.of(text) for span in (*cue, *content)] == ["has denied", "rumours that the crane fell"]


def test_who_launches_a_rumour_answers_none() -> None:
    text = "Rivals launched a rumour that the crane fell."
    given = place(text, "launched a rumour"), place(text, "that the crane fell")
    assert answered(*given, text) == given


@pytest.mark.parametrize(
    ("text", "content", "told"),
    [
        ("Rumours began to spread last night that the crane fell.", "that the crane fell", True),
        ("Rumours of a fall were loud.", "of a fall", True),
        ("The crane fell, the reports said.", "The crane fell", False),
        ("Reports came in. The crane stood.", "The crane stood", False),
    ],
)
def test_what_a_noun_tells_stands_behind_it_in_its_sentence(text: str, content: str, told: bool) -> None:
    noun = next(nouns(text, 0, len(text)))
    assert has_complement((noun,), place(text, content), text) is told


def test_a_long_cue_with_a_noun_is_no_nominal_cue() -> None:
    text = "They launched a rumour; an early report followed; a statement was made in which he said so."
    assert is_nominal((), place(text, "an early report"), text)
    assert not is_nominal((), place(text, "statement was made in which he said"), text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "noun"),
    [
        ("The paper claims that it fell.", "The paper", "claims", False),
        ("Local media report that it fell.", "Local media", "report", False),
        ("A Daily Quay report that it fell was wrong.", "Daily Quay", "report", True),
        ("The crane fell, reports the Quay Gazette.", "the Quay Gazette", "reports", False),
        ("They answered the dockers’ claims that it fell.", "the dockers’", "claims", True),
    ],
)
def test_a_verb_stands_beside_a_subject_of_its_number(text: str, source: str, cue: str, noun: bool) -> None:
    assert is_nominal(place(text, source), place(text, cue), text) is noun


def test_a_rumour_is_told_beside_its_denial() -> None:
    text = "The harbour board has denied rumours that the new crane fell into the basin on Friday."
    tags = NeuralTagger.load(threads=1).tag(text)
    told = {" ".join(span.of(text) for span in tag.cue): tag for tag in tags}
    assert any(cue.endswith("denied") for cue in told)
    rumour = told["rumours"]
    assert rumour.source == ()
    assert "the new crane fell" in rumour.content[0].of(text)
