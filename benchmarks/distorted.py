"""False corroboration and false conflict on invented pairs: `python -m benchmarks.distorted [--rules] [--show]`."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution, Mode
from onrecord.datamodel.moment import moment
from onrecord.datamodel.party import Party, PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.linking.judge import Judge, load_judge
from onrecord.linking.link import Linked, link

DATA = Path(__file__).parent / "data" / "linking"
SPEAKERS = ("Mara Quell", "Tomas Reve")


@dataclass(frozen=True, slots=True)
class Case:
    """Two statements; `kind` is what was changed or added, `same_holder` where one person says both."""

    kind: str
    left: str
    right: str
    same_holder: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What linking makes of a case: both support one claim, they are in conflict, they share a claim."""

    corroborated: bool
    conflict: bool
    linked: bool


def cases(name: str) -> tuple[Case, ...]:
    """The pairs of one file, "distorted" or "harmless"."""
    lines = (DATA / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return tuple(Case(row["kind"], row["left"], row["right"], row.get("same_holder", False)) for row in rows)


def verdict(case: Case, judge: Judge | None) -> Verdict:
    """Link a story of two reports that holds nothing but the two statements."""
    reports, said, parties = [], [], []
    for number, words in enumerate((case.left, case.right)):
        name = SPEAKERS[0 if case.same_holder else number]
        text = f"{name} said that {words}."
        reports.append(
            Report(
                id=f"{number}", text=text, file=f"{number}.txt", sha256="", published=moment(f"2021-03-0{number + 1}")
            )
        )
        start = text.index("that ")
        said.append(
            Attribution(
                id=f"{number}-01",
                report=f"{number}",
                source=(Span(0, len(name)),),
                cue=(Span(len(name) + 1, start - 1),),
                content=(Span(start, len(text) - 1),),
                mode=Mode.INDIRECT,
                act=Act.ASSERTS,
                speaker=name,
                named=True,
            )
        )
        parties.append(Party(id=name, name=name, kind=PartyKind.PERSON))
    return _verdict(link(said, reports, parties[: 1 if case.same_holder else 2], judge))


def _verdict(linked: Linked) -> Verdict:
    corroborated = conflict = shared = False
    for claim in linked.claims:
        counted = {member.attribution: member.stance for member in claim.members if not member.loose}
        left, right = counted.get("0-01"), counted.get("1-01")
        if left is not None and right is not None:
            shared = True
            corroborated |= (left in SUPPORT and right in SUPPORT) or (left in DENIAL and right in DENIAL)
            conflict |= (left in SUPPORT and right in DENIAL) or (left in DENIAL and right in SUPPORT)
    return Verdict(corroborated, conflict or bool(linked.conflicts), shared)


def main() -> None:
    """Print the shares of false corroboration and false conflict, by kind, and how many paraphrases are linked."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rules", action="store_true", help="without the encoder and the judge")
    ask.add_argument("--weights", type=Path, help="a folder of weights that is not the package's")
    ask.add_argument("--show", action="store_true", help="print each case that went wrong")
    told = ask.parse_args()
    judge = None if told.rules else load_judge(told.weights)
    for name, wrong in (("distorted", "corroborated"), ("harmless", "conflict")):
        found = [(case, verdict(case, judge)) for case in cases(name)]
        bad = [(case, one) for case, one in found if getattr(one, wrong)]
        kinds = Counter(case.kind for case, _ in bad)
        print(f"{name}: {len(bad)} of {len(found)} called {wrong} ({len(bad) / len(found):.1%}) {dict(kinds)}")
        if name == "distorted":
            print(f"  in conflict, as they are: {sum(one.conflict for _, one in found)}")
        else:
            alike = [one.corroborated for case, one in found if case.kind == "paraphrase"]
            print(f"  paraphrases taken as one claim: {sum(alike)} of {len(alike)}")
        if told.show:
            for case, _ in bad:
                print(f"  [{case.kind}] {case.left} | {case.right}")


if __name__ == "__main__":
    main()
