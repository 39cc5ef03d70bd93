"""Claims that a person accepted as schema.org ClaimReview, under that person's name: never a machine's verdict."""

from __future__ import annotations

import json
from typing import Any

from onrecord.datamodel.attribution import SUPPORT
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.report import Report
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.rendering.exchange.naming import urn

Json = dict[str, Any]


def render(story: Story) -> str:
    """A script element for a page, with one ClaimReview for each claim that somebody accepted.

    Raises UsageError where nobody accepted any: what a machine found is no review.
    """
    found = [_review(story, claim, by) for claim in story.claims if (by := _accepted(story, claim))]
    if not found:
        raise UsageError(
            f"no claim that a person accepted · story {story.name} · accept one: onrecord decide {story.name} accept C1"
        )
    told = json.dumps({"@context": "https://schema.org", "@graph": found}, ensure_ascii=False, indent=1)
    # Nothing that a report says may end the element.
    told = told.replace("<", "\\u003c")
    return f'<script type="application/ld+json">\n{told}\n</script>\n'


def _accepted(story: Story, claim: Claim) -> str | None:
    work = story.work_on.get(claim.id)
    return work.accepted if work else None


def _review(story: Story, claim: Claim, by: str) -> Json:
    standing = story.standing.get(claim.id)
    told: Json = {
        "@type": "ClaimReview",
        "@id": urn(story, "review", claim.id),
        "author": {"@type": "Person", "name": by.removeprefix("person:")},
        "claimReviewed": claim.text,
        "itemReviewed": _claim(story, claim),
    }
    if standing:
        told["reviewRating"] = {
            "@type": "Rating",
            "alternateName": standing.status.value,
            "ratingExplanation": standing.reason,
        }
    return told


def _claim(story: Story, claim: Claim) -> Json:
    held = [(one, story.attribution[one.attribution]) for one in claim.members if not one.loose]
    reports = {said.report: story.report[said.report] for _, said in held}
    dated = sorted(one.published.isoformat() for one in reports.values() if one.published)
    speakers = dict.fromkeys(said.speaker for one, said in held if one.stance in SUPPORT and said.speaker)
    authors = [_author(story, speaker) for speaker in speakers]
    told: Json = {
        "@type": "Claim",
        "@id": urn(story, "claim", claim.id),
        "text": claim.text,
        "author": authors or None,
        "datePublished": dated[0] if dated else None,
        "appearance": [_appearance(story, one) for one in reports.values()],
    }
    return {key: value for key, value in told.items() if value is not None}


def _author(story: Story, ident: str) -> Json:
    party = story.party[ident]
    kinds = {"person": "Person", "organization": "Organization"}
    return {"@type": kinds.get(party.kind.value, "Thing"), "name": party.name}


def _appearance(story: Story, report: Report) -> Json:
    told: Json = {
        "@type": "NewsArticle",
        "@id": urn(story, "report", report.id),
        "headline": report.headline,
        "url": report.url,
        "datePublished": report.published.isoformat() if report.published else None,
        "publisher": {"@type": "Organization", "name": report.outlet} if report.outlet else None,
    }
    return {key: value for key, value in told.items() if value is not None}
