"""The library's functions: what a program calls, with the inputs that a program has at hand."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast, runtime_checkable

from onrecord import extending
from onrecord.datamodel.moment import Moment, moment
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.datamodel.story import Story
from onrecord.errors import ReadError, UsageError

if TYPE_CHECKING:
    from onrecord.checking.findings import CheckedDraft
    from onrecord.datamodel.attribution import Attribution
    from onrecord.ledger.desk import Desk
    from onrecord.ledger.filing import Added
    from onrecord.linking.ask import Answer
    from onrecord.pipeline import Progress
    from onrecord.reading.intake import Intake

TaggerName = Literal["auto", "neural", "rules"] | str
_Page = Literal["markdown", "html", "text"]
_File = Literal["json", "csv", "jsonl", "annotations", "prov", "claimreview", "stix", "timesketch", "ftm", "ninjs"]
Format = _Page | _File | str
Instant = str | date | Moment
Record = Mapping[str, object]

# The width of a story as text, in characters.
_WIDTH = 100


@runtime_checkable
class Frame(Protocol):
    """A data frame of pandas, polars, pyarrow or whatever else narwhals knows: one report a row."""

    @property
    def columns(self) -> Any:
        """The columns' names."""
        ...


Source = str | os.PathLike[str] | Report | Record | Frame | Sequence["Source"]


@dataclass
class _Gathered:
    """What a call was given, by its kind."""

    paths: list[Path] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    @property
    def only_paths(self) -> bool:
        """Whether nothing but files and folders was given."""
        return bool(self.paths) and not (self.reports or self.records)

    def take(self, one: object) -> None:
        """Keep one thing that was given, or what it holds; raises UsageError where it cannot be a report."""
        from onrecord.reading.intake import Intake

        if isinstance(one, str | os.PathLike):
            self.paths.append(Path(one))
        elif isinstance(one, Report):
            self.reports.append(one)
        elif isinstance(one, Mapping):
            self.records.append(one)
        elif isinstance(one, Intake):
            self.reports.extend(one.reports)
            self.outcomes.extend(one.outcomes)
        elif isinstance(one, Frame) and not isinstance(one, tuple):
            self.records.extend(_rows(one))
        elif isinstance(one, Iterable):
            for each in one:
                self.take(each)
        else:
            raise UsageError(f"{type(one).__name__} is no report · give paths, records with a text, or a data frame")


def read(*sources: Source | Intake, texts: Iterable[str] = ()) -> Intake:
    """Reports from what is at hand, and what became of every input.

    Args:
        *sources: files and folders (as text or paths), reports, records and data frames, also in lists. A record or a
            row holds "text", and "outlet", "published", "headline" and "url" where they are known.
        texts: reports as bare text or HTML.

    Returns:
        `reports`, sorted by id, and `outcomes`, one for each input.

    Raises:
        ReadError: where not one report could be read.
        UsageError: where nothing was given, or something that cannot be a report.
    """
    return _read(_gathered(sources, texts))


def extract(
    *sources: Source | Intake, texts: Iterable[str] = (), tagger: TaggerName = "auto"
) -> Iterator[tuple[Report, tuple[Attribution, ...]]]:
    """Who said what in each report, one report at a time; speakers over several reports are told by `tell`.

    Args:
        *sources: as for `read`.
        texts: as for `read`.
        tagger: "rules", "neural", or "auto": the neural tagger where it can be loaded; or one that a package adds.

    Yields:
        Each report with its attributions; every span slices the report's text to the exact words.

    Raises:
        ReadError: where not one report could be read.
        BackendError: where the neural tagger is asked for and cannot be loaded.
    """
    from onrecord.pipeline import choose_tagger, extract_reports

    chosen, _ = choose_tagger(_tagger(tagger))
    return extract_reports(read(*sources, texts=texts).reports, chosen)


def tell(
    *sources: Source | Intake,
    texts: Iterable[str] = (),
    name: str | None = None,
    as_of: Instant | None = None,
    tagger: TaggerName = "auto",
    progress: Progress | None = None,
) -> Story:
    """The story that reports tell: attributions, claims and where each stands, conflicts, quotes, changes.

    Args:
        *sources: as for `read`.
        texts: as for `read`.
        name: the story's name; else that of the folder.
        as_of: only what was published by then: a date, a time, or either as ISO 8601 text.
        tagger: as for `extract`; "rules" also links claims by rules alone.
        progress: called with a step's name, how many are done and how many there are.

    Returns:
        The story. The same reports give the same story, in whatever order they come.

    Raises:
        ReadError: where not one report could be read.
        UsageError: where `as_of` is no date.
    """
    from onrecord.pipeline import tell as tell_paths
    from onrecord.pipeline import tell_reports

    which, until = _tagger(tagger), _instant(as_of)
    gathered = _gathered(sources, texts)
    if gathered.only_paths:
        story = tell_paths(gathered.paths, name=name, as_of=until, which=which, progress=progress)
        _refuse_nothing(story.outcomes)
        return story
    intake = _read(gathered)
    return tell_reports(
        intake.reports, intake.outcomes, name=name or "story", as_of=until, which=which, progress=progress
    )


def ask(
    claim: str,
    *sources: Source | Intake | Story,
    texts: Iterable[str] = (),
    as_of: Instant | None = None,
    tagger: TaggerName = "auto",
) -> Answer:
    """Which reports support a claim in your own words, deny it, only carry it or say nothing of it.

    Args:
        claim: a sentence.
        *sources: as for `read`; or one story that was told before, which is quicker.
        texts: as for `read`.
        as_of: as for `tell`; a story keeps its own instant.
        tagger: as for `tell`.

    Returns:
        The stance of each report with the ids of the attributions that show it.

    Raises:
        ReadError: where not one report could be read.
        UsageError: where the claim is empty.
    """
    from onrecord.linking.ask import ask as ask_attributions
    from onrecord.pipeline import answer_reports, choose_judge

    wanted = " ".join(claim.split())
    if not wanted:
        raise UsageError("the claim is empty · ask · write it as a sentence")
    which, until = _tagger(tagger), _instant(as_of)
    if len(sources) == 1 and isinstance(story := sources[0], Story):
        judge, _ = choose_judge(which)
        return ask_attributions(wanted, story.reports, story.attributions, story.parties, judge)
    intake = read(*cast("Sequence[Source]", sources), texts=texts)
    answer, _ = answer_reports(wanted, intake.reports, intake.outcomes, as_of=until, which=which)
    return answer


def open_desk(address: str | os.PathLike[str], *, create: bool = False, tagger: TaggerName = "auto") -> Desk:
    """The desk at a file or a PostgreSQL address; close it, or use it in a with block.

    Args:
        address: a file's path, or postgresql://…
        create: make a new desk where there is none.
        tagger: as for `tell`.

    Raises:
        StoreError: where there is no desk, or it cannot be opened.
    """
    from onrecord.desk_pipeline import desk

    return desk(os.fspath(address), create=create, which=_tagger(tagger))


def add(desk: Desk, story: str, *paths: str | os.PathLike[str], tagger: TaggerName = "auto") -> tuple[Added, ...]:
    """Enter files and folders into a story of a desk; what comes back is on record.

    Args:
        desk: an open desk.
        story: the story's name; a new one is begun.
        *paths: files and folders.
        tagger: as for `extract`.

    Returns:
        What became of each input: a report entered, a duplicate, a new version, a refusal with its reason.
    """
    from onrecord.desk_pipeline import add as add_paths

    return tuple(add_paths(desk, story, [Path(one) for one in paths], _tagger(tagger)))


def check(
    draft: str | os.PathLike[str] | Report,
    story: Story,
    *,
    packs: Sequence[str] = (),
    tagger: TaggerName = "auto",
) -> CheckedDraft:
    """A draft before it is printed, against what a story has on record.

    Args:
        draft: a file of any format that `read` takes, or a report.
        story: what was told, of reports or of a desk.
        packs: house rules beside the record's: "ap", "reuters", "bbc", or paths of TOML files.
        tagger: as for `tell`.

    Returns:
        `findings`, each with its place in the draft, the passage on record, the rule and what to do; and `statements`,
        each with what the story has of it and where its claim stands.

    Raises:
        ReadError: where the draft cannot be read.
        UsageError: where a pack is not there or cannot be read.
    """
    from onrecord.checking.check import check as check_report
    from onrecord.checking.drafts import read_draft

    report = draft if isinstance(draft, Report) else read_draft(Path(draft))
    return check_report(report, story, packs=packs, which=_tagger(tagger))


def render(story: Story, format: Format = "markdown", *, changes: bool = False, table: str = "claims") -> str:
    """A story as a page or a file; the same story gives the same text.

    Args:
        story: what was told.
        format: a page: "markdown", "html" (self-contained) or "text". A file: "json" (the story file),
            "csv" (one table), "jsonl" (all tables), "annotations" (W3C Web Annotation), "prov" (W3C PROV in JSON),
            "claimreview", "stix", "timesketch", "ftm" (FollowTheMoney) or "ninjs" (see docs/exchange.md);
            or what an installed package adds.
        changes: in a page, also when each standing changed, and because of what.
        table: which table "csv" holds.

    Raises:
        UsageError: where there is no such format or table.
    """
    if format not in _RENDERERS:
        known = extending.added(extending.EXPORTERS)
        if format in known:
            return cast("Callable[[Story], str]", extending.load(extending.EXPORTERS, format))(story)
        raise UsageError(f"no format '{format}' · render · one of {', '.join((*_RENDERERS, *known))}")
    module = import_module(f"onrecord.rendering.{_RENDERERS[format]}")
    if format == "text":
        return _text(story, module, changes)
    options = {"changes": changes} if format in _PAGES else {"table": table} if format == "csv" else {}
    told: str = module.render(story, **options)
    return told


_PAGES = ("markdown", "html")
_RENDERERS = {
    "markdown": "markdown",
    "html": "html",
    "text": "terminal",
    "json": "storyfile",
    "csv": "exchange.csv_table",
    "jsonl": "exchange.json_lines",
    "annotations": "exchange.web_annotation",
    "prov": "exchange.prov_json",
    "claimreview": "exchange.claim_review",
    "stix": "exchange.casework.stix",
    "timesketch": "exchange.casework.timesketch",
    "ftm": "exchange.casework.follow_the_money",
    "ninjs": "exchange.newswire.ninjs",
}


def _text(story: Story, terminal: ModuleType, changes: bool) -> str:
    from rich.console import Console

    page = StringIO()
    terminal.render(story, Console(file=page, width=_WIDTH, color_system=None), changes=changes, whole=True)
    return page.getvalue()


# What a call is given, to reports.


def _gathered(sources: Iterable[object], texts: Iterable[str] = ()) -> _Gathered:
    if isinstance(texts, str):
        texts = [texts]
    found = _Gathered()
    for one in sources:
        found.take(one)
    found.records.extend({"text": one} for one in texts)
    return found


def _read(gathered: _Gathered) -> Intake:
    intake = _intake(gathered)
    if not intake.reports:
        _refuse_nothing(intake.outcomes)
    return intake


def _refuse_nothing(outcomes: Sequence[Outcome]) -> None:
    """Raises ReadError where no input ended as a report."""
    if any(one.report for one in outcomes):
        return
    first = next((one for one in outcomes if one.reason), None)
    told = f"{first.input}: {first.reason}" if first else "no files, texts or rows were given"
    raise ReadError(f"no report could be read · {told}")


def _rows(frame: object) -> list[Record]:
    try:
        import narwhals
    except ImportError as error:
        raise UsageError("narwhals is not installed · reports from a data frame · pip install narwhals") from error
    rows = narwhals.from_native(cast(Any, frame), eager_only=True)
    if "text" not in rows.columns:
        raise UsageError(f"no column 'text' · a data frame with {', '.join(rows.columns[:8])} · rename one to text")
    return [{key: value for key, value in row.items() if not _missing(value)} for row in rows.iter_rows(named=True)]


def _missing(value: object) -> bool:
    """Whether a cell is empty; pandas marks numbers and times that are not there by what is not equal to itself."""
    return value is None or (isinstance(value, float | date) and value != value)


def _intake(gathered: _Gathered) -> Intake:
    from onrecord.reading.duplicates.page_versions import chain
    from onrecord.reading.intake import Intake, with_copies
    from onrecord.reading.intake import read as read_paths

    parts = [Intake(tuple(gathered.reports), tuple(gathered.outcomes))] if gathered.reports else []
    if gathered.paths:
        parts.append(read_paths(gathered.paths))
    parts.extend(map(_read_record, gathered.records))
    if len(parts) == 1:
        return parts[0]
    reports, outcomes = _distinct(sorted(parts, key=_first_id))
    return Intake(with_copies(chain(sorted(reports, key=lambda one: one.id))), tuple(outcomes))


def _read_record(record: Record) -> Intake:
    """A record as the reader of JSON reads it, which finds headlines, dates and markup."""
    from onrecord.reading.draft import Source as Bytes
    from onrecord.reading.intake import Intake, read_capture

    words = str(record.get("text") or "").strip()
    # Named by its words, so that the order in which texts are given changes nothing.
    name = str(record.get("id") or f"text-{hashlib.sha256(words.encode()).hexdigest()[:6]}")
    if not words:
        return Intake((), (Outcome(input=name, fate=Fate.REFUSED, reason="no words in its text; give it one"),))
    told = {str(key): _plain(value) for key, value in record.items() if not _missing(value)}
    return read_capture(Bytes(json.dumps(told, ensure_ascii=False).encode(), name), name)


def _plain(value: object) -> object:
    """A cell as JSON has it: a time as ISO 8601 text, what JSON does not know as text."""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict) else str(value)


def _first_id(part: Intake) -> str:
    return part.reports[0].id if part.reports else ""


def _distinct(parts: Iterable[Intake]) -> tuple[list[Report], list[Outcome]]:
    """Of equal bytes the first report stays; of equal ids the later ones get a number."""
    from onrecord.reading.finding.naming import unique

    kept: dict[str, Report] = {}
    outcomes: list[Outcome] = []
    for part in parts:
        again = {}
        for report in part.reports:
            first = kept.setdefault(report.sha256, report)
            if first is not report:
                again[report.id] = first
        for outcome in part.outcomes:
            earlier = again.get(outcome.report or "")
            if earlier is None:
                outcomes.append(outcome)
            else:
                why = f"the same bytes as {earlier.file}"
                outcomes.append(replace(outcome, fate=Fate.DUPLICATE, report=earlier.id, reason=why))
    reports = list(kept.values())
    ids = unique([one.id for one in reports])
    return [one if one.id == id else replace(one, id=id) for one, id in zip(reports, ids, strict=True)], outcomes


def _instant(value: Instant | None) -> Moment | None:
    if value is None or isinstance(value, Moment):
        return value
    try:
        return moment(value if isinstance(value, str) else value.isoformat())
    except (ValueError, OverflowError) as error:
        raise UsageError(f"'{value}' is no date · as_of · write 2031-03-07 or 2031-03-07T18:00Z") from error


def _tagger(name: str) -> str:
    from onrecord.pipeline import TAGGERS

    known = (*TAGGERS, *extending.added(extending.TAGGERS))
    if name not in known:
        raise UsageError(f"no tagger '{name}' · tagger · one of {', '.join(known)}")
    return name
