"""The story file and the attribution lines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tests.bridge_story import build_hostile_story, build_story

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.document import Document, DocumentFact, DocumentMention, FactKind, Fragment, Witness
from onrecord.datamodel.span import Span
from onrecord.datamodel.standing import Status
from onrecord.rendering import lines, storyfile
from onrecord.rendering.views.documents import document_views
from onrecord.rendering.views.documents import lines as document_lines


def loaded() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(storyfile.render(build_story()))
    return found


def test_the_keys_of_the_format_are_there() -> None:
    story = loaded()
    assert {
        "story",
        "as_of",
        "reports",
        "speakers",
        "attributions",
        "claims",
        "conflicts",
        "quotes",
        "timeline",
    } <= set(story)
    assert {"id", "file", "outlet", "published", "headline", "sha256"} <= set(story["reports"][0])
    assert {"id", "name", "kind", "named"} <= set(story["speakers"][0])
    keys = {"id", "source", "cue", "content", "mode", "report", "act", "speaker", "relay", "named", "terms", "said_at"}
    assert keys <= set(story["attributions"][0])
    assert {"id", "text", "members", "origins", "standing"} <= set(story["claims"][0])
    assert set(story["conflicts"][0]) >= {"claim", "left", "right", "kind"}
    assert {"at", "precision", "text", "attributions"} <= set(story["timeline"][0])


def test_values_are_those_of_the_format() -> None:
    story = loaded()
    by_id = {claim["id"]: claim for claim in story["claims"]}
    assert by_id["memo-genuine"]["origins"] == [2, 3]
    assert {claim["standing"] for claim in story["claims"]} <= {status.value for status in Status}
    assert story["reports"][1]["published"] == "2031-03-07T18:20:00Z"
    assert story["timeline"][-1]["at"] is None


def test_spans_slice_to_the_words_beside_them() -> None:
    texts = {report.id: report.text for report in build_story().reports}
    for one in loaded()["attributions"]:
        for part in ("source", "cue", "content"):
            sliced = [texts[one["report"]][start:end] for start, end in one[part]]
            assert sliced == one[f"{part}_text"]


def test_hostile_text_survives_as_data() -> None:
    assert json.loads(storyfile.render(build_hostile_story()))["story"] == build_hostile_story().name


def test_attribution_lines_are_one_line_a_report() -> None:
    story = build_story()
    line = lines.render(story.reports[0], [one for one in story.attributions if one.report == "01"])
    assert "\n" not in line
    found = json.loads(line)
    assert set(found) == {"id", "text", "attributions"}
    assert set(found["attributions"][0]) == {"id", "source", "cue", "content", "mode"}


def test_attribution_lines_for_people_carry_references() -> None:
    story = build_story()
    told = lines.render_text(story.reports[0], [one for one in story.attributions if one.report == "01"])
    assert "A senior city official | confirmed | that the memo is genuine  [01:227-251]" in told


def test_documents_are_exhibits_with_exact_words() -> None:
    story = build_story()
    text = next(report.text for report in story.reports if report.id == "02")
    start = text.index("the memo was authentic")
    fact = DocumentFact(
        kind=FactKind.AUTHENTICITY, report="02", span=Span(start, start + 22), stance=Act.CONFIRMS, speaker=None
    )
    place = DocumentMention(report="02", span=Span(start, start + 8))
    witness = Witness(report="02", span=Span(start, start + 8))
    document = Document(
        id="memo", name="memo", mentions=(place,), facts=(fact,), text=(Fragment(witnesses=(witness,)),), doubtful=True
    )
    (told,) = json.loads(storyfile.render(replace(story, documents=(document,))))["exhibits"]
    assert told["facts"][0]["text"] == "the memo was authentic" and told["facts"][0]["stance"] == "confirms"
    assert told["text"][0]["witnesses"][0]["text"] == told["mentions"][0]["text"] == "the memo"
    (shown,) = document_views(replace(story, documents=(document,)))
    assert shown.standing == "one origin, doubtful until it is owned"
    assert [line.label for line in document_lines(shown)] == ["says it is genuine", "its text", "how it came"]
