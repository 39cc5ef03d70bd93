"""What the words of a source name, and the words of anonymity."""

from __future__ import annotations

import pytest

from onrecord.attributing.mentions.anonymity import is_doubtful
from onrecord.attributing.mentions.mention import MentionType
from onrecord.attributing.mentions.phrases import read_mention
from tests.attributing.conftest import Tell

CASES = [
    ("Army Brig. Gen. Tomas B. Quill III", MentionType.PERSON, "Tomas B. Quill III"),
    ("Chairman of the Harbour Chiefs of Staff General Ada Lorne", MentionType.PERSON, "Ada Lorne"),
    ("Secretary of State Ada Lorne", MentionType.PERSON, "Ada Lorne"),
    ("pollster Peter Vance", MentionType.PERSON, "Peter Vance"),
    ("Retired boxer Eddie “The Hammer” Quayle", MentionType.PERSON, "Eddie Quayle"),
    ("Peter Vance, head of the union", MentionType.PERSON, "Peter Vance"),
    ("the BBC's Peter Vance in Oslo", MentionType.PERSON, "Peter Vance"),
    ("Mr Vance's comments", MentionType.PERSON, "Vance"),
    ("the Washington Post", MentionType.OUTLET, "The Washington Post"),
    ("the newspaper Quay Gazette", MentionType.OUTLET, "Quay Gazette"),
    ("members of the Clean Harbour campaign", MentionType.BODY, "Clean Harbour campaign"),
    ("Amnesty International", MentionType.BODY, "Amnesty International"),
    ("Kenya's foreign ministry", MentionType.BODY, "Kenyan foreign ministry"),
    ("a senior U.S. official", MentionType.UNNAMED, ""),
    ("a Department of Health spokesman", MentionType.UNNAMED, ""),
    ("the minister", MentionType.DESCRIPTION, ""),
    ("the agency", MentionType.BODY_DESCRIPTION, "agency"),
    ("a draft memo from the port", MentionType.DOCUMENT, "memo"),
    ("she", MentionType.PRONOUN, "she"),
    ("@idabrandt", MentionType.HANDLE, "idabrandt"),
    ("", MentionType.IMPLICIT, ""),
    ("4Quays", MentionType.NAME, "4Quays"),
    ("iBuoy", MentionType.NAME, "iBuoy"),
    ("a 4x4 driver", MentionType.UNNAMED, ""),
    ("the tech blog Quayline", MentionType.OUTLET, "Quayline"),
    ("Kessan website iBuoy [Google Translate", MentionType.OUTLET, "iBuoy"),
    ("the folks over at Quayline", MentionType.NAME, "Quayline"),
    ("people at the harbour", MentionType.UNNAMED, ""),
    ("A Quayline agent named Tam", MentionType.PERSON, "Tam"),
    ("One driver, identified only as Ida", MentionType.PERSON, "Ida"),
    ("a site called 4Quays", MentionType.OUTLET, "4Quays"),
    ("Monday’s report", MentionType.DOCUMENT, "report"),
    ("Harbour Watch (HW) spokesman Tam al-Ode", MentionType.PERSON, "Tam al-Ode"),
    ("Southern Kessa", MentionType.BODY, "Southern Kessa"),
    ("CATHOLIC PRIEST WHO DIED FOR AN HOUR", MentionType.UNNAMED, ""),
    ("PLUMBER WHO SOLD HIS TRUCK", MentionType.UNNAMED, ""),
    ("ADA LORNE", MentionType.PERSON, "ADA LORNE"),
    ("A 2013 Lorne Civil Rights Union report", MentionType.BODY, "Lorne Civil Rights Union"),
    ("a report by the Harbour Observatory", MentionType.BODY, "Harbour Observatory"),
    ("a study released on Monday by the Quay Institute", MentionType.BODY, "Quay Institute"),
    ("An article from the Quayline", MentionType.OUTLET, "Quayline"),
    ("a report on Sunday from The New York Times", MentionType.OUTLET, "The New York Times"),
    ("a new report from QuayPost", MentionType.OUTLET, "QuayPost"),
    ("an analysis by Harbour Watch, a volunteer group", MentionType.BODY, "Harbour Watch"),
    ("a post by Ada Lorne", MentionType.PERSON, "Ada Lorne"),
    ("a Facebook post", MentionType.DOCUMENT, "post"),
    ("a report in November", MentionType.DOCUMENT, "report"),
    ("a survey from Paris", MentionType.DOCUMENT, "survey"),
    ("the report on the Harbour Observatory", MentionType.DOCUMENT, "report"),
]


@pytest.mark.parametrize(("words", "sort", "name"), CASES)
def test_read_mention(words: str, sort: MentionType, name: str) -> None:
    found = read_mention(words)
    assert (found.type, found.name) == (sort, name)


def test_a_claimed_name_is_not_a_named_origin(tell: Tell) -> None:
    told = tell("{s1|A man claiming to be Captain Peter Vance} {q1|said} {c1|the ship was lost}.")
    assert not told.one(1).named


@pytest.mark.parametrize(
    "rest",
    [
        "speaking on condition of anonymity because the talks are secret",
        "who asked not to be named",
        "who was not authorized to speak publicly",
        "who declined to be identified",
    ],
)
def test_terms_of_anonymity(tell: Tell, rest: str) -> None:
    told = tell(f"{{s1|A port official}}, {rest}, {{q1|said}} {{c1|the gates had failed}}.")
    assert told.one(1).terms == rest.removeprefix("speaking ") or told.one(1).terms == rest


def test_terms_in_the_next_sentence(tell: Tell) -> None:
    told = tell(
        "{s1|A port official} {q1|said} {c1|the gates had failed}. The official spoke on condition of anonymity."
    )
    assert told.one(1).terms == "spoke on condition of anonymity"


def test_doubtful_words() -> None:
    assert is_doubtful("a leaked memo") and is_doubtful("an unsigned letter")
    assert not is_doubtful("the annual report")


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("A letter", True),
        ("The 2006 census", True),
        ("The Lorne memo", True),
        ("A survey", False),
        ("A document", False),
    ],
)
def test_a_document_is_named_where_its_words_tell_which_it_is(tell: Tell, document: str, named: bool) -> None:
    assert tell(f"{{s1|{document}}} {{q1|said}} {{c1|the ship was lost}}.").one(1).named is named


def test_the_report_is_that_of_the_outlet_that_reported(tell: Tell) -> None:
    told = tell(
        "{s1|A Quay Gazette report} {q1|said} {c1|the crane fell}. {s2|The harbour board} {q2|said} {c2|it stood}. "
        "{s3|The report} {q3|added} {c3|that two men were hurt}."
    )
    assert told.one(3).speaker == told.one(1).speaker
