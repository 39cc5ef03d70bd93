"""What a desk in the browser is opened with."""

from __future__ import annotations

from dataclasses import dataclass

LOOPBACK = ("127.0.0.1", "localhost", "::1")
# A newsroom's largest scans; more is more likely a mistake, and fills the disk of whoever serves.
MAX_UPLOAD_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One desk, where it listens, and what it allows.

    `names` are the host names it answers to beyond the loopback's; `https` says that browsers reach it encrypted;
    `private_fetch` lets reports be fetched from addresses of the own network; `patience_s` is how long a program that
    entered something is kept waiting for the telling that holds it; `notify` says that alerts are told by this process.
    """

    desk: str
    host: str = "127.0.0.1"
    port: int = 8710
    tagger: str = "auto"
    names: tuple[str, ...] = ()
    https: bool = False
    private_fetch: bool = False
    max_upload_bytes: int = MAX_UPLOAD_BYTES
    apart: bool = False
    patience_s: float = 3.0
    cors: tuple[str, ...] = ()
    notify: bool = False

    @property
    def loopback(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in LOOPBACK and not self.names
