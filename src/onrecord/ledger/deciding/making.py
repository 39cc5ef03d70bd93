"""A person's wish in ids and words to a decision that re-runs can find again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import ClaimAnchor, Decision, StatementAnchor, Verdict
from onrecord.datamodel.span import Span, Spans
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.anchors import Scene, claim_anchor, statement_anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks for; spans as "START:END" or as exact words that stand once in the report, "" for none."""

    verdict: Verdict
    ids: tuple[str, ...]
    value: str | None = None
    why: str = ""
    source: str | None = None
    cue: str | None = None
    content: str | None = None


_NEEDS = {
    Verdict.SAME: (2, "two or more claims or statements"),
    Verdict.DIFFERENT: (2, "two claims, two statements, or a claim and the statements to take out of it"),
    Verdict.NOT_A_CLAIM: (1, "a claim or a statement"),
    Verdict.SPEAKER_IS: (1, "one or more statements, and --value NAME"),
    Verdict.RENAME: (1, "a claim or a party, and --value WORDS"),
    Verdict.CORRECT_SPAN: (1, "a statement, and --content, --source or --cue"),
    Verdict.ACCEPT: (1, "a claim or a statement"),
}


def decision_of(wish: Wish, story: Story, roots: Mapping[str, str], seen: int) -> Decision:
    """The decision that a wish on a told story comes to; raises UsageError where it cannot be one."""
    scene = Scene(story.report, story.attribution, roots)
    claims: list[ClaimAnchor] = []
    statements: list[StatementAnchor] = []
    party = None
    for ident in wish.ids:
        if claim := claim_named(story, ident):
            claims.append(claim_anchor(claim, scene))
        elif one := story.attribution.get(ident):
            statements.append(statement_anchor(one, story.report[one.report], scene.root(one.report)))
        elif ident in story.party:
            party = ident
        else:
            raise UsageError(f"no claim, statement or party '{ident}' · story {story.name} · see: onrecord claims")
    if _none(wish.content):
        raise UsageError("a statement needs words · content · set it aside with not-a-claim, if it says nothing")
    decision = Decision(
        verdict=wish.verdict,
        statements=tuple(statements),
        claims=tuple(claims),
        party=party,
        value="".join(one for one in " ".join(wish.value.split()) if one.isprintable()) if wish.value else None,
        source=_spans(wish.source, story, statements),
        cue=_spans(wish.cue, story, statements),
        content=_spans(wish.content, story, statements),
        cleared=tuple(part for part, told in (("source", wish.source), ("cue", wish.cue)) if _none(told)),
        why=wish.why,
        seen=seen,
    )
    if not _whole(decision):
        raise UsageError(f"'{wish.verdict.value}' cannot be decided on this · needs {_NEEDS[wish.verdict][1]}")
    return decision


def claim_named(story: Story, ident: str) -> Claim | None:
    """A claim by its id, or by one it had before a merge."""
    exact = next((claim for claim in story.claims if claim.id == ident), None)
    return exact or next((claim for claim in story.claims if ident in claim.formerly), None)


def _whole(decision: Decision) -> bool:
    verdict, many = decision.verdict, len(decision.claims) + len(decision.statements)
    if verdict is Verdict.RENAME:
        return bool(decision.value) and not decision.statements and len(decision.subjects) == 1
    if decision.party:
        return False
    if verdict is Verdict.SPEAKER_IS:
        return bool(decision.value) and bool(decision.statements) and not decision.claims
    if verdict is Verdict.CORRECT_SPAN:
        spans = decision.source or decision.cue or decision.content or decision.cleared
        return bool(spans) and len(decision.statements) == 1 and not decision.claims
    return many >= _NEEDS[verdict][0]


def _spans(told: str | None, story: Story, statements: list[StatementAnchor]) -> Spans:
    if told is None or _none(told):
        return ()
    if len(statements) != 1:
        raise UsageError("spans belong to one statement · correct-span · name exactly one")
    text = story.report[story.attribution[statements[0].id].report].text
    return tuple(_span(piece.strip(), text) for piece in told.split("…"))


def _none(told: str | None) -> bool:
    return told is not None and not told.strip()


def _span(told: str, text: str) -> Span:
    if found := re.fullmatch(r"(\d+):(\d+)", told):
        start, end = int(found[1]), int(found[2])
        if 0 <= start < end <= len(text):
            return Span(start, end)
        raise UsageError(
            f"no place [{start}, {end}) in a report of {len(text)} characters · correct-span · count again"
        )
    if told and text.count(told) == 1:
        return Span(text.index(told), text.index(told) + len(told))
    times = f"{text.count(told)} times" if told and told in text else "nowhere"
    raise UsageError(f"these words stand {times} in the report: '{told[:60]}' · correct-span · write START:END")
