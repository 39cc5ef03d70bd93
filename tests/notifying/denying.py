"""A teller in which people deny, and a process that has workers tell what changed until it kills them.

Run as: python -m tests.notifying.denying ADDRESS REPORTS KILLS LONGEST_S.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.claim import Claim, Member
from onrecord.datamodel.entry import Reading
from onrecord.datamodel.notice import Alert, AlertSubject, Channel
from onrecord.ledger.deciding.anchors import Scene
from onrecord.ledger.desk import open_desk
from onrecord.notifying.channels import Sending
from onrecord.notifying.making import make
from onrecord.notifying.notifier import Notifier
from tests.ledger.builder import PlainBuilder, reading

STORY = "dam"


class DenyingBuilder(PlainBuilder):
    """Whoever says "not so: X" denies the claim X."""

    version = "denying teller 1"

    def claims_of(self, scene: Scene) -> tuple[Claim, ...]:
        """Statements of equal words are one claim, and their denials count against it."""
        claims = {one.text: one for one in super().claims_of(scene)}
        for words in [one for one in claims if one.startswith("not so ")]:
            denial, held = claims.pop(words), claims.get(words.removeprefix("not so "))
            if held:
                against = tuple(Member(attribution=one.attribution, stance=Act.DENIES) for one in denial.members)
                claims[held.text] = replace(held, members=(*held.members, *against))
        return tuple(claims.values())


def readings(count: int) -> Iterator[Reading]:
    """Reports that each tell something new, bear out what the last one told, and deny what the one before it told."""
    for number in range(count):
        said = [(f"Ann {number}", f"gate {number} is open"), (f"Bo {number}", f"gate {number - 1} is open")]
        yield reading(f"{number:04}_wire", *said, (f"Cy {number}", f"not so gate {number - 2} is open"))


def watched(address: str, webhook: str) -> None:
    """Make a desk on which everything is told to a webhook."""
    with open_desk(address, DenyingBuilder(), create=True) as held:
        wish = Alert(
            id="", subject=AlertSubject.STORY, value="", channel=Channel.WEBHOOK, target=webhook, kinds=(), made_by=""
        )
        make(held, wish)


def work(address: str, count: int) -> None:
    """Add what is not there yet, and tell what it changes, after each report; say when the first is told."""
    with open_desk(address, DenyingBuilder()) as held:
        notifier = Notifier(held, Sending(private=True), lease_s=0.05)
        for one in readings(count):
            list(held.add(STORY, [one]))
            list(notifier.look())
            list(notifier.deliver())
            os.write(1, b".")


def kill_often(address: str, count: int, kills: int, longest_s: float) -> None:
    """Fork workers and kill each some time after its first report; what is imported already makes them quick."""
    chance = random.Random(2031)
    for _ in range(kills):
        ready, told = os.pipe()
        if (worker := os.fork()) == 0:
            os.dup2(told, 1)
            work(address, count)
            os._exit(0)
        os.close(told)
        os.read(ready, 1)
        time.sleep(chance.uniform(0, longest_s))
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
        os.close(ready)


def killed_often(address: str, count: int, kills: int, longest_s: float) -> None:
    """The same in a process of its own, which has no threads that a fork would cut in two."""
    line = [sys.executable, "-m", "tests.notifying.denying", address, str(count), str(kills), str(longest_s)]
    subprocess.run(line, check=True)


if __name__ == "__main__":
    kill_often(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
