"""Pause the cyclic garbage collector during bulk allocation."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Context manager and decorator: no cyclic collection while hundreds of thousands of values are made that all stay.

    Collection doubles the time of such a load. Of several threads, the one that paused it first turns it on again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
