"""Invented stories with what each statement does to each claim: training texts of our own beside the references.

A file of `training/stance_stories/` is a story: a title, its claims (`C1 text`), and its statements, a line each:
`report | source | cue | content | labels`. A label is `+1` (supports claim 1), `-3` (denies), `?2` (leaves open), or a
lone `0` where it bears on no claim. Most of them deny: in the references one member in eight does.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("stance_stories")
_STANCE = {"+": "asserts", "-": "denies", "?": "not-confirmed"}
_CLAIM = re.compile(r"C(\d+) (.+)")
_LABEL = re.compile(r"([+?-])(\d+)")


def invented_texts(path: Path) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
    """A story in the references' form (claims with members, attributions with reports), and the statements' texts.

    The second dictionary has each statement with source and cue, the third its content alone. Raises ValueError where a
    line cannot be read.
    """
    claims: dict[str, dict[str, Any]] = {}
    rows: list[dict[str, Any]] = []
    whole, contents = {}, {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("# "):
            continue
        if found := _CLAIM.fullmatch(line.strip()):
            claims[found[1]] = {"text": found[2], "members": []}
            continue
        fields = [field.strip() for field in line.split(" | ")] if " | " in line else []
        fields = [field.strip() for field in line.split("|")] if len(fields) != 5 else fields
        if len(fields) != 5:
            raise ValueError(f"{path.name}, line {number}: five fields are needed, found {len(fields)}")
        report, source, cue, content, labels = fields
        ident = f"s{number}"
        rows.append({"id": ident, "report": report})
        who = " ".join(part for part in (source, cue) if part)
        whole[ident], contents[ident] = (f"{who}: {content}" if who else content), content
        for side, claim in _LABEL.findall(labels):
            if claim not in claims:
                raise ValueError(f"{path.name}, line {number}: there is no claim C{claim}")
            claims[claim]["members"].append({"attribution": ident, "stance": _STANCE[side]})
    return {"claims": list(claims.values()), "attributions": rows}, whole, contents


def invented_stories() -> list[Path]:
    """The files of all invented stories."""
    return sorted(FOLDER.glob("*.txt"))
