"""The desk's figures: speed and size at 10,000 reports, kills, flipped bits, two writers, replay on both stores.

Usage: python -m benchmarks.ledger [scale|as_of|kills|flips|writers|replay]...   (all without an argument)
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from tests.ledger.adding import STORY, killed_after, readings, started
from tests.ledger.builder import Clock, PlainBuilder, reading
from tests.ledger.flipping import flip_one
from tests.ledger.postgres import Databases, find_server, server

from onrecord import desk_pipeline
from onrecord.datamodel.entry import EntryType, Reading
from onrecord.datamodel.moment import moment
from onrecord.datamodel.story import Story
from onrecord.ledger.codec import canonical, encode
from onrecord.ledger.custody.verify import verify
from onrecord.ledger.desk import Desk, open_desk
from onrecord.pipeline import tell

REPORTS, A_STORY = 10_000, 40
KILLS, FLIPS, DECISIONS = 200, 200, 1000
_PEOPLE = "Ann Orr|Bo Lind|Cy Marr|Di Vale|Ed Sohn|Flo Ruiz|the ministry|a senior official|two engineers".split("|")
_WHAT = "the dam|the bridge|the east gate|the spillway|the road to Hask|the school|the power station".split("|")
_HOW = "holds|will close on Friday|was inspected in May|is cracked|has been emptied|is safe|needs repair".split("|")
_FILL = "Rain fell through the night. People stood at the river. The road was wet. A market was held as usual."


def told(name: str, value: str, bar: str = "") -> None:
    """One figure on one line."""
    print(f"{name:<58} {value:>20}  {bar}", flush=True)


def invented(number: int, chance: random.Random) -> Reading:
    """A report of some 2,500 characters with twelve statements."""
    said = [
        (chance.choice(_PEOPLE), f"{chance.choice(_WHAT)} {chance.choice(_HOW)}. {_FILL} {chance.random():.6f}")
        for _ in range(12)
    ]
    return reading(f"{number:05}_wire", *said, published=f"2031-03-{number % 28 + 1:02}")


@contextmanager
def stores(place: Path) -> Iterator[Callable[[], list[tuple[str, str]]]]:
    """A function that gives the name and a fresh address of each store there is."""
    with ExitStack() as stack:
        programs = find_server()
        postgres = stack.enter_context(server(programs)) if programs else None
        made = iter(range(10**6))

        def fresh() -> list[tuple[str, str]]:
            found = [("SQLite", str(place / f"desk{next(made)}.db"))]
            return [*found, ("PostgreSQL", Databases.fresh(postgres))] if postgres else found

        yield fresh


def timed(work: Callable[[], object], times: int = 5) -> float:
    """The median seconds of some runs."""
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def scale(place: Path) -> None:
    """Speed and size of a desk as it grows to 10,000 reports."""
    address, chance = place / "big.db", random.Random(1)
    raw, sizes = 0, []
    start = time.perf_counter()
    with desk_pipeline.desk(str(address), create=True, which="rules") as held:
        for first in range(0, REPORTS, A_STORY):
            batch = [invented(first + number, chance) for number in range(A_STORY)]
            raw += sum(len(one.capture.raw) for one in batch)
            list(held.add(f"story {first // A_STORY:03}", batch))
            if (first + A_STORY) % (REPORTS // 5) == 0:
                sizes.append((first + A_STORY, _size(address), raw))
        told(f"{REPORTS} reports entered, a second", f"{REPORTS / (time.perf_counter() - start):.0f}")
        for many, size, weight in sizes:
            per = f"{size / many / 1000:.1f} kB"
            told(f"disk a report at {many:,} (raw {weight / many / 1000:.1f} kB)", per, f"{size / weight:.2f} of raw")
        _speed(held, place)
        told("verify all, seconds", f"{timed(lambda: verify(held.store), 1):.1f} s")


def _size(address: Path) -> int:
    return sum(one.stat().st_size for one in address.parent.glob(f"{address.name}*"))


def _speed(held: Desk, place: Path) -> None:
    report = place / "99999_fresh.txt"
    report.write_text("The east gate is cracked, the ministry said. “It holds,” Ann Orr told reporters.\n" * 12)
    name = "story 007"

    def add() -> None:
        report.write_text(report.read_text() + f"Bo Lind said that {random.random()} trucks came.\n")
        list(desk_pipeline.held_readings(held, name, [report], "rules", None))

    told("add of one more, models loaded", f"{timed(add):.2f} s", "bar 2 s")
    told("brief of a 40-report story, told for the first time", f"{timed(lambda: held.story(name), 1):.2f} s")
    told("claims of a 40-report story, warm", f"{timed(lambda: held.story(name)):.3f} s", "bar 0.3 s")
    from onrecord.rendering import markdown

    told("brief of a 40-report story, warm", f"{timed(lambda: markdown.render(held.story(name))):.3f} s", "bar 1 s")
    told("stories", f"{timed(held.stories):.3f} s")


def kills(place: Path) -> None:
    """kill -9 at random moments of adding."""
    with stores(place) as fresh:
        for store, address in fresh():
            chance, lost, faults, acknowledged = random.Random(3), 0, 0, 0
            for number in range(KILLS):
                # A new desk every so often, so that there always is something left to add.
                if number % 10 == 0:
                    where, known = (address if number == 0 else dict(fresh())[store]), set[str]()
                known.update(killed_after(where, 400, chance.uniform(0, 0.4)))
                with open_desk(where) as held:
                    faults += bool(verify(held.store).faults)
                    read = {entry.subject for entry in held.log(STORY) if entry.act is EntryType.READ}
                lost += len(known - read)
                acknowledged += len(known)
            with open_desk(where) as held:
                list(held.add(STORY, readings(400)))
                whole = len(held.state(STORY).filed) == 400 and not verify(held.store).faults
            told(f"{store}: {KILLS} kills, acknowledged reports lost", str(lost), f"bar 0; unclean desks {faults}")
            told(f"{store}: the add could be repeated", str(whole))


def flips(place: Path) -> None:
    """One flipped bit anywhere in entries or archive."""
    with stores(place) as fresh:
        for store, address in fresh():
            chance, found, named = random.Random(9), 0, 0
            with open_desk(address, PlainBuilder(), create=True, clock=Clock()) as held:
                list(held.add(STORY, [invented(number, chance) for number in range(10)]))
                held.withdraw(STORY, "00003", by="Ida", why="a hoax")
                for _ in range(FLIPS):
                    with flip_one(held.store, chance) as spot:
                        faults = verify(held.store).faults
                        found += bool(faults)
                        named += any(spot.name in fault for fault in faults)
                clean = not verify(held.store).faults
            told(f"{store}: {FLIPS} flipped bits, found / named", f"{found} / {named}", f"whole again {clean}")


def writers(place: Path) -> None:
    """Two processes that decide at once."""
    with stores(place) as fresh:
        for store, address in fresh():
            with open_desk(address, create=True) as held:
                list(held.add(STORY, readings(2)))
            start = time.perf_counter()
            running = [started(address, "decide", str(DECISIONS // 2), name) for name in ("Ida", "Bo")]
            landed = [int(seq) for one in running for seq in one.communicate()[0].split()]
            spent = time.perf_counter() - start
            with open_desk(address) as held:
                held_seqs = [entry.seq for entry in held.log(STORY) if entry.act is EntryType.DECIDED]
                whole = not verify(held.store).faults
            same = sorted(landed) == held_seqs
            told(f"{store}: decisions of two writers, present", f"{len(held_seqs)} of {DECISIONS}", f"in order {same}")
            told(f"{store}: chain whole; a second", f"{whole}; {DECISIONS / spent:.0f}")


def replay(place: Path) -> None:
    """The same ledger in both stores, added in another order, told again."""
    examples = Path(__file__).parents[1] / "examples"
    with stores(place) as fresh:
        bodies = set()
        for turn in range(2):
            for _, address in fresh():
                with desk_pipeline.desk(address, create=True, which="rules") as held:
                    files = sorted(one for one in (examples / "dam-memo").iterdir() if one.suffix == ".txt")
                    for path in files if turn else files[::-1]:
                        list(desk_pipeline.add(held, "dam", [path], "rules"))
                    story = held.story("dam")
                    bodies.add(canonical(encode(story)))
                    held.rebuild()
                    bodies.add(canonical(encode(held.story("dam"))))
        told("replay: different tellings of one ledger", str(len(bodies)), "bar 1")


def as_of(place: Path) -> None:
    """Each gold story at each instant of its `as_of_checks`, against those reports alone."""
    root = Path(__file__).parents[1]
    folders = [root / "examples", root / "tests" / "stories", root.parent / "shared" / "stories"]
    golds = [gold for folder in folders for gold in sorted(folder.glob("*/gold.json"))]
    same = checked = listed = 0
    for gold in golds:
        checks = json.loads(gold.read_text()).get("as_of_checks") or []
        instants = {one["as_of"]: tuple(one["reports"]) for one in checks}
        with desk_pipeline.desk(str(place / f"{gold.parent.name}.db"), create=True, which="rules") as held:
            added = list(desk_pipeline.add(held, gold.parent.name, [gold.parent], "rules")) if instants else []
            files = {one.outcome.report: gold.parent / one.outcome.input for one in added if one.entries}
            for at, reports in instants.items():
                whole = held.story(gold.parent.name, moment(at))
                alone = tell([files[one.id] for one in whole.reports], name=gold.parent.name, which="rules")
                checked += 1
                same += _bare(whole) == _bare(alone)
                listed += tuple(one.id for one in whole.reports) == reports
    told(
        "as-of checks equal to telling those reports alone",
        f"{same} of {checked}",
        f"bar all; the gold file lists the same reports in {listed}",
    )


def _bare(story: Story) -> Story:
    """A story without the instant and what it left out, and without near copies of what is left out."""
    plain = tuple(replace(one, notes=(), file="") for one in story.reports)
    return replace(story, as_of=None, title=None, outcomes=(), notes=(), reports=plain)


PARTS = {one.__name__: one for one in (scale, as_of, kills, flips, writers, replay)}


def main(names: list[str]) -> None:
    """Run the parts asked for."""
    for name in names or list(PARTS):
        place = Path(tempfile.mkdtemp(prefix="desk-bench-"))
        try:
            PARTS[name](place)
        finally:
            shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
