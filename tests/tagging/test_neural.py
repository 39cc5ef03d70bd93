"""The learned tagger on texts of many forms: what it finds, and what holds for every tag."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from onrecord.datamodel.attribution import Kind, Tag
from onrecord.datamodel.span import Spans, any_overlap
from onrecord.tagging.neural import ENCODER, NeuralTagger
from onrecord.weights.manifest import packed_weights
from tests.tagging.marked import Tally, read_cases, tally

FLOORS = json.loads((Path(__file__).parents[1] / "floors.json").read_text(encoding="utf-8"))

STORY = """Council split over the Skarnes tunnel

The Skarnes tunnel will stay shut until spring, Mayor Ingrid Falk said on Monday.

“We found water behind the lining,” Falk told reporters. “Nobody should be asked to drive through that.”

According to the Fjord Courier, two engineers had warned that the pumps were failing.

A spokesman for the builder, Norrlund AB, declined to comment.

The tunnel was opened in 1998. It is 2.4 kilometres long and carries 3,000 cars a day."""


@cache
def tagger() -> NeuralTagger:
    """The packed tagger, loaded once."""
    return NeuralTagger.load(threads=1)


def shown(text: str, spans: Spans) -> str:
    """The words of a role."""
    return " … ".join(span.of(text) for span in spans)


def found(text: str) -> list[tuple[str, str, str]]:
    """Source, cue and content of each tag."""
    return [(shown(text, t.source), shown(text, t.cue), shown(text, t.content)) for t in tagger().tag(text)]


def about(text: str, words: str) -> Tag:
    """The tag whose content holds some words."""
    tags = [tag for tag in tagger().tag(text) if words in shown(text, tag.content)]
    assert tags, f"no tag holds {words!r}"
    return min(tags, key=lambda tag: sum(map(len, tag.content)))


def test_the_packed_figures_hold_their_floors() -> None:
    told = packed_weights().entry(ENCODER).about["metrics"]
    figures = {**told["speech"], "speech": told["speech"]["all"], "all": told["all"]["all"]}
    assert {name: figures[name] for name, floor in FLOORS["tagger"].items() if figures[name] < floor} == {}


def test_marked_texts_are_tagged_as_often_as_before() -> None:
    cases = read_cases()
    found = zip(cases, tagger().tag_many(case.text for case in cases), strict=True)
    total = sum((tally(case, tags) for case, tags in found), Tally())
    assert total.share >= FLOORS["cases"]["neural"], total


def test_reported_speech() -> None:
    tag = about(STORY, "shut until spring")
    assert "Falk" in shown(STORY, tag.source)
    assert "said" in shown(STORY, tag.cue)
    assert tag.kind is Kind.SPEECH


def test_a_split_quotation_is_one_attribution_with_its_marks() -> None:
    tag = about(STORY, "water behind the lining")
    assert shown(STORY, tag.content) == (
        "“We found water behind the lining,” … “Nobody should be asked to drive through that.”"
    )
    assert shown(STORY, tag.source) == "Falk"


def test_according_to() -> None:
    tag = about(STORY, "two engineers had warned")
    assert "Fjord Courier" in shown(STORY, tag.source)


def test_a_chain_gives_the_relay_and_the_origin() -> None:
    text = "According to the Fjord Courier, Maj. Nils Aker said that the order was a forgery."
    sources = {source for source, _, _ in found(text)}
    assert any("Courier" in source for source in sources)
    assert any("Aker" in source for source in sources)


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“The water came at four.\n\n“By five the road was gone,” Ms Falk said."
    content = about(text, "By five").content
    assert shown(text, content) == "“The water came at four. … “By five the road was gone,”"


@pytest.mark.parametrize(
    "text",
    [
        "‘The pumps are failing,’ said Mr Aker. ‘They have been for a year.’",
        '"The pumps are failing," said Mr Aker. "They have been for a year."',
        "“The pumps are failing,” said Mr Aker. “They have been for a year.”",
    ],
)
def test_every_style_of_marks(text: str) -> None:
    tag = about(text, "The pumps are failing")
    assert "Aker" in shown(text, tag.source)
    assert len(tag.content) == 2
    assert all(span.of(text)[0] in '‘"“' and span.of(text)[-1] in '’"”' for span in tag.content)


def test_nobody_is_quoted_in_a_recipe() -> None:
    text = (
        "Preheat the oven. Add the flour and stir until smooth. Note that the sauce thickens as it cools. Serves four."
    )
    assert found(text) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "“", "a", "said", "”””", "\u200b", "x" * 5000, "\n".join("ab" * 40)])
def test_odd_texts_do_not_break_it(text: str) -> None:
    for tag in tagger().tag(text):
        assert all(span.of(text) for span in tag.content)


@pytest.mark.parametrize("text", [STORY, STORY.lower(), STORY.replace("“", "‘").replace("”", "’"), STORY * 4])
def test_what_holds_for_every_tag(text: str) -> None:
    for tag in tagger().tag(text):
        for role in (tag.source, tag.cue, tag.content):
            assert list(role) == sorted(role)
            for span in role:
                words = span.of(text)
                assert (words == words.strip() and any(c.isalnum() for c in words)) or words in (":", "—", "–", "―")
                assert not (span.start and text[span.start - 1].isalnum() and words[0].isalnum())
                assert not (span.end < len(text) and text[span.end].isalnum() and words[-1].isalnum())
                assert words.count("“") == words.count("”") or "\n" in text[span.end : span.end + 2]
        assert not any_overlap(tag.source, tag.content)
        assert not any_overlap(tag.cue, tag.content)
        assert not any_overlap(tag.cue, tag.source)
        assert 0 <= tag.score <= 1
        assert tag.made_by == tagger().name


def test_many_texts_give_what_each_gives_alone() -> None:
    texts = [STORY, "", "Rain is expected in the west.", STORY.replace("Falk", "Berg")]
    together = list(tagger().tag_many(texts))
    alone = [tagger().tag(text) for text in texts]
    assert [[(t.source, t.cue, t.content) for t in tags] for tags in together] == [
        [(t.source, t.cue, t.content) for t in tags] for tags in alone
    ]


def test_the_same_text_gives_the_same_tags() -> None:
    assert tagger().tag(STORY) == tagger().tag(STORY)
