"""The tagger's label sets and how tokens are laid out about a cue; training and run time share it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

CUE_TAGS = ("O", "B-cue", "I-cue", "B-quote")
ROLE_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
CLS, SEP = 101, 102
WINDOW = 254  # tokens of text in a window: 256 with the encoder's two marks
REGION = 128  # tokens about a cue in which its source and content are looked for
DISTANCES = 33


def region_start(cue: int, length: int) -> int:
    """Where the region about a cue begins in a window of `length` tokens."""
    return max(0, min(cue - REGION // 2, length - REGION))


def distances(length: int, first: int, last: int) -> Ints:
    """For each token its bucket of signed log distance to the cue [first, last), 16 for the cue itself."""
    place = np.arange(length)
    gap = np.where(place < first, place - first, np.where(place >= last, place - last + 1, 0))
    size = np.minimum(16, np.floor(2 * np.log2(np.abs(gap) + 1.0)).astype(np.int64))
    buckets: Ints = (16 + np.sign(gap) * size).astype(np.int64)
    return buckets
