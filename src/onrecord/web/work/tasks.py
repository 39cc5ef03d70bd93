"""The tasks of an editor: how each decision is called on its button and its form."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.datamodel.entry import ReportField, Side, Verdict, WorkState
from onrecord.errors import UsageError


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One kind of decision as its form shows it: title, what it does, and the words on its button.

    `label` names the field for its value, which is one of `choices` (value and words) where there are any.
    """

    verdict: Verdict
    title: str
    about: str
    button: str
    label: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    long: bool = False
    optional: bool = False

    @property
    def fields(self) -> str:
        """The template of what is asked for."""
        own = self.verdict in _OWN_FORMS
        return f"work/decide_{self.verdict.name.lower()}.html" if own else "work/decide_value.html"


SIDES = (
    (Side.SUPPORTS.value, "It supports the claim"),
    (Side.DENIES.value, "It denies the claim"),
    (Side.OPEN.value, "It leaves it open: no comment, not confirmed, a question"),
    (Side.NOT_ABOUT.value, "It is not about this claim"),
)
STATES = (
    (WorkState.NEW.value, "new"),
    (WorkState.BEING_CHECKED.value, "being checked"),
    (WorkState.CHECKED.value, "checked"),
    (WorkState.NEEDS_A_CALL.value, "needs a call"),
    (WorkState.DROPPED.value, "dropped"),
)
FIELDS = (
    (ReportField.PUBLISHED.value, "Published"),
    (ReportField.OUTLET.value, "Outlet"),
    (ReportField.BYLINE.value, "Byline"),
    (ReportField.HEADLINE.value, "Headline"),
    (ReportField.COPY_OF.value, "Is a copy of report (its id, as 01)"),
)
_OWN_FORMS = (
    Verdict.SAME,
    Verdict.DIFFERENT,
    Verdict.SPEAKER_IS,
    Verdict.RENAME,
    Verdict.CORRECT_SPAN,
    Verdict.ADD_STATEMENT,
    Verdict.REPORT,
    Verdict.SAME_PARTY,
)


_TASKS = (
    Task(
        verdict=Verdict.SAME,
        title="Merge claims",
        about="They say the same. What counts for each counts for both; what only lies near stays uncounted.",
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
    Task(
        verdict=Verdict.SIDE,
        title="Which side is it on?",
        about="Say what the statement does to the claim. One that only lay near it counts from then on.",
        button="Put it there",
        label="The statement",
        choices=SIDES,
    ),
    Task(
        verdict=Verdict.PASSED_ON,
        title="Who said it first?",
        about="Who is named as the speaker only passed it on. Name who said it to them, or leave it empty if untold.",
        button="Save",
        label="First said by",
        optional=True,
    ),
    Task(
        verdict=Verdict.SAME_PARTY,
        title="The same speaker",
        about="All that the others say is said by this one, and counts as one origin.",
        button="They are the same",
    ),
    Task(
        verdict=Verdict.SPEAKS_FOR,
        title="Who do they speak for?",
        about="A spokesman and the body are one origin.",
        button="Save",
        label="The body, as organization:NAME if it is new",
    ),
    Task(
        verdict=Verdict.REPORT,
        title="Correct the report",
        about="What is known of the report; its text never changes.",
        button="Correct",
    ),
    Task(
        verdict=Verdict.NEW_CLAIM,
        title="A new claim",
        about="Say in a desk's words what this statement supports; more statements can be put on its sides later.",
        button="Open the claim",
        label="The claim",
        long=True,
    ),
    Task(
        verdict=Verdict.ADD_STATEMENT,
        title="Add a statement",
        about="Words that were missed: select them in the report. They must stand there exactly.",
        button="Add",
    ),
    Task(
        verdict=Verdict.STATE,
        title="How far is it?",
        about="Shown in the list of claims.",
        button="Save",
        label="State",
        choices=STATES,
    ),
    Task(
        verdict=Verdict.OWNER,
        title="Whose is it?",
        about="Who looks after this claim; empty for nobody.",
        button="Save",
        label="Owner",
        optional=True,
    ),
    Task(verdict=Verdict.TAG, title="Add a tag", about="One word or a few.", button="Add", label="Tag"),
    Task(verdict=Verdict.UNTAG, title="Take a tag off", about="It stays in the log.", button="Take off", label="Tag"),
    Task(
        verdict=Verdict.NOTE,
        title="Add a note",
        about="For those who work on the story; it is no part of the brief.",
        button="Add",
        label="Note",
        long=True,
    ),
    Task(
        verdict=Verdict.TITLE,
        title="The story's title",
        about="How the story is called on its pages and in its brief; its address stays.",
        button="Save",
        label="Title",
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
