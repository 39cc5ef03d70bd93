"""What was accepted and is not on record yet: a folder beside the desk, one folder in it for each adding."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.ledger.storage.opening import is_server

_TOLD = "adding.json"
_TRIES = "tries"
_BEGUN = ".begun-"
# What was begun so often and ended the server each time is not begun again.
_MOST_TRIES = 3
_LOG = logging.getLogger("onrecord.web")


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One adding: for which story, by whom, since when, and which addresses are to be fetched."""

    id: str
    story: str
    by: str
    at: datetime
    addresses: tuple[str, ...] = ()

    @classmethod
    def now(cls, story: str, by: str, addresses: tuple[str, ...]) -> Accepted:
        """A new one."""
        return cls(id=secrets.token_urlsafe(9), story=story, by=by, at=datetime.now(UTC), addresses=addresses)


class Spool:
    """Files are whole and on the disk before an adding is accepted, and gone once it is done."""

    def __init__(self, address: str) -> None:
        if is_server(address):
            state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
            self.place = state / "onrecord" / f"adding-{hashlib.sha256(address.encode()).hexdigest()[:16]}"
        else:
            self.place = Path(f"{address}-adding")

    def begun(self) -> Path:
        """A folder for what comes in, which is no adding yet."""
        try:
            self.place.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = self.place / f"{_BEGUN}{secrets.token_hex(8)}"
            folder.mkdir(mode=0o700)
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            raise UsageError(f"no room to keep what comes in ({why}) · adding · ask who runs the server") from error
        return folder

    def accept(self, accepted: Accepted, folder: Path) -> None:
        """From now on it is kept, whatever becomes of the server."""
        told = {"story": accepted.story, "by": accepted.by, "at": accepted.at.isoformat()}
        raw = json.dumps({**told, "addresses": list(accepted.addresses)}).encode()
        (folder / _TOLD).write_bytes(raw)
        for one in [*folder.rglob("*"), folder]:
            _on_disk(one)
        os.replace(folder, self.folder(accepted.id))
        _on_disk(self.place)

    def folder(self, ident: str) -> Path:
        """Where the files of an adding lie."""
        return self.place / ident

    def accepted(self) -> Iterator[Accepted]:
        """What was accepted and not done, the oldest first; what never was whole is removed."""
        found: list[Accepted] = []
        for folder in sorted(self.place.iterdir()) if self.place.is_dir() else ():
            if folder.name.startswith(_BEGUN):
                shutil.rmtree(folder, ignore_errors=True)
            elif one := self._told(folder):
                found.append(one)
        yield from sorted(found, key=lambda one: one.at)

    def _told(self, folder: Path) -> Accepted | None:
        try:
            told = json.loads((folder / _TOLD).read_bytes())
            at, addresses = datetime.fromisoformat(told["at"]), tuple(map(str, told["addresses"]))
            one = Accepted(id=folder.name, story=str(told["story"]), by=str(told["by"]), at=at, addresses=addresses)
        except (OSError, ValueError, LookupError, TypeError):
            return None
        if self._tries(one.id) >= _MOST_TRIES:
            _LOG.error("begun %s times and never done, left in %s", _MOST_TRIES, folder)
            return None
        return one

    def count(self, accepted: Accepted) -> None:
        """Count that it is begun."""
        tries = self._tries(accepted.id) + 1
        (self.folder(accepted.id) / _TRIES).write_text(str(tries), encoding="ascii")

    def _tries(self, ident: str) -> int:
        try:
            return int((self.folder(ident) / _TRIES).read_text("ascii"))
        except (OSError, ValueError):
            return 0

    def drop(self, ident: str) -> None:
        """Remove an adding that is done."""
        shutil.rmtree(self.folder(ident), ignore_errors=True)


def _on_disk(place: Path) -> None:
    if os.name != "posix":
        return
    number = os.open(place, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
