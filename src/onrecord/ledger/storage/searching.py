"""Words to all that holds them: FTS5 on SQLite, tsvector on PostgreSQL, the same answers."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Select, Table, cast, delete, func, insert, literal, or_, select, text

from onrecord.datamodel.moment import Moment
from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.ledger.entries import instant_text
from onrecord.ledger.storage.archive import bytes_text, fetch
from onrecord.ledger.storage.index import fold, storable
from onrecord.ledger.storage.schema import claim_words, entries, report_texts, reports, statements

FACETS = ("kind", "story", "outlet", "standing", "speaker", "day")


class HitKind(StrEnum):
    """What was found."""

    CLAIM = "claim"
    NOTE = "note"
    STATEMENT = "statement"
    HEADLINE = "headline"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: words (in double quotes: next to each other), who says them, where, when, and as what.

    `since` and `until` are held against the date of publication, or of adding where none is known. `stories` are those
    that may be looked through, None for all. `kinds` empty stands for every kind.
    """

    words: str = ""
    speaker: str | None = None
    since: Moment | None = None
    until: Moment | None = None
    story: str | None = None
    stories: frozenset[str] | None = None
    outlet: str | None = None
    standing: str | None = None
    kinds: frozenset[HitKind] = frozenset()
    past: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing that was found: a statement, a headline (line 0), a claim, a note on one, or a report by its text."""

    story: str
    report: str
    line: int
    speaker: str | None
    act: str | None
    words: str
    outlet: str | None
    published: str | None
    state: str
    kind: HitKind = HitKind.STATEMENT
    claim: str | None = None
    standing: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, at most as many as wanted, how many there are, and how they spread over facets.

    `facets` hold for each of kind, story, outlet, standing, speaker and day its values with how many there are of each.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[tuple[str, int], ...]]


# More than this of one kind is more than anybody looks through; facets count as many.
_MOST = 4000
_MOST_TEXTS = 400
_MOST_FACETS = 12
_SNIPPET = 110


def search(connection: Connection, wanted: Wanted) -> tuple[Hit, ...]:
    """Hits: claims and notes, then statements and headlines, then reports whose text holds the words elsewhere."""
    return search_all(connection, wanted).hits


def search_all(connection: Connection, wanted: Wanted) -> Found:
    """Hits with their number and facets; withdrawn and replaced reports only with `past`.

    Raises UsageError where neither words nor a speaker are given.
    """
    words, speaker = fold(wanted.words).split(), fold(wanted.speaker or "").split()
    if not words and not speaker:
        raise UsageError("no words to look for · find · give a word or --speaker NAME")
    hits = [*_claims(connection, wanted, words), *_statements(connection, wanted, words, speaker)]
    if words and not speaker and _wants(wanted, HitKind.TEXT):
        known = {(one.story, one.report) for one in hits}
        hits.extend(one for one in _texts(connection, wanted, words) if (one.story, one.report) not in known)
    kept = [one for one in hits if not wanted.kinds or one.kind in wanted.kinds]
    return Found(hits=_with_snippets(connection, kept[: wanted.limit], words), total=len(kept), facets=_facets(kept))


def _wants(wanted: Wanted, *kinds: HitKind) -> bool:
    return not wanted.kinds or bool(wanted.kinds.intersection(kinds))


def _claims(connection: Connection, wanted: Wanted, words: list[str]) -> list[Hit]:
    """Claims by their words, and by what people noted on them; they have no speaker, outlet or date."""
    beside = wanted.speaker or wanted.outlet or wanted.since or wanted.until
    if not words or beside or not _wants(wanted, HitKind.CLAIM, HitKind.NOTE):
        return []
    query = _in_stories(select(claim_words), claim_words, wanted)
    for term in (*words, *_phrases(wanted.words)):
        query = query.where((literal(" ") + claim_words.c.folded + literal(" ")).contains(f" {term} "))
    if wanted.standing:
        query = query.where(claim_words.c.status == wanted.standing)
    found = []
    for row in connection.execute(query.limit(_MOST)):
        in_text = all(f" {word} " in f" {fold(row.text)} " for word in words)
        found.append(
            Hit(
                story=row.story,
                report="",
                line=0,
                speaker=None,
                act=None,
                words=row.text if in_text else f"{row.text} · {row.notes}",
                outlet=None,
                published=None,
                state="current",
                kind=HitKind.CLAIM if in_text else HitKind.NOTE,
                claim=row.claim,
                standing=row.status,
            )
        )
    return sorted(found, key=lambda one: (one.kind is HitKind.NOTE, one.story, one.words))


def _statements(connection: Connection, wanted: Wanted, words: list[str], speaker: list[str]) -> list[Hit]:
    """Statements and headlines, by story, date, report and place; what a speaker is called counts as words too."""
    if wanted.standing or not _wants(wanted, HitKind.STATEMENT, HitKind.HEADLINE):
        return []
    names = ("story", "report", "line", "speaker", "act", "words")
    query: Select[Any] = select(
        *(statements.c[name] for name in names), reports.c.outlet, reports.c.published, reports.c.state
    ).join(reports, (reports.c.story == statements.c.story) & (reports.c.report == statements.c.report))
    query = _matching(query, connection.dialect.name, words, speaker)
    for phrase in _phrases(wanted.words):
        said = (literal(" ") + statements.c.folded + literal(" ")).contains(f" {phrase} ")
        named = (literal(" ") + statements.c.folded_speaker + literal(" ")).contains(f" {phrase} ")
        query = query.where(or_(said, named))
    rows = connection.execute(_narrowed(query, statements, wanted).limit(_MOST)).all()
    hits = (Hit(**row._asdict(), kind=HitKind.HEADLINE if row.line == 0 else HitKind.STATEMENT) for row in rows)
    return sorted(hits, key=lambda hit: (hit.story, hit.published or "9", hit.report, hit.line))


def _texts(connection: Connection, wanted: Wanted, words: list[str]) -> list[Hit]:
    """Reports whose text holds all the words, wherever they stand in it."""
    if wanted.standing:
        return []
    query: Select[Any] = select(
        report_texts.c.story,
        report_texts.c.report,
        reports.c.outlet,
        reports.c.published,
        reports.c.state,
        reports.c.headline,
    ).join(reports, reports.c.entry == report_texts.c.entry)
    if connection.dialect.name == "sqlite":
        terms = " AND ".join(f'"{word}"' for word in words)
        held = text("SELECT rowid FROM texts_search WHERE texts_search MATCH :words").bindparams(words=terms)
        query = query.where(report_texts.c.entry.in_(held.columns(report_texts.c.entry)))
    else:
        query = query.where(_holds(report_texts.c.folded, words))
    for phrase in _phrases(wanted.words):
        query = query.where((literal(" ") + report_texts.c.folded + literal(" ")).contains(f" {phrase} "))
    rows = connection.execute(_narrowed(query, report_texts, wanted).limit(_MOST_TEXTS)).all()
    return [
        Hit(
            story=row.story,
            report=row.report,
            line=0,
            speaker=None,
            act=None,
            words=row.headline or "",
            outlet=row.outlet,
            published=row.published,
            state=row.state,
            kind=HitKind.TEXT,
        )
        for row in sorted(rows, key=lambda row: (row.story, row.published or "9", row.report))
    ]


def _in_stories(query: Select[Any], table: Table, wanted: Wanted) -> Select[Any]:
    if wanted.story is not None:
        query = query.where(table.c.story == wanted.story)
    if wanted.stories is not None:
        query = query.where(table.c.story.in_(sorted(wanted.stories)))
    return query


def _narrowed(query: Select[Any], table: Table, wanted: Wanted) -> Select[Any]:
    """Only what stands in the reports that are wanted."""
    query = _in_stories(query, table, wanted)
    if not wanted.past:
        query = query.where(reports.c.state == "current")
    if wanted.outlet is not None:
        query = query.where(reports.c.outlet == wanted.outlet)
    if wanted.since is not None:
        later = (reports.c.published.is_(None)) & (reports.c.added_at >= instant_text(wanted.since.at))
        query = query.where(or_(reports.c.published >= wanted.since.at.isoformat(), later))
    if wanted.until is not None:
        end = wanted.until.end
        earlier = (reports.c.published.is_(None)) & (reports.c.added_at <= instant_text(end))
        query = query.where(or_(reports.c.published <= end.isoformat(), earlier))
    return query


def _with_snippets(connection: Connection, hits: Sequence[Hit], words: list[str]) -> tuple[Hit, ...]:
    """Reports that were found by their text, with the words of it that stand around the first place."""
    wanted = [one for one in hits if one.kind is HitKind.TEXT]
    if not wanted:
        return tuple(hits)
    query = select(entries.c.story, entries.c.subject, entries.c.payload).where(
        entries.c.act == "read",
        entries.c.story.in_({one.story for one in wanted}),
        entries.c.subject.in_({one.report for one in wanted}),
    )
    names = {(row.story, row.subject): json.loads(row.payload)["text"] for row in connection.execute(query)}
    texts = fetch(connection, [names[one.story, one.report] for one in wanted])
    return tuple(
        replace(one, words=snippet(bytes_text(texts[names[one.story, one.report]]), words))
        if one.kind is HitKind.TEXT
        else one
        for one in hits
    )


def snippet(text: str, words: Sequence[str]) -> str:
    """The words of a text around the first place where one of some folded words stands."""
    wanted = set(words)
    place = next((one.start() for one in re.finditer(r"[^\W_]+", text) if fold(one[0]) in wanted), 0)
    start, end = max(0, place - _SNIPPET), min(len(text), place + _SNIPPET)
    start = text.find(" ", start, place) + 1 if start else 0
    cut = text.rfind(" ", place, end) if end < len(text) else end
    return " ".join(text[start : cut if cut > place else end].split())


def _facets(hits: Sequence[Hit]) -> dict[str, tuple[tuple[str, int], ...]]:
    values: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    for one in hits:
        told = {
            "kind": one.kind.value,
            "story": one.story,
            "outlet": one.outlet,
            "standing": one.standing,
            "speaker": one.speaker if one.kind is HitKind.STATEMENT else None,
            "day": (one.published or "")[:10],
        }
        for name, value in told.items():
            if value:
                values[name][value] += 1
    return {
        name: tuple(sorted(counter.most_common(_MOST_FACETS), key=lambda one: (-one[1], one[0])))
        for name, counter in values.items()
    }


def _phrases(words: str) -> list[str]:
    return [phrase for part in words.split('"')[1::2] if (phrase := fold(part))]


def _matching(query: Select[Any], dialect: str, words: list[str], speaker: list[str]) -> Select[Any]:
    if dialect == "sqlite":
        terms = [f'"{word}"' for word in words] + [f'folded_speaker : "{word}"' for word in speaker]
        found = text("SELECT rowid FROM statements_search WHERE statements_search MATCH :terms")
        return query.where(statements.c.id.in_(found.bindparams(terms=" AND ".join(terms)).columns(statements.c.id)))
    for word in words:
        query = query.where(or_(_holds(statements.c.folded, [word]), _holds(statements.c.folded_speaker, [word])))
    return query.where(_holds(statements.c.folded_speaker, speaker)) if speaker else query


def _holds(column: Any, words: Sequence[str]) -> Any:
    """Whether a column's words are all of these, by the index that PostgreSQL keeps of them."""
    from sqlalchemy.dialects.postgresql import TSQUERY

    vector = func.array_to_tsvector(func.string_to_array(column, literal(" ")))
    return vector.op("@@")(cast(literal(" & ".join(f"'{word}'" for word in words)), TSQUERY))


def keep_claim_words(connection: Connection, story: Story) -> None:
    """Take a story's claims, as it was built last, and what people noted on them into the search."""
    connection.execute(delete(claim_words).where(claim_words.c.story == story.name))
    if rows := claim_rows(story):
        connection.execute(insert(claim_words), rows)


def claim_rows(story: Story) -> list[dict[str, str | None]]:
    """A story's claims as they are searched, their columns in the table's order."""
    rows: list[dict[str, str | None]] = []
    for claim in story.claims:
        work, standing = story.work_on.get(claim.id), story.standing.get(claim.id)
        notes = "\n".join((*(one.text for one in work.notes), *work.tags)) if work else ""
        rows.append({
            "story": story.name,
            "claim": claim.id,
            "text": storable(claim.text),
            "status": standing.status.value if standing else None,
            "notes": storable(notes),
            "folded": fold(f"{claim.text} {notes}"),
        })  # fmt: skip
    return rows
