"""One invented story, told once, that drafts are held against."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import onrecord
from onrecord.checking.check import check
from onrecord.checking.drafts import draft_of_bytes
from onrecord.checking.findings import CheckedDraft
from onrecord.datamodel.story import Story

REPORTS = (
    {
        "outlet": "Quay Post",
        "published": "2031-03-07T09:00Z",
        "headline": "Crane firm knew of rust, says inspector",
        "text": """Crane firm knew of rust, says inspector

Port inspector Lena Okafor said on Friday that 12 bolts of the harbour crane were rusted through.

“We told the firm in May, and nobody came to look,” Okafor told reporters at the pier.

Dockline Cranes declined to comment on the inspection.

A source close to the firm told the Quay Post that its board had seen the photographs in June.

Harbour master Ruben Sand said that the crane had been shut down at noon.
""",
    },
    {
        "outlet": "Sound Radio",
        "published": "2031-03-08T07:30Z",
        "headline": "Harbour master withdraws crane claim",
        "text": """Harbour master withdraws crane claim

“I said that the crane had been shut down. That was wrong, and I take it back,” Ruben Sand told Sound Radio on Saturday.

Sand said that the crane would be shut down on Monday.

The mayor, Ines Falk, denied that anybody had warned the town hall. “We have not had one letter,” Falk said.

Correction: An earlier version of this report said that 400 people work at the pier. The number is 140.
""",
    },
)


@pytest.fixture(scope="session")
def crane() -> Story:
    """The story of a rusted crane, told by the learned models where they are."""
    return onrecord.tell(*[[one] for one in REPORTS], name="crane")


@pytest.fixture(scope="session")
def checked(crane: Story) -> Callable[..., CheckedDraft]:
    """Hold a draft's words against the story."""

    def held(text: str, *packs: str) -> CheckedDraft:
        return check(draft_of_bytes(text.encode(), "draft.txt"), crane, packs=packs)

    return held
