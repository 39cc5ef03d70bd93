"""Cost of linking as an invented story grows: `python -m benchmarks.linking [--sizes 10 100 1000] [--rules]`."""

from __future__ import annotations

import argparse
import random
import time

from onrecord.datamodel.attribution import Act, Attribution, Mode
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking import blocking
from onrecord.linking.judge import load_judge
from onrecord.linking.lexis import rarity
from onrecord.linking.link import link
from onrecord.linking.propositions import propositions
from onrecord.linking.vectors import similarity_vectors

WHO = "The mayor/The union/A witness/The owner/The fire chief/A neighbour/The company/The ministry".split("/")
WHAT = "the bridge/the ferry/the tunnel/the factory/the hospital/the school/the dam/the harbour".split("/")
DID = "was closed/was damaged/was inspected/was sold/was evacuated/had been repaired/was flooded/stayed open".split("/")
WHY = (
    "after the storm/on Monday/because of the fire/for two weeks/without a warning/at noon/in spring/by mistake".split(
        "/"
    )
)
A_REPORT = 8


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


def main() -> None:
    """Print, for each size, the seconds that linking takes and the comparisons a report."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--sizes", type=int, nargs="+", default=[10, 100, 1000])
    ask.add_argument("--rules", action="store_true", help="without the encoder and the judge")
    told = ask.parse_args()
    judge = None if told.rules else load_judge()
    print("reports  statements  seconds  comparisons a report  claims")
    for size in told.sizes:
        reports, said, parties = story(size)
        found = propositions(said, {report.id: report for report in reports})
        rare = rarity(report.text for report in reports)
        pairs = blocking.candidates(found, similarity_vectors(found, rare, None), rare)
        started = time.perf_counter()
        linked = link(said, reports, parties, judge)
        spent = time.perf_counter() - started
        print(f"{size:7}  {len(said):10}  {spent:7.2f}  {len(pairs) / size:20.0f}  {len(linked.claims):6}", flush=True)


if __name__ == "__main__":
    main()
