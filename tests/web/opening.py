"""A desk with one invented story, opened as an application, without a server and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from onrecord.ledger.desk import Desk, open_desk
from onrecord.web.app import create_app
from onrecord.web.auth.accounts import Accounts
from onrecord.web.auth.people import Role
from onrecord.web.settings import Settings
from tests.ledger.builder import PlainBuilder, reading

BASE = "http://localhost:8710"
PASSWORD = "a horse, a staple"
STORY = "dam"


def filled(address: str) -> None:
    """Make a desk with a story of three reports, and another one that not everybody sees."""
    with open_desk(address, PlainBuilder(), create=True) as held:
        said = (("Ann Orr", "the dam holds"), ("Bo Lee", "the gates are shut"))
        list(
            held.add(
                STORY, [reading("01_wire", *said), reading("02_post", *reversed(said)), reading("03_echo", said[0])]
            )
        )
        list(held.add("secret", [reading("09_leak", ("Cy Dahl", "the vault is open"))]))


def quick(accounts: Accounts) -> Accounts:
    """Accounts whose passwords take no time to hash."""
    from argon2 import PasswordHasher

    accounts.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return accounts


def accounted(address: str) -> None:
    """Add an administrator, an editor, a reader, and one who sees only the open story."""
    with open_desk(address) as held:
        accounts = quick(Accounts(held.store))
        for name, role in (("ada", Role.ADMINISTRATOR), ("eve", Role.EDITOR), ("rob", Role.READER)):
            accounts.add(name, role, PASSWORD)
        accounts.add("sam", Role.EDITOR, PASSWORD, [STORY])


@contextmanager
def opened(address: str, **settings: Any) -> Iterator[TestClient]:
    """A browser at the desk."""
    desk: Desk
    with open_desk(address, PlainBuilder()) as desk:
        app = create_app(Settings(desk=address, tagger="rules", **settings), desk)
        quick(app.state.gate.accounts)
        base = "https://desk.example" if settings.get("https") else BASE
        with TestClient(app, base_url=base, follow_redirects=False) as client:
            yield client


def app_of(client: TestClient) -> FastAPI:
    """The application behind a client."""
    app = client.app
    assert isinstance(app, FastAPI)
    return app


def csrf(client: TestClient) -> str:
    """The token that the forms of pages hold for this browser."""
    from onrecord.web.auth.csrf import token_of

    client.get("/no-such-page")
    ticket = next((one.value for one in client.cookies.jar if one.name.endswith("onrecord")), None)
    assert ticket is not None
    return token_of(ticket)


def sign_in(client: TestClient, name: str, password: str = PASSWORD, **more: str) -> Any:
    """Fill in the form."""
    return client.post("/sign-in", data={"name": name, "password": password, "csrf": csrf(client), **more})


def only_ticket(client: TestClient, ticket: str) -> None:
    """Let the browser hold this ticket and nothing else."""
    client.cookies.clear()
    client.cookies.set("onrecord", ticket)
