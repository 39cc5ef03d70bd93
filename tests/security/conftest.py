"""Desks on both stores, as the ledger's own tests have them."""

from tests.ledger.conftest import address, desk, postgres

__all__ = ["address", "desk", "postgres"]
