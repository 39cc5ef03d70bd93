"""The tagger's label sets and how tokens are laid out about a cue; training and run time share it."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

CUE_TAGS = ("O", "B-cue", "I-cue", "B-quote")
ROLE_TAGS = ("O", "B-source", "I-source", "B-content", "I-content")
OWN = len(ROLE_TAGS)  # the label of the words of the cue about which the others are told
CLS, SEP = 101, 102
WINDOW = 254  # most tokens of text in a window: 256 with the encoder's two marks
PACKED = 224  # tokens to which paragraphs are packed at run time: no worse than WINDOW, and faster
REGION = 128  # at most so many tokens about a cue in which its source and content are looked for
NEAR, BARE = 96, 16  # neighbours of a paragraph are looked at up to NEAR tokens in all, about a BARE line up to REGION
DISTANCES = 33


def region(cue: int, breaks: Ints) -> tuple[int, int]:
    """The tokens [first, last) about a cue: its line or paragraph, with whole neighbours while they are few.

    `breaks` is the first feature of a window's tokens: 2 and 3 where a line begins.
    """
    starts = [0, *(np.flatnonzero(breaks[1:] >= 2) + 1).tolist(), len(breaks)]
    number = bisect_right(starts, cue) - 1
    first, last = starts[number], starts[number + 1]
    if last - first > REGION:
        first = max(first, min(cue - REGION // 2, last - REGION))
        return first, first + REGION
    most = NEAR if last - first > BARE else REGION
    low = high = number
    while True:
        if high + 2 < len(starts) and starts[high + 2] - starts[low] <= most:
            high += 1
        elif low and starts[high + 1] - starts[low - 1] <= most:
            low -= 1
        else:
            return starts[low], starts[high + 1]


def distances(length: int, first: int, last: int) -> Ints:
    """For each token its bucket of signed log distance to the cue [first, last), 16 for the cue itself."""
    place = np.arange(length)
    gap = np.where(place < first, place - first, np.where(place >= last, place - last + 1, 0))
    size = np.minimum(16, np.floor(2 * np.log2(np.abs(gap) + 1.0)).astype(np.int64))
    buckets: Ints = (16 + np.sign(gap) * size).astype(np.int64)
    return buckets
