"""A story in other programs' formats, read back to what it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

import onrecord
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError, UsageError
from onrecord.rendering.exchange import csv_table, json_lines, prov_json, web_annotation
from onrecord.rendering.exchange.naming import urn
from onrecord.rendering.exchange.tables import TABLES, table_of

RECORDS = [
    {
        "id": "quay",
        "text": "“=SUM(A1) will not sail”, harbour master Ola Brandt said, “and 𝒏o ferry will”.\n\n"
        "The Courier reported, citing a union official, that the ferry will sail on Monday.",
        "outlet": "Quay Post",
        "published": "2031-03-07",
        "url": "https://quay.example/ferry",
    },
    {
        "id": "sound",
        "text": "A union official denied that the ferry will sail on Monday.",
        "outlet": "Sound, Radio\n“9”",
    },
]


@pytest.fixture(scope="module")
def story() -> onrecord.Story:
    """Two reports with what spreadsheets, quotes and code points stumble over."""
    return onrecord.tell(RECORDS, name="the ferry / Monday", tagger="rules")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_comes_back_from_csv(story: onrecord.Story, table: str) -> None:
    records = [
        {name: "" if value is None else str(value) for name, value in one.items()}
        for one in table_of(story, table).records()
    ]
    assert list(csv_table.rows(csv_table.render(story, table))) == records


def test_no_cell_is_a_formula(story: onrecord.Story) -> None:
    cells = [cell for line in csv_table.render(story, "attributions").split("\r\n") for cell in line.split(",")]
    assert not [cell for cell in cells if cell.strip('"').startswith(("=", "+", "@"))]


def test_an_unknown_table_is_told(story: onrecord.Story) -> None:
    with pytest.raises(UsageError, match="one of reports, parties"):
        csv_table.render(story, "verdicts")


def test_all_tables_come_back_from_json_lines(story: onrecord.Story) -> None:
    wanted = [(table, record) for table in TABLES for record in table_of(story, table).records()]
    assert list(json_lines.rows(json_lines.render(story))) == wanted


def test_annotations_come_back_as_the_same_places(story: onrecord.Story) -> None:
    texts = {urn(story, "report", one.id): one.text for one in story.reports}
    found = {(one.annotation, one.role, one.span) for one in web_annotation.places(web_annotation.render(story), texts)}
    wanted = {
        (urn(story, "attribution", one.id), role, span)
        for one in story.attributions
        for role in ("source", "cue", "content")
        for span in getattr(one, role)
    }
    assert found == wanted != set()


def test_annotations_of_another_text_are_refused(story: onrecord.Story) -> None:
    page = web_annotation.render(story)
    texts = {urn(story, "report", one.id): " " + one.text for one in story.reports}
    with pytest.raises(ReadError, match="other words than"):
        list(web_annotation.places(page, texts))
    with pytest.raises(ReadError, match="no such report"):
        list(web_annotation.places(page, {}))
    with pytest.raises(ReadError, match="no page of annotations"):
        list(web_annotation.places('{"items": [{}]}', texts))


def test_annotations_hold_what_the_vocabulary_asks_for(story: onrecord.Story) -> None:
    page = json.loads(web_annotation.render(story))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    assert len({one["id"] for one in page["items"]}) == len(page["items"]) == len(story.attributions)
    for one in page["items"]:
        assert one["type"] == "Annotation" and one["target"]["items"]


def test_every_end_of_a_provenance_relation_is_described(story: onrecord.Story) -> None:
    document: dict[str, Any] = json.loads(prov_json.render(story))
    known = {name for kind in ("entity", "agent", "activity") for name in document[kind]}
    ends = {
        value
        for kind, held in document.items()
        if kind not in ("prefix", "entity", "agent", "activity")
        for relation in held.values()
        for key, value in relation.items()
        if key.startswith("prov:") and isinstance(value, str)
    }
    assert ends <= known
    quoted = [
        one for one in document["wasDerivedFrom"].values() if one.get("prov:type", {}).get("$") == "prov:Quotation"
    ]
    assert len(quoted) == len(story.attributions)


def test_prov_reads_the_document_back(story: onrecord.Story) -> None:
    prov = pytest.importorskip("prov.model", reason="prov is not installed (pip install prov)")
    page = prov_json.render(story)
    document = prov.ProvDocument.deserialize(content=page, format="json")
    again = prov.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert document == again
    claims = [one for one in document.get_records() if "claim-" in str(one.identifier)]
    assert len(claims) == len(story.claims)


def test_the_library_renders_every_format(story: onrecord.Story) -> None:
    assert onrecord.render(story, "csv", table="claims").startswith("id,claim,standing")
    assert onrecord.render(story, "jsonl") == json_lines.render(story)
    assert onrecord.render(story, "annotations") == web_annotation.render(story)
    assert onrecord.render(story, "prov") == prov_json.render(story)
    assert onrecord.render(story, "ftm").count('"schema": "Article"') == len(RECORDS)
    assert json.loads(onrecord.render(story, "ninjs"))["uri"] == urn(story, "brief", "")[:-1]
    first = story.attributions[0]
    assert isinstance(first.content[0], Span)
