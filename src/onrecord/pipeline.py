"""Read → attribute → link → weigh: the one file that names every step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from onrecord.attributing import memory as attributing_memory
from onrecord.attributing.attribute import attribute, without_speakers
from onrecord.attributing.timeline import timeline
from onrecord.datamodel.attribution import Attribution, Kind, Tag
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Outcome, Part, Report
from onrecord.datamodel.story import Story
from onrecord.errors import BackendError
from onrecord.ledger.deciding.addresses import named_by_founders
from onrecord.ledger.deciding.anchors import Scene
from onrecord.linking import memory as linking_memory
from onrecord.linking.ask import Answer, ask
from onrecord.linking.judge import Judge, load_judge
from onrecord.linking.link import link
from onrecord.reading.intake import read
from onrecord.tagging.grain import story_grain
from onrecord.tagging.neural import NeuralTagger
from onrecord.tagging.rules import RulesTagger
from onrecord.tagging.tagger import Tagger
from onrecord.weighing import rules as weighing_rules
from onrecord.weighing.weigh import changes, published_by, weigh

Progress = Callable[[str, int, int], None]


class Memory:
    """What the steps made of single reports, for telling a story again when it has grown.

    Bounded, and good for any stories in any order: what a part was made from is kept with it, so that a story is told
    in the same bytes as without.
    """

    def __init__(self) -> None:
        self.attributing = attributing_memory.Memory()
        self.linking = linking_memory.Memory()


def choose_tagger(which: str = "auto") -> tuple[Tagger, tuple[str, ...]]:
    """The tagger asked for ("auto", "neural", "rules") and what a reader of the result must know about the choice.

    Raises BackendError where the neural tagger is asked for by name and cannot be loaded.
    """
    if which == "rules":
        return RulesTagger(), ()
    try:
        return NeuralTagger.load(), ()
    except BackendError as error:
        if which == "neural":
            raise
        return RulesTagger(), (f"the rules stand in for the learned tagger: {error}",)


def choose_judge(which: str = "auto") -> tuple[Judge | None, tuple[str, ...]]:
    """The pair judge, or None with a note where it cannot be loaded or the rules are asked for."""
    if which == "rules":
        return None, ()
    try:
        return _packed_judge(), ()
    except BackendError as error:
        return None, (f"claims are linked by rules alone: {error}",)


@cache
def _packed_judge() -> Judge:
    """Loaded once: what it judged of earlier reports serves the next telling."""
    return load_judge()


def masked(report: Report) -> str:
    """The report's text with its furniture blanked out, place for place, so that no statement runs into a menu."""
    text = report.text
    for span in report.furniture:
        blank = "".join("\n" if char == "\n" else " " for char in span.of(text))
        text = text[: span.start] + blank + text[span.end :]
    return text


def tag_reports(
    reports: Sequence[Report], tagger: Tagger, progress: Progress | None = None
) -> tuple[tuple[Tag, ...], ...]:
    """The tags of each report at a story's grain, in order."""
    inner = RulesTagger()
    found = []
    for number, (report, tags) in enumerate(
        zip(reports, tagger.tag_many(masked(report) for report in reports), strict=True), 1
    ):
        heads = tuple(passage.span for passage in report.passages if passage.part in (Part.HEADLINE, Part.SUBHEAD))
        ruled = () if isinstance(tagger, RulesTagger) else inner.tag(masked(report))
        found.append(story_grain(report.text, tags, inner, heads, ruled))
        if progress:
            progress("attributing", number, len(reports))
    return tuple(found)


def extract(paths: Sequence[Path], tagger: Tagger) -> Iterator[tuple[Report, tuple[Attribution, ...]] | Outcome]:
    """Each report with its attributions, plans and attitudes included, then what became of the other inputs."""
    intake = read(paths)
    for report, tags in zip(intake.reports, tagger.tag_many(r.text for r in intake.reports), strict=True):
        yield report, without_speakers(report, tags)
    yield from (outcome for outcome in intake.outcomes if outcome.report is None or outcome.reason)


def tell(
    paths: Sequence[Path],
    *,
    name: str | None = None,
    as_of: Moment | None = None,
    which: str = "auto",
    progress: Progress | None = None,
) -> Story:
    """The story that files and folders tell, from reports published by `as_of` only."""
    intake = read(paths)
    named = name or _name_of(paths)
    story = tell_reports(intake.reports, intake.outcomes, name=named, as_of=as_of, which=which, progress=progress)
    return replace(story, title=name or _title_of(paths))


def tell_reports(
    reports: Sequence[Report],
    outcomes: Sequence[Outcome] = (),
    *,
    name: str,
    as_of: Moment | None = None,
    which: str = "auto",
    progress: Progress | None = None,
) -> Story:
    """The story that reports tell: the same reports give the same story, in whatever order they come."""
    kept = sorted(published_by(reports, as_of), key=lambda report: report.id)
    tagger, tagger_notes = choose_tagger(which)
    tags = tag_reports(kept, tagger, progress)
    notes = (*tagger_notes, *left_out(reports, kept, as_of))
    story = assemble(kept, tags, outcomes, name=name, as_of=as_of, which=which, notes=notes, progress=progress)
    return named_by_founders(story, Scene(story.report, story.attribution, {}))


def assemble(
    reports: Sequence[Report],
    tags: Sequence[Sequence[Tag]],
    outcomes: Sequence[Outcome] = (),
    *,
    name: str,
    as_of: Moment | None = None,
    which: str = "auto",
    notes: Sequence[str] = (),
    progress: Progress | None = None,
    memory: Memory | None = None,
) -> Story:
    """Attribute, link and weigh reports that are tagged already; a `memory` of earlier tellings saves work."""
    memory = memory or Memory()
    judge, judge_notes = choose_judge(which)
    found = attribute(reports, tags, memory.attributing)
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    if progress:
        progress("linking", 0, 1)
    linked = link(said, reports, found.parties, judge, memory.linking)
    if progress:
        progress("weighing", 0, 1)
    makers = {one.made_by for one in said if one.made_by}
    makers.update({f"weighing {weighing_rules.VERSION}", *([judge.name] if judge else [])})
    used = {one.speaker for one in said}
    return Story(
        name=name,
        as_of=as_of,
        reports=tuple(reports),
        outcomes=tuple(outcomes),
        parties=tuple(party for party in found.parties if party.id in used),
        attributions=said,
        claims=linked.claims,
        standings=weigh(linked.claims, said, found.parties, reports),
        changes=changes(linked.claims, said, found.parties, reports),
        conflicts=linked.conflicts,
        quotes=linked.quotes,
        links=linked.links,
        timeline=timeline(reports, said, memory.attributing),
        notes=(*notes, *judge_notes),
        made_by=tuple(sorted(makers)),
    )


def answer(
    claim: str,
    paths: Sequence[Path],
    *,
    as_of: Moment | None = None,
    which: str = "auto",
    progress: Progress | None = None,
) -> tuple[Answer, Story]:
    """What the reports say to a claim in the user's words, and the story that its evidence stands in."""
    intake = read(paths)
    kept = sorted(published_by(intake.reports, as_of), key=lambda report: report.id)
    tagger, tagger_notes = choose_tagger(which)
    judge, judge_notes = choose_judge(which)
    found = attribute(kept, tag_reports(kept, tagger, progress))
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    notes = (*tagger_notes, *judge_notes, *left_out(intake.reports, kept, as_of))
    story = Story(
        name=claim,
        as_of=as_of,
        reports=tuple(kept),
        outcomes=intake.outcomes,
        parties=found.parties,
        attributions=said,
        notes=notes,
    )
    return ask(claim, kept, said, found.parties, judge), story


def _name_of(paths: Sequence[Path]) -> str:
    folders = {path.resolve() if path.is_dir() else path.resolve().parent for path in paths}
    return next(iter(folders)).name if len(folders) == 1 else "story"


def left_out(reports: Sequence[Report], kept: Sequence[Report], as_of: Moment | None) -> tuple[str, ...]:
    """Which reports an instant leaves out of a story, and why, in words."""
    if as_of is None:
        return ()
    ids = {report.id for report in kept}
    left = [report for report in reports if report.id not in ids]
    undated = sorted(report.file for report in left if report.published is None)
    later = sorted(report.file for report in left if report.published is not None)
    notes = []
    if later:
        notes.append(f"published after {as_of.isoformat()}, left out: {', '.join(later)}")
    if undated:
        notes.append(f"undated, so not known to be published by {as_of.isoformat()}, left out: {', '.join(undated)}")
    return tuple(notes)


def _title_of(paths: Sequence[Path]) -> str | None:
    """The title that a story folder's meta.json gives, where one folder is told."""
    if len(paths) != 1 or not paths[0].is_dir():
        return None
    try:
        told = json.loads((paths[0] / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    title = told.get("title") if isinstance(told, dict) else None
    return title.strip() or None if isinstance(title, str) else None
