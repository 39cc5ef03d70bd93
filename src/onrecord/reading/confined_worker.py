"""The process that parses foreign bytes: `python -m onrecord.reading.confined_worker`, asked over its standard input.

It has a bound on memory, on processor time a file, and on what it may write; it asks no network, and it inherits no
secret. Whatever a file does to it, the product loses nothing but that file.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from onrecord.reading.confining.carrying import ACCOUNT, packed, receive, send

# What the worker may take beyond what it has taken when it begins.
MEMORY_BYTES = 1_000_000_000
_FILE_BYTES = 64_000_000
_NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.bind")


def main() -> None:
    """Read what is asked until the input ends."""
    asked, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library in C prints must not stand among the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.addaudithook(_no_network)
    from onrecord.errors import ReadError
    from onrecord.reading.draft import Source
    from onrecord.reading.formats.html import account_of_page
    from onrecord.reading.formats.registry import read_here
    from onrecord.reading.limits.record_limits import limit

    _bound_memory()
    while (
        (wanted := receive(asked)) is not None
        and (name := receive(asked)) is not None
        and (raw := receive(asked)) is not None
    ):
        _bound_time(limit("seconds"))
        answer: tuple[str, Any]
        try:
            source = Source(raw, name.decode("utf-8", "surrogatepass"))
            found = account_of_page(source) if wanted == ACCOUNT else read_here(source)
            answer = ("read", (found, tuple(source.left_out)))
        except ReadError as error:
            answer = ("refused", str(error))
        send(answers, packed(answer))


def _no_network(event: str, _: object) -> None:
    if event in _NETWORK:
        raise PermissionError("what reads a file asks no network")


def _bound_memory() -> None:
    """Bound memory, written files and core dumps; systems without such limits have the time on the wall alone."""
    try:
        import resource
    except ImportError:
        return
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            taken = int(told.read().split()[0]) * resource.getpagesize()
    except (OSError, ValueError):
        taken = 500_000_000
    bounds = (
        (resource.RLIMIT_AS, taken + MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, _FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    )
    for which, most in bounds:
        _bound(which, most)


def _bound_time(seconds: int) -> None:
    """So much processor time from now on: the system ends a process that takes more."""
    try:
        import resource
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _bound(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1)


def _bound(which: int, most: int) -> None:
    import resource

    hard = resource.getrlimit(which)[1]
    try:
        resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ValueError, OSError):
        # A system that knows the limit and does not let it be set.
        return


if __name__ == "__main__":
    main()
