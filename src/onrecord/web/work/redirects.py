"""Where a form leads back to, and what is said there of what it did."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from fastapi import Request
from starlette.responses import RedirectResponse

from onrecord.datamodel.entry import Entry, EntryType
from onrecord.errors import UsageError
from onrecord.ledger.deciding.making import claim_named
from onrecord.ledger.entries import payload_of
from onrecord.ledger.storage.store import View
from onrecord.web.auth.people import Role, may_see, person_of
from onrecord.web.background.jobs import Job
from onrecord.web.work import keys
from onrecord.web.work.activity import Done, narrated

_LANDED = "landed"
DEEDS = (EntryType.DECIDED, EntryType.UNDONE, EntryType.WITHDRAWN)
_MOST_NUMBER = 2_000_000_000
_NEW_JOBS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What somebody's form just did, and what others had entered on the same things meanwhile."""

    done: Done
    meanwhile: tuple[Done, ...]
    story: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: the notice, the keys that work here, and the story it is watched for."""

    story: str | None
    head: int
    editor: bool
    notice: Notice | None
    keys: dict[str, list[keys.Key]]
    here: str
    jobs: tuple[Job, ...] = ()


def story_path(story: str, *parts: str) -> str:
    """The path of a page of a story.

    Example:
        >>> story_path("the bridge", "claims", "a/b")
        '/stories/the%20bridge/claims/a%2Fb'
    """
    return "/" + "/".join(quote(one, safe="") for one in ("stories", story, *parts))


def local(place: str | None, otherwise: str) -> str:
    """A path on this desk, else the other one: nobody is led elsewhere.

    Example:
        >>> local("//elsewhere.example/x", "/"), local("/stories/a?x=1#c", "/")
        ('/', '/stories/a?x=1#c')
    """
    told = place or ""
    plain = told.startswith("/") and not told.startswith("//") and "\\" not in told and told.isprintable()
    return told if plain and not urlsplit(told).netloc else otherwise


def there(request: Request, story: str, place: str, settled: bool = True) -> str:
    """The page that a form leads back to; the story's, where that is of a claim that is gone, or may soon be."""
    way = local(place, story_path(story))
    claims = story_path(story, "claims") + "/"
    if not way.startswith(claims):
        return way
    if not settled:
        return story_path(story)
    ident = unquote(urlsplit(way).path.removeprefix(claims))
    return way if claim_named(request.app.state.story_cache.told(story), ident) else story_path(story)


def back(place: str, landed: int) -> RedirectResponse:
    """The way back to a page, which then tells of an entry."""
    parts = urlsplit(place)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != _LANDED]
    told = urlencode([*query, (_LANDED, str(landed))])
    mark = f"#{quote(parts.fragment, safe='-._~=,:')}" if parts.fragment else ""
    return RedirectResponse(f"{quote(parts.path, safe='/%:@-._~,')}?{told}{mark}", 303)


def here(request: Request) -> str:
    """The path and query of a page, without what it says of an entry."""
    query = urlencode([pair for pair in request.query_params.multi_items() if pair[0] != _LANDED])
    return quote(request.url.path, safe="/%:@-._~,") + (f"?{query}" if query else "")


def frame(request: Request, head: int | None = None) -> Frame:
    """What stands around a page; `head` is the last entry of the telling that it shows."""
    person = person_of(request)
    told = request.path_params.get("story")
    story = told if isinstance(told, str) and person and may_see(person, told) else None
    if story is not None and head is None:
        try:
            head = request.app.state.story_cache.shelved(story).head
        except UsageError:
            # The page that says that there is no such story stands in a frame too.
            story = None
    editor = bool(person and person.may(Role.EDITOR))
    return Frame(
        story=story,
        head=head or 0,
        editor=editor,
        notice=_notice(request, story) if story else None,
        keys=keys.offered(story, editor),
        here=here(request),
        jobs=request.app.state.jobs.of(story)[:_NEW_JOBS] if story else (),
    )


def _notice(request: Request, story: str) -> Notice | None:
    told = request.query_params.get(_LANDED, "")
    if not (told.isascii() and told.isdigit() and 0 < int(told[:12]) <= _MOST_NUMBER):
        return None
    with request.app.state.desk.store.view() as view:
        entry = view.entry(int(told[:12]))
        if entry is None or entry.story != story or entry.person is None:
            return None
        numbers = payload_of(entry).get("meanwhile", ())
        others = [one for seq in numbers if (one := view.entry(seq)) is not None]
        first, *rest = told_entries(view, story, [entry, *others])
    return Notice(done=first, meanwhile=tuple(rest), story=story)


def since(request: Request, story: str, seen: int) -> tuple[Done, ...]:
    """What people decided, undid and withdrew on a story after an entry, in order."""
    with request.app.state.desk.store.view() as view:
        found = list(view.entries(story, after=seen, acts=DEEDS))
        return tuple(told_entries(view, story, found))


def told_entries(view: View, story: str, entries: list[Entry]) -> list[Done]:
    """Entries of one story in words, in the order given, with what was undone since."""
    undoings = list(view.entries(story, acts=(EntryType.UNDONE,)))
    meant = {int(payload_of(one)["entry"]) for one in entries if one.act is EntryType.UNDONE}
    known = {seq: one for seq in sorted(meant) if (one := view.entry(seq)) is not None}
    return narrated(entries, undoings, known)
