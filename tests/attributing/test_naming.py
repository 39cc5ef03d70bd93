"""What the words of a source name, and the words of anonymity."""

from __future__ import annotations

import pytest

from onrecord.attributing.wording.mention import Sort
from onrecord.attributing.wording.phrases import read_mention
from onrecord.attributing.wording.unnamed import is_doubtful
from tests.attributing.conftest import Tell

CASES = [
    ("Army Brig. Gen. Tomas B. Quill III", Sort.PERSON, "Tomas B. Quill III"),
    ("Chairman of the Harbour Chiefs of Staff General Ada Lorne", Sort.PERSON, "Ada Lorne"),
    ("Secretary of State Ada Lorne", Sort.PERSON, "Ada Lorne"),
    ("pollster Peter Vance", Sort.PERSON, "Peter Vance"),
    ("Peter Vance, head of the union", Sort.PERSON, "Peter Vance"),
    ("the BBC's Peter Vance in Oslo", Sort.PERSON, "Peter Vance"),
    ("Mr Vance's comments", Sort.PERSON, "Vance"),
    ("the Washington Post", Sort.OUTLET, "The Washington Post"),
    ("the newspaper Quay Gazette", Sort.OUTLET, "Quay Gazette"),
    ("members of the Clean Harbour campaign", Sort.BODY, "Clean Harbour campaign"),
    ("Amnesty International", Sort.BODY, "Amnesty International"),
    ("Kenya's foreign ministry", Sort.BODY, "Kenyan foreign ministry"),
    ("a senior U.S. official", Sort.UNNAMED, ""),
    ("a Department of Health spokesman", Sort.UNNAMED, ""),
    ("the minister", Sort.DESCRIPTION, ""),
    ("the agency", Sort.BODY_DESCRIPTION, "agency"),
    ("a draft memo from the port", Sort.DOCUMENT, "memo"),
    ("she", Sort.PRONOUN, "she"),
    ("@idabrandt", Sort.HANDLE, "idabrandt"),
    ("", Sort.NOTHING, ""),
    ("4Quays", Sort.NAME, "4Quays"),
    ("iBuoy", Sort.NAME, "iBuoy"),
    ("a 4x4 driver", Sort.UNNAMED, ""),
    ("the tech blog Quayline", Sort.OUTLET, "Quayline"),
    ("Kessan website iBuoy [Google Translate", Sort.OUTLET, "iBuoy"),
    ("the folks over at Quayline", Sort.NAME, "Quayline"),
    ("people at the harbour", Sort.UNNAMED, ""),
    ("A Quayline agent named Tam", Sort.PERSON, "Tam"),
    ("One driver, identified only as Ida", Sort.PERSON, "Ida"),
    ("a site called 4Quays", Sort.OUTLET, "4Quays"),
    ("Monday’s report", Sort.DOCUMENT, "report"),
    ("Harbour Watch (HW) spokesman Tam al-Ode", Sort.PERSON, "Tam al-Ode"),
    ("Southern Kessa", Sort.BODY, "Southern Kessa"),
]


@pytest.mark.parametrize(("words", "sort", "name"), CASES)
def test_read_mention(words: str, sort: Sort, name: str) -> None:
    found = read_mention(words)
    assert (found.sort, found.name) == (sort, name)


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
