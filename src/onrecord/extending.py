"""What other packages add to this one, found by their entry points: taggers and exporters."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from onrecord.errors import BackendError

TAGGERS = "onrecord.taggers"
EXPORTERS = "onrecord.exporters"


def added(group: str) -> tuple[str, ...]:
    """The names that other packages add to a group, sorted."""
    return tuple(sorted({one.name for one in entry_points(group=group)}))


def load(group: str, name: str) -> object:
    """What an entry point leads to; raises BackendError where there is none, where two packages add it, or it fails."""
    found: dict[str, EntryPoint] = {one.value: one for one in entry_points(group=group, name=name)}
    if not found:
        known = ", ".join(added(group)) or "none are installed"
        raise BackendError(f"nothing named '{name}' · {group} · install the package that adds it ({known})")
    if len(found) > 1:
        raise BackendError(f"two packages add '{name}' · {group}: {', '.join(sorted(found))} · uninstall one")
    (point,) = found.values()
    try:
        return point.load()
    except Exception as error:  # another package's fault must come out as one line
        fault = f"{type(error).__name__}: {error}"
        raise BackendError(f"'{name}' cannot be loaded ({fault}) · {group}: {point.value} · uninstall it") from error
