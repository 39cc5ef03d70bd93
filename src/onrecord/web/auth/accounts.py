"""The accounts of a desk: who they are, what they may do and see, and whether a password is theirs."""

from __future__ import annotations

import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Row, delete, insert, select, update

from onrecord.errors import UsageError
from onrecord.ledger.entries import instant_text
from onrecord.ledger.storage.access_file import mark
from onrecord.ledger.storage.opening import mapped
from onrecord.ledger.storage.schema import account_sessions, account_stories, account_tokens, accounts
from onrecord.ledger.storage.store import Clock, Store
from onrecord.web.auth.people import NotAllowed, Person, Role

LEAST_PASSWORD_CHARS, MOST_PASSWORD_CHARS = 10, 1024
_MOST_NAME_CHARS = 100
_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"})
# Letters of other scripts, and digits, to the Latin ones that they look like.
_LOOKS = str.maketrans(
    dict(
        (pair[0], pair[1])
        for pair in (
            "аa вb еe һh іi јj кk мm нh оo рp сc ѕs тt уy хx ѡw ԁd ԛq ԝw αa εe ηn "
            "ιi κk νv οo ρp τt υu χx ωw ոn օo 0o 1l"
        ).split()
    )
)
# So soon an account that was added beside a running server shuts its door.
_LOOK_S = 1.0
# argon2 takes 64 MB and all of a core a time: whoever guesses must not take the machine.
_AT_ONCE = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One account as it is listed; `stories` None stands for every story."""

    name: str
    role: Role
    stories: tuple[str, ...] | None
    password: bool
    tokens: int
    made_at: str


class Accounts:
    """A desk's accounts; made by an administrator, never by who signs in."""

    def __init__(self, store: Store, clock: Clock | None = None) -> None:
        self.store = store
        self.clock = clock or _now
        self.hasher = PasswordHasher()
        self._some = False
        self._looked = -_LOOK_S

    def exist(self) -> bool:
        """Whether anybody must sign in; once somebody must, it stays so until the server stops."""
        now = time.monotonic()
        if not self._some and now - self._looked >= _LOOK_S:
            with self.reading() as connection:
                self._some = connection.execute(select(accounts.c.key).limit(1)).first() is not None
            self._looked = now
        return self._some

    def listed(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with self.reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.key)).all()
            seen = connection.execute(select(account_stories).order_by(account_stories.c.story)).all()
            tokens = list(connection.execute(select(account_tokens.c.account)).scalars())
        return tuple(
            Account(
                name=row.name,
                role=Role(row.role),
                stories=None if row.every_story else tuple(one.story for one in seen if one.account == row.key),
                password=row.password is not None,
                tokens=tokens.count(row.key),
                made_at=row.made_at,
            )
            for row in rows
        )

    def named(self, name: str) -> Account:
        """One account; raises UsageError where there is none."""
        for one in self.listed():
            if key_of(one.name) == key_of(name):
                return one
        raise UsageError(f"no account '{name[:40]}' · accounts · see: onrecord account list")

    def add(self, name: str, role: Role, password: str | None = None, stories: Iterable[str] | None = None) -> str:
        """Make an account; without a password it signs in elsewhere, or by token. Its name as it is told."""
        display_name = account_name(name)
        row = {
            "key": key_of(display_name),
            "name": display_name,
            "role": role.value,
            "every_story": stories is None,
            "password": self.hashed(password) if password is not None else None,
            "made_at": instant_text(self.clock()),
        }
        with self.writing() as connection:
            held = list(connection.execute(select(accounts.c.key)).scalars())
            if row["key"] in held:
                raise UsageError(f"an account '{display_name}' is there already · accounts · choose another name")
            if skeleton(display_name) in map(skeleton, held):
                raise UsageError(
                    f"'{display_name}' looks like an account that is there · accounts · choose another name"
                )
            connection.execute(insert(accounts).values(row))
            mark(connection)
            _let_see(connection, key_of(display_name), stories)
        return display_name

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens; what it decided stays on record."""
        key = key_of(name)
        with self.writing() as connection:
            _known(connection, name)
            if _last_administrator(connection, key):
                raise UsageError(f"'{name}' is the last administrator · accounts · make another one first")
            for table, column in (
                (account_sessions, account_sessions.c.account),
                (account_tokens, account_tokens.c.account),
                (account_stories, account_stories.c.account),
                (accounts, accounts.c.key),
            ):
                connection.execute(delete(table).where(column == key))

    def change(self, name: str, *, role: Role | None = None, password: str | None = None) -> None:
        """Give another role or password; a new password ends the account's sessions and tokens."""
        hashed = self.hashed(password) if password is not None else None
        with self.writing() as connection:
            key = _known(connection, name).key
            if role is not None:
                if role is not Role.ADMINISTRATOR and _last_administrator(connection, key):
                    raise UsageError(f"'{name}' is the last administrator · accounts · make another one first")
                connection.execute(update(accounts).where(accounts.c.key == key).values(role=role.value))
            if hashed is not None:
                connection.execute(update(accounts).where(accounts.c.key == key).values(password=hashed))
                connection.execute(delete(account_sessions).where(account_sessions.c.account == key))
                connection.execute(delete(account_tokens).where(account_tokens.c.account == key))

    def limit(self, name: str, stories: Iterable[str] | None) -> None:
        """Let an account see only these stories, or with None every one."""
        with self.writing() as connection:
            key = _known(connection, name).key
            connection.execute(update(accounts).where(accounts.c.key == key).values(every_story=stories is None))
            _let_see(connection, key, stories)

    def signed_in(self, name: str, password: str) -> str | None:
        """The account's key where the password is its own; unknown names take as long as wrong passwords."""
        key = key_of(name)
        with self.reading() as connection:
            held = connection.execute(select(accounts.c.password).where(accounts.c.key == key)).scalar()
        password = password[:MOST_PASSWORD_CHARS]
        right = self._right(held or self._nobody, password)
        if not right or held is None:
            return None
        if self.hasher.check_needs_rehash(held):
            with self.writing() as connection:
                row = {"password": self.hasher.hash(password.encode("utf-8", "surrogatepass"))}
                connection.execute(update(accounts).where(accounts.c.key == key).values(row))
        return key

    def known(self, name: str) -> bool:
        """Whether there is an account of this name."""
        with self.reading() as connection:
            return connection.execute(select(accounts.c.key).where(accounts.c.key == key_of(name))).first() is not None

    def key_of_subject(self, subject: str) -> str | None:
        """The account of somebody whom a provider calls so."""
        with self.reading() as connection:
            return connection.execute(select(accounts.c.key).where(accounts.c.subject == subject)).scalar()

    def bind(self, name: str, subject: str) -> str:
        """Know somebody from now on by what the provider calls them; raises NotAllowed where it is somebody else."""
        with self.writing() as connection:
            row = _known(connection, name)
            if row.subject not in (None, subject):
                raise NotAllowed(f"another person signed in as {name[:100]} before · sign-in · ask an administrator")
            connection.execute(update(accounts).where(accounts.c.key == row.key).values(subject=subject))
            return str(row.key)

    def hashed(self, password: str) -> str:
        """A password as it is kept; raises UsageError for one that is too short or too long."""
        if not LEAST_PASSWORD_CHARS <= len(password) <= MOST_PASSWORD_CHARS:
            between = f"between {LEAST_PASSWORD_CHARS} and {MOST_PASSWORD_CHARS}"
            raise UsageError(f"a password of {len(password)} characters · accounts · choose one of {between}")
        with _AT_ONCE:
            return self.hasher.hash(password.encode("utf-8", "surrogatepass"))

    def _right(self, held: str, password: str) -> bool:
        try:
            with _AT_ONCE:
                return self.hasher.verify(held, password.encode("utf-8", "surrogatepass"))
        except (VerificationError, InvalidHashError):
            return False

    @cached_property
    def _nobody(self) -> str:
        """What the passwords of unknown names are held against."""
        return self.hasher.hash("nobody's password")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look at the tables."""
        with mapped(self.store.address), self.store.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One block of changes, all or none."""
        engine = self.store.engine.execution_options(writing=True)
        with mapped(self.store.address), engine.begin() as connection:
            yield connection


def person_of_row(connection: Connection, row: Row[Any]) -> Person:
    """The person of an account's row, with the stories they see."""
    seen = None
    if not row.every_story:
        query = select(account_stories.c.story).where(account_stories.c.account == row.key)
        seen = frozenset(connection.execute(query).scalars())
    return Person(name=row.name, role=Role(row.role), stories=seen)


def account_name(name: str) -> str:
    """A name as it is told; raises UsageError for one that could not be typed or told apart."""
    plain = " ".join(name.split())
    if unicodedata.normalize("NFKC", plain) != plain or _mixes_scripts(plain):
        raise UsageError(f"'{name[:40]}' can be taken for another name · accounts · use the letters of one script")
    if not plain or len(plain) > _MOST_NAME_CHARS or not plain.isprintable() or "/" in plain:
        raise UsageError(f"'{name[:40]}' is no name for an account · accounts · use letters, digits, @ and hyphens")
    return plain


def _mixes_scripts(name: str) -> bool:
    """Whether letters that are alike in several scripts stand side by side."""
    scripts = {unicodedata.name(one, "").partition(" ")[0] for one in name if one.isalpha()}
    return len(scripts & _ALIKE) > 1


def skeleton(name: str) -> str:
    """A name by its looks: letters of other scripts as the Latin ones they look like (after UTS 39, 4)."""
    return key_of(name).translate(_LOOKS)


def key_of(name: str) -> str:
    """What a name is found by: however it is written."""
    plain = unicodedata.normalize("NFKC", " ".join(name.split())).casefold()
    # PostgreSQL holds neither of these; no account's name does.
    return plain.replace("\x00", "").encode("utf-8", "replace").decode()[: 2 * _MOST_NAME_CHARS]


def _known(connection: Connection, name: str) -> Row[Any]:
    row = connection.execute(select(accounts).where(accounts.c.key == key_of(name))).first()
    if row is None:
        raise UsageError(f"no account '{name[:40]}' · accounts · see: onrecord account list")
    return row


def _last_administrator(connection: Connection, key: str) -> bool:
    query = select(accounts.c.key).where(accounts.c.role == Role.ADMINISTRATOR.value)
    held = list(connection.execute(query).scalars())
    others = connection.execute(select(accounts.c.key).where(accounts.c.key != key)).first()
    return held == [key] and others is not None


def _let_see(connection: Connection, key: str, stories: Iterable[str] | None) -> None:
    connection.execute(delete(account_stories).where(account_stories.c.account == key))
    rows = [{"account": key, "story": one} for one in sorted(set(stories or ()))]
    if rows:
        connection.execute(insert(account_stories), rows)


def _now() -> datetime:
    return datetime.now(UTC)
