"""What an outlet takes back in a note is its own retraction, and nobody's support."""

from __future__ import annotations

import pytest

from onrecord.datamodel.attribution import Act
from tests.attributing.conftest import Tell

PROSE = "The board met on Sunday to look at the crane that fell, and it sat for more than four hours.\n\n"


@pytest.mark.parametrize(
    ("note", "act"),
    [
        ("{s1|An earlier version of this article} {q1|incorrectly said} {c1|that the crane fell}.", Act.RETRACTS),
        (
            "Correction: {s1|A previous version of this story} wrongly {q1|stated} {c1|that the crane fell}.",
            Act.RETRACTS,
        ),
        ("{s1|Correction}: We incorrectly {q1|reported} {c1|that the crane fell}.", Act.RETRACTS),
        ("Correction: {s1|We} {q1|incorrectly reported} {c1|that the crane fell}.", Act.RETRACTS),
        (
            "Editor's note: The Gazette withdrew its report in which {s1|it} {q1|said} {c1|that the crane fell}.",
            Act.RETRACTS,
        ),
        ("{s1|An earlier version of this article} {q1|said} {c1|that the crane fell}.", Act.ASSERTS),
        ("{s1|The minister} {q1|wrongly said} {c1|that the crane fell}.", Act.ASSERTS),
    ],
)
def test_what_a_note_takes_back(tell: Tell, note: str, act: Act) -> None:
    told = tell(f"{PROSE}{note}")
    assert told.one(1).act is act
