"""What a checked draft is written as: places, SARIF by its published schema, a page that carries out nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema_rs
import pytest

from onrecord.checking.drafts import draft_of_bytes, read_draft
from onrecord.checking.findings import CheckedDraft
from onrecord.checking.record import side_of_clauses
from onrecord.errors import ReadError
from onrecord.rendering.checking import marked, report_json, sarif, text

Checked = Callable[..., CheckedDraft]
SCHEMA = Path(__file__).parent / "sarif-2.1.0-rtm.5.json"
DRAFT = """Crane row

“We have had one letter,” said Ines Falk.

A source said that <script>alert(1)</script> the firm “lied to us all”.
"""


@pytest.fixture(scope="module")
def found(checked: Checked) -> CheckedDraft:
    return checked(DRAFT, "ap", "bbc")


def test_text_is_told_as_a_linter_does(found: CheckedDraft) -> None:
    lines = text.render(found).splitlines()
    assert lines[0].startswith("draft.txt:3:2: error: on the desk otherwise: “not” is left out [quote-negation]")
    assert lines[1] == "    draft: “We have had one letter”"
    assert lines[-1].startswith("draft.txt: ") and "story crane" in lines[-1]


def test_sarif_is_valid_by_the_published_schema(found: CheckedDraft) -> None:
    log = json.loads(sarif.render(found, "0.1.0"))
    # As published it has a bracket too many for ECMA-262, in the pattern of a language.
    schema = json.loads(SCHEMA.read_text("utf-8").replace("{2}]?$", "{2}?$"))
    jsonschema_rs.validator_for(schema).validate(log)
    run = log["runs"][0]
    assert len(run["results"]) == len(found.findings)
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        region = result["locations"][0]["physicalLocation"].get("region")
        if region:
            start = region["charOffset"]
            assert found.draft.text[start : start + region["charLength"]] == region["snippet"]["text"]
            line = found.draft.text.split("\n")[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 :].startswith(region["snippet"]["text"].split("\n")[0])


def test_json_has_every_place(found: CheckedDraft) -> None:
    told = json.loads(report_json.render(found))
    assert told["draft"]["sha256"] == found.draft.sha256
    for one in told["findings"]:
        if one["place"]:
            assert found.draft.text[one["place"]["start"] : one["place"]["end"]] == one["words"]


def test_the_page_shows_every_word_and_carries_out_none(found: CheckedDraft) -> None:
    page = marked.render(found)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert 'id="finding-1"' in page and 'id="at-1"' in page
    shown = "".join(piece.text for paragraph in marked.paragraphs(found) for piece in paragraph)
    assert shown == "".join(found.draft.text.split("\n"))


@pytest.mark.parametrize(
    ("raw", "why"),
    [(b"", "no words in it"), (b"\x00\x01\x02\xff" * 50, "draft.txt"), (b"  \n ", "no words in it")],
)
def test_what_is_no_draft_is_refused_in_one_line(raw: bytes, why: str) -> None:
    with pytest.raises(ReadError) as caught:
        draft_of_bytes(raw, "draft.txt")
    assert why in str(caught.value) and "\n" not in str(caught.value)


def test_a_draft_in_word_and_html_is_read(tmp_path: Path) -> None:
    page = tmp_path / "draft.html"
    page.write_text(
        "<html><body><article><p>“We have had one letter,” said Ines Falk, the mayor.</p></article></body></html>"
    )
    assert "one letter" in read_draft(page).text
    with pytest.raises(ReadError, match="nowhere"):
        read_draft(tmp_path / "nowhere.docx")


@pytest.mark.parametrize(
    ("left", "right", "side"),
    [
        ("a price had been agreed", "talks went on but no price had been agreed", -1),
        ("the sample was negative", "the sample was not negative", -1),
        ("no price had been agreed", "no price has been agreed and nothing was signed", 1),
        ("the town is calm", "the crane is rusted", 0),
    ],
)
def test_the_side_of_clauses(left: str, right: str, side: int) -> None:
    assert side_of_clauses(left, right) == side
