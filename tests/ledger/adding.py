"""A process of its own that adds invented reports to a desk, or decides on them, and tells what was acknowledged.

Run as: python -m tests.ledger.adding ADDRESS add COUNT, or ADDRESS decide COUNT NAME.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

from onrecord.datamodel.entry import ClaimAnchor, Decision, Reading, Verdict
from onrecord.ledger.desk import open_desk
from tests.ledger.builder import reading

STORY = "dam"


def readings(count: int) -> Iterator[Reading]:
    """As many reports as asked for, each with some weight."""
    for number in range(count):
        yield reading(
            f"{number:04}_wire", (f"Ann {number}", "the dam holds " * 40 + "still"), ("Bo", f"it rains {number}")
        )


def add(address: str, count: int) -> None:
    """Add, and write the id of each report once it is on record."""
    with open_desk(address, create=True) as held:
        for added in held.add(STORY, readings(count)):
            os.write(1, f"{added.outcome.report}\n".encode())


def decide(address: str, count: int, name: str) -> None:
    """Decide, and write the number of each entry once it is on record."""
    with open_desk(address) as held:
        for number in range(count):
            anchors = (ClaimAnchor(id=f"{name}-{number}", text="t"), ClaimAnchor(id="b", text="t"))
            decision = Decision(verdict=Verdict.SAME, claims=anchors, why=f"{name} {number}")
            landed = held.decide(STORY, decision, by=name)
            os.write(1, f"{landed.entry.seq}\n".encode())


def started(*arguments: str) -> subprocess.Popen[bytes]:
    """This file as a process."""
    line = [sys.executable, "-m", "tests.ledger.adding", *arguments]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def killed_after(address: str, count: int, wait_s: float) -> list[str]:
    """What an adding process had acknowledged when it was killed, `wait_s` after its first report."""
    process = started(address, "add", str(count))
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(wait_s)
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    process.stdout.close()
    # A line that was cut off by the kill was not acknowledged.
    told = first + rest
    return told[: told.rfind(b"\n") + 1].decode().split()


if __name__ == "__main__":
    where, what, many = sys.argv[1], sys.argv[2], int(sys.argv[3])
    if what == "add":
        add(where, many)
    else:
        decide(where, many, sys.argv[4])
