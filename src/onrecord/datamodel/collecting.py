"""No looking for garbage while a great many values are made that all stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """While hundreds of thousands of values are made that all stay, looking for garbage among them doubles the time.

    Also a decorator. Where several threads are at it, the one that was first begins to look again.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
