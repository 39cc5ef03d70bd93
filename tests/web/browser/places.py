"""The pages of a desk that tests of every page go through."""

from __future__ import annotations

from urllib.parse import quote

from onrecord.ledger.desk import Desk


def story_pages(desk: Desk, name: str) -> list[str]:
    """Paths of every kind of page of a story, forms included."""
    base = f"/stories/{quote(name, safe='')}"
    story = desk.story(name)
    claim = max(story.claims, key=lambda one: len(one.members))
    said = max(story.attributions, key=lambda one: len(one.content))
    other = next((one for one in story.claims if one.id != claim.id), claim)
    forms = [
        f"same?id={quote(claim.id)}",
        f"same?id={quote(claim.id)}&id={quote(other.id)}",
        f"different?id={quote(claim.id)}",
        f"rename?id={quote(claim.id)}",
        f"not-a-claim?id={quote(claim.id)}",
        f"speaker-is?id={said.id}",
        f"correct-span?id={said.id}",
        f"side?id={quote(claim.id)}&id={said.id}",
        f"passed-on?id={said.id}",
        f"new-claim?id={said.id}",
        f"add-statement?id={said.report}",
        f"report?id={said.report}",
        f"note?id={quote(claim.id)}",
        f"state?id={quote(claim.id)}",
        f"same-party?id={story.parties[0].id}",
        f"title?id={quote(name)}",
    ]
    lists = (
        "",
        "/reports",
        "/quotes",
        "/exhibits",
        "/conflicts",
        "/sources",
        "/timeline",
        "/changes",
        "/log?show=all",
        "/print",
        "/ask",
        "/news?since=1",
    )
    return [
        *(base + one for one in lists),
        f"{base}/claims/{quote(claim.id)}",
        f"{base}/claims/{quote(claim.id)}?as-of=2040-01-01",
        f"{base}/reports/{said.report}?show={said.id}",
        *(f"{base}/decide/{one}" for one in forms),
        f"{base}/undo",
        f"{base}/speakers/{quote(story.parties[0].id)}",
        f"{base}/reports/{said.report}/withdraw",
        f"{base}/add",
        f"{base}/ask?claim=The%20crane%20is%20cracked",
        f"{base}/outlets/{quote(story.reports[0].outlet or '')}",
        f"{base}/compare?left={story.reports[0].id}&right={story.reports[-1].id}",
        f"{base}/claims/{quote(claim.id)}/card",
        f"{base}/sources?graph=all",
        f"{base}/move?id={said.report}",
    ]


def desk_pages() -> list[str]:
    """Paths of the pages that belong to no story."""
    return [
        "/",
        "/add",
        "/keys",
        "/search?q=said",
        "/search?q=crane&kind=claim",
        "/glossary",
        "/accounts",
        "/queue",
        "/notices",
        "/alerts",
    ]


def refusals() -> list[tuple[str, int]]:
    """Paths that lead to a page that says what is wrong, with its status."""
    return [("/nowhere", 404), ("/stories/none", 404), ("/search?q=" + "x" * 500, 422), ("/jobs/none", 404)]
