"""Coroutines in tests, whatever runs in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """What a coroutine gives, in a thread of its own: the browser's driver keeps a loop running in the first."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()
