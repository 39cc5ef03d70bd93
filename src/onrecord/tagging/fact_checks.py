"""A fact check's structured data to statements: the verdict of who reviews a claim, and the claim of who made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from onrecord.datamodel.attribution import Act, Tag
from onrecord.datamodel.report import REVIEWED, Part, Passage, Report

_NAME = "claim reviews 1"
_FALSE = (
    r"(?:false|falso|falsch|faux|fake|incorrect|inaccurate|untrue|not true|wrong|a? ?hoax|bogus|fabricated|made[ -]up|"
    r"pants on fire|debunked|doctored|altered|manipulated|baseless|fiction|four pinocchios|scam|no truth)\b"
)
_TRUE = r"(?:true|correct|accurate|verified|confirmed|legit(?:imate)?|geppetto)\b"
_WHOLLY = r"^\W*(?:(?:mostly|largely|completely|totally|entirely|simply|it is|it['’]s|this is|that is) )*"
_OPENS_FALSE = re.compile(f"{_WHOLLY}{_FALSE}", re.IGNORECASE)
_OPENS_TRUE = re.compile(f"{_WHOLLY}{_TRUE}", re.IGNORECASE)
# What is neither: in part, out of context, without proof.
_OPEN = re.compile(
    r"\b(?:half|part(?:ly|ially|s)?|mixture|mixed|mix|some|un(?:proven|verified|confirmed|supported|clear|determined|"
    r"substantiated|founded)|insufficient|evidence|not|lacks?|missing|misleading|disputed|contested|outdated|"
    r"exaggerat\w*|satire|opinion|context|complicated|cannot|can['’]t|but)\b",
    re.IGNORECASE,
)
_HAS_FALSE, _HAS_TRUE = (re.compile(rf"\b{words}", re.IGNORECASE) for words in (_FALSE, _TRUE))
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)")
_LOW, _HIGH = 0.4, 0.8


def act_of_rating(rating: str) -> Act:
    """What a rating does with the claim: what says neither that it is so nor that it is not leaves it open."""
    if number := _NUMBER.fullmatch(rating):
        share = float(number[1]) / (float(number[2]) or 1.0)
        return Act.DENIES if share <= _LOW else Act.CONFIRMS if share >= _HIGH else Act.NOT_CONFIRMED
    if _OPENS_FALSE.match(rating):
        return Act.DENIES
    if _OPEN.search(rating):
        return Act.NOT_CONFIRMED
    if _OPENS_TRUE.match(rating):
        return Act.CONFIRMS
    if _HAS_FALSE.search(rating):
        return Act.DENIES
    return Act.CONFIRMS if _HAS_TRUE.search(rating) else Act.NOT_CONFIRMED


def review_tags(report: Report) -> tuple[Tag, ...]:
    """The statements that a report's passages of structured data make, in order."""
    return tuple(tag for row in _rows(report.passages) for tag in _statements(row, report.text))


def _rows(passages: Sequence[Passage]) -> Iterator[dict[Part, Passage]]:
    """The passages of each review; the next one begins where a part stands that the last one has, or had to have."""
    row: dict[Part, Passage] = {}
    for one in passages:
        if one.part not in REVIEWED:
            continue
        if one.part in row or (one.part is Part.CLAIMANT and row):
            yield row
            row = {}
        row[one.part] = one
    if row:
        yield row


def _statements(row: dict[Part, Passage], text: str) -> Iterator[Tag]:
    claim, rating = row.get(Part.CLAIM_REVIEWED), row.get(Part.RATING)
    if claim is None:
        return
    content = (claim.span,)
    if claimant := row.get(Part.CLAIMANT):
        yield Tag(source=(claimant.span,), cue=(), content=content, score=1.0, made_by=_NAME, act=Act.ASSERTS)
    if rating is not None:
        reviewer = row.get(Part.REVIEWER)
        act = act_of_rating(rating.span.of(text))
        source = (reviewer.span,) if reviewer else ()
        yield Tag(source=source, cue=(rating.span,), content=content, score=1.0, made_by=_NAME, act=act)
