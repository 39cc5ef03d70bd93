"""Random histories of a desk on each store: does a decision or an address ever come to mean something else?

Run as: python -m benchmarks.histories --histories 500
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from tests.ledger.builder import Clock
from tests.ledger.postgres import Databases, find_server, server
from tests.ledger.regrouping import RegroupingBuilder
from tests.ledger.test_anchoring import HISTORIES, play

from onrecord.ledger.desk import Desk, open_desk


@contextmanager
def _on_file() -> Iterator[Desk]:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_desk(str(Path(folder) / "desk.db"), RegroupingBuilder(0), create=True, clock=Clock()) as desk,
    ):
        yield desk


@contextmanager
def _on_server() -> Iterator[Desk]:
    programs = find_server()
    if programs is None:
        raise SystemExit("no PostgreSQL server is installed")
    with (
        server(programs) as address,
        open_desk(Databases.fresh(address), RegroupingBuilder(0), create=True, clock=Clock()) as desk,
    ):
        yield desk


def _played(desk: Desk, many: int, seed: int) -> tuple[int, int, str]:
    """Play so many histories; how many were played, how many ended with something that came to mean another thing."""
    ended = [0, 0]
    told = [""]

    # Every history is played to its end: a fault is counted, not made smaller.
    @seeded(seed)
    @given(**HISTORIES)
    @settings(
        max_examples=many,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def history(**made: object) -> None:
        ended[0] += 1
        try:
            play(desk, **made)  # type: ignore[arg-type]
        except AssertionError as fault:
            ended[1] += 1
            told[0] = told[0] or str(fault).partition("\n")[0]

    run: Callable[[], None] = history
    run()
    return ended[0], ended[1], told[0]


def main() -> None:
    """Play histories on a file and on a server, and print what came to mean something else."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--histories", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20310307)
    parser.add_argument("--store", choices=["sqlite", "postgresql", "both"], default="both")
    asked = parser.parse_args()
    for name, opened in (("sqlite", _on_file), ("postgresql", _on_server)):
        if asked.store not in (name, "both"):
            continue
        with opened() as desk:
            started = time.perf_counter()
            many, wrong, told = _played(desk, asked.histories, asked.seed)
            entries, _ = desk.head()
        took = time.perf_counter() - started
        print(f"{name}: {many} histories, {entries:,} entries, {wrong} came to mean something else, {took:.0f} s")
        if told:
            print(f"  {told}")


if __name__ == "__main__":
    main()
