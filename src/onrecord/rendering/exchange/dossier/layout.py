"""A story or one of its claims to what a dossier holds, in which order: the one layout that its formats write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.rendering.brief import Brief, ChangeView, brief
from onrecord.rendering.exchange.newswire.body import told_at
from onrecord.rendering.numbering import numbered
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Exhibit
from onrecord.rendering.wording import ACT_WORDS, counted, cut, moment_words, shown

_SIDES = (("for", "For"), ("against", "Against"), ("neither", "Neither confirmed nor denied"))
# A row of the table of sources fits on a page, a heading on some lines; exact words are never cut.
_MOST_OUTLET, _MOST_NAME, _MOST_LINE = 150, 500, 1000
COLUMNS = ("Report", "Outlet and date", "Headline, address, file", "SHA-256 of the bytes")
HOW_TO_CHECK = (
    "A place such as [04:704-725] is a report of the table of sources and its characters from 704 up to, but not with, "
    "725, counted from 0. The words in quotation blocks are the report's own. A standing says who supports and who "
    "denies a claim, never whether it is true."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement: who makes it and how it came, its exact words, and where they stand."""

    who: str
    words: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One claim: where it stands and why, what counts as its origins, who says what, and how that changed."""

    heading: str
    standing: str
    reason: str
    origins: tuple[str, ...]
    sides: tuple[tuple[str, tuple[Statement, ...]], ...]
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """All that is written; `sources` are the rows of the table of sources under COLUMNS."""

    title: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    sources: tuple[tuple[str, str, str, str], ...]
    made_by: str


def dossier(story: Story, claim: str | None = None) -> Dossier:
    """The dossier of a story, or of one claim by its id or its number in the brief (C1).

    Raises UsageError where the story has no such claim, or none at all.
    """
    view = brief(story)
    every = (*view.claims, *view.minor)
    wanted = every if claim is None else (_claim(story, view, claim),)
    if not wanted:
        raise UsageError(f"no claim to write of · story {story.name} · add reports with statements")
    turns = _turns(view)
    parts = tuple(_part(one, turns.get(one.id, ()), alone=claim is not None) for one in wanted)
    cited = {item.reference.report for one in wanted for item in one.exhibits}
    rows = tuple(_row(view, one.report.id) for one in view.reports if claim is None or one.report.id in cited)
    at = told_at(story)
    stands = f"As of {moment_words(at)}" + ("" if story.as_of else ", the last report that was read") if at else ""
    about = (_short(view.name, _MOST_LINE) if claim else "", " · ".join(view.lead), stands)
    return Dossier(
        title=_short(wanted[0].text if claim else view.name, _MOST_LINE),
        about=tuple(line for line in about if line),
        parts=parts,
        sources=rows,
        made_by=", ".join(shown(one) for one in story.made_by),
    )


def _claim(story: Story, view: Brief, ident: str) -> ClaimView:
    found = claim_named(story, numbered(story, ident))
    if found is None:
        raise UsageError(f"no claim '{ident[:80]}' · story {story.name} · name it by its id, or its number: C1")
    return view.by_id[found.id]


def _turns(view: Brief) -> dict[str, tuple[ChangeView, ...]]:
    found: dict[str, tuple[ChangeView, ...]] = {}
    for one in view.changes:
        found[one.claim.id] = (*found.get(one.claim.id, ()), one)
    return found


def _part(claim: ClaimView, changes: Iterable[ChangeView], *, alone: bool) -> Part:
    sides = ((title, [item for holder in claim.holders[name] for item in holder.exhibits]) for name, title in _SIDES)
    origins = "origin" if claim.interval == "1" else "origins"
    return Part(
        heading=f"Where claim C{claim.number} stands"
        if alone
        else f"C{claim.number}. {_short(claim.text, _MOST_LINE)}",
        standing=f"{claim.status.value}, {claim.interval} independent {origins}",
        reason=claim.reason,
        origins=tuple(f"{one.name}: {one.reason}" if one.reason else one.name for one in claim.origins),
        sides=tuple((title, tuple(_statement(item) for item in items)) for title, items in sides if items),
        changes=tuple(
            f"{moment_words(one.at)}: {one.before.value if one.before else 'first heard of'} → {one.after.value}"
            for one in changes
        ),
    )


def _statement(item: Exhibit) -> Statement:
    role = f", {item.role}," if item.role else ""
    unnamed = " (unnamed)" if item.marked_unnamed else ""
    return Statement(
        who=_short(f"{item.holder}{role}{unnamed} {ACT_WORDS[item.act]}, {item.way}", _MOST_LINE),
        words=item.words,
        place=f"[{item.reference.label}]",
    )


def _row(view: Brief, ident: str) -> tuple[str, str, str, str]:
    one = next(each for each in view.reports if each.report.id == ident)
    when, many = moment_words(one.report.published), counted(one.statements, "statement")
    outlet = f"{_short(one.outlet, _MOST_OUTLET)}\n{when}\n{many}"
    named = [_short(part, _MOST_NAME) for part in (one.title, shown(one.report.url or ""), shown(one.report.file))]
    # In lines that no column breaks.
    digest = "\n".join(one.report.sha256[start : start + 16] for start in range(0, 64, 16))
    return ident, outlet, "\n".join(dict.fromkeys(part for part in named if part)), digest


def _short(text: str, most: int) -> str:
    """The text, or its beginning and that it was cut."""
    return text if len(text) <= most else f"{cut(text, most)} [cut]"
