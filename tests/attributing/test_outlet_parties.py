"""Outlets among the parties: their own word is nobody's on the record."""

from __future__ import annotations

import pytest

from onrecord.attributing.outlets.parties import is_outlet
from onrecord.datamodel.party import PartyKind

OUTLETS = [
    ("the report", PartyKind.DOCUMENT, True),
    ("the website", PartyKind.DOCUMENT, True),
    ("the local paper", PartyKind.DOCUMENT, True),
    ("the publication", PartyKind.ORGANIZATION, False),
    ("Lasker newspaper", PartyKind.ORGANIZATION, True),
    ("Harbour Watch news site", PartyKind.UNKNOWN, True),
    ("quaynews.com", PartyKind.UNKNOWN, True),
    ("BBC and Lasker Courier", PartyKind.ORGANIZATION, True),
    ("Pilotfish", PartyKind.UNKNOWN, True),
    ("Twitter", PartyKind.UNKNOWN, True),
]
OTHERS = [
    ("the study", PartyKind.DOCUMENT, True),
    ("the memo", PartyKind.DOCUMENT, True),
    ("Ada Lorne (in the report)", PartyKind.DOCUMENT, True),
    ("the agency", PartyKind.ORGANIZATION, True),
    ("Lasker Water Board", PartyKind.ORGANIZATION, True),
    ("Pilotfish", PartyKind.PERSON, True),
    ("Tern Line", PartyKind.UNKNOWN, True),
    ("unnamed radio operator", PartyKind.PERSON, False),
]


@pytest.mark.parametrize(("name", "kind", "named"), OUTLETS)
def test_what_publishes_is_an_outlet(name: str, kind: PartyKind, named: bool) -> None:
    assert is_outlet(name, kind, named, {"pilotfish"})


@pytest.mark.parametrize(("name", "kind", "named"), OTHERS)
def test_others_answer_for_themselves(name: str, kind: PartyKind, named: bool) -> None:
    assert not is_outlet(name, kind, named, {"pilotfish"})
