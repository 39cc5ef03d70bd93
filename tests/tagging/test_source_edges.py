"""A source keeps to its block of the text, and to whole names."""

from __future__ import annotations

import pytest

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, words
from onrecord.tagging.refining.source_edges import with_whole_sources

# The text, what a tagger took for source, cue and content, and the source as it is right.
CASES = [
    (
        "Divers found a gauge, the harbour master, Lê Thu Hà, told reporters. The cause was not known.",
        ("the harbour master, Lê Thu", "told", "Divers found a gauge"),
        "the harbour master, Lê Thu Hà",
    ),
    (
        "Jonas “Bricks” Marley told the Echo that the tunnel was shut.",
        ("Marley", "told", "that the tunnel was shut"),
        "Jonas “Bricks” Marley",
    ),
    ("Rosa de Wendel Ortiz said it was shut.", ("Rosa de Wendel", "said", "it was shut"), "Rosa de Wendel Ortiz"),
    (
        "“Ana is an expert.” —Commissioner Gil Starke\n\nAnd from Chairwoman Rosa Wendel:\n\n“Ana is new”",
        ("Commissioner Gil Starke\n\nAnd from Chairwoman Rosa Wendel", "", "“Ana is an expert.”"),
        "Commissioner Gil Starke",
    ),
    (
        "Quay row in Sollmar\n\nResidents said the pier was safe.",
        ("Quay row in Sollmar\n\nResidents", "said", "the pier was safe"),
        "Residents",
    ),
    ("Gil Starke, 31, said it was shut.", ("Gil Starke", "said", "it was shut"), "Gil Starke"),
    ("The mayor said Tam Ode knew.", ("The mayor", "said", "Tam Ode knew"), "The mayor"),
    ("Ada\nLorne said it was shut.", ("Ada\nLorne", "said", "it was shut"), "Ada\nLorne"),
]


@pytest.mark.parametrize(("text", "found", "right"), CASES)
def test_source(text: str, found: tuple[str, str, str], right: str) -> None:
    source, cue, content = ((Span(text.index(told), text.index(told) + len(told)),) if told else () for told in found)
    tag = Tag(source=source, cue=cue, content=content, score=1.0, made_by="marks")
    (whole,) = with_whole_sources([tag], text)
    assert words(whole.source, text) == right
    assert (whole.cue, whole.content) == (tag.cue, tag.content)
