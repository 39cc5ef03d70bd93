"""ClaimReview in pages, feeds and answers of a search: the verdict is the fact-checker's statement about the claim."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Fate, Part, Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.pipeline import tell
from onrecord.reading.fact_checks.microdata import claim_review_nodes
from onrecord.reading.intake import Intake, read
from onrecord.tagging.fact_checks import act_of_rating, review_tags

CLAIM = "The ferry “Halcyon” sank off Tarn & Sey on Monday."
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": "https://plumbline.example/halcyon",
    "datePublished": "2031-06-04",
    "author": {"@type": "Organization", "name": "Plumbline"},
    "claimReviewed": CLAIM,
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Odile Frans"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}
PROSE = (
    "<p>A picture that went round the harbour towns all Tuesday shows another ship, in another year and on another "
    "coast. The Halcyon lay at her pier.</p>"
)
MICRO = """<div itemscope itemtype="http://schema.org/ClaimReview"><meta itemprop="datePublished" content="2031-06-04">
<p>Claim: <span itemprop="claimReviewed">The ferry “Halcyon” sank off Tarn &amp; Sey on Monday.</span></p>
<div itemprop="itemReviewed" itemscope itemtype="http://schema.org/Claim">
<span itemprop="author" itemscope><meta itemprop="name" content="Odile Frans"></span></div>
<div itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating"><b itemprop="alternateName">False</b></div>
<span itemprop="author" itemscope><a href="/us" itemprop="url name">Plumbline</a></span></div>"""


def page(head: str = "", body: str = "") -> bytes:
    """A fact-checker's page."""
    heading = "<h1>No, the Halcyon did not sink</h1>"
    return f"<html lang=en><head><title>x</title>{head}</head><body>{heading}{PROSE}{body}</body></html>".encode()


def script(*told: Any) -> str:
    """JSON-LD as pages carry it."""
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in told)


def read_bytes(folder: Path, name: str, raw: bytes) -> Intake:
    """What is read of a file."""
    (folder / name).write_bytes(raw)
    return read([folder / name])


def held(report: Report) -> dict[Part, str]:
    """The words of a report's structured data, by part."""
    parts = (Part.CLAIMANT, Part.CLAIM_REVIEWED, Part.RATING, Part.REVIEWER)
    return {one.part: one.span.of(report.text) for one in report.passages if one.part in parts}


def said(story: Story) -> set[tuple[str, Act, str]]:
    """Who does what with which words."""
    return {
        (story.party[one.speaker or ""].name, one.act, words(one.content, story.report[one.report].text))
        for one in story.attributions
        if one.made_by.startswith("claim reviews")
    }


BOTH = {("Odile Frans", Act.ASSERTS, CLAIM), ("Plumbline", Act.DENIES, CLAIM)}


@pytest.mark.parametrize("raw", [page(head=script(REVIEW)), page(body=MICRO), page(head=script({"@graph": [REVIEW]}))])
def test_a_page_gives_the_verdict_and_the_claim_to_those_who_made_them(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.html").write_bytes(raw)
    story = tell([tmp_path / "a.html"])
    assert said(story) == BOTH
    (report,) = story.reports
    assert (report.outlet, report.published and report.published.isoformat()) == ("Plumbline", "2031-06-04")
    (claim,) = [one for one in story.claims if one.text == CLAIM]
    assert story.standing[claim.id].status.value == "disputed"


@pytest.mark.parametrize("house", ["Full Fact", "Snopes", "Reuters", "BBC News", "AFP Fact Check"])
def test_a_house_is_nobodys_name_and_passes_on_nobodys_claim(tmp_path: Path, house: str) -> None:
    (tmp_path / "a.json").write_text(json.dumps({**REVIEW, "author": {"name": house}}))
    story = tell([tmp_path / "a.json"])
    by_act = {one.act: story.party[one.speaker or ""] for one in story.attributions}
    assert set(by_act) == {Act.ASSERTS, Act.DENIES}
    assert by_act[Act.DENIES].kind is PartyKind.ORGANIZATION and by_act[Act.DENIES].named
    assert story.standing[story.claims[0].id].status.value == "disputed"


def test_its_words_lead_to_the_bytes_of_the_page(tmp_path: Path) -> None:
    raw = page(body=MICRO)
    (report,) = read_bytes(tmp_path, "a.html", raw).reports
    spans = {one.span: raw[one.start_byte or 0 : one.end_byte or 0].decode() for one in report.loci}
    found = [spans[one.span] for one in report.passages if one.part is Part.CLAIM_REVIEWED]
    assert found == [CLAIM.replace("&", "&amp;")]


def test_a_page_that_is_nothing_but_its_data_is_read(tmp_path: Path) -> None:
    (report,) = read_bytes(tmp_path, "a.html", script(REVIEW).encode()).reports
    assert held(report) == {
        Part.CLAIMANT: "Odile Frans", Part.CLAIM_REVIEWED: CLAIM, Part.RATING: "False", Part.REVIEWER: "Plumbline",
    }  # fmt: skip


def test_a_feed_is_a_report_a_review_and_what_names_no_claim_is_told(tmp_path: Path) -> None:
    second = {
        **REVIEW,
        "claimReviewed": "Nine people were hurt.",
        "reviewRating": {"ratingValue": "5", "bestRating": 5},
    }
    second["url"] = "https://plumbline.example/nine"
    lacking = {"@type": "ClaimReview", "reviewRating": {"alternateName": "True"}}
    items = [{"@type": "DataFeedItem", "item": [REVIEW, lacking]}, {"item": {**second, "reviewBody": PROSE}}]
    feed = {"@type": "DataFeed", "dataFeedElement": [*items, {"item": {**REVIEW, "reviewRating": {}}}]}
    raw = json.dumps(feed).encode()
    intake = read_bytes(tmp_path, "feed.json", raw)
    assert [held(one)[Part.RATING] for one in intake.reports] == ["False", "5/5"]
    assert [[tag.act for tag in review_tags(one)] for one in intake.reports] == [
        [Act.ASSERTS, Act.DENIES], [Act.ASSERTS, Act.CONFIRMS],
    ]  # fmt: skip
    (place,) = intake.reports[1].loci
    assert raw[place.start_byte : place.end_byte] == b"Nine people were hurt."
    assert "another ship" in intake.reports[1].text
    refused = [one.reason or "" for one in intake.outcomes if one.fate is Fate.REFUSED]
    assert len(refused) == 2 and "without the claim" in refused[0] and "without a rating" in refused[1]


def test_the_answer_of_a_fact_check_search_is_read(tmp_path: Path) -> None:
    told = {
        "claims": [{
            "text": CLAIM, "claimant": "Odile Frans",
            "claimReview": [{
                "publisher": {"name": "Plumbline"}, "url": "https://plumbline.example/h", "languageCode": "en",
                "reviewDate": "2031-06-04T10:00:00Z", "title": "No, it did not sink", "textualRating": "False",
            }],
        }],
    }  # fmt: skip
    (tmp_path / "found.json").write_text(json.dumps(told), encoding="utf-8")
    story = tell([tmp_path / "found.json"])
    assert said(story) == BOTH and story.reports[0].headline == "No, it did not sink"


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b'{"@type": "ClaimReview", "claimReviewed": ', "no valid JSON"),
        (b'{"@type": "ClaimReview", "claimReviewed": {"a": 1}}', "no ClaimReview with a claim and a rating"),
        (b'[{"@type": "ClaimReview"}]', "no ClaimReview with a claim and a rating"),
        (b'{"claims": [{"text": 7, "claimReview": [[], 3]}]}', "no ClaimReview with a claim and a rating"),
    ],
)
def test_what_is_no_fact_check_is_refused_by_name(tmp_path: Path, raw: bytes, told: str) -> None:
    (outcome, *_) = read_bytes(tmp_path, "bad.json", raw).outcomes
    assert outcome.fate is Fate.REFUSED and "bad.json" in outcome.input and told in (outcome.reason or "")


def test_of_a_flood_of_properties_only_the_first_are_held() -> None:
    item = '<div itemscope itemtype="http://schema.org/ClaimReview">'
    (node,) = claim_review_nodes(page(body=item + "<i itemprop='claimReviewed about'>x</i>" * 5_000).decode())
    assert len(node["about"]) == len(node["claimReviewed"]) == 20


@pytest.mark.parametrize(
    ("rating", "act"),
    [
        ("FALSE", Act.DENIES), ("Mostly false", Act.DENIES), ("Pants on Fire!", Act.DENIES), ("Fake photo", Act.DENIES),
        ("False: there is no evidence for it", Act.DENIES), ("1/5", Act.DENIES), ("Falsch", Act.DENIES),
        ("True", Act.CONFIRMS), ("Mostly true", Act.CONFIRMS), ("Correct", Act.CONFIRMS), ("5/5", Act.CONFIRMS),
        ("Half true", Act.NOT_CONFIRMED), ("Partly false", Act.NOT_CONFIRMED), ("Misleading", Act.NOT_CONFIRMED),
        ("Unproven", Act.NOT_CONFIRMED), ("Missing context", Act.NOT_CONFIRMED), ("3/5", Act.NOT_CONFIRMED),
        ("True but out of context", Act.NOT_CONFIRMED), ("Not true", Act.DENIES), ("0/0", Act.DENIES),
        ("Ask the harbour master", Act.NOT_CONFIRMED), ("Accurate", Act.CONFIRMS), ("Inaccurate", Act.DENIES),
    ],
)  # fmt: skip
def test_a_rating_denies_confirms_or_leaves_open(rating: str, act: Act) -> None:
    assert act_of_rating(rating) is act
