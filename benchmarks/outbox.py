"""Workers killed (kill -9) at random moments: what was lost or told twice, `python -m benchmarks.outbox [--kills 100]`.

Each worker adds invented reports to a desk and tells a webhook on this machine what they change. `--desk` takes an
address of PostgreSQL, of an empty database; else a new file.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from tests.notifying.denying import killed_often, watched
from tests.notifying.receiver import receiving
from tests.notifying.test_killed import faults, finish


def main() -> None:
    """Kill, finish, count."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--longest", type=float, default=1.5, help="seconds that a worker has at most")
    parser.add_argument("--desk")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, receiving() as receiver:
        address = given.desk or str(Path(folder) / "desk.db")
        watched(address, receiver.address)
        started = time.perf_counter()
        killed_often(address, given.reports, given.kills, given.longest)
        before = len(set(receiver.ids))
        finish(address, given.reports)
        lost = faults(address, receiver)
        took = time.perf_counter() - started
    unique = len(set(receiver.ids))
    print(f"{given.kills} kills in {took:.0f} s: {unique} notices, {len(lost)} lost or out of order")
    print(f"told before the last kill: {before}")
    print(f"told again under the same id: {len(receiver.ids) - unique}")
    print("\n".join(lost))


if __name__ == "__main__":
    main()
