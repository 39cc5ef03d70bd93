"""Names for a story's parts that hold outside of it."""

from __future__ import annotations

from urllib.parse import quote

from onrecord.datamodel.story import Story


def base(story: Story) -> str:
    """What the names of a story's parts begin with: a URN with the story's name."""
    return f"urn:onrecord:{quote(story.name, safe='')}:"


def urn(story: Story, kind: str, id: str) -> str:
    """The name of one part: a report, an attribution, a claim, a party."""
    return f"{base(story)}{kind}:{quote(id, safe='')}"
