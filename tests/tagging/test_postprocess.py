"""Sources that refer to somebody, and sources that run over a line."""

from __future__ import annotations

import pytest

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.refining.postprocess import mended, refine_tags


def spans(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def tag(text: str, source: str, cue: str, *content: str, kind: Kind = Kind.SPEECH) -> Tag:
    credited = spans(text, source) if source else ()
    return Tag(
        source=credited, cue=spans(text, cue), content=spans(text, *content), score=0.9, kind=kind, made_by="test"
    )


def told(text: str, found: Spans) -> list[str]:
    return [span.of(text) for span in found]


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("The Courier cites a harbour official who said the crane was old.", "a harbour official"),
        ("It printed a letter that said the crane was old.", "a letter"),
        ("Dana Reyes, who said the crane was old, left.", "Dana Reyes"),
    ],
)
def test_a_relative_pronoun_is_given_its_words(text: str, credited: str) -> None:
    pronoun = "who" if "who" in text else "that"
    found = mended(tag(text, pronoun, "said", "the crane was old"), text)
    assert told(text, found.source) == [credited]


def test_a_source_never_runs_over_a_line_end() -> None:
    text = "Watch live\n\nThe harbour board said the crane was old."
    found = mended(tag(text, "Watch live\n\nThe harbour board", "said", "the crane was old"), text)
    assert told(text, found.source) == ["The harbour board"]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Earlier reports of a fire at the quay were not correct, police now say", "were not correct"),
        ("The captain of the ferry had left early, the harbour board said.", "had left early"),
    ],
)
def test_a_content_has_its_predicate(text: str, content: str) -> None:
    subject = text[: text.index(content) - 1]
    source = "police" if "police" in text else "the harbour board"
    cue = "now say" if "police" in text else "said"
    (found,) = refine_tags(text, [tag(text, source, cue, subject)])
    assert told(text, found.content) == [f"{subject} {content}"]
