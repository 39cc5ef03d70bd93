"""The keyboard of the desk: one table that the dialog behind “?” and the documentation show, and that pages obey."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """What one key or one sequence does; `place` is a path that it goes to, with {story} where it needs a story."""

    keys: str
    does: str
    group: str
    place: str | None = None
    editors: bool = False

    def href(self, story: str | None) -> str | None:
        """The address that it goes to from a page of a story or of none; None where there is none."""
        if self.place is None or ("{story}" in self.place and story is None):
            return None
        return self.place.replace("{story}", quote(story or "", safe=""))

    def offered(self, story: str | None, editor: bool) -> bool:
        """Whether it does anything for this person on a page of this story."""
        return (editor or not self.editors) and (self.place is None or self.href(story) is not None)


_MOVE, _DECIDE, _GO = "Move", "Decide", "Go to"
KEYS = (
    Key(keys="j", does="next claim or statement", group=_MOVE),
    Key(keys="k", does="the one before", group=_MOVE),
    Key(keys="o", does="open it (Enter does the same)", group=_MOVE),
    Key(keys="/", does="search", group=_MOVE),
    Key(keys="?", does="this list", group=_MOVE),
    Key(keys="m", does="mark a claim or statement, or merge a claim with others", group=_DECIDE, editors=True),
    Key(keys="M", does="merge the marked claims", group=_DECIDE, editors=True),
    Key(keys="s", does="split a claim", group=_DECIDE, editors=True),
    Key(keys="r", does="rename a claim", group=_DECIDE, editors=True),
    Key(keys="x", does="say that it is not a claim", group=_DECIDE, editors=True),
    Key(keys="a", does="accept", group=_DECIDE, editors=True),
    Key(keys="d", does="reject a statement", group=_DECIDE, editors=True),
    Key(keys="w", does="say who speaks", group=_DECIDE, editors=True),
    Key(keys="c", does="correct the words of a statement", group=_DECIDE, editors=True),
    Key(keys="e", does="put a statement on a side", group=_DECIDE, editors=True),
    Key(keys="p", does="say that a speaker only passed it on", group=_DECIDE, editors=True),
    Key(keys="n", does="open a claim of your own on a statement", group=_DECIDE, editors=True),
    Key(keys="u", does="undo your last decision", group=_DECIDE, place="/stories/{story}/undo", editors=True),
    Key(keys="g s", does="the desk's stories", group=_GO, place="/"),
    Key(keys="g t", does="what is to check", group=_GO, place="/queue"),
    Key(keys="g n", does="notices", group=_GO, place="/notices"),
    Key(keys="g c", does="claims", group=_GO, place="/stories/{story}"),
    Key(keys="g q", does="quotes", group=_GO, place="/stories/{story}/quotes"),
    Key(keys="g d", does="documents", group=_GO, place="/stories/{story}/exhibits"),
    Key(keys="g x", does="who contradicts whom", group=_GO, place="/stories/{story}/conflicts"),
    Key(keys="g r", does="reports", group=_GO, place="/stories/{story}/reports"),
    Key(keys="g l", does="the log", group=_GO, place="/stories/{story}/log"),
    Key(keys="g a", does="add reports", group=_GO, place="/stories/{story}/add", editors=True),
)
GROUPS = (_MOVE, _DECIDE, _GO)


def offered(story: str | None, editor: bool) -> dict[str, list[Key]]:
    """The keys that do something on a page, by group."""
    found = [one for one in KEYS if one.offered(story, editor)]
    return {group: [one for one in found if one.group == group] for group in GROUPS}


def table() -> str:
    """The keyboard as a Markdown table."""
    rows = [f"| {' '.join(f'`{key}`' for key in one.keys.split())} | {one.does} | {one.group} |" for one in KEYS]
    return "\n".join(["| key | what it does | |", "| --- | --- | --- |", *rows])
