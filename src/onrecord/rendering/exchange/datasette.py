"""Stories as one SQLite file for Datasette, and the metadata beside it: tables with keys, facets and search."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import Any

from onrecord.datamodel.story import Story
from onrecord.datamodel.tables.columns import Cell
from onrecord.rendering.exchange.tables import table_of

# Each table: the story's table it is made of, what of it leads to another table, and how it is shown.
_KEYS = {
    "reports": {},
    "parties": {},
    "claims": {},
    "attributions": {"report_key": "reports", "speaker_key": "parties"},
    "claim_statements": {"claim_key": "claims", "statement_key": "attributions"},
    "conflicts": {"claim_key": "claims", "left_key": "attributions", "right_key": "attributions"},
    "quotes": {},
    "changes": {"claim_key": "claims"},
}
_LABELS = {"reports": "headline", "parties": "name", "claims": "claim", "attributions": "content"}
_SEARCHED = {"claims": ("claim", "reason"), "attributions": ("content", "speaker"), "reports": ("headline", "outlet")}
_FACETS = {
    "reports": ["story", "outlet"],
    "parties": ["story", "kind", "named"],
    "claims": ["story", "standing", "origins_least"],
    "attributions": ["story", "act", "outlet", "speaker", "named"],
    "claim_statements": ["stance", "counted"],
    "conflicts": ["story", "kind"],
    "quotes": ["story", "altered"],
    "changes": ["story", "after"],
}
_ABOUT = {
    "reports": "The reports, each with its address and the digest of its bytes.",
    "parties": "Who is credited, over all reports of a story.",
    "claims": "Propositions, and where each stands: who supports and who denies it; never whether it holds.",
    "attributions": "Attributed statements with their exact words and place (code points of the report's text).",
    "claim_statements": "Which statement bears on which claim, on which side, and whether it counts.",
    "conflicts": "Pairs of statements that cannot both hold.",
    "quotes": "Utterances that are quoted in several reports.",
    "changes": "When each claim's standing changed, and because of what.",
}
_Row = dict[str, Cell]


def render(story: Story) -> bytes:
    """One story as a SQLite file; the same story gives the same bytes."""
    return database([story])


def database(stories: Sequence[Story]) -> bytes:
    """Stories as one SQLite file: what was found in reports, and nothing of who works on them."""
    with closing(sqlite3.connect(":memory:")) as made:
        for name in _KEYS:
            _fill(made, name, chain.from_iterable(_rows(story, name) for story in stories))
        made.commit()
        made.execute("VACUUM")
        return made.serialize()


def metadata(stories: Sequence[Story], name: str) -> str:
    """The metadata.yml for a database of that name: titles, facets, labels and search."""
    tables = {
        table: {
            "description": about,
            "facets": _FACETS[table],
            **({"label_column": _LABELS[table]} if table in _LABELS else {}),
        }
        for table, about in _ABOUT.items()
    }
    titles = ", ".join(one.title or one.name for one in stories)
    told = {
        "title": f"On record: {titles}"[:200],
        "description": "Who said what, through whom, since when, and whether it still stands.",
        "source": "onrecord",
        "databases": {name: {"tables": tables}},
    }
    return "\n".join(_yaml(told)) + "\n"


def _yaml(told: dict[str, Any], deep: int = 0) -> Iterator[str]:
    """Plain YAML; words as JSON has them, which YAML reads."""
    for key, value in told.items():
        name = f"{'  ' * deep}{json.dumps(key, ensure_ascii=False)}:"
        if isinstance(value, dict):
            yield name
            yield from _yaml(value, deep + 1)
        else:
            yield f"{name} {json.dumps(value, ensure_ascii=False)}"


def _fill(made: sqlite3.Connection, name: str, rows: Iterable[_Row]) -> None:
    held = list(rows)
    columns = list(held[0]) if held else ["key", *_KEYS[name]]
    leads = [f"FOREIGN KEY ({key}) REFERENCES {table}(key)" for key, table in _KEYS[name].items()]
    parts = [f'"{one}"{" TEXT PRIMARY KEY" if one == "key" else ""}' for one in columns]
    made.execute(f"CREATE TABLE {name} ({', '.join((*parts, *leads))})")
    made.executemany(
        f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})",
        [[_sayable(value) for value in row.values()] for row in held],
    )
    for key in _KEYS[name]:
        made.execute(f"CREATE INDEX {name}_{key} ON {name}({key})")
    if name in _SEARCHED and held:
        some = ", ".join(_SEARCHED[name])
        made.execute(f'CREATE VIRTUAL TABLE {name}_search USING fts5({some}, content="{name}")')
        made.execute(f"INSERT INTO {name}_search(rowid, {some}) SELECT rowid, {some} FROM {name}")


def _rows(story: Story, name: str) -> Iterator[_Row]:
    if name == "claim_statements":
        yield from _memberships(story)
        return
    rows = table_of(story, name)
    for number, (one, record) in enumerate(zip(rows, rows.records(), strict=True), 1):
        named = record.get("id") or str(number)
        yield {"key": _key(story, str(named)), "story": story.name, **record, **_leads(story, name, one)}


def _leads(story: Story, name: str, one: Any) -> _Row:
    """The keys of the rows that a row leads to."""
    if name == "attributions":
        return {"report_key": _key(story, one.report), "speaker_key": _key(story, one.speaker)}
    if name == "conflicts":
        return {f"{side}_key": _key(story, getattr(one, side)) for side in ("claim", "left", "right")}
    return {"claim_key": _key(story, one.claim)} if name == "changes" else {}


def _memberships(story: Story) -> Iterator[_Row]:
    for claim in story.claims:
        for member in claim.members:
            yield {
                "key": _key(story, f"{claim.id}/{member.attribution}"),
                "claim_key": _key(story, claim.id),
                "statement_key": _key(story, member.attribution),
                "stance": member.stance.value,
                "counted": not member.loose,
            }


def _key(story: Story, ident: str | None) -> str | None:
    return f"{story.name}:{ident}" if ident else None


def _sayable(value: Cell) -> Cell:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value
