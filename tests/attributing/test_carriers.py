"""Who may have passed something on, in what slot of its sentence, and what the learned choice makes of it."""

from __future__ import annotations

import pytest

from onrecord.attributing.relaying.carriers import Carriers, Slot
from onrecord.attributing.relaying.classifier import RelayClassifier, load_classifier
from tests.attributing.conftest import Tell

SLOTS = [
    ("The mayor told the Quay Gazette that the bridge was safe.", "Quay Gazette", Slot.RECIPIENT),
    ("In an interview with Radio Lorne she said so.", "Radio Lorne", Slot.RECIPIENT),
    ("The bridge was safe, according to the Quay Gazette.", "Quay Gazette", Slot.CREDIT),
    ("The Quay Gazette first reported the row.", "Quay Gazette", Slot.REPORTS),
    ("The Quay Gazette's source would not say.", "Quay Gazette", Slot.OWNER),
    ("The minister told Vallish state television that he knew.", "Vallish state television", Slot.RECIPIENT),
    ("He told Ledgerly that he knew.", "Ledgerly", Slot.RECIPIENT),
]


@pytest.mark.parametrize(("text", "name", "slot"), SLOTS)
def test_slot(text: str, name: str, slot: Slot) -> None:
    carrier = Carriers(text).find(name)
    assert carrier is not None
    assert carrier.mentions[0].slot is slot


def test_the_paper_is_the_outlet_named_last() -> None:
    text = "The Quay Gazette reported the row. Ada Lorne told the paper that she knew."
    carrier = Carriers(text).find("Quay Gazette")
    assert carrier is not None
    assert [one.anaphor for one in carrier.mentions] == [False, True]
    assert carrier.mentions[1].slot is Slot.RECIPIENT


def test_a_web_address_and_a_name_are_one() -> None:
    text = "quaygazette.com reported the row, as the Quay Gazette calls it."
    assert len(Carriers("QuayGazette.com reported the row. The Quay Gazette said more.").entries) == 1
    assert Carriers(text, "quaygazette.com").find("Quay Gazette") is None


def test_neither_a_country_nor_a_day_carries() -> None:
    assert Carriers("He told Kenya on Monday. According to Germany it rained.").entries == []


def test_trees_are_walked() -> None:
    choice = RelayClassifier(0.0, 0.2, (((0.0, 0.5, 1.0, 2.0), (-9.0,), (9.0,)),))
    assert choice.probability([1.0]) > 0.99
    assert choice.probability([0.0]) < 0.01


def test_the_packed_choice_loads() -> None:
    choice = load_classifier()
    assert choice is not None and choice.trees


def test_an_interview_goes_on(tell: Tell) -> None:
    told = tell(
        "{s1|Mayor Ines Obrado} {q1|told} Fox News in an interview that {c1|the bridge was safe}.\n\n"
        "{c2|“We looked at every bolt,”} {s2|she} {q2|said}.\n\n"
        "{s3|Obrado} {q3|added} {c3|that it would open on Friday}."
    )
    assert [told.one(number).relay for number in (1, 2, 3)] == [("Fox News",)] * 3
