"""A person's wish in ids and words to a decision that re-runs can find again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.datamodel.attribution import Attribution
from onrecord.datamodel.claim import Claim
from onrecord.datamodel.entry import Decision, ReportField, Side, StatementAnchor, Verdict, WorkState
from onrecord.datamodel.moment import moment
from onrecord.datamodel.span import Span, Spans
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.anchors import Scene, claim_anchor, counts, party_anchor, statement_anchor
from onrecord.ledger.deciding.working import WORK


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person asks for; spans as "START:END" or as exact words that stand once in the report, "" for none.

    `ids` name claims, statements, speakers, reports or the story; `field` is what of a report is corrected, `reply_to`
    the entry of a note that is answered.
    """

    verdict: Verdict
    ids: tuple[str, ...]
    value: str | None = None
    why: str = ""
    source: str | None = None
    cue: str | None = None
    content: str | None = None
    field: str | None = None
    reply_to: int | None = None


_NEEDS = {
    Verdict.SAME: (2, "two or more claims or statements"),
    Verdict.DIFFERENT: (2, "two claims, two statements, or a claim and the statements to take out of it"),
    Verdict.NOT_A_CLAIM: (1, "a claim or a statement"),
    Verdict.SPEAKER_IS: (1, "one or more statements, and --value NAME"),
    Verdict.RENAME: (1, "a claim or a party, and --value WORDS"),
    Verdict.CORRECT_SPAN: (1, "a statement, and --content, --source or --cue"),
    Verdict.ACCEPT: (1, "a claim or a statement"),
    Verdict.SIDE: (2, f"a claim, one or more statements, and --value {', '.join(Side)}"),
    Verdict.PASSED_ON: (1, "one or more statements, and --value NAME of who said it to them, if that is told"),
    Verdict.SAME_PARTY: (2, "two or more speakers, the one that stays first"),
    Verdict.SPEAKS_FOR: (1, "a speaker, and --value NAME of the body (organization:NAME) that they speak for"),
    Verdict.REPORT: (1, f"a report, --field {', '.join(ReportField)}, and --value"),
    Verdict.NEW_CLAIM: (1, "one or more statements, and --value WORDS"),
    Verdict.ADD_STATEMENT: (1, "a report, --content WORDS, and --source WORDS where it says who"),
    Verdict.STATE: (1, f"claims, and --value {', '.join(WorkState)}"),
    Verdict.OWNER: (1, "claims, and --value NAME, or none to leave them to anybody"),
    Verdict.TAG: (1, "claims, and --value TAG"),
    Verdict.UNTAG: (1, "claims, and --value TAG"),
    Verdict.NOTE: (1, "claims, with statements where it speaks of those alone, and --value WORDS"),
    Verdict.TITLE: (1, "the story's name, and --value WORDS"),
}
_ON_STATEMENTS = (Verdict.SPEAKER_IS, Verdict.PASSED_ON, Verdict.NEW_CLAIM)
_ON_CLAIMS = (*WORK, Verdict.SIDE)
_NO_VALUE = (Verdict.PASSED_ON, Verdict.OWNER)
_MOST_TAG_CHARS = 60


@dataclass(slots=True)
class _Subjects:
    """What the ids of a wish are found to be."""

    claims: list[Claim]
    statements: list[Attribution]
    parties: list[str]
    reports: list[str]
    story: str | None = None


def decision_of(wish: Wish, story: Story, scene: Scene, seen: int) -> Decision:
    """The decision that a wish on a built story comes to; raises UsageError where it cannot be one."""
    found = _subjects(wish, story)
    if _none(wish.content):
        raise UsageError("a statement needs words · content · set it aside with not-a-claim, if it says nothing")
    claims, statements = found.claims, found.statements
    if wish.verdict is Verdict.SAME:
        claims, statements = _joined(claims, statements, story)
    anchors = [
        statement_anchor(one, story.report[one.report], scene.root(one.report), _passage(one, found.claims, story))
        for one in statements
    ]
    base = Decision(
        verdict=wish.verdict,
        statements=tuple(anchors),
        claims=tuple(claim_anchor(one, scene) for one in claims),
        party=found.parties[0] if found.parties else None,
        parties=tuple(party_anchor(one, story.party[one].name, scene) for one in found.parties),
        report=scene.root(found.reports[0]) if found.reports else None,
        field=wish.field,
        value=_original(wish, story, scene, found) if wish.field == ReportField.COPY_OF else _value(wish),
        story=found.story,
        reply_to=_answered(wish, story, claims),
        cleared=tuple(part for part, wished in (("source", wish.source), ("cue", wish.cue)) if _none(wished)),
        why=wish.why,
        seen=seen,
    )
    text = _text(found, story)
    if wish.verdict is Verdict.ADD_STATEMENT:
        base = _added(base, wish, story, found)
    else:
        base = replace(base, content=_spans(wish.content, text))
    decision = replace(base, source=_spans(wish.source, text), cue=_spans(wish.cue, text))
    if not _whole(decision):
        raise UsageError(f"'{wish.verdict.value}' cannot be decided on this · needs {_NEEDS[wish.verdict][1]}")
    return decision


def _subjects(wish: Wish, story: Story) -> _Subjects:
    found = _Subjects([], [], [], [])
    if wish.verdict is Verdict.TITLE and wish.ids == (story.name,):
        found.story = story.name
        return found
    for ident in wish.ids:
        if claim := claim_named(story, ident):
            found.claims.append(claim)
        elif one := story.attribution.get(ident):
            found.statements.append(one)
        elif ident in story.party:
            found.parties.append(ident)
        elif ident in story.report:
            found.reports.append(ident)
        else:
            raise UsageError(
                f"no claim, statement, speaker or report '{ident[:80]}' · story {story.name} · see: onrecord claims"
            )
    return found


def _joined(claims: list[Claim], statements: list[Attribution], story: Story) -> tuple[list[Claim], list[Attribution]]:
    """Claims to merge: a statement stands for the claim that it counts for, unless it only lies near one of the others.

    Statements that lie near, and those that bear on no claim, stay what they are: they are ticked to count.
    """
    whole: list[Claim] = list(claims)
    ticked: list[Attribution] = []
    for one in statements:
        held = [claim for claim in story.claims if _counts_for(one, claim)]
        near = any(claim.stance_of(one.id) is not None and claim not in held for claim in claims)
        if near or not held:
            ticked.append(one)
        elif not any(claim in whole for claim in held):
            if len(held) > 1:
                names = ", ".join(claim.id for claim in held)
                raise UsageError(f"statement {one.id} counts for {len(held)} claims · same · name the claim: {names}")
            whole.append(held[0])
    return whole, ticked


def _counts_for(one: Attribution, claim: Claim) -> bool:
    return any(member.attribution == one.id and counts(member) for member in claim.members)


def _passage(one: Attribution, claims: Sequence[Claim], story: Story) -> Spans:
    """The part of a statement that bears on the claims of a decision; all of it where they do not tell."""
    for claim in claims:
        for member in claim.members:
            if member.attribution == one.id:
                return member.passage
    return ()


def _value(wish: Wish) -> str | None:
    if not wish.value:
        return None
    value = "".join(one for one in " ".join(wish.value.split()) if one.isprintable())
    if wish.verdict is Verdict.SIDE and value not in tuple(Side):
        raise UsageError(f"no side '{value[:40]}' · side · one of {', '.join(Side)}")
    if wish.verdict is Verdict.STATE and value not in tuple(WorkState):
        raise UsageError(f"no state '{value[:40]}' · state · one of {', '.join(WorkState)}")
    if wish.verdict in (Verdict.TAG, Verdict.UNTAG):
        value = value.lower().lstrip("#")
        if len(value) > _MOST_TAG_CHARS:
            raise UsageError(f"a tag of {len(value)} characters · tag · {_MOST_TAG_CHARS} at most")
    if wish.verdict is Verdict.REPORT and wish.field == ReportField.PUBLISHED:
        return _instant(value)
    return value or None


def _original(wish: Wish, story: Story, scene: Scene, found: _Subjects) -> str:
    """The first version of the report that another is a copy of; raises UsageError where it is none, or itself."""
    ident = (wish.value or "").strip()
    if ident not in story.report:
        raise UsageError(f"no report '{ident[:40]}' · copy-of · name the report that it is a copy of by its id, as 01")
    if found.reports and scene.root(found.reports[0]) == scene.root(ident):
        raise UsageError(f"report {ident} is no copy of itself · copy-of · name another report")
    return scene.root(ident)


def _answered(wish: Wish, story: Story, claims: Sequence[Claim]) -> int | None:
    """The note that a note answers; raises UsageError where none of its claims has it."""
    if wish.reply_to is None:
        return None
    held = [one.entry for claim in claims if (work := story.work_on.get(claim.id)) for one in work.notes]
    if wish.verdict is not Verdict.NOTE or wish.reply_to not in held:
        raise UsageError(f"no note with entry {wish.reply_to} on this claim · note · see: onrecord show")
    return wish.reply_to


def _instant(value: str) -> str:
    """A date or time of publication as it is entered; raises UsageError with the forms that can be read."""
    try:
        moment(value)
    except (ValueError, OverflowError) as error:
        raise UsageError(
            f"'{value[:40]}' is no date · published · write 2031-03-07, 2031-03-07T18:00Z or 2031-03-07T18:00+01:00"
        ) from error
    return value


def _added(base: Decision, wish: Wish, story: Story, found: _Subjects) -> Decision:
    """A statement that the machine missed, by its words in a report."""
    if len(found.reports) != 1 or not wish.content:
        raise UsageError(f"'{wish.verdict.value}' cannot be decided on this · needs {_NEEDS[wish.verdict][1]}")
    report = story.report[found.reports[0]]
    content = _spans(wish.content, report.text)
    if known := next((one for one in story.attributions if one.report == report.id and one.content == content), None):
        raise UsageError(f"these words are statement {known.id} already · add-statement · correct that one")
    words = tuple(span.of(report.text) for span in content)
    anchor = StatementAnchor(
        id=f"{report.id}+{content[0].start}",
        report=base.report or report.id,
        sha256=report.sha256,
        content=content,
        words=words,
    )
    return replace(base, statements=(anchor,))


def claim_named(story: Story, ident: str) -> Claim | None:
    """A claim by its id, or by one it had before a merge."""
    exact = next((claim for claim in story.claims if claim.id == ident), None)
    return exact or next((claim for claim in story.claims if ident in claim.formerly), None)


def _whole(decision: Decision) -> bool:
    verdict, many = decision.verdict, len(decision.claims) + len(decision.statements)
    if verdict is Verdict.TITLE:
        return bool(decision.value and decision.story)
    if verdict is Verdict.RENAME:
        return bool(decision.value) and not decision.statements and len(decision.subjects) == 1
    if verdict is Verdict.REPORT:
        return bool(decision.report and decision.value) and decision.field in tuple(ReportField) and not many
    if verdict is Verdict.ADD_STATEMENT:
        return bool(decision.statements)
    if verdict is Verdict.SPEAKS_FOR:
        return bool(decision.value) and len(decision.subjects) == len(decision.parties) == 1
    if verdict is Verdict.SAME_PARTY:
        return len(decision.parties) >= _NEEDS[verdict][0] and not many
    if decision.parties or decision.report:
        return False
    if verdict in _ON_STATEMENTS:
        named = bool(decision.value) or verdict in _NO_VALUE
        return named and bool(decision.statements) and not decision.claims
    if verdict in _ON_CLAIMS:
        named = bool(decision.value) or verdict in _NO_VALUE
        fitting = verdict is Verdict.NOTE or bool(decision.statements) == (verdict is Verdict.SIDE)
        return named and bool(decision.claims) and fitting
    if verdict is Verdict.CORRECT_SPAN:
        spans = decision.source or decision.cue or decision.content or decision.cleared
        return bool(spans) and len(decision.statements) == 1 and not decision.claims
    return many >= _NEEDS[verdict][0]


def _text(found: _Subjects, story: Story) -> str | None:
    """The text that the spans of a wish are places in, where its subjects leave no doubt which it is."""
    reports = [*(one.report for one in found.statements), *found.reports]
    return story.report[reports[0]].text if len(reports) == 1 else None


def _spans(places: str | None, text: str | None) -> Spans:
    if places is None or _none(places):
        return ()
    if text is None:
        raise UsageError("spans belong to one statement · correct-span · name exactly one")
    return tuple(_span(piece.strip(), text) for piece in places.split("…"))


def _none(value: str | None) -> bool:
    return value is not None and not value.strip()


def _span(place: str, text: str) -> Span:
    if found := re.fullmatch(r"(\d+):(\d+)", place):
        start, end = int(found[1]), int(found[2])
        if 0 <= start < end <= len(text):
            return Span(start, end)
        raise UsageError(
            f"no place [{start}, {end}) in a report of {len(text)} characters · correct-span · count again"
        )
    if place and text.count(place) == 1:
        return Span(text.index(place), text.index(place) + len(place))
    times = f"{text.count(place)} times" if place and place in text else "nowhere"
    raise UsageError(f"these words stand {times} in the report: '{place[:60]}' · correct-span · write START:END")
