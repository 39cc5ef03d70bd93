"""Files opened as what they are: no device, no pipe, nothing that waits for bytes to come or never ends."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def regular_bytes(path: Path, most: int) -> bytes:
    """A file's bytes, one more than `most` at the most; raises OSError for what would wait, or never end."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(number, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        parts, left = [], most + 1
        while left > 0:
            some = file.read(left)
            if some is None:
                raise OSError(errno.EAGAIN, "it waits for bytes to come")
            if not some:
                break
            parts.append(some)
            left -= len(some)
    return b"".join(parts)
