"""The formats that a story is written in for other programs: what each is, and what reads it back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from onrecord.datamodel.story import Story


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One format: `tabled` ones hold one table of the story, `claimed` ones may be of one claim.

    `binary` ones go to a file, `extra` is what they need.
    """

    name: str
    module: str
    what: str
    read_by: str
    tabled: bool = False
    claimed: bool = False
    binary: bool = False
    extra: str = ""


FORMATS = (
    Exchange(
        name="json",
        module="storyfile",
        what="the story file, with everything that was found",
        read_by="any program",
    ),
    Exchange(
        name="csv",
        module="exchange.csv_table",
        what="one table with names and exact words; `--table claims` (or `reports`, `parties`, `attributions`, "
        "`conflicts`, `quotes`, `changes`)",
        read_by="spreadsheets, pandas",
        tabled=True,
    ),
    Exchange(
        name="jsonl",
        module="exchange.json_lines",
        what="all tables, one record a line, which says its table",
        read_by="jq, DuckDB, log tools",
    ),
    Exchange(
        name="xlsx",
        module="exchange.workbook",
        what="all tables as sheets of one workbook; no cell is a formula or a link",
        read_by="spreadsheets; openpyxl",
        binary=True,
        extra="xlsx",
    ),
    Exchange(
        name="parquet",
        module="exchange.parquet",
        what="one table, as for `csv`, with types",
        read_by="DuckDB, Spark; polars",
        tabled=True,
        binary=True,
        extra="parquet",
    ),
    Exchange(
        name="sqlite",
        module="exchange.datasette",
        what="all tables in one SQLite file, with keys between them and full-text search",
        read_by="Datasette, any SQLite",
        binary=True,
    ),
    Exchange(
        name="annotations",
        module="exchange.web_annotation",
        what="W3C Web Annotation: one annotation a statement, with position and quote selectors",
        read_by="annotation tools",
    ),
    Exchange(
        name="prov",
        module="exchange.prov_json",
        what="W3C PROV in JSON: report, statement, claim, standing, and who made what",
        read_by="`prov` and other PROV tools",
    ),
    Exchange(
        name="claimreview",
        module="exchange.claim_review",
        what="schema.org ClaimReview and Claim of the claims that a person accepted, as a script element for a page",
        read_by="search engines; extruct",
    ),
    Exchange(
        name="stix",
        module="exchange.casework.stix",
        what="a STIX 2.1 bundle: outlets and speakers, reports, statements as notes, claims as groupings",
        read_by="OpenCTI, MISP; stix2",
    ),
    Exchange(
        name="timesketch",
        module="exchange.casework.timesketch",
        what="JSON lines of events: what was published, what was said when, when each standing changed",
        read_by="Timesketch",
    ),
    Exchange(
        name="ftm",
        module="exchange.casework.follow_the_money",
        what="FollowTheMoney entities as JSON lines: articles, named sources, statements and claims as notes",
        read_by="Aleph, OpenAleph; followthemoney",
    ),
    Exchange(
        name="ninjs",
        module="exchange.newswire.ninjs",
        what="IPTC ninjs 3.0: the brief as a news object, its reports as associations with their digests",
        read_by="editorial systems, wire services",
    ),
    Exchange(
        name="newsml",
        module="exchange.newswire.newsml",
        what="IPTC NewsML-G2 2.35: the brief as a news item with an XHTML body",
        read_by="editorial systems, wire services; newsmlg2",
    ),
    Exchange(
        name="docx",
        module="exchange.dossier.docx",
        what="a dossier for Word, of the story or with `--claim C1` of one claim: exact words, page numbers, a table "
        "of sources",
        read_by="Word, LibreOffice; python-docx",
        claimed=True,
        binary=True,
        extra="dossier",
    ),
    Exchange(
        name="pdf",
        module="exchange.dossier.pdf",
        what="the same dossier as a PDF, with bookmarks",
        read_by="any PDF reader",
        claimed=True,
        binary=True,
        extra="dossier",
    ),
)
# What `export` writes of a desk: its option, what that is, and what reads it.
_EXPORTS = (
    (
        "--pack FILE.zip",
        "a story's record with its verifier: entries, chain, archived bytes",
        "itself: `python3 FILE.zip`",
    ),
    (
        "--wacz FILE.wacz",
        "a story's captures as a WACZ, with digests and the statements' places",
        "ReplayWeb.page; wacz",
    ),
    ("--datasette FOLDER", "every story as one SQLite file with `metadata.yml`", "Datasette"),
)
BY_NAME = {one.name: one for one in FORMATS}


def render(story: Story, name: str, table: str = "claims", claim: str | None = None) -> str | bytes:
    """A story in one of the formats, or one of its claims; raises UsageError where a library for it is missing."""
    held = BY_NAME[name]
    made: Callable[..., str | bytes] = import_module(f"onrecord.rendering.{held.module}").render
    if held.claimed:
        return made(story, claim)
    return made(story, table) if held.tabled else made(story)


def table() -> str:
    """The formats as a table of a page."""
    head = "| `brief --format` | what it is | read back by |\n| --- | --- | --- |"
    rows = (f"| `{one.name}` | {one.what}{_needs(one)} | {one.read_by} |" for one in FORMATS)
    exports = (f"| `export {option}` | {what} | {read_by} |" for option, what, read_by in _EXPORTS)
    return "\n".join((head, *rows, *exports))


def _needs(one: Exchange) -> str:
    return f'; needs `pip install -c constraints.txt ".[{one.extra}]"`' if one.extra else ""
