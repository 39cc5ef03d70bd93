"""Messages to where they are sent: webhooks, mail, chat. What was not taken is told, with when to try again."""

from __future__ import annotations

import json
import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import unquote, urlsplit

from onrecord.capturing.feeds import retry_after
from onrecord.datamodel.notice import Channel
from onrecord.errors import ReadError, UsageError
from onrecord.notifying.outbox import Message
from onrecord.notifying.signing import signed_headers
from onrecord.reading.fetching.addressing import PRIVATE
from onrecord.reading.fetching.client import Fetcher, Guard
from onrecord.rendering.notices import alert_words, message_json, subject, text

_TIMEOUT_S, _TOTAL_S = 10.0, 20.0
_MOST_ANSWER_BYTES = 64_000
_PORTS = {"smtp": 25, "smtps": 465}
MAIL_SERVER, MAIL_FROM, ADDRESS = "ONRECORD_SMTP", "ONRECORD_MAIL_FROM", "ONRECORD_URL"


class NotDelivered(Exception):
    """A message was not taken; `wait_s` is when to try again at the soonest, `final` that there is no use in it."""

    def __init__(self, why: str, wait_s: float = 0.0, *, final: bool = False) -> None:
        super().__init__(why)
        self.wait_s = wait_s
        self.final = final


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How messages leave: whether to the own network, by which mail server and as whom, and the desk's own address."""

    private: bool = False
    mail_server: str | None = None
    mail_from: str | None = None
    address: str | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ, *, private: bool = False) -> Sending:
        """As the environment's variables say."""
        return cls(
            private=private,
            mail_server=environment.get(MAIL_SERVER) or None,
            mail_from=environment.get(MAIL_FROM) or None,
            address=environment.get(ADDRESS) or None,
        )


def send(message: Message, secret: str | None, sending: Sending, now: datetime) -> None:
    """Send a message by its alert's channel; raises NotDelivered where it was not taken."""
    ways: dict[Channel, Callable[[], None]] = {
        Channel.WEBHOOK: lambda: _webhook(message, secret or "", sending, now),
        Channel.MAIL: lambda: _mail(message, sending, now),
        Channel.CHAT: lambda: _chat(message, sending),
    }
    way = ways.get(message.alert.channel)
    if way is not None:
        way()


def _webhook(message: Message, secret: str, sending: Sending, now: datetime) -> None:
    body = json.dumps(message_json(message.id, message.notices, sending.address), ensure_ascii=False)
    raw = body.encode("utf-8", "backslashreplace")
    headers = signed_headers(secret, message.id, int(now.timestamp()), raw)
    guard = Guard(
        allowed=PRIVATE if sending.private else (),
        max_bytes=_MOST_ANSWER_BYTES,
        timeout_s=_TIMEOUT_S,
        total_s=_TOTAL_S,
        pause_s=0.0,
    )
    try:
        answer = Fetcher(guard).post(message.alert.target, raw, "application/json", headers)
    except ReadError as error:
        raise NotDelivered(str(error).partition("; ")[0]) from error
    if 200 <= answer.status < 300:
        return
    why = f"answered {answer.status} {answer.reason}".strip()
    at = retry_after(answer, now)
    raise NotDelivered(why, max(0.0, (at - now).total_seconds()) if at else 0.0, final=answer.status == 410)


def _mail(message: Message, sending: Sending, now: datetime) -> None:
    try:
        server = mail_server(sending)
        mail = _composed(message, sending, now)
        with server as session:
            session.send_message(mail)
    except UsageError as error:
        raise NotDelivered(str(error)) from error
    except smtplib.SMTPRecipientsRefused as error:
        reply = next(iter(error.recipients.values()), (0, b""))
        raise NotDelivered(f"the mail server refuses the address ({reply[0]})", final=500 <= reply[0] < 600) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(f"the mail server does not take it ({type(error).__name__})") from error


def _composed(message: Message, sending: Sending, now: datetime) -> EmailMessage:
    sender = sending.mail_from or "onrecord@localhost"
    host = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    mail = EmailMessage()
    mail["From"] = sender if parseaddr(sender)[0] else formataddr(("onrecord", sender))
    mail["To"] = message.alert.target
    mail["Subject"] = subject(message.notices).encode("utf-8", "replace").decode()
    mail["Date"] = format_datetime(now.astimezone(UTC))
    # The same at every try, by which mail programs know a repetition.
    mail["Message-ID"] = f"<{message.id}.onrecord@{host}>"
    mail["Auto-Submitted"] = "auto-generated"
    foot = f"-- \nYou watch {alert_words(message.alert)} (alert {message.alert.id}).\n"
    mail.set_content((text(message.notices, sending.address) + "\n" + foot).encode("utf-8", "replace").decode())
    return mail


def mail_server(sending: Sending) -> smtplib.SMTP:
    """A session with the mail server, encrypted unless it is on this machine; raises UsageError where none is named."""
    try:
        parts = urlsplit(sending.mail_server or "")
        port = parts.port
    except ValueError as error:
        raise UsageError(f"no address of a mail server · {MAIL_SERVER} · write smtp://HOST:PORT") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise UsageError(f"no mail server named · {MAIL_SERVER} · set it to smtp://USER:PASSWORD@HOST:587")
    context = ssl.create_default_context()
    where = (parts.hostname, port or _PORTS[parts.scheme])
    session: smtplib.SMTP
    if parts.scheme == "smtps":
        session = smtplib.SMTP_SSL(*where, timeout=_TIMEOUT_S, context=context)
    else:
        session = smtplib.SMTP(*where, timeout=_TIMEOUT_S)
        if parts.hostname not in ("localhost", "127.0.0.1", "::1"):
            session.starttls(context=context)
    if parts.username:
        session.login(unquote(parts.username), unquote(parts.password or ""))
    return session


def _chat(message: Message, sending: Sending) -> None:
    notify = chat(message.alert.target)
    body = text(message.notices, sending.address)
    if not notify.notify(title=subject(message.notices), body=body):  # type: ignore[attr-defined]
        raise NotDelivered("the chat service does not take it")


def chat(address: str) -> object:
    """What sends to a chat service by its address, as Apprise has them; raises UsageError where it knows none such."""
    try:
        from apprise import Apprise, AppriseAsset
    except ModuleNotFoundError as error:
        raise UsageError("Apprise is not installed · an alert to a chat · pip install '.[chat]'") from error
    # A text from the web must not bring anything of this machine along.
    notify = Apprise(asset=AppriseAsset(secure_logging=True))
    if not notify.add(address):
        raise UsageError(
            f"no service that Apprise knows · {address.partition('://')[0]}://… · see its list of addresses"
        )
    return notify
