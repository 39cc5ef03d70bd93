"""Lists of the desk as CSV, for whoever goes on in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from starlette.responses import Response

from onrecord.datamodel.story import Story
from onrecord.rendering.claims import ClaimView

# A cell that begins with one of these is a formula to a spreadsheet; what reports say must never be run.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CLAIM_HEAD = ("number", "id", "standing", "origins_least", "origins_most", "reports", "claim", "state", "owner", "tags")


def claims_csv(claims: Iterable[ClaimView], story: Story) -> Response:
    """Claims as a table, with what the desk keeps of each."""
    rows = []
    for one in claims:
        work = story.work_on.get(one.id)
        desk = (work.state or "", work.owner or "", " ".join(work.tags)) if work else ("", "", "")
        rows.append((one.number, one.id, one.status.value, one.lo, one.hi, one.reports, one.text, *desk))
    return csv_file(CLAIM_HEAD, rows, f"{story.name}-claims.csv")


def csv_file(head: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """A table as a CSV file, in which no cell is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[_cell(one) for one in row] for row in rows])
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(out.getvalue().encode("utf-8", "replace"), media_type="text/csv; charset=utf-8", headers=headers)


def _cell(value: object) -> str:
    told = str(value)
    return f"'{told}" if told.startswith(_FORMULA) else told
