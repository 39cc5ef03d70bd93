"""How far long work has come, on standard error, where somebody watches."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from onrecord.cli.terminal.output import is_quiet


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None] | None]:
    """A callback of stage, done and total; None where standard error is no terminal, or errors only are told."""
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(bar_width=24))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(stage: str, done: int, total: int) -> None:
            told = f"{stage} {done} of {total}" if total > 1 else stage
            bar.update(task, description=told, completed=done, total=total if total > 1 else None)

        yield tell
