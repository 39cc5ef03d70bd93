"""A checked draft as a linter tells it: place, severity, what is wrong, what to do; then each statement."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.checking.findings import CheckedDraft, CheckedStatement, Finding, Lines, Passage, Severity
from onrecord.rendering.wording import MARKS, counted, cut, interval, shown

_WORDS = 160
MOST_PASSAGES = 2


def render(checked: CheckedDraft) -> str:
    """The lines, the last of them the sum."""
    return "".join(f"{line}\n" for line in lines(checked))


def lines(checked: CheckedDraft) -> Iterator[str]:
    """Findings in the order of the draft, statements, and the sum."""
    places = Lines(checked.draft.text)
    for one in checked.findings:
        yield from _finding(checked, one, places)
    if checked.statements:
        yield f"Statements in the draft, and what {shown(checked.story)} has of them:"
        yield from (f"  {_statement(one, places)}" for one in checked.statements)
    yield f"{checked.draft.file}: {summary(checked)}"


def summary(checked: CheckedDraft) -> str:
    """How many findings there are of each severity, in how many statements, by which packs and which story."""
    found = [
        counted(checked.count(severity), severity.value)
        for severity in Severity
        if severity is not Severity.OFF and checked.count(severity)
    ]
    told = ", ".join(found) or "nothing to mend"
    packs = ", ".join(shown(pack) for pack in checked.packs)
    return f"{told} in {counted(len(checked.statements), 'statement')} · story {shown(checked.story)} · by {packs}"


def where(checked: CheckedDraft, one: Finding, places: Lines) -> str:
    """File, line and column, as editors open them; for what is left out the file alone."""
    if one.span is None:
        return checked.draft.file
    line, column = places.place(one.span.start)
    return f"{checked.draft.file}:{line}:{column}"


def _finding(checked: CheckedDraft, one: Finding, places: Lines) -> Iterator[str]:
    rule = one.rule
    yield f"{where(checked, one, places)}: {rule.severity.value}: {shown(one.flag.message)} [{shown(rule.id)}]"
    if one.span is not None:
        yield f"    draft: “{shown(cut(one.words, _WORDS))}”"
    yield from (f"    desk:  {passage_line(each)}" for each in one.flag.passages[:MOST_PASSAGES])
    yield f"    do:    {shown(rule.do)} ({shown(rule.pack)}: {shown(rule.rule)})"


def passage_line(one: Passage) -> str:
    """Who says it where, with the exact words and their place."""
    home = ", ".join(part for part in (one.outlet, (one.published or "")[:10]) if part)
    who = f"{shown(one.speaker)}: " if one.speaker else ""
    place = f"{one.report}:{one.span.start}-{one.span.end}"
    return f"{who}“{shown(cut(one.words, _WORDS))}” [{place}{f', {shown(home)}' if home else ''}]"


def _statement(one: CheckedStatement, places: Lines) -> str:
    line, column = places.place(one.span.start)
    who = shown(one.speaker or "nobody named")
    if one.agreement is None:
        return f"{line}:{column}  {who}: not on the desk · “{shown(cut(one.words, 60))}”"
    at = ", ".join(f"{each.report}:{each.span.start}-{each.span.end}" for each in one.passages[:MOST_PASSAGES])
    stands = ""
    if one.status and one.origins:
        mark, origins = MARKS[one.status], interval(*one.origins)
        stands = f" · {mark} {one.status.value}, {origins} origin{'' if one.origins == (1, 1) else 's'}"
    return f"{line}:{column}  {who}: {one.agreement.value} [{at}]{stands} · “{shown(cut(one.words, 60))}”"
