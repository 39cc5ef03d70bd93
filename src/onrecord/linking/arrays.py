"""Runs and ranges over numpy arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


def run_starts(values: npt.NDArray[Any]) -> IntArray:
    """Where each run of equal values begins. Shape: (values,) -> (runs,)."""
    return np.flatnonzero(np.concatenate((np.ones(min(1, len(values)), dtype=bool), values[1:] != values[:-1])))


def ranges(starts: npt.NDArray[Any], ends: npt.NDArray[Any]) -> IntArray:
    """The numbers of each range [start, end), one range after the other. Shape: (ranges,) -> (numbers,)."""
    lengths = np.maximum(0, ends - starts)
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths), dtype=np.int64)
