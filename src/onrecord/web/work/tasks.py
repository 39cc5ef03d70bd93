"""The tasks of an editor: how each decision is called on its button and its form."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.datamodel.entry import Verdict
from onrecord.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One kind of decision as its form shows it: title, what it does, and the words on its button."""

    verdict: Verdict
    title: str
    about: str
    button: str


_TASKS = (
    Task(
        verdict=Verdict.SAME,
        title="Merge claims",
        about="They say the same: their statements are counted as one claim, in the words of the first.",
        button="Merge",
    ),
    Task(
        verdict=Verdict.DIFFERENT,
        title="Split a claim",
        about="Choose the statements that say something else; they become a claim of their own.",
        button="Split",
    ),
    Task(
        verdict=Verdict.NOT_A_CLAIM,
        title="Not a claim",
        about="It is no proposition that could hold or not; it is set aside, and its statements stay in the reports.",
        button="Set aside",
    ),
    Task(
        verdict=Verdict.SPEAKER_IS,
        title="Who says it?",
        about="Name the person, body, group or document that these words come from.",
        button="Name the speaker",
    ),
    Task(
        verdict=Verdict.RENAME,
        title="Rename",
        about="Give it the words that a desk would use; the reports keep theirs.",
        button="Rename",
    ),
    Task(
        verdict=Verdict.CORRECT_SPAN,
        title="Correct the words",
        about="Select words in the report, or trim them here: they must stand there exactly. Empty: there are none.",
        button="Correct",
    ),
    Task(
        verdict=Verdict.ACCEPT,
        title="Accept",
        about="What the machine proposed is right; your name stands beside it.",
        button="Accept",
    ),
)
# A statement that is not a claim is rejected: one verdict, two words for it.
REJECT = Task(
    verdict=Verdict.NOT_A_CLAIM,
    title="Reject a statement",
    about="It does not bear on any claim; it goes out of those it was counted for and stays in its report.",
    button="Reject",
)


def task(verdict: str, statements: bool) -> Task:
    """The task of a verdict; raises UsageError for one that does not exist."""
    found = next((one for one in _TASKS if one.verdict == verdict), None)
    if found is None:
        raise UsageError(f"no verdict '{verdict[:40]}' · decide · one of {', '.join(Verdict)}")
    return REJECT if statements and found.verdict is Verdict.NOT_A_CLAIM else found
