"""What somebody put into a desk's file that no desk has: triggers, rules, views, and other views under known names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module

from sqlalchemy import Connection, text

_FIRST = "onrecord.ledger.migrations.versions.0001_desk"
_NAME = re.compile(r"CREATE VIEW (\w+) AS ")
# A server tells a view in its own spelling: with types, table names, parentheses and line breaks of its own.
_SPELLING = re.compile(r"::(?:character varying|\w+)(?:\(\d+\))?|\b\w+\.(?=[\w\"])|[\s();\"]+")


def planted(connection: Connection) -> tuple[str, ...]:
    """Triggers, rules and views that no desk has, in words: they change what is read or written."""
    server = connection.dialect.name == "postgresql"
    ours = {_NAME.match(one)[1]: one for one in import_module(_FIRST).views(server)}  # type: ignore[index]
    found = connection.execute(text(_QUERY[connection.dialect.name])).all()
    faults = {f"a {kind} '{name}' that no desk has" for kind, name, _ in found if kind != "view" or name not in ours}
    for kind, name, body in found:
        if kind == "view" and name in ours and not _same(body or "", ours[name], server):
            faults.add(f"a view '{name}' that is not the one that a desk has")
    return tuple(sorted(faults))


_QUERY: Mapping[str, str] = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')",
    "postgresql": (
        "SELECT 'trigger', trigger_name, '' FROM information_schema.triggers WHERE trigger_schema = current_schema()"
        " UNION SELECT 'rule', rulename, '' FROM pg_rules WHERE schemaname = current_schema()"
        " UNION SELECT 'view', viewname, definition FROM pg_views WHERE schemaname = current_schema()"
    ),
}


def _same(found: str, ours: str, server: bool) -> bool:
    return _SPELLING.sub("", found) == _SPELLING.sub("", ours.partition(" AS ")[2]) if server else found == ours
