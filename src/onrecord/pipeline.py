"""Read → attribute → link → weigh: the one file that names every step."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from onrecord import extending
from onrecord.attributing.attribute import Attributed, attribute, without_speakers
from onrecord.attributing.cache import AttributionCache
from onrecord.attributing.documents.collect import documents, with_standing
from onrecord.attributing.lexicon.loading import digest as lexicon_digest
from onrecord.attributing.timeline import timeline
from onrecord.boundaries import Unfit, gathered, left_outcome, spared
from onrecord.datamodel.attribution import Act, Attribution, Kind, Mode, Tag
from onrecord.datamodel.moment import Moment
from onrecord.datamodel.report import Outcome, Report
from onrecord.datamodel.span import words
from onrecord.datamodel.story import Story
from onrecord.errors import BackendError
from onrecord.ledger.deciding.addresses import named_by_founders
from onrecord.ledger.deciding.anchors import Scene
from onrecord.linking.ask import Answer, ask
from onrecord.linking.cache import LinkingCache
from onrecord.linking.document_texts import with_texts
from onrecord.linking.judge import Judge, load_judge
from onrecord.linking.link import link
from onrecord.reading.finding.sidecar import title_of
from onrecord.reading.intake import read
from onrecord.reading.language import name_of
from onrecord.tagging.abroad.quotations import name_of_rules, quotations
from onrecord.tagging.fact_checks import review_tags
from onrecord.tagging.neural import NeuralTagger
from onrecord.tagging.pieces import moved, pieces
from onrecord.tagging.refining.postprocess import refine_tags
from onrecord.tagging.rules import RulesTagger
from onrecord.tagging.tagger import Tagger
from onrecord.weighing import rules as weighing_rules
from onrecord.weighing.weigh import changes, published_by, weigh

Progress = Callable[[str, int, int], None]
TAGGERS = ("auto", "neural", "rules")
# Reports that are extracted together.
_AT_ONCE = 64
# What is said is held against all else that is said: no report that people write has so many statements.
MOST_STATEMENTS = 1_500
_MOST_NAMED = 12
_LETTER = re.compile(r"[^\n]")


class Memory:
    """What the steps made of single reports, for telling a story again when it has grown.

    Bounded, and good for any stories in any order: what a part was made from is kept with it, so that a story is told
    in the same bytes as without.
    """

    def __init__(self) -> None:
        self.attributing = AttributionCache()
        self.linking = LinkingCache()


def choose_tagger(which: str = "auto") -> tuple[Tagger, tuple[str, ...]]:
    """The tagger asked for ("auto", "neural", "rules", or what a package adds) and what a reader must know of it.

    Raises BackendError where a tagger is asked for by name and cannot be loaded.
    """
    if which not in TAGGERS:
        return cast(Tagger, extending.load(extending.TAGGERS, which)), ()
    if which == "rules":
        return RulesTagger(), ()
    try:
        return NeuralTagger.load(), ()
    except BackendError as error:
        if which == "neural" or find_spec("spacy") is None:
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
    """The report's text with what no tagger looks at blanked out, so that no statement runs into a menu."""
    parts, at = [], 0
    for span in report.untagged:
        start, end = max(at, span.start), max(at, span.end)
        parts += [report.text[at:start], _LETTER.sub(" ", report.text[start:end])]
        at = end
    return "".join((*parts, report.text[at:]))


def tag_reports(
    reports: Sequence[Report], tagger: Tagger, progress: Progress | None = None
) -> tuple[tuple[Tag, ...], ...]:
    """The tags of each report, in order."""
    return tuple(tags for _, tags in _tagging(reports, tagger, progress))


def _tagging(
    reports: Sequence[Report], tagger: Tagger, progress: Progress | None = None
) -> Iterator[tuple[Report, tuple[Tag, ...]]]:
    """Each report with its tags, the same for a story and for attribution lines; one that is not analysed has none."""
    texts = [masked(report) if report.analysed else "" for report in reports]
    found = tagger.tag_many(piece.of(text) for text in texts for piece in pieces(text))
    for number, (report, text) in enumerate(zip(reports, texts, strict=True), 1):
        told: list[Tag] = []
        for piece in pieces(text):
            told.extend(moved(tag, piece.start) for tag in refine_tags(piece.of(report.text), next(found)))
            if len(told) > MOST_STATEMENTS:
                raise Unfit(f"more than {MOST_STATEMENTS:,} statements in one report; split it")
        yield report, (*told, *(review_tags(report) if report.analysed else ()))
        if progress:
            progress("attributing", number, len(reports))


def tag_each(
    reports: Sequence[Report], tagger: Tagger, progress: Progress | None = None
) -> tuple[tuple[tuple[Report, tuple[Tag, ...]], ...], tuple[Outcome, ...]]:
    """Reports with their tags, and the outcomes of those that cannot be tagged: one report never costs another."""
    return gathered(reports, lambda some: _tagging(some, tagger, progress))


def extract(paths: Sequence[Path], tagger: Tagger) -> Iterator[tuple[Report, tuple[Attribution, ...]] | Outcome]:
    """Each report with its attributions, plans and attitudes included, then what became of the other inputs."""
    intake = read(paths)
    for first in range(0, len(intake.reports), _AT_ONCE):
        some = intake.reports[first : first + _AT_ONCE]
        found, failed = gathered(some, lambda these: extract_reports(these, tagger))
        yield from found
        yield from failed
    yield from (outcome for outcome in intake.outcomes if outcome.report is None or outcome.reason)


def extract_reports(reports: Sequence[Report], tagger: Tagger) -> Iterator[tuple[Report, tuple[Attribution, ...]]]:
    """Each report with its attributions, plans and attitudes included."""
    for report, tags in _tagging(reports, tagger):
        yield report, without_speakers(report, tags) if report.analysed else quoted_abroad(report)


def quoted_abroad(report: Report) -> tuple[Attribution, ...]:
    """Who is quoted in a report in German, French or Spanish: by rules alone, for lines and notes; never linked."""
    language = (report.language or "").lower()[:2]
    found = quotations(masked(report), language)
    return tuple(
        Attribution(
            id=f"{report.id}-{number:02}",
            report=report.id,
            source=one.source,
            cue=one.cue,
            content=one.content,
            mode=Mode.DIRECT if one.direct else Mode.INDIRECT,
            act=Act.DENIES if one.denies else Act.ASSERTS,
            made_by=name_of_rules(language),
        )
        for number, one in enumerate(found[:MOST_STATEMENTS], 1)
    )


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
    pairs, failed = tag_each(kept, tagger, progress)
    notes = (*tagger_notes, *left_out(reports, kept, as_of))
    told, tags = [one for one, _ in pairs], [some for _, some in pairs]
    ended = ended_otherwise(outcomes, failed)
    story = assemble(told, tags, ended, name=name, as_of=as_of, which=which, notes=notes, progress=progress)
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
    """Attribute, link and weigh reports that are tagged already; a `memory` of earlier tellings saves work.

    A report that a step cannot carry is left out: its outcome says so, and the others are told without it.
    """

    def told(pairs: Sequence[tuple[Report, Sequence[Tag]]]) -> Story:
        # What a step that failed left in the memory is not relied on.
        mine = memory if len(pairs) == len(reports) else None
        some, tagged = [one for one, _ in pairs], [found for _, found in pairs]
        return _assembled(
            some, tagged, name=name, as_of=as_of, which=which, notes=notes, progress=progress, memory=mine
        )

    found = spared(list(zip(reports, tags, strict=True)), told)
    failed = [left_outcome(report, fault) for (report, _), fault in found.left]
    return replace(found.made, outcomes=ended_otherwise(outcomes, failed))


def ended_otherwise(outcomes: Sequence[Outcome], failed: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """Outcomes, those of reports that a step could not carry in place of what reading them said."""
    left = {one.report: one for one in failed}
    found = [replace(left[one.report], input=one.input) if one.report in left else one for one in outcomes]
    told = {one.report for one in outcomes}
    return (*found, *(one for one in failed if one.report not in told))


def _assembled(
    reports: Sequence[Report],
    tags: Sequence[Sequence[Tag]],
    *,
    name: str,
    as_of: Moment | None,
    which: str,
    notes: Sequence[str],
    progress: Progress | None,
    memory: Memory | None,
) -> Story:
    memory = memory or Memory()
    judge, judge_notes = choose_judge(which)
    found = attribute(reports, tags, memory.attributing)
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    if progress:
        progress("linking", 0, 1)
    linked = link(said, reports, found.parties, judge, memory.linking)
    told = with_texts(documents(reports, said, found.parties), reports, said)
    parties = with_standing(found.parties, told)
    if progress:
        progress("weighing", 0, 1)
    makers = {one.made_by for one in said if one.made_by}
    makers.update({f"weighing {weighing_rules.VERSION}", *([judge.name] if judge else [])})
    if added := lexicon_digest():
        makers.add(f"lexicon {added}")
    used = {one.speaker for one in said}
    return Story(
        name=name,
        as_of=as_of,
        reports=tuple(reports),
        parties=tuple(party for party in parties if party.id in used),
        attributions=said,
        claims=linked.claims,
        standings=weigh(linked.claims, said, parties, reports),
        changes=changes(linked.claims, said, parties, reports),
        conflicts=linked.conflicts,
        quotes=linked.quotes,
        links=linked.links,
        timeline=timeline(reports, said, memory.attributing),
        notes=(*notes, *in_other_languages(reports), *judge_notes),
        made_by=tuple(sorted(makers)),
        documents=told,
    )


def with_documents(story: Story) -> Story:
    """The story with its documents found anew, where people changed who speaks."""
    found = documents(story.reports, story.attributions, story.parties)
    return replace(story, documents=with_texts(found, story.reports, story.attributions))


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
    return answer_reports(claim, intake.reports, intake.outcomes, as_of=as_of, which=which, progress=progress)


def answer_reports(
    claim: str,
    reports: Sequence[Report],
    outcomes: Sequence[Outcome] = (),
    *,
    as_of: Moment | None = None,
    which: str = "auto",
    progress: Progress | None = None,
) -> tuple[Answer, Story]:
    """What reports say to a claim, as `answer` tells it of files."""
    kept: Sequence[Report] = sorted(published_by(reports, as_of), key=lambda report: report.id)
    tagger, tagger_notes = choose_tagger(which)
    judge, judge_notes = choose_judge(which)
    pairs, failed = tag_each(kept, tagger, progress)

    def attributed(some: Sequence[tuple[Report, tuple[Tag, ...]]]) -> tuple[Sequence[Report], Attributed]:
        told = [report for report, _ in some]
        return told, attribute(told, [tags for _, tags in some])

    spare = spared(pairs, attributed)
    kept, found = spare.made
    failed = (*failed, *(left_outcome(report, fault) for (report, _), fault in spare.left))
    said = tuple(one for one in found.attributions if one.kind is Kind.SPEECH)
    notes = (*tagger_notes, *judge_notes, *left_out(reports, kept, as_of))
    story = Story(
        name=claim,
        as_of=as_of,
        reports=tuple(kept),
        outcomes=ended_otherwise(outcomes, failed),
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


def in_other_languages(reports: Sequence[Report]) -> tuple[str, ...]:
    """Which reports are not in English, so that no statement was looked for in them, in words."""
    found = sorted(f"{report.file} ({name_of(report.language or '')})" for report in reports if not report.analysed)
    if not found:
        return ()
    told = [f"read, not analysed, for they are not in English: {', '.join(found)}"]
    for report in reports:
        said = () if report.analysed else quoted_abroad(report)
        if said:
            who = dict.fromkeys(words(one.source, report.text) for one in said)
            told.append(f"{report.file}: quoted there, by rules: {'; '.join(list(who)[:_MOST_NAMED])}")
    return tuple(told)


def _title_of(paths: Sequence[Path]) -> str | None:
    """The title that a story folder's meta.json gives, where one folder is told."""
    return title_of(paths[0]) if len(paths) == 1 and paths[0].is_dir() else None
