"""Where the learned tagger is silent, the surer rules speak."""

from __future__ import annotations

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.refining.rule_backoff import back_off

TEXT = "The harbour office did not answer calls. Ms Orla said the crane had failed."


def spans(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def tag(text: str, source: str, cue: str, content: str, score: float = 0.7) -> Tag:
    return Tag(
        source=spans(text, source),
        cue=spans(text, cue),
        content=spans(text, content),
        score=score,
        kind=Kind.SPEECH,
        made_by="test",
    )


def test_a_refusal_that_the_model_passes_over_is_added() -> None:
    refusal = tag(TEXT, "The harbour office", "did not answer", "calls")
    said = tag(TEXT, "Ms Orla", "said", "the crane had failed")
    assert list(back_off(TEXT, [said], [refusal, said])) == [refusal]


def test_an_unsure_rule_adds_nothing() -> None:
    unsure = tag(TEXT, "The harbour office", "did not answer", "calls", score=0.5)
    assert not list(back_off(TEXT, [], [unsure]))


def test_what_a_tag_reports_already_is_not_added() -> None:
    text = "Ms Orla said the office did not answer calls."
    outer = tag(text, "Ms Orla", "said", "the office did not answer calls")
    assert not list(back_off(text, [outer], [tag(text, "the office", "did not answer", "calls")]))


def test_a_text_that_quotes_nobody_stays_silent() -> None:
    text = "The label says that it dries fast. " + "Stir well and let it cool. " * 40
    assert not list(back_off(text, [], [tag(text, "The label", "says", "that it dries fast")]))


def test_a_question_put_by_whoever_signs_is_no_statement() -> None:
    text = "OKELL: And what about the unions?"
    assert not list(back_off(text, [], [tag(text, "OKELL", ":", "And what about the unions?", score=0.8)]))
