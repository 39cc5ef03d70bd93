"""A story as files for other programs, each read back by a program that is not ours."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.rendering.test_exchange import RECORDS
from tests.running import run_apart

import onrecord
from onrecord.datamodel.story import ClaimWork
from onrecord.errors import UsageError
from onrecord.rendering.exchange import claim_review, datasette, parquet, workbook
from onrecord.rendering.exchange.casework import stix, timesketch
from onrecord.rendering.exchange.formats import FORMATS, render
from onrecord.rendering.exchange.tables import TABLES, table_of


@pytest.fixture(scope="module")
def story() -> onrecord.Story:
    """Two reports with what formats stumble over, and a claim that Ann accepted."""
    told = onrecord.tell(RECORDS, name="the ferry: Monday", tagger="rules")
    disputed = next(one.claim for one in told.standings if one.status.value != "unconfirmed")
    note = "</script><b>"
    claims = [replace(one, text=f"{one.text} {note}") if one.id == disputed else one for one in told.claims]
    return replace(told, claims=tuple(claims), work=(ClaimWork(claim=disputed, accepted="person:Ann", owner="Bo"),))


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_the_same_story_gives_the_same_bytes(story: onrecord.Story, name: str) -> None:
    if name in ("xlsx", "parquet"):
        pytest.importorskip("xlsxwriter" if name == "xlsx" else "pyarrow", reason=f"the library of {name} is not there")
    assert render(story, name) == render(story, name) != ""


def test_a_workbook_comes_back_from_openpyxl(story: onrecord.Story) -> None:
    pytest.importorskip("xlsxwriter", reason="XlsxWriter is not installed (pip install XlsxWriter)")
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed (pip install openpyxl)")
    book = openpyxl.load_workbook(BytesIO(workbook.render(story)))
    assert tuple(book.sheetnames) == TABLES
    for name in TABLES:
        held = table_of(story, name)
        head, *rows = book[name].iter_rows(values_only=True)
        assert head == held.names
        assert [tuple(row) for row in rows] == [
            tuple(None if cell == "" else cell for cell in one.values()) for one in held.records()
        ]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "b"} and not any(cell.hyperlink for cell in cells)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_comes_back_from_parquet(story: onrecord.Story, table: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed (pip install pyarrow)")
    polars = pytest.importorskip("polars", reason="polars is not installed (pip install polars)")
    read = polars.read_parquet(BytesIO(parquet.render(story, table)))
    assert read.to_dicts() == list(table_of(story, table).records())


def test_datasette_shows_tables_facets_and_search(story: onrecord.Story, tmp_path: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="Datasette is not installed (pip install datasette)")
    place = tmp_path / "ferry.db"
    place.write_bytes(datasette.database([story, replace(story, name="again")]))
    from datasette.utils import parse_metadata

    shown = app.Datasette([str(place)], metadata=parse_metadata(datasette.metadata([story], "ferry")))

    async def get(path: str) -> Any:
        answer = await shown.client.get(path)
        assert answer.status_code == 200, path
        return answer

    async def look() -> None:
        tables = {one["name"]: one for one in (await get("/ferry.json")).json()["tables"]}
        assert {*TABLES, "claim_statements"} <= set(tables)
        assert tables["attributions"]["count"] == 2 * len(story.attributions)
        assert tables["attributions"]["fts_table"] == "attributions_search"
        facets = (await get("/ferry/claims.json?_facet=standing")).json()["facet_results"]
        assert {"standing", "story"} <= set(facets)
        found = (await get("/ferry/attributions.json?_search=ferry&_shape=array")).json()
        assert found and all("ferry" in one["content"] for one in found)
        page = (await get("/ferry/reports")).text
        assert 'href="https://quay.example/ferry"' in page
        page = (await get("/ferry/claim_statements")).text
        assert 'href="/ferry/claims/' in page and "&lt;/script&gt;" in page

    run_apart(look())


def test_the_database_holds_nothing_of_who_works_on_it(story: onrecord.Story) -> None:
    made = sqlite3.connect(":memory:")
    made.deserialize(datasette.render(story))
    assert made.execute("PRAGMA foreign_key_check").fetchall() == []
    assert made.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    told = "\n".join(made.iterdump())
    made.close()
    assert "account" not in told and "Ann" not in told and "'Bo'" not in told


def test_only_what_a_person_accepted_is_a_review(story: onrecord.Story) -> None:
    page = claim_review.render(story)
    assert page.count("</script>") == 1 and page.endswith("</script>\n")
    with pytest.raises(UsageError, match="no claim that a person accepted"):
        claim_review.render(replace(story, work=()))
    extruct = pytest.importorskip("extruct", reason="extruct is not installed (pip install extruct)")
    (found,) = extruct.extract(f"<html><head>{page}</head></html>", syntaxes=["json-ld"])["json-ld"]
    (review,) = found["@graph"]
    assert review["@type"] == "ClaimReview" and review["author"] == {"@type": "Person", "name": "Ann"}
    claim = next(one for one in story.claims if one.id == story.work[0].claim)
    assert review["claimReviewed"] == review["itemReviewed"]["text"] == claim.text
    standing = story.standing[claim.id]
    assert review["reviewRating"]["alternateName"] == standing.status.value and "ratingValue" not in str(review)
    assert review["itemReviewed"]["appearance"][0]["@type"] == "NewsArticle"


def test_stix_reads_the_bundle(story: onrecord.Story) -> None:
    page = stix.render(story)
    objects = {one["id"]: one for one in json.loads(page)["objects"]}
    for one in objects.values():
        assert set(one.get("object_refs", ())) <= set(objects)
    library = pytest.importorskip("stix2", reason="stix2 is not installed (pip install stix2)")
    bundle = library.parse(page, version="2.1")
    notes = [one for one in bundle.objects if one.type == "note"]
    assert len(notes) == len(story.attributions)
    assert sum(one.type == "report" for one in bundle.objects) == len(story.reports)


def test_timesketch_gets_what_it_asks_of_an_event(story: onrecord.Story) -> None:
    events = [json.loads(line) for line in timesketch.render(story).splitlines()]
    assert events and all({"message", "datetime", "timestamp_desc"} <= set(one) for one in events)
    assert [one["datetime"] for one in events] == sorted(one["datetime"] for one in events)
    pandas = pytest.importorskip("pandas", reason="pandas is not installed (pip install pandas)")
    assert not pandas.to_datetime([one["datetime"] for one in events], format="ISO8601").isna().any()


def test_a_library_that_is_not_there_is_named(story: onrecord.Story, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name, made in (("xlsxwriter", workbook.render), ("pyarrow", parquet.render)):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(UsageError, match=r"is not installed · .* · pip install"):
            made(story)
