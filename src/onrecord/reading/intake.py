"""Paths to reports, with one counted outcome for each input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.errors import ReadError
from onrecord.reading.assemble_report import finish, not_analysed
from onrecord.reading.draft import Draft, Source
from onrecord.reading.duplicates.near_duplicates import near_copies
from onrecord.reading.duplicates.page_versions import chain
from onrecord.reading.finding.naming import name_reports
from onrecord.reading.finding.opening import regular_bytes
from onrecord.reading.finding.sidecar import NAME, Known, Sidecar, load_sidecar
from onrecord.reading.finding.walking import Found, find_files, refused
from onrecord.reading.formats.registry import read_source
from onrecord.reading.limits.record_limits import limit, raised


@dataclass(frozen=True, slots=True)
class Intake:
    """Reports sorted by id, and what became of every input, sorted by its name."""

    reports: tuple[Report, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class _Item:
    found: Found
    stem: str
    draft: Draft
    known: Known


def read(paths: Sequence[Path], *, compare: bool = True) -> Intake:
    """Read files and folders; never raises for a bad input, which ends as a refused outcome with its reason.

    The order of the paths changes nothing. meta.json beside a file is read for it, gold.json and hidden files are not.
    `compare` marks near copies and later versions among the reports.
    """
    files, outcomes = find_files(paths)
    sidecars, broken = _sidecars(files)
    items: list[_Item] = []
    ended = [*outcomes, *broken]
    for found in files:
        sidecar = sidecars[found.path.parent]
        # Beside a meta.json that lists the reports, other JSON is the story's apparatus, as gold.json is.
        if not found.named and found.path.suffix == ".json" and sidecar.files and found.path.name not in sidecar.files:
            ended.append(refused(found.shown, f"not among the reports that {NAME} lists; give it by name to read it"))
            continue
        drafts, left_out = _read_file(found)
        ended.extend(left_out)
        if drafts:
            known = sidecar.of(found.path.name)
            items.extend(_item(found, draft, known, len(drafts)) for draft in drafts)
    made: list[tuple[Report, Outcome]] = []
    for one in _reports(items):
        made.append(one) if isinstance(one, tuple) else ended.append(one)
    reports: Sequence[Report] = sorted((report for report, _ in made), key=lambda report: report.id)
    if compare:
        reports = with_copies(chain(reports))
    revised = {report.id: report.revises for report in reports if report.revises}
    ended.extend(_revised(outcome, revised) for _, outcome in made)
    return Intake(tuple(reports), tuple(sorted(ended, key=_by_input)))


def read_capture(source: Source, stem: str) -> Intake:
    """Read one file that is held in memory; `stem` is what its reports are named after."""
    found = Found(Path(source.name), source.name)
    try:
        drafts = read_source(source)
    except ReadError as error:
        return Intake((), (refused(source.name, _reason(error, found)),))
    many = len(drafts) > 1
    items = [_Item(found, f"{stem} {one.key}" if many else stem, one, Known()) for one in drafts]
    made = list(_reports(items))
    reports = tuple(one[0] for one in made if isinstance(one, tuple))
    outcomes = tuple(one[1] if isinstance(one, tuple) else one for one in made)
    return Intake(reports, (*outcomes, *_left_out(source, found)))


def _left_out(source: Source, found: Found) -> tuple[Outcome, ...]:
    """What of a file was not read, counted to the record."""
    return tuple(refused(f"{found.shown}#{one.key}", one.reason) for one in source.left_out)


def _by_input(outcome: Outcome) -> tuple[str, str, str, str]:
    return (outcome.input, outcome.fate.value, outcome.report or "", outcome.reason or "")


def _revised(outcome: Outcome, revised: Mapping[str, str]) -> Outcome:
    before = revised.get(outcome.report or "")
    if before is None:
        return outcome
    return replace(
        outcome, fate=Fate.REVISED, reason=f"a later version of the page that is report {before}; both are read"
    )


def with_copies(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Near copies are said in both reports' notes; nobody's text is dropped for them."""
    said: dict[str, list[str]] = {}
    for pair in near_copies(reports):
        for one, other in ((pair.left, pair.right), (pair.right, pair.left)):
            said.setdefault(one, []).append(
                f"a near copy of report {other}: {pair.shared:.0%} of the shorter one's words"
            )
    return tuple(replace(one, notes=(*one.notes, *said[one.id])) if one.id in said else one for one in reports)


def _sidecars(files: Sequence[Found]) -> tuple[dict[Path, Sidecar], tuple[Outcome, ...]]:
    sidecars: dict[Path, Sidecar] = {}
    broken: list[Outcome] = []
    for folder in sorted({found.path.parent for found in files}):
        try:
            sidecars[folder] = load_sidecar(folder)
        except ReadError as error:
            sidecars[folder] = Sidecar()
            broken.append(refused(NAME, f"{error}; the reports were read without it"))
    return sidecars, tuple(broken)


def _read_file(found: Found) -> tuple[tuple[Draft, ...], tuple[Outcome, ...]]:
    """A file's items, and the outcomes of those that were not read, or of the whole file."""
    source = Source(b"", found.path.name)
    try:
        most = limit("file_mb") * 1_000_000
        raw = regular_bytes(found.path, most)
        if len(raw) > most:
            size = max(len(raw), found.path.stat().st_size) // 1_000_000
            why = f"{size} MB, more than {most // 1_000_000} MB; split it, or"
            return (), (refused(found.shown, f"{why} {raised('file_mb', size + 1)}"),)
        if not raw.strip():
            return (), (refused(found.shown, "an empty file, no words in it; remove it or save it again"),)
        source = Source(raw, found.path.name)
        return read_source(source), _left_out(source, found)
    except PermissionError:
        return (), (refused(found.shown, "no permission to read it; change its permissions (chmod u+r)"),)
    except OSError as error:
        return (), (refused(found.shown, f"cannot be opened ({error.strerror}); check the file"),)
    except ReadError as error:
        return (), (refused(found.shown, _reason(error, found)),)


def _item(found: Found, draft: Draft, known: Known, many: int) -> _Item:
    stem = found.path.stem.removesuffix(".warc")
    stem = f"{stem} {draft.key}" if many > 1 else stem
    # A date or a headline in meta.json is meant for one report, not for every item of a feed.
    return _Item(found, stem, draft, known if many == 1 else Known(outlet=known.outlet))


def _reports(items: Sequence[_Item]) -> Iterator[tuple[Report, Outcome] | Outcome]:
    """Reports and duplicates; of equal bytes the first name is read."""
    first: dict[str, _Item] = {}
    for item in items:
        first.setdefault(item.draft.sha256, item)
    kept = [item for item in items if first[item.draft.sha256] is item]
    ids = {item.draft.sha256: id for item, id in zip(kept, name_reports([item.stem for item in kept]), strict=True)}
    for item in items:
        id = ids[item.draft.sha256]
        if first[item.draft.sha256] is not item:
            same = f"the same bytes as {_shown(first[item.draft.sha256])}"
            yield Outcome(input=_shown(item), fate=Fate.DUPLICATE, report=id, reason=same)
            continue
        try:
            report = finish(item.draft, item.known, id, item.found.path.name)
            reason = None if report.analysed else not_analysed(report)
            yield report, Outcome(input=_shown(item), fate=Fate.READ, report=id, reason=reason)
        except ReadError as error:
            yield refused(_shown(item), _reason(error, item.found))
        except Exception as error:  # one report never costs another
            yield refused(_shown(item), f"it cannot be worked through ({type(error).__name__}); save it as plain text")


def _shown(item: _Item) -> str:
    return f"{item.found.shown}#{item.draft.key}" if item.draft.key else item.found.shown


def _reason(error: ReadError, found: Found) -> str:
    """The message without the file's name, which the outcome carries already."""
    return str(error).removeprefix(f"{found.path.name}: ")
