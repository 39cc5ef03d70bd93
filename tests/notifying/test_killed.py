"""Killed at any moment, a worker has lost nothing that is to be told, and tells it in order."""

from __future__ import annotations

import time

from onrecord.ledger.desk import open_desk
from onrecord.notifying.channels import Sending
from onrecord.notifying.notifier import Notifier
from tests.notifying.denying import STORY, DenyingBuilder, killed_often, watched, work
from tests.notifying.receiver import Receiver, receiving

KILLS = 4
REPORTS = 5


def test_kill_9_loses_nothing_that_is_to_be_told(address: str) -> None:
    with receiving() as receiver:
        watched(address, receiver.address)
        killed_often(address, REPORTS, KILLS, 0.1)
        time.sleep(0.06)
        finish(address, REPORTS)
        assert faults(address, receiver) == []
        assert len(set(receiver.ids)) > REPORTS


def finish(address: str, count: int) -> None:
    """Let a worker come to its end."""
    work(address, count)
    with open_desk(address, DenyingBuilder()) as held:
        # What was leased by a worker that was killed is sent once the lease has run out.
        time.sleep(0.06)
        notifier = Notifier(held, Sending(private=True))
        list(notifier.look())
        list(notifier.deliver())
        assert notifier.outbox.due() == ()


def faults(address: str, receiver: Receiver) -> list[str]:
    """What was lost or came out of order: each claim's changes must go on where the last one ended."""
    numbers = [int(one.rpartition("-")[2]) for one in receiver.ids]
    first = list(dict.fromkeys(numbers))
    found = [] if first == list(range(1, len(first) + 1)) else [f"not in order, or not all: {first}"]
    stood: dict[str, str | None] = {}
    seen: set[int] = set()
    for one in receiver.notices:
        if one["notice"] in seen:
            continue
        seen.add(one["notice"])
        if one["text"] in stood and stood[one["text"]] != one["before"]:
            found.append(f"{one['text']}: {stood[one['text']]} was told, then {one['before']} → {one['after']}")
        stood[one["text"]] = one["after"]
    with open_desk(address, DenyingBuilder()) as held:
        story = held.story(STORY)
        now = {claim.text: story.standing[claim.id].status.value for claim in story.claims}
    # What never changed since it was first heard of is told of nobody.
    found.extend(
        f"{text}: it is {now[text]}, and {told} was told last" for text, told in stood.items() if now[text] != told
    )
    found.extend(
        f"{text}: {status} was never told" for text, status in now.items() if status == "disputed" and text not in stood
    )
    return found
