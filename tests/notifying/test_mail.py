"""Mail through a real server on this machine."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onrecord.datamodel.notice import Alert, AlertSubject, Channel
from onrecord.ledger.desk import Desk, open_desk
from onrecord.notifying.channels import Sending
from onrecord.notifying.making import make
from onrecord.notifying.notifier import Notifier
from onrecord.notifying.outbox import Outbox
from tests.ledger.builder import reading
from tests.notifying.denying import DenyingBuilder

STORY = "dam"


class Inbox:
    """What a server took, by whom it was for; it refuses mail for nobody@."""

    def __init__(self) -> None:
        self.mails: list[email.message.Message[str, str]] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 taken"


@pytest.fixture
def inbox() -> Iterator[tuple[Inbox, Sending]]:
    """A mail server."""
    controllers = pytest.importorskip("aiosmtpd.controller", reason="aiosmtpd is not installed (pip install aiosmtpd)")
    held = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = controllers.Controller(held, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield held, Sending(mail_server=f"smtp://127.0.0.1:{port}", mail_from="Night desk <desk@quay.example>")
    finally:
        controller.stop()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(str(tmp_path / "desk.db"), DenyingBuilder(), create=True) as held:
        list(held.add(STORY, [reading("01_wire", ("Zoë Orr", "the dam holds"))]))
        yield held


def watch(desk: Desk, to: str) -> Alert:
    wish = Alert(id="", subject=AlertSubject.STORY, value="", channel=Channel.FEED, target=to, kinds=())
    return make(desk, wish)[0]


def told(desk: Desk, sending: Sending) -> list[str | None]:
    notifier = Notifier(desk, sending)
    list(notifier.look())
    return [one.fault for one in notifier.deliver()]


def test_a_mail_tells_what_changed_and_what_it_rests_on(desk: Desk, inbox: tuple[Inbox, Sending]) -> None:
    made = watch(desk, "mailto:night@quay.example")
    list(desk.add(STORY, [reading("02_post", ("Bo Lee", "not so the dam holds"))]))
    assert told(desk, inbox[1]) == [None]
    (mail,) = inbox[0].mails
    assert mail["To"] == "night@quay.example" and mail["From"] == "Night desk <desk@quay.example>"
    assert mail["Message-ID"] == f"<{made.id}-1.onrecord@quay.example>"
    assert mail["Subject"] == "[dam] “the dam holds”: single-origin → disputed"
    assert isinstance(mail, email.message.EmailMessage)
    words = mail.get_content()
    assert "Bo Lee denies: “not so the dam holds” (2031-03-07, report 02)" in words
    assert "Zoë Orr says so: “the dam holds”" in words and f"(alert {made.id})" in words


def test_an_address_that_is_refused_is_not_tried_again(desk: Desk, inbox: tuple[Inbox, Sending]) -> None:
    watch(desk, "nobody@quay.example")
    list(desk.add(STORY, [reading("02_post", ("Bo Lee", "not so the dam holds"))]))
    assert told(desk, inbox[1]) == ["the mail server refuses the address (550)"]
    (held,) = Outbox(desk.store).alerts()
    assert held.paused is not None and "onrecord alert resume" in held.paused and held.waiting == 1


@pytest.mark.parametrize(
    ("server", "fault"),
    [
        (None, "no mail server named · ONRECORD_SMTP"),
        ("smtp://127.0.0.1:1", "the mail server does not take it (ConnectionRefusedError)"),
        ("smtp://h:notaport", "no address of a mail server"),
    ],
)
def test_mail_that_cannot_leave_waits(desk: Desk, server: str | None, fault: str) -> None:
    watch(desk, "night@quay.example")
    list(desk.add(STORY, [reading("02_post", ("Bo Lee", "not so the dam holds"))]))
    (found,) = told(desk, Sending(mail_server=server))
    assert found is not None and fault in found
    (held,) = Outbox(desk.store, lambda: datetime(2099, 1, 1, tzinfo=UTC)).alerts()
    assert held.waiting == 1 and held.paused is None
