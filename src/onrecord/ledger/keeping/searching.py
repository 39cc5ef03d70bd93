"""Words to the statements and headlines that hold them: FTS5 on SQLite, tsvector on PostgreSQL, the same answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, cast, func, literal, or_, select, text

from onrecord.datamodel.moment import Moment
from onrecord.errors import UsageError
from onrecord.ledger.entries import instant_text
from onrecord.ledger.keeping.index import fold
from onrecord.ledger.keeping.schema import reports, statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: words (in double quotes: next to each other), who says them, since when, in which story.

    `since` is held against the date of publication, or of adding where none is known. `stories` are those that may be
    looked through, None for all.
    """

    words: str = ""
    speaker: str | None = None
    since: Moment | None = None
    story: str | None = None
    stories: frozenset[str] | None = None
    past: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One statement or headline that was found; line 0 is a headline."""

    story: str
    report: str
    line: int
    speaker: str | None
    act: str | None
    words: str
    outlet: str | None
    published: str | None
    state: str


def search(connection: Connection, wanted: Wanted) -> tuple[Hit, ...]:
    """Hits by story, date, report and place; withdrawn and replaced reports only with `past`."""
    words, speaker = fold(wanted.words).split(), fold(wanted.speaker or "").split()
    if not words and not speaker:
        raise UsageError("no words to look for · find · give a word or --speaker NAME")
    names = ("story", "report", "line", "speaker", "act", "words")
    query: Select[Any] = select(
        *(statements.c[name] for name in names), reports.c.outlet, reports.c.published, reports.c.state
    ).join(reports, (reports.c.story == statements.c.story) & (reports.c.report == statements.c.report))
    query = _matching(query, connection.dialect.name, words, speaker)
    for phrase in _phrases(wanted.words):
        query = query.where((literal(" ") + statements.c.folded + literal(" ")).contains(f" {phrase} "))
    if not wanted.past:
        query = query.where(reports.c.state == "current")
    if wanted.story is not None:
        query = query.where(statements.c.story == wanted.story)
    if wanted.stories is not None:
        query = query.where(statements.c.story.in_(sorted(wanted.stories)))
    if wanted.since is not None:
        since = wanted.since.at.isoformat()
        later = (reports.c.published.is_(None)) & (reports.c.added_at >= instant_text(wanted.since.at))
        query = query.where(or_(reports.c.published >= since, later))
    rows = connection.execute(query).all()
    hits = sorted((Hit(**row._asdict()) for row in rows), key=_order)
    return tuple(hits[: wanted.limit])


def _order(hit: Hit) -> tuple[str, str, str, int]:
    return hit.story, hit.published or "9", hit.report, hit.line


def _phrases(words: str) -> list[str]:
    return [phrase for part in words.split('"')[1::2] if (phrase := fold(part))]


def _matching(query: Select[Any], dialect: str, words: list[str], speaker: list[str]) -> Select[Any]:
    if dialect == "sqlite":
        terms = [f'folded : "{word}"' for word in words] + [f'folded_speaker : "{word}"' for word in speaker]
        found = text("SELECT rowid FROM statements_search WHERE statements_search MATCH :terms")
        return query.where(statements.c.id.in_(found.bindparams(terms=" AND ".join(terms)).columns(statements.c.id)))
    from sqlalchemy.dialects.postgresql import TSQUERY

    for column, held in ((statements.c.folded, words), (statements.c.folded_speaker, speaker)):
        if held:
            vector = func.array_to_tsvector(func.string_to_array(column, literal(" ")))
            all_of = " & ".join(f"'{word}'" for word in held)
            query = query.where(vector.op("@@")(cast(literal(all_of), TSQUERY)))
    return query
