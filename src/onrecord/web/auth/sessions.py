"""What a signed-in browser or a program shows at the gate: sessions and tokens, kept as digests only."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select

from onrecord.errors import UsageError
from onrecord.ledger.entries import instant_text
from onrecord.ledger.storage.schema import account_sessions, account_tokens, accounts
from onrecord.web.auth.accounts import Accounts, key_of, person_of_row
from onrecord.web.auth.middleware import new_ticket
from onrecord.web.auth.people import Person

# A long shift; whoever comes back the next day signs in again.
SESSION_HOURS = 14
TOKEN_SIGN = "onr_"
_MOST_LABEL_CHARS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as it is listed; `id` is the start of its digest, by which it is taken back."""

    id: str
    account: str
    label: str
    made_at: str
    ends_at: str | None


class Sessions:
    """Sessions and tokens of a desk's accounts; what is in the store opens nothing to who reads it."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts

    def open(self, key: str) -> str:
        """A new session for an account; its ticket, which was never used before."""
        ticket, now = new_ticket(), self.accounts.clock()
        row = {
            "ticket": _digest(ticket),
            "account": key,
            "made_at": instant_text(now),
            "ends_at": instant_text(now + timedelta(hours=SESSION_HOURS)),
        }
        with self.accounts.writing() as connection:
            connection.execute(delete(account_sessions).where(account_sessions.c.ends_at <= instant_text(now)))
            connection.execute(insert(account_sessions).values(row))
        return ticket

    def close(self, ticket: str) -> None:
        """End a session, everywhere it is used."""
        with self.accounts.writing() as connection:
            connection.execute(delete(account_sessions).where(account_sessions.c.ticket == _digest(ticket)))

    def holder(self, ticket: str) -> Person | None:
        """Whose session a ticket is, as the account is now; None for none or one that ended."""
        query = (
            select(accounts)
            .join(account_sessions, account_sessions.c.account == accounts.c.key)
            .where(account_sessions.c.ticket == _digest(ticket))
            .where(account_sessions.c.ends_at > instant_text(self.accounts.clock()))
        )
        with self.accounts.reading() as connection:
            row = connection.execute(query).first()
            return person_of_row(connection, row) if row else None

    def issue(self, name: str, label: str, days: int | None = None) -> str:
        """A new token for an account, told this once."""
        key, now = key_of(name), self.accounts.clock()
        label_text = "".join(one for one in " ".join(label.split()) if one.isprintable())[:_MOST_LABEL_CHARS]
        token = TOKEN_SIGN + secrets.token_urlsafe(32)
        row = {
            "secret": _digest(token),
            "account": key,
            "label": label_text or "token",
            "made_at": instant_text(now),
            "ends_at": instant_text(now + timedelta(days=days)) if days else None,
        }
        with self.accounts.writing() as connection:
            if connection.execute(select(accounts.c.key).where(accounts.c.key == key)).first() is None:
                raise UsageError(f"no account '{name[:40]}' · token · see: onrecord account list")
            connection.execute(insert(account_tokens).values(row))
        return token

    def bearer(self, token: str) -> Person | None:
        """Whose token it is, as the account is now; None for none or one that ended."""
        query = (
            select(accounts, account_tokens.c.ends_at)
            .join(account_tokens, account_tokens.c.account == accounts.c.key)
            .where(account_tokens.c.secret == _digest(token))
        )
        with self.accounts.reading() as connection:
            row = connection.execute(query).first()
            if row is None or (row.ends_at is not None and row.ends_at <= instant_text(self.accounts.clock())):
                return None
            return person_of_row(connection, row)

    def tokens(self, name: str | None = None) -> tuple[Token, ...]:
        """The tokens of one account or all."""
        query = select(account_tokens, accounts.c.name).join(accounts, accounts.c.key == account_tokens.c.account)
        if name is not None:
            query = query.where(accounts.c.key == key_of(name))
        with self.accounts.reading() as connection:
            rows = connection.execute(query.order_by(account_tokens.c.made_at, account_tokens.c.secret)).all()
        return tuple(
            Token(id=row.secret[:12], account=row.name, label=row.label, made_at=row.made_at, ends_at=row.ends_at)
            for row in rows
        )

    def take_back(self, ident: str) -> None:
        """End a token by its id; raises UsageError where there is none."""
        if len(ident) != 12 or not ident.isalnum() or not ident.isascii():
            raise UsageError(f"no token '{ident[:20]}' · token · see: onrecord account list")
        with self.accounts.writing() as connection:
            gone = connection.execute(delete(account_tokens).where(account_tokens.c.secret.startswith(ident)))
            if not gone.rowcount:
                raise UsageError(f"no token '{ident}' · token · see: onrecord account list")


def _digest(secret: str) -> str:
    """A random secret of 256 bits needs no salt and no slow hash; only digests are looked up."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
