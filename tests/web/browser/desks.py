"""An invented story on a desk with three accounts, served on the loopback for a real browser."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from onrecord import desk_pipeline
from onrecord.ledger.desk import Desk
from onrecord.web.app import create_app
from onrecord.web.auth.accounts import Accounts, key_of
from onrecord.web.auth.people import Role
from onrecord.web.settings import Settings

STORY = "quay crane"
PATH = "/stories/quay%20crane"
REPORTS = {
    "01_saltmarsh_wire.txt": """Crane on North Quay to stay shut, engineer says

The crane on the North Quay cracked in Monday's storm. “The boom is cracked and nobody goes near it,” said chief \
engineer Ilse Ravn.

Harbour master Jonas Keel said 40 ships were waiting outside the port. He said the port would open on Friday.

A port official, who asked not to be named, said the crane had not been inspected since 2028.
""",
    "02_fenbury_post.txt": """Port denies crane was neglected

Port spokeswoman Mira Dahl denied that the crane had not been inspected since 2028. “It was inspected in May,” Dahl \
said.

Chief engineer Ilse Ravn said the boom of the crane was cracked. The dockers' union said the port would stay shut \
until the crane is replaced 🏗, and that 𝟜𝟘 ships were outside.
""",
    "03_the_lantern.txt": """Forty ships wait off Saltmarsh

Harbour master Jonas Keel told The Lantern that 40 ships were waiting outside the port.

Ilse Ravn said the boom of the crane is cracked. Owner Brightwater Cranes did not respond to questions.
""",
}
DATES = {"01_saltmarsh_wire.txt": "2033-03-07", "02_fenbury_post.txt": "2033-03-08", "03_the_lantern.txt": "2033-03-09"}
OUTLETS = {
    "01_saltmarsh_wire.txt": "Saltmarsh Wire",
    "02_fenbury_post.txt": "Fenbury Post",
    "03_the_lantern.txt": "The Lantern",
}
PEOPLE = (("Ana", Role.EDITOR), ("Ben", Role.EDITOR), ("Rita", Role.READER), ("Ada", Role.ADMINISTRATOR))


def filled(folder: Path) -> Path:
    """A desk with the story told once, and its people."""
    import json

    reports = folder / "reports"
    reports.mkdir()
    for name, text in REPORTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    articles = [{"file": name, "outlet": OUTLETS[name], "date": DATES[name]} for name in REPORTS]
    (reports / "meta.json").write_text(json.dumps({"articles": articles}), encoding="utf-8")
    place = folder / "desk.db"
    with desk_pipeline.desk(str(place), create=True, which="rules") as held:
        list(desk_pipeline.add(held, STORY, [reports], "rules"))
        held.story(STORY)
        accounts = Accounts(held.store)
        for name, role in PEOPLE:
            accounts.add(name, role)
    return place


@dataclass(frozen=True)
class Served:
    """A desk that is being served, and where."""

    address: str
    app: FastAPI
    desk: Desk

    def ticket(self, name: str) -> str:
        """A session of somebody who signed in."""
        ticket: str = self.app.state.gate.passes.open(key_of(name))
        return ticket

    def log(self) -> list[str]:
        """What people decided and undid, verdicts and acts in order."""
        entries = self.desk.log(STORY)
        return [_verdict(one.payload) or one.act.value for one in entries if one.person]


def _verdict(payload: str) -> str | None:
    import json

    decision = json.loads(payload).get("decision")
    return str(decision["verdict"]) if decision else None


@contextmanager
def serving(place: Path, private_fetch: bool = True) -> Iterator[Served]:
    """Serve a desk from a thread until it is left."""
    with socket.socket() as listener, desk_pipeline.desk(str(place), which="rules") as desk:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        app = create_app(Settings(desk=str(place), port=port, tagger="rules", private_fetch=private_fetch), desk)
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none", timeout_graceful_shutdown=2))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield Served(f"http://127.0.0.1:{port}", app, desk)
        finally:
            server.should_exit = True
            thread.join(10)
