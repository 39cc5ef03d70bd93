"""Every error that a user can meet, as one tree.

OnRecordError
├── ReadError      an input that cannot be read
├── BackendError   a model that is missing, damaged or not usable
├── LedgerError    a desk whose entries do not add up
├── StoreError     a desk that cannot be opened or written
└── UsageError     a request that cannot be carried out as asked
"""

from __future__ import annotations


class OnRecordError(Exception):
    """Base of all errors; the message says what was found, where, and what to do."""


class ReadError(OnRecordError):
    """An input that cannot be read."""


class BackendError(OnRecordError):
    """A model that is missing, damaged or not usable."""


class LedgerError(OnRecordError):
    """A desk whose entries do not add up."""


class StoreError(OnRecordError):
    """A desk that cannot be opened or written."""


class UsageError(OnRecordError):
    """A request that cannot be carried out as asked."""
