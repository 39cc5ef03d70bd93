"""Desks on both stores."""

from __future__ import annotations

from tests.ledger.conftest import address, postgres

__all__ = ["address", "postgres"]
