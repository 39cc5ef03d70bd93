"""Files of fact checks: ClaimReview nodes, a feed of them, the answer of a fact-check search; one item a review."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.datamodel.report import Locus
from onrecord.datamodel.span import Span
from onrecord.errors import ReadError
from onrecord.reading.decoding import load_json
from onrecord.reading.draft import Draft, Source
from onrecord.reading.fact_checks.reviews import KIND, Review, lay_behind, review_of, searched_review
from onrecord.reading.limits.record_limits import limit, raised
from onrecord.reading.markup.fragment import lay_out, looks_like_markup
from onrecord.reading.reader import Gives

_HOLDERS = ("@graph", "dataFeedElement", "item", "itemListElement", "claims", "reviews", "items", "review", "hasPart")
_BODY = ("articleBody", "reviewBody", "text", "description")
_MOST_DEPTH = 8
# Reviews stand in a file one behind the other: how far the next one's words are looked for.
_WINDOW = 400_000
Found = tuple[Review | None, str]


class ClaimReviewReader:
    """One item a review: the claim, its rating, who gives it and who made the claim."""

    gives = Gives(name="claimreview", endings=("json", "jsonld"), date=True, author=True, max_mb=100)

    def sniff(self, head: bytes, name: str) -> bool:
        """JSON that names the type, or an answer of a search with reviews under claims."""
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        return start[:1] in (b"{", b"[") and (b'"ClaimReview"' in start or b'"claimReview"' in start)

    def read(self, source: Source) -> tuple[Draft, ...]:
        """One item a review; raises ReadError for broken JSON or where no review names its claim and a rating."""
        try:
            told = load_json(source.raw)
        except (ValueError, RecursionError) as error:
            raise ReadError(f"{source.name}: ClaimReview data that is no valid JSON; fetch it again") from error
        drafts = tuple(_drafts(told, source))
        if not drafts:
            raise ReadError(
                f"{source.name}: no ClaimReview with a claim and a rating; "
                'ask its publisher for "claimReviewed" and "reviewRating"'
            )
        return drafts


def _drafts(told: Any, source: Source) -> Iterator[Draft]:
    most, number, at = limit("records"), 0, 0
    for review, body in _found(told):
        number += 1
        if number > most:
            continue
        key = str(number)
        if review is None or not review.rating:
            lacks = "the claim that it reviews" if review is None else "a rating"
            source.leave_out(key, f"a ClaimReview without {lacks}; ask its publisher")
            continue
        if len(body) > limit("record_chars"):
            source.leave_out(key, f"a text of {len(body):,} characters; {raised('record_chars', len(body))}")
            continue
        draft, at = _draft(review, body, key, (source, at))
        yield draft
    if number > most:
        beyond, todo = number - most, raised("records", number)
        key = f"{most + 1}-{number}"
        source.leave_out(key, f"{beyond:,} reviews beyond the first {most:,} were not read; {todo}", beyond)


def _draft(review: Review, body: str, key: str, behind: tuple[Source, int]) -> tuple[Draft, int]:
    """A review's item, and the byte from which the next one's words are looked for."""
    source, at = behind
    title = next((one.value for one in review.found if one.field == "headline"), "")
    text, passages = lay_out("" if title == review.claim else title, body, looks_like_markup(body))
    text, passages = lay_behind(text, passages, [review])
    start, end = _place(source.raw, review.claim, at)
    whole = [str(one.value) for one in review.found]
    return (
        Draft(
            text=text,
            sha256=hashlib.sha256(json.dumps([text, whole]).encode()).hexdigest(),
            reader="claimreview",
            key=key,
            passages=passages,
            evidence=review.found,
            loci=(Locus(span=Span(0, len(text)), start_byte=start, end_byte=end),),
        ),
        at if (start, end) == (0, len(source.raw)) else end,
    )


def _place(raw: bytes, claim: str, at: int) -> tuple[int, int]:
    """The bytes of a claim's words; the whole file where they are written in another way."""
    for plain in (False, True):
        written = json.dumps(claim, ensure_ascii=plain)[1:-1].encode()
        found = raw.find(written, at, at + _WINDOW)
        if found >= 0:
            return found, found + len(written)
    return 0, len(raw)


def _found(told: Any, depth: int = 0) -> Iterator[Found]:
    """Reviews in a node, a list, a graph, a feed or an answer, in order, each with its text if it has one."""
    if isinstance(told, list):
        for one in told:
            yield from _found(one, depth + 1)
        return
    if not isinstance(told, Mapping) or depth > _MOST_DEPTH:
        return
    if KIND in _kinds(told):
        yield review_of(told, "item"), _body(told)
        return
    reviews = told.get("claimReview")
    for one in reviews if isinstance(reviews, list) else []:
        if isinstance(one, Mapping):
            yield searched_review(told, one), ""
    for name in _HOLDERS:
        if isinstance(told.get(name), list | Mapping):
            yield from _found(told[name], depth + 1)


def _kinds(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [
        one.rpartition("/")[2].rpartition(":")[2]
        for one in (kinds if isinstance(kinds, list) else [kinds])
        if isinstance(one, str)
    ]


def _body(node: Mapping[str, Any]) -> str:
    return next((str(node[name]) for name in _BODY if isinstance(node.get(name), str)), "")
