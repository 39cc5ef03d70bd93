"""What a person at the desk may do with alerts: their own, of stories that they see."""

from __future__ import annotations

from dataclasses import replace

from onrecord.datamodel.notice import Alert, AlertSubject, Channel, Notice
from onrecord.errors import UsageError
from onrecord.ledger.desk import Desk
from onrecord.notifying.making import FEED, kinds_of, make
from onrecord.notifying.outbox import Outbox
from onrecord.web.auth.accounts import key_of
from onrecord.web.auth.people import NotAllowed, Person, Role, see

_MOST_NOTICES = 10_000


def wish(
    subject: AlertSubject,
    value: str,
    to: str,
    *,
    story: str | None = None,
    kinds: tuple[str, ...] = (),
    daily: str | None = None,
    zone: str = "UTC",
) -> Alert:
    """An alert as it is asked for; raises UsageError for a kind of notice that does not exist."""
    return Alert(
        id="",
        subject=subject,
        value=value,
        story=story,
        channel=Channel.FEED,
        target=to,
        kinds=kinds_of(kinds),
        daily=daily or None,
        zone=zone,
    )


def add(desk: Desk, person: Person, wanted: Alert) -> tuple[Alert, str | None]:
    """Keep a person's alert, with what is told this once; readers may have feeds, since nothing leaves by them.

    Raises UsageError for a story that they do not see, and NotAllowed where their role does not suffice.
    """
    if wanted.story is not None:
        see(person, wanted.story)
    if wanted.target.strip() != FEED and not person.may(Role.EDITOR):
        raise NotAllowed(f"a {person.role} may only have feeds · {person.name} · ask for the role {Role.EDITOR}")
    account = key_of(person.name) if person.signed_in else None
    return make(desk, replace(wanted, account=account, made_by=person.name))


def listed(desk: Desk, person: Person) -> tuple[Alert, ...]:
    """A person's alerts; an administrator's are everybody's."""
    found = Outbox(desk.store).alerts()
    return tuple(one for one in found if _theirs(person, one))


def one(desk: Desk, person: Person, ident: str) -> Alert:
    """One of a person's alerts; raises UsageError, as for one that is not there, for any other."""
    found = next((each for each in listed(desk, person) if each.id == ident), None)
    if found is None:
        raise UsageError(f"no alert '{ident[:40]}' · this desk · see the list of alerts")
    return found


def notices(desk: Desk, alert: Alert, after: int = 0) -> tuple[Notice, ...]:
    """What an alert told, after a number, of the stories that its account sees."""
    return Outbox(desk.store).notices(alert.id, after=after, limit=_MOST_NOTICES)


def _theirs(person: Person, alert: Alert) -> bool:
    if not person.signed_in or person.may(Role.ADMINISTRATOR):
        return True
    return alert.account == key_of(person.name)
