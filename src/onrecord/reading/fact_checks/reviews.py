"""A fact check's structured data to a review, and reviews to passages behind a report's text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from onrecord.datamodel.report import REVIEWED, Evidence, Part, Passage
from onrecord.datamodel.span import Span
from onrecord.reading.dates import read_date

KIND = "ClaimReview"
_MOST_CHARS = 3_000
_MOST_NAMES = 20
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a fact-checker says of a claim, in the words of the data; `rating` is empty where none is given.

    `found` holds what the data tells of the review's own page: headline, outlet, date, address, language; `found_in`
    names the form of the data.
    """

    claim: str
    rating: str = ""
    reviewer: str = ""
    claimant: str = ""
    found: tuple[Evidence, ...] = ()
    found_in: str = "item"

    @property
    def words(self) -> tuple[tuple[Part, str], ...]:
        """Its parts in the order in which they stand in a report's text."""
        told = (
            (Part.CLAIMANT, self.claimant),
            (Part.CLAIM_REVIEWED, self.claim),
            (Part.RATING, self.rating),
            (Part.REVIEWER, self.reviewer),
        )
        return tuple((part, said) for part, said in told if said)


def review_of(node: Json, found_in: str = "JSON-LD") -> Review | None:
    """The review of a ClaimReview node; None where it names no claim."""
    claim = _text(node.get("claimReviewed"))
    if not claim:
        return None
    item, rating = _one(node.get("itemReviewed")), _one(node.get("reviewRating"))
    reviewer = _names(node.get("author")) or _names(node.get("publisher"))
    values = {
        "headline": _text(node.get("name")) or _text(node.get("headline")),
        "outlet": _names(node.get("publisher")) or _names(node.get("author")),
        "url": _address(node.get("url")),
        "published": _text(node.get("datePublished")),
        "language": _text(node.get("inLanguage")),
    }
    return Review(
        claim=claim,
        rating=_rating(rating),
        reviewer=reviewer,
        claimant=_names(item.get("author")),
        found=tuple(_evidence(values, found_in)),
        found_in=found_in,
    )


def searched_review(claim: Json, told: Json) -> Review | None:
    """The review of an answer of a fact-check search, which puts reviews under the claim; None without its words."""
    words = _text(claim.get("text"))
    if not words:
        return None
    publisher = _one(told.get("publisher"))
    outlet = _text(publisher.get("name")) or _text(publisher.get("site"))
    values = {
        "headline": _text(told.get("title")),
        "outlet": outlet,
        "url": _address(told.get("url")),
        "published": _text(told.get("reviewDate")),
        "language": _text(told.get("languageCode")),
    }
    return Review(
        claim=words,
        rating=_text(told.get("textualRating")),
        reviewer=outlet,
        claimant=_text(claim.get("claimant")),
        found=tuple(_evidence(values, "item")),
    )


def lay_behind(text: str, passages: Sequence[Passage], reviews: Sequence[Review]) -> tuple[str, tuple[Passage, ...]]:
    """A text with the words of reviews behind it, a paragraph each, marked as what they are."""
    parts, marked, at = [text] if text.strip() else [], list(passages), len(text) if text.strip() else 0
    for part, said in (each for one in reviews for each in one.words):
        start = at + 2 if parts else 0
        parts.append(said)
        at = start + len(said)
        marked.append(Passage(span=Span(start, at), part=part))
    return "\n\n".join(parts), tuple(marked)


def places(source: str, text: str, passages: Sequence[Passage]) -> Iterator[tuple[Span, Span]]:
    """Where the words that `lay_behind` added stand in the source of a page, in its order: in the text, in the source.

    What is written there in another way has no place.
    """
    first, found = max(0, source.find(KIND)), []
    for one in passages:
        if one.part in REVIEWED:
            said = one.span.of(text)
            ways = dict.fromkeys(
                (json.dumps(said, ensure_ascii=False)[1:-1], json.dumps(said)[1:-1], escape(said), said)
            )
            at = next(((way, at) for way in ways if (at := source.find(way, first)) >= 0), None)
            if at:
                found.append((Span(at[1], at[1] + len(at[0])), one.span))
    yield from ((span, place) for place, span in sorted(found))


def _evidence(values: Mapping[str, str], found_in: str) -> Iterator[Evidence]:
    for field, value in values.items():
        if field == "published":
            at = read_date(value) if value else None
            value = at.isoformat() if at else ""
        if value:
            yield Evidence(field=field, value=value, found_in=found_in)


def _rating(told: Json) -> str:
    """The rating in words; else its number, with the best one that there is."""
    words = _text(told.get("alternateName")) or _text(told.get("name")) or _text(told.get("ratingExplanation"))
    if words:
        return words
    value, best = _text(told.get("ratingValue")), _text(told.get("bestRating"))
    return f"{value}/{best}" if value and best else value


def _one(value: Any) -> Json:
    """The first object of a value that may be one or a list of them."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, Mapping):
            return one
    return {}


def _names(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for one in value[:_MOST_NAMES] if (name := _names(one))))
    return _text(value.get("name")) if isinstance(value, Mapping) else _text(value)


def _address(value: Any) -> str:
    told = _text(value.get("@id")) if isinstance(value, Mapping) else _text(value)
    return told if told.startswith(("http://", "https://")) else ""


def _text(value: Any) -> str:
    """A value's words; nothing where it is no text, or too long to be what it should be."""
    if isinstance(value, list):
        value = next((one for one in value if isinstance(one, str)), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:g}"
    if not isinstance(value, str) or len(value) > _MOST_CHARS:
        return ""
    return " ".join(unescape(value).split())
