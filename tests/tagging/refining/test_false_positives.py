"""Tags that tell nothing that was said."""

from __future__ import annotations

import pytest

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.refining.false_positives import is_not_a_statement, without_unsaid


def _spans(text: str, *parts: str) -> Spans:
    return tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)


@pytest.mark.parametrize(
    ("text", "content", "unsaid"),
    [
        ("Contrary to what wardens said earlier, the lock is open.", ("what", "the lock is open"), True),
        ("Here is what wardens said at the lock.", ("what", "at the lock"), True),
        ("He learnt what wardens said was a lie.", ("what", "was a lie"), False),
        ("Here is what wardens said: “The lock is open.”", ("what", "“The lock is open.”"), False),
    ],
)
def test_what_somebody_said_before_is_told_nowhere(text: str, content: tuple[str, ...], unsaid: bool) -> None:
    tag = Tag(
        source=_spans(text, "wardens"), cue=_spans(text, "said"), content=_spans(text, *content), score=1.0, made_by="t"
    )
    assert is_not_a_statement(tag, text) is unsaid


def test_what_is_done_by_a_rule_is_not_what_the_rule_says() -> None:
    text = "The lock was shut according to their usual procedures. It leaks, according to their engineers."
    by_rule, said = (
        Tag(source=_spans(text, who), cue=(Span(at, at + 12),), content=_spans(text, what), score=1, made_by="t")
        for who, what, at in (
            ("their usual procedures", "The lock was shut", text.index("according")),
            ("their engineers", "It leaks", text.rindex("according")),
        )
    )
    assert is_not_a_statement(by_rule, text)
    assert not is_not_a_statement(said, text)


def test_what_begins_with_a_cue_of_its_own_is_no_content() -> None:
    text = "The mayor firmly denied it on Monday but said he could not be sure of the date."
    tag = Tag(
        source=_spans(text, "The mayor"), cue=_spans(text, "denied"), score=1, made_by="t",
        content=_spans(text, "said he could not be sure of the date"),
    )  # fmt: skip
    assert is_not_a_statement(tag, text)


def test_what_nothing_shows_is_not_shown() -> None:
    text = "Divers said nothing that the mayor made public showed that the lock is open."
    outer = Tag(
        source=_spans(text, "Divers"),
        cue=_spans(text, "said"),
        content=_spans(text, text[12:-1]),
        score=1.0,
        made_by="t",
    )
    inner = Tag(
        source=_spans(text, "the mayor"), cue=_spans(text, "made public showed"),
        content=_spans(text, "that the lock is open"), score=1.0, made_by="t",
    )  # fmt: skip
    assert is_not_a_statement(inner, text)
    assert not is_not_a_statement(outer, text)


@pytest.mark.parametrize(
    ("label", "topic"),
    [
        ("Flight QX12", True),
        ("Missing Harrow ferry", True),
        ("Ada Lorne photo scandal", True),
        ("Live updates", True),
        ("Minister", False),
        ("Ferry operator", False),
        ("LORNE", False),
        ("Author of the crash report", False),
    ],
)
def test_a_topic_before_a_colon_says_nothing(label: str, topic: bool) -> None:
    text = f"{label}: the quay is to close"
    tag = Tag(
        source=_spans(text, label), cue=_spans(text, ":"), content=_spans(text, "the quay is to close"), score=1.0,
        made_by="t",
    )  # fmt: skip
    assert is_not_a_statement(tag, text) is topic


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        ("that six boats were found but did not say where", "that six boats were found"),
        (
            "that the mayor knew of it but did not tell the council",
            "that the mayor knew of it but did not tell the council",
        ),
        ("“that six boats were found but did not say where”", "“that six boats were found but did not say where”"),
    ],
)
def test_what_a_source_leaves_out_is_not_what_it_says(content: str, kept: str) -> None:
    text = f"The Courier reports {content}."
    tag = Tag(
        source=_spans(text, "The Courier"), cue=_spans(text, "reports"), content=_spans(text, content), score=1.0,
        made_by="t",
    )  # fmt: skip
    (span,) = without_unsaid(tag, text).content
    assert span.of(text) == kept


@pytest.mark.parametrize(
    ("cue", "unsaid"), [("have not reported", True), ("did not report on", True), ("reported", False)]
)
def test_who_has_not_reported_a_story_says_nothing_of_it(cue: str, unsaid: bool) -> None:
    text = f"Papers in Harrow {cue} the closure."
    tag = Tag(
        source=_spans(text, "Papers in Harrow"), cue=_spans(text, cue), content=_spans(text, "the closure"), score=1.0,
        made_by="t",
    )  # fmt: skip
    assert is_not_a_statement(tag, text) is unsaid


@pytest.mark.parametrize(
    ("text", "source", "cue", "rest"),
    [
        ("A post claiming the bridge at Ness has fallen is not true.", "A post", "claiming", " is not true"),
        ("A report that says the lock was shut is fake.", "A report", "says", " is fake"),
        (
            "The report goes on to say that a man drowned, which is false.",
            "The report",
            "goes on to say",
            ", which is false",
        ),
    ],
)
def test_the_verdict_on_a_claim_is_no_part_of_it(text: str, source: str, cue: str, rest: str) -> None:
    start = text.index(cue) + len(cue) + 1
    tag = Tag(
        source=_spans(text, source), cue=_spans(text, cue), content=(Span(start, len(text) - 1),), score=1, made_by="t"
    )
    assert without_unsaid(tag, text).content[0].of(text) == text[start:-1].removesuffix(rest)


def test_what_a_post_says_of_a_story_stays_whole() -> None:
    text = "A post claiming the story is fake spread fast."
    tag = Tag(
        source=_spans(text, "A post"),
        cue=_spans(text, "claiming"),
        content=_spans(text, "the story is fake"),
        score=1,
        made_by="t",
    )
    assert without_unsaid(tag, text) == tag


@pytest.mark.parametrize("head", ["Claim", "Verdict", "Editor’s note"])
def test_the_heading_of_a_part_says_nothing(head: str) -> None:
    text = f"{head}: The bridge at Ness has fallen."
    tag = Tag(
        source=_spans(text, head), cue=_spans(text, ":"), content=_spans(text, "The bridge at Ness has fallen"),
        score=1, made_by="t",
    )  # fmt: skip
    assert is_not_a_statement(tag, text)


def test_a_byline_says_nothing() -> None:
    text = "From Staff Reports\nThe bridge at Ness has fallen."
    tag = Tag(
        source=_spans(text, "From Staff"), cue=_spans(text, "Reports"), content=_spans(text, "The bridge at Ness has"),
        score=1, made_by="t",
    )  # fmt: skip
    assert is_not_a_statement(tag, text)


def test_what_nobody_asks_is_not_asked() -> None:
    text = "The port is not asking crews to leave. The union asks crews to stay."
    port, union = (
        Tag(source=_spans(text, who), cue=_spans(text, cue), content=_spans(text, what), score=1, made_by="t")
        for who, cue, what in (
            ("The port", "is not asking", "crews to leave"), ("The union", "asks", "crews to stay"),
        )
    )  # fmt: skip
    assert is_not_a_statement(port, text)
    assert not is_not_a_statement(union, text)


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "unsaid"),
    [
        ("No harbour official said that it was sold.", "No harbour official", "said", "that it was sold", True),
        ("No official has confirmed the sale.", "No official", "has confirmed", "the sale", False),
        ("No 10 said that it was sold.", "No 10", "said", "that it was sold", False),
        ("They met an envoy, which would confirm the fears of many.", "an envoy", "would confirm", "the fears", True),
        ("The board would confirm only the date.", "The board", "would confirm", "only the date", False),
        ("A clerk returned, raising questions about the lock.", "A clerk", "raising questions about", "the lock", True),
        ("A clerk was raising questions about the lock.", "A clerk", "raising questions about", "the lock", False),
        ("When asked if he would deny the sale, Voss left.", "if he would", "deny", "the sale", True),
        ("Contrary to what wardens said, it is open.", "Contrary to what wardens", "said", "it is open", True),
        ("The name has not been disclosed.", "", "has not been disclosed", "The name", True),
    ],
)
def test_what_nobody_says_is_not_a_statement(text: str, source: str, cue: str, content: str, unsaid: bool) -> None:
    tag = Tag(
        source=_spans(text, source) if source else (), cue=_spans(text, cue), content=_spans(text, content),
        score=1.0, made_by="t",
    )  # fmt: skip
    assert is_not_a_statement(tag, text) is unsaid
