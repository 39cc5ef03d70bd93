"""Relay chains, from the report's side to the origin's side."""

from __future__ import annotations

import pytest

from onrecord.attributing.attribute import attribute
from onrecord.attributing.outlets.mentions import relay_name
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.report import Post
from onrecord.datamodel.span import Span
from tests.attributing.conftest import Tell, marked

CASES = [
    ("{s1|Mayor Ines Obrado} {q1|told} CNN {c1|the bridge was safe}.", ("CNN",)),
    ("{c1|“It is safe,”} {s1|Mayor Ines Obrado} {q1|said}, according to CNN's Ada Lorne.", ("CNN (Ada Lorne)",)),
    (
        "The Washington Post reported that {c1|the memo} was {q1|confirmed} by {s1|a city official}.",
        ("The Washington Post",),
    ),
    ("Speaking to the BBC, {s1|Mayor Ines Obrado} {q1|said} {c1|the bridge was safe}.", ("BBC",)),
    ("{s1|Mayor Ines Obrado} {q1|said} in an interview with Reuters {c1|that it was safe}.", ("Reuters",)),
    ("{s1|The city} {q1|would not comment} {c1|on the memo} when contacted by Politico on Monday.", ("Politico",)),
    ("{c1|It is safe}, Reuters quoted {s1|Mayor Ines Obrado} as {q1|saying}.", ("Reuters",)),
    ("{s1|Mayor Ines Obrado} {q1|told} reporters {c1|the bridge was safe}.", ()),
    ("{s1|Mayor Ines Obrado} {q1|told} state television {c1|the bridge was safe}.", ("state television",)),
    ("Some reporters said {s1|city officials} had {q1|confirmed} {c1|the memo}.", ("some reporters",)),
    ("{s1|Aides} {q1|said} {c1|no}; Reuters reported that the mayor was away.", ()),
    ("{s1|Mayor Ines Obrado} {q1|said} {c1|he sent no picture via Twitter}. But the city was silent.", ()),
    ("{s1|Mayor Ines Obrado} {q1|told} Reuters. But {c1|the bridge was safe}.", ("Reuters",)),
    ("Per Reuters:\n\n{s1|A city official} {q1|said} {c1|the bridge was safe}.", ("Reuters",)),
]


@pytest.mark.parametrize(("text", "relay"), CASES)
def test_relay(tell: Tell, text: str, relay: tuple[str, ...]) -> None:
    assert tell(text).one(1).relay == relay


def test_a_nested_attribution_is_relayed_by_the_one_around_it(tell: Tell) -> None:
    told = tell("{s1|Reuters} {q1|reported} {c1|that a crew member had said the sea was calm}.")
    plain = told.reports[0].text
    inner = plain.index("a crew member")
    outer = marked("{s1|Reuters} {q1|reported} {c1|that a crew member had said the sea was calm}.")[1][0]
    nested = Tag(
        source=(Span(inner, inner + 13),),
        cue=(Span(inner + 18, inner + 22),),
        content=(Span(inner + 23, len(plain) - 1),),
        score=1.0,
        made_by="marks",
    )
    found = attribute(told.reports, [[outer, nested]]).attributions
    assert [one.relay for one in found] == [("Reuters",)]


def test_who_passes_on_and_says_more_stands_by_itself(tell: Tell) -> None:
    told = tell(
        "{s1|Reuters} {q1|reported} {c1|that the ferry was late again on Monday and that a sailor had said so}."
    )
    plain = told.reports[0].text
    outer = marked(
        "{s1|Reuters} {q1|reported} {c1|that the ferry was late again on Monday and that a sailor had said so}."
    )[1][0]
    start = plain.index("a sailor")
    nested = Tag(
        source=(Span(start, start + 8),),
        cue=(Span(start + 13, start + 17),),
        content=(Span(start + 18, start + 20),),
        score=1.0,
        made_by="marks",
    )
    found = attribute(told.reports, [[outer, nested]]).attributions
    assert found[0].outer_of == (found[1].id,)


def test_an_interview_goes_on_through_the_next_sentences(tell: Tell) -> None:
    told = tell(
        "{s1|Captain Ada Lorne} {q1|said} in an interview broadcast by the BBC {c1|that the sea was calm}. {s2|"
        "She} {q2|added} {c2|that no "
        "alarm rang}."
    )
    assert told.one(2).relay == ("BBC",)


def test_a_post_relays_what_it_quotes(tell: Tell) -> None:
    from dataclasses import replace

    from onrecord.attributing.attribute import attribute

    text, tags = marked("{s1|Obrado} {q1|says} {c1|“no decision yet”} — Ida Brandt (@idab) March 3, 2021")
    told = tell("x", published="2021-03-03")
    credit = text.index("—")
    post = Post(
        span=Span(0, len(text)),
        body=Span(0, credit),
        credit=Span(credit, len(text)),
        author="Ida Brandt",
        handle="@idab",
    )
    report = replace(told.reports[0], text=text, posts=(post,))
    (found,) = attribute([report], [tags]).attributions
    assert found.relay == ("Ida Brandt",)


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("the Washington Post", "The Washington Post"),
        ("AP", "The Associated Press (AP)"),
        ("CNN's Ada Lorne", "CNN (Ada Lorne)"),
        ("BBC Focus on Africa", "BBC Focus on Africa"),
        ("Quay Gazette", "Quay Gazette"),
        ("reporters", None),
        ("Mayor Ines Obrado", None),
    ],
)
def test_relay_name(told: str, name: str | None) -> None:
    assert relay_name(told) == name


def test_a_station_that_no_list_holds_is_a_relay(tell: Tell) -> None:
    assert tell("{s1|Mayor Ines Obrado} {q1|told} Radio Quay {c1|it was safe}.").one(1).relay == ("Radio Quay",)
    assert tell("{s1|Mayor Ines Obrado} {q1|told} QBX's Morning Hour {c1|it was safe}.").one(1).relay == (
        "QBX's Morning Hour",
    )


def test_who_signs_the_line_passes_on_what_it_quotes(tell: Tell) -> None:
    told = tell("{c1|“Stay at home tonight,”} {q1|says} {s1|Mayor Ines Obrado} — Ida Brandt (@idab) and more")
    assert told.one(1).relay == ("Ida Brandt",)


def test_an_outlet_introduced_by_its_kind_passes_on(tell: Tell) -> None:
    told = tell(
        "{s1|A porter} {q1|said} {c1|the track was shut}, Laneside reported. Laneside, a running site, is small."
    )
    assert told.one(1).relay == ("Laneside",)


def test_who_is_cited_behind_a_statement_passes_it_on(tell: Tell) -> None:
    marks = "{c1|The lock was opened}, {q1|warned} {s1|spokesman Otto Lund}, according to the Valland News Agency."
    report = tell(marks).reports[0]

    def tag(source: str, cue: str) -> Tag:
        parts = (source, cue, "The lock was opened")
        spans = [(Span(report.text.index(part), report.text.index(part) + len(part)),) for part in parts]
        return Tag(source=spans[0], cue=spans[1], content=spans[2], score=1.0, made_by="t")

    said = [tag("spokesman Otto Lund", "warned"), tag("the Valland News Agency", "according to")]
    found = attribute([report], [said]).attributions
    assert found[0].relay
    assert [one.outer_of for one in found] == [(), (found[0].id,)]
