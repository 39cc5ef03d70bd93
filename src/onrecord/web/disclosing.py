"""What may be told of an error to whoever asks, and what only the server's log is told."""

from __future__ import annotations

import logging

from onrecord.errors import BackendError, LedgerError, OnRecordError, ReadError, StoreError, UsageError

# Their messages name files and addresses of the machine that serves, which are nobody else's business.
_OWN: dict[type[OnRecordError], str] = {
    StoreError: "what the desk stands on cannot be reached just now · try again · the server's log tells why",
    LedgerError: "the record does not add up here · run onrecord verify · the server's log tells where",
    BackendError: "this cannot be told just now · try again · the server's log tells why",
}
_LOG = logging.getLogger("onrecord.web")


def outside(error: OnRecordError) -> str:
    """What whoever asked is told of an error: of the desk's own store, rules and machine only the log tells more."""
    if isinstance(error, UsageError | ReadError):
        return str(error)
    _LOG.error("%s", error, exc_info=error)
    return _OWN.get(type(error), "this cannot be done just now · the desk · see the server's log")
