"""The pipeline over a desk: paths are read and entered, and stories are told from what was entered."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.boundaries import left_outcome, spared
from onrecord.datamodel.attribution import Attribution, Tag
from onrecord.datamodel.entry import Capture, Entry, Line, Reading
from onrecord.datamodel.moment import Moment, Precision
from onrecord.datamodel.party import Party
from onrecord.datamodel.report import Fate, Outcome, Report
from onrecord.datamodel.story import Story
from onrecord.errors import OnRecordError, ReadError
from onrecord.ledger.codec import encode
from onrecord.ledger.deciding.settling import settled
from onrecord.ledger.deciding.speaker_decisions import corrected, told_of
from onrecord.ledger.desk import Desk, open_desk
from onrecord.ledger.filing import Added
from onrecord.ledger.replay import Decided, Filed, State
from onrecord.ledger.revisions.story_diff import ClaimChange, turns
from onrecord.reading.finding.opening import regular_bytes
from onrecord.reading.language import name_of
from onrecord.reading.limits.record_limits import limit
from onrecord.weighing.weigh import published_by

if TYPE_CHECKING:
    from onrecord.pipeline import Memory, Progress
    from onrecord.tagging.tagger import Tagger

# The steps are heavy to import: a story that was told already is shown without them.

# What tells a story from what is entered; a change in any of it is a new version of the rules.
_STEPS = ("datamodel", "attributing", "linking", "weighing", "ledger/deciding", "reading")
_AT_ONCE = 16
# A file to the words that the record gives for where it came from.
CameFrom = Callable[[Path], str]


def desk(address: str, *, create: bool = False, which: str = "auto") -> Desk:
    """The desk at a file or a PostgreSQL address, telling stories by the pipeline; raises StoreError."""
    return open_desk(address, PipelineStoryBuilder(which), create=create)


def package_version() -> str:
    """The installed version of onrecord."""
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "0"


# Adding.


def add(
    held: Desk,
    story: str,
    paths: Sequence[Path],
    which: str = "auto",
    progress: Progress | None = None,
    came_from: CameFrom | None = None,
) -> Iterator[Added]:
    """Read files and folders and enter them one by one; an outcome for each input, on record once it is yielded.

    Where reports were revised, the story is told before and after, and what changed is entered too. `came_from` words
    where a file came from, else its path is told as it was given.
    """
    yield from _weighed(held, story, held_readings(held, story, paths, which, progress, came_from))


def add_captured(
    held: Desk,
    story: str,
    found: Sequence[tuple[Report, Capture]],
    which: str = "auto",
    progress: Progress | None = None,
) -> Iterator[Added]:
    """Enter reports that were read from captures at hand, as `add` enters files."""
    captures = {report.id: capture for report, capture in found}
    reports = [report for report, _ in found]
    yield from _weighed(held, story, _entered(held, story, reports, captures.__getitem__, (which, progress)))


def _weighed(held: Desk, story: str, found: Iterable[Added]) -> Iterator[Added]:
    start = held.head()[0]
    revised = []
    for added in found:
        if added.comparison:
            revised.append(added)
        yield added
    if revised and (before := _told_at(held, story, start)):
        changed = turns(before, held.story(story))
        pairs = [f"{one.comparison.before} as {one.comparison.after}" for one in revised if one.comparison]
        entry = _enter_turns(held, story, changed, f"revised: {', '.join(pairs)}")
        if changed:
            yield replace(revised[-1], entries=(entry,), turns=changed)


def held_readings(
    held: Desk,
    story: str,
    paths: Sequence[Path],
    which: str,
    progress: Progress | None,
    came_from: CameFrom | None = None,
) -> Iterator[Added]:
    """Read, tag what is new, enter."""
    from onrecord.reading.intake import read

    # Which other reports one resembles or revises depends on what is beside it: that is told, not entered.
    intake = read(paths, compare=False)
    found = {report.id: report for report in intake.reports}
    sources: dict[str, list[Path]] = {}

    def capture(ident: str) -> Capture:
        if not sources:
            sources.update(_sources(paths, intake.outcomes))
        return _capture(found[ident], sources[ident], came_from or as_given)

    yield from (Added(outcome=one) for one in intake.outcomes if one.fate in (Fate.REFUSED, Fate.DUPLICATE))
    yield from _entered(held, story, intake.reports, capture, (which, progress))


def _entered(
    held: Desk,
    story: str,
    reports: Sequence[Report],
    capture: Callable[[str], Capture],
    how: tuple[str, Progress | None],
) -> Iterator[Added]:
    from onrecord.pipeline import choose_tagger

    fresh = []
    for report in reports:
        if known := held.known(story, report):
            yield Added(outcome=known)
        else:
            fresh.append(report)
    if fresh:
        tagger, _ = choose_tagger(how[0])
        failed: list[Outcome] = []
        yield from held.add(story, _readings(fresh, capture, (tagger, how[1]), failed))
        yield from (Added(outcome=one) for one in failed)


def _readings(
    reports: Sequence[Report],
    capture: Callable[[str], Capture],
    how: tuple[Tagger, Progress | None],
    failed: list[Outcome],
) -> Iterator[Reading]:
    """What there is to enter; the outcomes of reports that cannot be worked through are put with `failed`."""
    many = Counter(report.file for report in reports)
    for report, tags in _tagged(reports, *how, failed):
        try:
            came, lines = capture(report.id), lines_of(report, tags)
        except (OnRecordError, OSError) as error:
            failed.append(Outcome(input=report.file, fate=Fate.REFUSED, reason=_why(error)))
        except Exception as error:  # one report never costs another
            failed.append(replace(left_outcome(report, type(error).__name__), report=None))
        else:
            sole = many[report.file] == 1
            yield Reading(report=report, capture=came, lines=lines, made_by=how[0].name, sole=sole)


def _why(error: Exception) -> str:
    return (
        str(error) if isinstance(error, OnRecordError) else f"cannot be opened ({type(error).__name__}); add it again"
    )


def _tagged(
    reports: Sequence[Report], tagger: Tagger, progress: Progress | None, failed: list[Outcome] | None = None
) -> Iterator[tuple[Report, tuple[Tag, ...]]]:
    """Reports with their tags, some at a time, so that the first are on record while the last are still looked at."""
    from onrecord.pipeline import tag_each

    for first in range(0, len(reports), _AT_ONCE):
        some = reports[first : first + _AT_ONCE]
        found, ended = tag_each(some, tagger)
        yield from found
        if failed is not None:
            failed.extend(replace(one, report=None) for one in ended)
        if progress:
            progress("attributing", first + len(some), len(reports))


def lines_of(report: Report, tags: Sequence[Tag]) -> tuple[Line, ...]:
    """A report's tags with their words, and the speaker and act that the report alone gives each."""
    from onrecord.attributing.attribute import attribute

    found = attribute([report], [tags])
    names = {party.id: party.name for party in found.parties}
    alone = {(one.source, one.content): one for one in found.attributions}
    lines = []
    for tag in tags:
        one = alone.get((tag.source, tag.content))
        lines.append(
            Line(
                tag=tag,
                content_words=tuple(span.of(report.text) for span in tag.content),
                source_words=tuple(span.of(report.text) for span in tag.source),
                speaker=names.get(one.speaker or "") if one else None,
                act=one.act if one else None,
            )
        )
    return tuple(lines)


def _sources(paths: Sequence[Path], outcomes: Sequence[Outcome]) -> dict[str, list[Path]]:
    """Each report's possible files: names in outcomes are not unique where several folders are read."""
    from onrecord.reading.finding.walking import find_files

    shown: dict[str, list[Path]] = {}
    for one in find_files(paths)[0]:
        shown.setdefault(one.shown, []).append(one.path)
    found: dict[str, list[Path]] = {}
    for outcome in outcomes:
        if outcome.report and outcome.fate in (Fate.READ, Fate.REVISED):
            found[outcome.report] = shown.get(outcome.input) or shown.get(outcome.input.rpartition("#")[0]) or []
    return found


def _capture(report: Report, candidates: Sequence[Path], came_from: CameFrom) -> Capture:
    """The bytes that a report was read from; raises ReadError where they changed since."""
    raws = [(path, regular_bytes(path, limit("file_mb") * 1_000_000)) for path in candidates]
    exact = [(path, raw) for path, raw in raws if hashlib.sha256(raw).hexdigest() == report.sha256]
    if not raws:
        raise ReadError(f"gone while it was read · {report.file} · add it again")
    path, raw = exact[0] if exact else raws[0]
    return Capture(raw=raw, came_from=came_from(path), tool=f"onrecord {package_version()}", at=report.captured)


def as_given(path: Path) -> str:
    """A path as it was given; of an absolute one the last two parts, since a record is handed to strangers."""
    if path.is_absolute():
        here = Path.cwd()
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else "/".join(path.parts[-2:])
    return path.as_posix()


def _told_at(held: Desk, story: str, seq: int) -> Story | None:
    """The story as it was told right after an entry; None where there was none then."""
    if not seq:
        return None
    at = Moment(held.entry(seq).at, Precision.MINUTE)
    state = held.state(story, at)
    return held.story(story, None, at) if state.filed else None


def _enter_turns(held: Desk, story: str, found: Sequence[ClaimChange], why: str) -> Entry:
    return held.note_telling(story, {"why": why, "turns": encode(tuple(found))})


def again(held: Desk, story: str, which: str = "auto", progress: Progress | None = None) -> tuple[ClaimChange, ...]:
    """Tag a story's reports with the taggers of today, beside the old results, and enter what that changes.

    Where the story was told by other rules before, what these change is told too.
    """
    from onrecord.pipeline import choose_tagger

    earlier = held.told_before(story)
    before = earlier[1] if earlier else held.story(story)
    filed = held.state(story).current()
    tagger, _ = choose_tagger(which)
    for report, tags in _tagged([one.report for one in filed], tagger, progress):
        held.again(story, report.id, lines_of(report, tags), tagger.name)
    found = turns(before, held.story(story))
    rules = f"; rules before: {earlier[0]}" if earlier else ""
    _enter_turns(held, story, found, f"told again by {tagger.name}{rules}")
    return found


def changes_since(held: Desk, story: str, since: Moment) -> tuple[ClaimChange, ...]:
    """What became of each claim since an instant, by what the desk held then and holds now."""
    at = Moment(since.at, Precision.MINUTE)
    return turns(held.story(story, None, at), held.story(story))


# Telling.


class PipelineStoryBuilder:
    """Tells a story from its state by attributing, linking and weighing what its entries hold."""

    def __init__(self, which: str = "auto", progress: Progress | None = None) -> None:
        self.which = which
        self.progress = progress
        self._last: tuple[object, Story] | None = None

    @cached_property
    def memory(self) -> Memory:
        """What was made of single reports in earlier tellings, of whatever stories."""
        from onrecord.pipeline import Memory

        return Memory()

    @cached_property
    def version(self) -> str:
        """Name and version of the rules, with a digest of all that decides how a state is told."""
        root = Path(str(files("onrecord")))
        digest = hashlib.sha256()
        found = [path for step in _STEPS for path in (root / step).rglob("*.py")]
        found.extend(root / name for name in ("pipeline.py", "desk_pipeline.py", "weights/manifest.json"))
        for path in sorted(one for one in found if one.is_file()):
            digest.update(path.relative_to(root).as_posix().encode() + b"\n" + path.read_bytes())
        judge = "rules" if self.which == "rules" else "judge"
        return f"onrecord {package_version()} ({judge}) {digest.hexdigest()[:16]}"

    def __call__(self, state: State, published: Moment | None, captured: Moment | None) -> Story:
        """The story that the versions of reports tell that count at these instants, people's decisions applied."""
        from onrecord.pipeline import left_out, with_documents

        filed = state.current(published)
        reports = [one.report for one in filed]
        ids = {report.id for report in published_by(reports, published)}
        kept = [report for report in reports if report.id in ids]
        by_id = {one.report.id: one for one in filed}

        def told(some: Sequence[Report]) -> Story:
            tags = [corrected(by_id[report.id], state.decisions) for report in some]
            outcomes = [_outcome(by_id[report.id]) for report in some]
            story = self._assembled(state.story, published, some, tags, outcomes)
            notes = (*left_out(reports, kept, published), *_notes(state, filed, captured))
            story = replace(story, notes=(*notes, *story.notes))
            story = replace(story, notes=(*story.notes, *map(_decision_note, state.decisions)))
            story = settled(story, state, self._relinked)
            return with_documents(story) if state.decisions else story

        found = spared(kept, told)
        failed = (left_outcome(report, fault) for report, fault in found.left)
        return replace(found.made, outcomes=(*found.made.outcomes, *failed)) if found.left else found.made

    def _assembled(
        self,
        name: str,
        published: Moment | None,
        kept: Sequence[Report],
        tags: Sequence[Sequence[Tag]],
        outcomes: Sequence[Outcome],
    ) -> Story:
        """The story before what people decided, kept for the next telling: most decisions leave it as it is."""
        from onrecord.pipeline import assemble
        from onrecord.reading.duplicates.page_versions import chain
        from onrecord.reading.intake import with_copies

        told_from = (name, published, kept, tags, outcomes)
        if self._last is not None and self._last[0] == told_from:
            return self._last[1]
        reports = with_copies(chain(kept))
        story = assemble(
            reports,
            tags,
            outcomes,
            name=name,
            as_of=published,
            which=self.which,
            progress=self.progress,
            memory=self.memory,
        )
        self._last = (told_from, story)
        return story

    def _relinked(self, story: Story, said: tuple[Attribution, ...], parties: tuple[Party, ...]) -> Story:
        """The story with claims built anew, where people say that others speak than the machine took for it."""
        from onrecord.attributing.timeline import timeline
        from onrecord.linking.link import link
        from onrecord.pipeline import choose_judge

        judge, _ = choose_judge(self.which)
        linked = link(said, story.reports, parties, judge, self.memory.linking)
        return replace(
            story,
            claims=linked.claims,
            conflicts=linked.conflicts,
            quotes=linked.quotes,
            links=linked.links,
            timeline=timeline(story.reports, said, self.memory.attributing),
        )


def _outcome(one: Filed) -> Outcome:
    fate = Fate.REVISED if one.report.revises else Fate.READ
    reason = f"a new version of {one.report.revises}" if one.report.revises else None
    if reason is None and not one.report.analysed:
        reason = f"read, not analysed: {name_of(one.report.language or '')}"
    return Outcome(input=one.report.file, fate=fate, report=one.report.id, reason=reason)


def _notes(state: State, filed: Sequence[Filed], captured: Moment | None) -> Iterator[str]:
    if captured is not None:
        yield f"told from what was captured by {captured.isoformat()}"
    for one in filed:
        if one.report.revises:
            yield f"{one.report.id} is a newer version of {one.report.revises}"
    roots = {one.root: one for one in state.filed}
    for root, one in sorted(roots.items()):
        if one.withdrawn is not None:
            yield f"{root} is withdrawn (entry {one.withdrawn}) and not told"


def _decision_note(decided: Decided) -> str:
    meant = decided.decision
    value = f" → {meant.value}" if meant.value else ""
    return f"{meant.verdict.value} {', '.join(meant.subjects)}{value}, {told_of(decided)}"
