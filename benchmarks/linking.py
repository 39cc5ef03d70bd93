"""Cost of linking as a story grows: `python -m benchmarks.linking [--sizes N ...] [--stories FOLDER] [--rules]`."""

from __future__ import annotations

import argparse
import gc
import random
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import onrecord.linking.graph as linking
from benchmarks.varying import varied
from onrecord.attributing.attribute import attribute
from onrecord.datamodel.attribution import Act, Attribution, Kind, Mode, Tag
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking import candidates as blocking
from onrecord.linking.cache import LinkingCache
from onrecord.linking.judge import Judge, load_judge
from onrecord.linking.link import link
from onrecord.pipeline import choose_tagger, tag_reports
from onrecord.reading.intake import read
from onrecord.weighing.weigh import changes

Result = TypeVar("Result")
WHO = "The mayor/The union/A witness/The owner/The fire chief/A neighbour/The company/The ministry".split("/")
WHAT = "the bridge/the ferry/the tunnel/the factory/the hospital/the school/the dam/the harbour".split("/")
DID = "was closed/was damaged/was inspected/was sold/was evacuated/had been repaired/was flooded/stayed open".split("/")
WHY = (
    "after the storm/on Monday/because of the fire/for two weeks/without a warning/at noon/in spring/by mistake".split(
        "/"
    )
)
A_REPORT = 8
# So many times is one report added; the least of the times is told.
REPEATS = 3
# Where linking finds its candidates; what it finds is counted on the way.
NAME = "candidate_pairs"


def story(size: int) -> tuple[list[Report], list[Attribution], list[Party]]:
    """`size` reports of eight statements each; every report names a street of its own, so that words stay rare."""
    chance = random.Random(size)
    reports: list[Report] = []
    said: list[Attribution] = []
    for number in range(size):
        text, spans = "", []
        for _ in range(A_REPORT):
            who, what = chance.choice(WHO), chance.choice(WHAT)
            words = f"{what} in street {number} {chance.choice(DID)} {chance.choice(WHY)}"
            spans.append((len(text), len(who), len(words), who))
            text += f"{who} said {words}.\n"
        reports.append(
            Report(id=f"{number:05}", text=text, file=f"{number}.txt", sha256="", published=moment("2022-05-01"))
        )
        said.extend(_said(f"{number:05}", place, *span) for place, span in enumerate(spans))
    return reports, said, [Party(id=name, name=name, kind=PartyKind.PERSON) for name in WHO]


def _said(report: str, place: int, start: int, name: int, words: int, who: str) -> Attribution:
    content = start + name + len(" said ")
    return Attribution(
        id=f"{report}-{place:02}",
        report=report,
        source=(Span(start, start + name),),
        cue=(Span(start + name + 1, content - 1),),
        content=(Span(content, content + words),),
        mode=Mode.INDIRECT,
        act=Act.ASSERTS,
        speaker=who,
        named=True,
    )


def grown(folder: Path, sizes: Sequence[int]) -> Iterator[tuple[list[Report], list[Attribution], list[Party]]]:
    """The stories of a folder, repeated and varied to each size; they are tagged once."""
    tagger, _ = choose_tagger()
    models: list[Report] = []
    tags: list[tuple[Tag, ...]] = []
    for place in sorted(one for one in folder.iterdir() if one.is_dir()):
        reports = read([place]).reports
        models.extend(reports)
        tags.extend(tag_reports(reports, tagger))
    for size in sizes:
        pairs = list(varied(models, size))
        found = attribute([report for _, report in pairs], [tags[model] for model, _ in pairs])
        said = [one for one in found.attributions if one.kind is Kind.SPEECH]
        yield [report for _, report in pairs], said, list(found.parties)


def main() -> None:
    """Print what linking costs at each size: from nothing, and when one report is added to the others."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000, 5000])
    ask.add_argument("--rules", action="store_true", help="without the encoder and the judge")
    ask.add_argument("--stories", type=Path, help="a folder of stories to repeat and vary, such as ../shared/stories")
    ask.add_argument("--budget", type=float, default=600.0, help="seconds after which no larger size is begun")
    told = ask.parse_args()
    judge = None if told.rules else load_judge()
    began = time.perf_counter()
    sizes = grown(told.stories, told.sizes) if told.stories else map(story, told.sizes)
    print("processor seconds, and by the clock for one report more")
    print("reports  statements  comparisons a report  whole s  one more s  clock s  made anew  changes s  memory MB")
    for size, (reports, said, parties) in zip(told.sizes, sizes, strict=False):
        row = measured(reports, said, parties, judge)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"{size:7}  {len(said):10}  {row.compared / size:20.0f}  {row.whole:7.2f}  {row.more:10.2f}  "
            f"{row.waited:7.2f}  {row.made:9}  {row.turned:9.2f}  {memory:9}",
            flush=True,
        )
        if time.perf_counter() - began > told.budget:
            print(f"stopped after {told.budget:g} s")
            break


@dataclass(frozen=True, kw_only=True)
class Row:
    """Seconds for a whole story, for one report more and for its changes; parts made anew for the report more."""

    compared: int
    whole: float
    more: float
    waited: float
    turned: float
    made: int


def measured(
    reports: Sequence[Report], said: Sequence[Attribution], parties: Sequence[Party], judge: Judge | None
) -> Row:
    """A story of all reports but one, told by a process that then is given the last; `REPEATS` last ones, the best."""
    memory = LinkingCache()
    counts: list[int] = []
    steps: list[tuple[float, float]] = []
    made: list[int] = []
    with counted(counts):
        for left in range(min(REPEATS, len(reports) - 1), -1, -1):
            kept = reports[: len(reports) - left]
            ids, had = {one.id for one in kept}, sum(memory.misses.values())
            some = [one for one in said if one.report in ids]
            # As `serve` does, so that values that stay are not looked through for garbage each time.
            gc.freeze()
            began = time.perf_counter()
            took, linked = timed(partial(link, some, kept, parties, judge, memory))
            steps.append((took, time.perf_counter() - began))
            made.append(sum(memory.misses.values()) - had)
    turned, _ = timed(partial(changes, linked.claims, said, parties, reports))
    more, waited = (min(some) for some in zip(*steps[1:], strict=True))
    return Row(compared=counts[-1], whole=steps[0][0], more=more, waited=waited, turned=turned, made=made[-1])


@contextmanager
def counted(counts: list[int]) -> Iterator[None]:
    """Keep how many pairs linking compares, while it lasts."""
    plain = blocking.candidate_pairs

    def candidate_pairs(*given: Any) -> Any:
        pairs = plain(*given)
        counts.append(len(pairs))
        return pairs

    setattr(linking, NAME, candidate_pairs)
    try:
        yield
    finally:
        setattr(linking, NAME, plain)


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Processor seconds of some work, which other programs do not sway, and what it gave."""
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


if __name__ == "__main__":
    main()
