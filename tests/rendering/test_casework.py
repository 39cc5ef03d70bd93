"""A story as entities for investigators: held to the published schema of FollowTheMoney, field by field."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from tests.rendering.test_exchange import RECORDS

import onrecord
from onrecord.datamodel.party import Party, PartyKind
from onrecord.rendering.exchange.casework import follow_the_money

_THING = {"name", "alias", "summary", "notes", "description", "keywords", "sourceUrl", "publisher", "proof"}
_DOCUMENT = _THING | {"title", "author", "fileName", "publishedAt"}
# What FollowTheMoney 4 knows of the schemata that are used here: their fields, those that must be there, and what an
# entity's field may lead to.
SCHEMATA: dict[str, tuple[set[str], set[str]]] = {
    "Article": (_DOCUMENT, {"fileName"}),
    "Person": (_THING, {"name"}),
    "Organization": (_THING, {"name"}),
    "LegalEntity": (_THING, {"name"}),
    "Representation": ({"agent", "client", "role", "status"}, {"agent", "client"}),
    "Note": (_THING | {"entity"}, set()),
}
_LEGAL = {"Person", "Organization", "LegalEntity"}
RANGES = {"proof": {"Article"}, "agent": _LEGAL, "client": _LEGAL, "entity": _LEGAL | {"Article", "Note"}}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d)?)?)?")


@pytest.fixture(scope="module")
def story() -> onrecord.Story:
    """Two reports, one of them undated, with a source that has no name."""
    return onrecord.tell(RECORDS, name="the ferry: Monday", tagger="rules")


def _entities(story: onrecord.Story) -> dict[str, dict[str, Any]]:
    told = [json.loads(line) for line in follow_the_money.render(story).splitlines()]
    found = {one["id"]: one for one in told}
    assert len(found) == len(told)
    return found


def test_entities_hold_to_the_published_schema(story: onrecord.Story) -> None:
    found = _entities(story)
    for one in found.values():
        assert set(one) == {"id", "schema", "properties"} and re.fullmatch(r"[0-9a-f]{40}", one["id"])
        allowed, needed = SCHEMATA[one["schema"]]
        assert needed <= set(one["properties"]) <= allowed, one
        for name, values in one["properties"].items():
            assert values and all(isinstance(value, str) and value for value in values)
            if name in RANGES:
                assert {found[value]["schema"] for value in values} <= RANGES[name]
        assert all(_DATE.fullmatch(value) for value in one["properties"].get("publishedAt", ()))


def test_statements_lead_to_their_exact_words(story: onrecord.Story) -> None:
    found = _entities(story)
    notes = [one["properties"] for one in found.values() if "proof" in one["properties"]]
    assert len(notes) == len(story.attributions)
    texts = {one.sha256: one for one in story.reports}
    for note in notes:
        spans, file, digest = re.fullmatch(r"characters (.+) of (.+) · sha256 (\w+)", note["notes"][0]).groups()  # type: ignore[union-attr]
        report = texts[digest]
        pieces = [report.text[int(one.split("-")[0]) : int(one.split("-")[1])] for one in spans.split()]
        assert file == report.file and " … ".join(pieces) == note["description"][0]


def test_who_has_no_name_is_no_entity(story: onrecord.Story) -> None:
    names = {one["properties"]["name"][0] for one in _entities(story).values() if one["schema"] in _LEGAL}
    assert names == {one.name for one in story.parties if one.named and one.kind is not PartyKind.GROUP}
    assert not any("official" in name for name in names)


def test_a_spokesman_represents_his_body(story: onrecord.Story) -> None:
    from dataclasses import replace

    body = Party(id="port", name="Quay Port Authority", kind=PartyKind.ORGANIZATION)
    voice = Party(id="voice", name="Ida Holm", kind=PartyKind.PERSON, role="spokeswoman", speaks_for="port")
    found = _entities(replace(story, parties=(*story.parties, body, voice)))
    (edge,) = [one["properties"] for one in found.values() if one["schema"] == "Representation"]
    assert found[edge["agent"][0]]["properties"]["name"] == ["Ida Holm"]
    assert found[edge["client"][0]]["properties"]["name"] == ["Quay Port Authority"] and edge["role"] == ["spokeswoman"]


def test_followthemoney_reads_the_entities(story: onrecord.Story) -> None:
    library = pytest.importorskip(
        "followthemoney", reason="followthemoney is not installed (pip install followthemoney)"
    )
    for one in _entities(story).values():
        proxy = library.model.get_proxy(one)
        proxy.schema.validate(one)
        assert {name: sorted(held) for name, held in one["properties"].items()} == {
            name: sorted(held) for name, held in proxy.to_dict()["properties"].items()
        }
