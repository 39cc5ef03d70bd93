"""Who speaks by the layout of a page: turns of a transcript, quotations behind a line that says whom they are from."""

import pytest

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span
from onrecord.tagging.refining.layout import stated_by_layout

HEARING = """Hearing on the ferry, morning session

CHAIR: We will begin. Mr Osei, when did the bow door jam?

MR OSEI: On the second of May. I reported it the same day.

CHAIR: To whom?

MR OSEI: To the duty manager, Ms Lindqvist.

MS LINDQVIST: I never received a report.
"""
LETTERS = """The board has a new member.

And from Chairwoman Rosa Wendel:

“Ana brings a wealth of harbour experience to us all”

This came from the desk of John Dove, chief analyst:

"Cranes shape the life of a port"
"""
RECIPE = "Lemon tart\n\nNote: Chill the dough.\nTime: One hour\nNote: Do not overbake.\nTime: Serve at once\n"
FOR_AND_AGAINST = "PROS: Cheap, light\nCONS: Loud\nPROS: Folds flat\nCONS: Heavy in the wind\n"
QUESTIONS = "Q: When do you open?\n\nA: We open at nine.\n\nQ: And on Sunday?\n\nA: We are closed.\n"


def words(text: str, *tags: Tag) -> list[tuple[str, str, str]]:
    return [
        (tag.source[0].of(text), tag.cue[0].of(text), tag.content[0].of(text)) for tag in stated_by_layout(text, tags)
    ]


def test_every_turn_of_a_transcript_is_its_speakers_statement() -> None:
    assert words(HEARING) == [
        ("CHAIR", ":", "We will begin. Mr Osei, when did the bow door jam?"),
        ("MR OSEI", ":", "On the second of May. I reported it the same day."),
        ("CHAIR", ":", "To whom?"),
        ("MR OSEI", ":", "To the duty manager, Ms Lindqvist."),
        ("MS LINDQVIST", ":", "I never received a report."),
    ]


def test_a_turn_that_is_told_already_is_not_told_again() -> None:
    start = HEARING.index("I never")
    told = Tag(
        source=(Span(HEARING.index("MS LINDQVIST"), start - 2),), cue=(), content=(Span(start, len(HEARING) - 1),),
        score=0.9, made_by="test",
    )  # fmt: skip
    assert "MS LINDQVIST" not in [who for who, _, _ in words(HEARING, told)]


def test_a_quotation_is_whose_the_line_before_says() -> None:
    assert words(LETTERS) == [
        ("Chairwoman Rosa Wendel", "from", "“Ana brings a wealth of harbour experience to us all”"),
        ("John Dove, chief analyst", "from", '"Cranes shape the life of a port"'),
    ]


@pytest.mark.parametrize("text", [RECIPE, FOR_AND_AGAINST, QUESTIONS])
def test_lists_and_questions_without_names_are_no_transcript(text: str) -> None:
    assert words(text) == []
