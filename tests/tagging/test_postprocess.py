"""Tags at a story's grain: clauses apart, inner statements found, sources that refer to somebody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.postprocess import mended, refine_tags


def spans(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def tag(text: str, source: str, cue: str, *content: str, kind: Kind = Kind.SPEECH) -> Tag:
    credited = spans(text, source) if source else ()
    return Tag(
        source=credited, cue=spans(text, cue), content=spans(text, *content), score=0.9, kind=kind, made_by="test"
    )


class Inner:
    """Finds "the mayor confirmed X" in whatever text it is given."""

    name = "inner"

    def tag(self, text: str) -> tuple[Tag, ...]:
        if "the mayor confirmed" not in text:
            return ()
        rest = text[text.index("confirmed") + 10 :]
        return (tag(text, "the mayor", "confirmed", rest),)

    def tag_many(self, texts: Iterable[str]) -> Iterator[tuple[Tag, ...]]:
        return (self.tag(text) for text in texts)


def told(text: str, found: Spans) -> list[str]:
    return [span.of(text) for span in found]


def test_each_that_clause_is_a_statement_of_its_own() -> None:
    text = "Ms Orla said that the pump had failed and that nobody was told."
    found = refine_tags(text, [tag(text, "Ms Orla", "said", "that the pump had failed and that nobody was told")])
    assert [told(text, one.content) for one in found] == [
        ["that the pump had failed"],
        ["that nobody was told"],
    ]


def test_a_statement_inside_a_statement_is_found() -> None:
    text = "The Courier said the mayor confirmed the leak on Monday."
    found = refine_tags(text, [tag(text, "The Courier", "said", "the mayor confirmed the leak on Monday")], Inner())
    assert [told(text, one.source) for one in found] == [["The Courier"], ["the mayor"]]
    assert told(text, found[1].content) == ["the leak on Monday"]


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


def test_a_voiced_attitude_is_a_statement() -> None:
    text = "Officials disputed the letter. He wants a boat."
    voiced = tag(text, "Officials", "disputed", "the letter", kind=Kind.ATTITUDE)
    wish = tag(text, "He", "wants", "a boat", kind=Kind.ATTITUDE)
    assert [one.kind for one in refine_tags(text, [voiced, wish])] == [Kind.SPEECH, Kind.ATTITUDE]


def test_a_passive_inside_a_statement_is_told_by_whom_it_names() -> None:
    text = "The Courier reported that the leak had been confirmed by a harbour official."
    outer = tag(text, "The Courier", "reported", "that the leak had been confirmed by a harbour official")
    found = refine_tags(text, [outer])
    assert [told(text, one.source) for one in found] == [["The Courier"], ["a harbour official"]]
    assert told(text, found[1].content) == ["the leak"] and told(text, found[1].cue) == ["confirmed"]


def test_what_is_confirmed_from_a_source_is_the_sources() -> None:
    text = "It says they confirmed the leak from a harbour official."
    (found,) = refine_tags(text, [tag(text, "they", "confirmed", "the leak from a harbour official")])
    assert told(text, found.source) == ["a harbour official"] and told(text, found.content) == ["the leak"]


def test_an_aside_is_no_content() -> None:
    text = "The board would not comment on the leak when contacted by the Courier."
    refused = tag(text, "The board", "would not comment", "on the leak when contacted by the Courier")
    (found,) = refine_tags(text, [refused])
    assert told(text, found.content) == ["on the leak"]


def test_a_document_in_the_cue_is_the_source() -> None:
    text = "Reporters obtained a letter that appeared to say the pump had failed."
    (found,) = refine_tags(
        text, [tag(text, "Reporters", "obtained a letter that appeared to say", "the pump had failed")]
    )
    assert told(text, found.source) == ["a letter"] and told(text, found.cue) == ["appeared to say"]


def test_a_headline_is_read_part_by_part() -> None:
    text = "Memo leaked — but the mayor confirmed nothing\n\nThe town waits."
    head = Span(0, text.index("\n"))
    (found,) = refine_tags(text, [], Inner(), (head,))
    assert told(text, found.source) == ["the mayor"] and told(text, found.content) == ["nothing"]


class Promised:
    """Finds who "assured us" in plain words."""

    name = "promised"

    def tag(self, text: str) -> tuple[Tag, ...]:
        if "“" in text or "They've assured us" not in text:
            return ()
        return (tag(text, "They", "'ve assured us", "the road is clear"),)

    def tag_many(self, texts: Iterable[str]) -> Iterator[tuple[Tag, ...]]:
        return (self.tag(text) for text in texts)


def test_who_says_so_inside_a_quotation_is_found() -> None:
    text = "“They've assured us the road is clear and they will open it,” Ms Orla said."
    quoted = "“They've assured us the road is clear and they will open it,”"
    found = refine_tags(text, [tag(text, "Ms Orla", "said", quoted)], Promised())
    assert [told(text, one.source) for one in found] == [["Ms Orla"], ["They"]]
    assert told(text, found[1].content) == ["the road is clear and they will open it"]
