"""Lists of the desk as CSV and JSON under the addresses of their pages, for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from starlette.responses import Response

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.rendering.views.claims import ClaimView
from onrecord.rendering.views.exhibits import Exhibit

# A cell that begins with one of these is a formula to a spreadsheet; what reports say must never be run.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Row = Mapping[str, object]
Form = Annotated[str, Query(alias="format", max_length=10)]


def listed(form: str, name: str, rows: Iterable[Row], head: Sequence[str] = ()) -> Response:
    """Rows as `form` asks for them, "csv" or "json"; `head` names the columns where there may be no row.

    Raises UsageError for any other form.
    """
    held = list(rows)
    names = tuple(held[0]) if held else tuple(head)
    if form == "csv":
        body, kind = _csv(names, held), "text/csv"
    elif form == "json":
        body, kind = (
            json.dumps({"total": len(held), "items": held}, ensure_ascii=False, default=str),
            "application/json",
        )
    else:
        raise UsageError(f"no format '{form}' · {name} · csv or json")
    headers = {"Content-Disposition": f"inline; filename*=UTF-8''{quote(f'{name}.{form}', safe='')}"}
    return Response(body.encode("utf-8", "replace"), media_type=f"{kind}; charset=utf-8", headers=headers)


def _csv(names: Sequence[str], rows: Iterable[Row]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    told = "" if value is None else "; ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return f"'{told}" if told.startswith(_FORMULA) else told


def claim_rows(claims: Iterable[ClaimView], story: Story) -> list[Row]:
    """Claims with where they stand, and what the desk keeps of each."""
    rows: list[Row] = []
    for one in claims:
        work = story.work_on.get(one.id)
        rows.append({
            "number": one.number,
            "id": one.id,
            "standing": one.status.value,
            "origins_least": one.lo,
            "origins_most": one.hi,
            "reports": one.reports,
            "claim": one.text,
            "state": (work.state or "") if work else "",
            "owner": (work.owner or "") if work else "",
            "tags": list(work.tags) if work else [],
        })  # fmt: skip
    return rows


def statement_row(item: Exhibit) -> dict[str, object]:
    """One statement with who is credited, through whom, where and when."""
    return {
        "published": item.published.isoformat() if item.published else None,
        "report": item.reference.report,
        "outlet": item.outlet,
        "place": item.reference.label,
        "speaker": item.holder,
        "named": item.named,
        "act": item.act.value,
        "through": list(item.relay),
        "words": item.words,
    }
