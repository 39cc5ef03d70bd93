"""What nobody said is told as said by nobody; what was said in like words is found."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.attributing.attribute import attribute
from onrecord.datamodel.attribution import SUPPORT, Act, Kind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from onrecord.pipeline import choose_tagger, tag_reports, tell_reports
from onrecord.tagging.tagger import Tagger
from tests.attributing.wordings import NOT_SAID, SAID

MOST_WRONG = 3
LEAST_COVERED = 0.6


@cache
def tagger() -> Tagger:
    return choose_tagger()[0]


def acts(line: str, alone: bool = True) -> list[Act]:
    """The acts of the statements of which the content holds most of the words in braces, and `alone` little else."""
    text = line.replace("{", "").replace("}", "")
    words = Span(line.index("{"), line.index("}") - 1)
    report = Report(id="r", text=text, file="r.txt", sha256="")
    found = attribute([report], tag_reports([report], tagger()))
    return [one.act for one in found.attributions if one.kind is Kind.SPEECH and _is_about(one.content, words, alone)]


def _is_about(content: tuple[Span, ...], words: Span, alone: bool) -> bool:
    shared = sum(max(0, min(span.end, words.end) - max(span.start, words.start)) for span in content)
    return shared >= LEAST_COVERED * len(words) and (not alone or shared >= LEAST_COVERED * sum(map(len, content)))


def test_what_was_not_said_is_not_told_as_said() -> None:
    told = [line for line in NOT_SAID if SUPPORT.intersection(acts(line))]
    assert len(NOT_SAID) == 60
    assert len(told) <= MOST_WRONG, told


def test_what_was_said_in_like_words_is_found() -> None:
    lost = [line for line in SAID if not {*SUPPORT, Act.DENIES}.intersection(acts(line, alone=False))]
    assert len(SAID) == 60
    assert len(lost) <= MOST_WRONG, lost


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("Dana Wirth pleaded not guilty to {setting the barn alight}.", Act.DENIES),
        ("Dana Wirth pleaded guilty to {setting the barn alight}.", Act.CONFIRMS),
        ("Residents said the pier was safe. The board said {it was not}.", Act.DENIES),
        ("The mayor said the pier was safe. {“No, it isn’t,”} the board said.", Act.DENIES),
        ("The mayor said the pier was safe. The board said {that was a lie}.", Act.DENIES),
        ("The ministry has not said {the reservoir is safe to drink from}.", Act.NO_COMMENT),
        ("Officers have not confirmed that {the gate had been forced}.", Act.NOT_CONFIRMED),
        ("The engineer said {the robots do not have any weapons}.", Act.ASSERTS),
    ],
)
def test_refusals_pleas_and_short_answers(line: str, act: Act) -> None:
    assert acts(line) == [act]


@pytest.mark.parametrize("answer", ["The board said it was not.", "“No, it isn’t,” the board said."])
def test_a_short_answer_denies_what_it_answers(answer: str) -> None:
    text = f"Quay row in Sollmar\n\nThe mayor said the pier was safe. {answer}"
    story = tell_reports([Report(id="r", text=text, file="r.txt", sha256="")], name="pier")
    claim = story.claims[0]
    assert sorted(member.stance for member in claim.members) == [Act.ASSERTS, Act.DENIES]
