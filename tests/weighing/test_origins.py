"""Origins are counted, not outlets; what may be one origin widens the interval."""

from __future__ import annotations

import pytest

from onrecord.datamodel.attribution import Act, Mode
from tests.weighing.builder import TEXT, Case, body, described, leak, paper, person, unnamed


@pytest.mark.parametrize(
    ("case", "interval"),
    [
        (Case().say(person("Ada Brook")).say(person("Ada Brook"), relay=("Northwire",)), (1, 1)),
        (Case().say(person("Ada Brook")).say(person("Ben Cole")), (2, 2)),
        (Case().say(body("Coast Guard")).say(person("Ada Brook", speaks_for="Coast Guard")), (1, 1)),
        (
            Case().say(person("Ada Brook", speaks_for="Coast Guard")).say(person("Ben Cole", speaks_for="Coast Guard")),
            (1, 1),
        ),
        (Case().say(unnamed("U.S. official")).say(unnamed("senior military official")), (1, 2)),
        (Case().say(unnamed("U.S. official")).say(unnamed("Iraqi military source")), (2, 2)),
        (Case().say(unnamed("official")).say(unnamed("witness")), (2, 2)),
        (Case().say(unnamed("officials"), relay=("The Courier",)).say(paper("The Courier")), (1, 1)),
        (Case().say(unnamed("officials"), relay=("The Courier",)).say(paper("Morning Post")), (1, 2)),
        (Case().say(leak("the memo")).say(unnamed("official")), (1, 2)),
        (Case().say(leak("Ada Brook (in the memo)")).say(unnamed("official")), (2, 2)),
        (Case().say(person("Ada Brook")).say(leak("the report")), (1, 2)),
        (Case().say(unnamed("two people at the port")), (2, 2)),
        (Case().say(unnamed("officials")), (1, 1)),
        (Case().say(person("Ada Brook")).say(paper("Morning Post"), Act.CONFIRMS), (2, 2)),
        (Case().say(person("Ada Brook")).say(paper("Morning Post")), (1, 2)),
        (Case().say(person("Ada Brook")).say(unnamed("official")), (1, 2)),
        (Case().say(person("Ada Brook")).say(unnamed("Turkish official")), (2, 2)),
        (Case().say(body("Coast Guard")).say(unnamed("al-Ruun representative")), (2, 2)),
        (Case().say(person("Ben Cole"), Act.DENIES), (0, 0)),
        (Case().say(person("Ada Brook"), relay=("Ben Cole",)).say(person("Ben Cole")), (1, 1)),
        (Case().say(person("Ada Brook"), relay=("Ben Cole",)).say(person("Ben Cole"), Act.CONFIRMS), (2, 2)),
        (Case().say(person("Ada Brook"), relay=("Northwire (Ben Cole)",)).say(person("Ben Cole")), (1, 1)),
        (Case().say(unnamed("tests"), relay=("Jose Alba",)).say(person("José Alba Ruiz")), (1, 1)),
        (Case().say(person("Ada Brook"), relay=("The Harbour Journal",)).say(unnamed("the Harbour Journal")), (1, 1)),
        (Case().say(person("Ada Brook"), relay=("Ben Cole",)).say(person("Mia Cole")), (2, 2)),
        (Case().say(person("Ada Brook", role="a harbour pilot")).say(described("the head of the harbour")), (2, 2)),
        (Case().say(person("Ada Brook", role="harbour head")).say(described("the head of the harbour")), (1, 2)),
        (Case().say(person("Ada Brook")).say(person("Ada Brook's spokesperson")).say(body("Brook's office")), (1, 3)),
        (Case().say(person("Ada Brook", role="Lorne spokeswoman")).say(person("Ben Cole", role="of Lorne UK")), (1, 2)),
        (Case().say(person("Ada Brook", role="Lorne engineer")).say(person("Ben Cole", role="of Lorne UK")), (2, 2)),
    ],
)
def test_interval(case: Case, interval: tuple[int, int]) -> None:
    found = case.stand().origins
    assert (found.lo, found.hi) == interval, found.reasons


def test_copied_text_is_one_origin() -> None:
    case = Case().say(unnamed("port official"), text=TEXT).say(unnamed("official at the port"), text=TEXT + " ")
    found = case.stand().origins
    assert (found.lo, found.hi) == (1, 1)
    assert "prints the words of" in found.reasons[0]


def test_an_interval_gives_a_reason_that_a_person_can_check() -> None:
    found = Case().say(unnamed("U.S. official")).say(unnamed("senior military official")).stand().origins
    assert any("could be" in reason for reason in found.reasons)


def test_the_order_of_the_voices_does_not_matter() -> None:
    parties = [person("Ada Brook"), unnamed("U.S. official"), unnamed("witness"), paper("Morning Post")]
    forward, back = Case(), Case()
    for party in parties:
        forward.say(party)
    for party in reversed(parties):
        back.say(party)
    one, other = forward.stand().origins, back.stand().origins
    assert (one.lo, one.hi) == (other.lo, other.hi)


def test_one_quotation_credited_twice_is_one_origin() -> None:
    quote = "“More than forty houses at the quay were under water by noon.”"
    case = Case().say(person("Ada Brook"), text=f"{quote} It rained.", mode=Mode.MIXED)
    case.say(body("Harbour Office"), text=f"It said: {quote}", mode=Mode.MIXED)
    case.say(body("Quay Union"), text="It said: “The quay was under water.”", mode=Mode.MIXED)
    found = case.stand().origins
    assert (found.lo, found.hi) == (2, 2)
    assert "quoted with the same words" in found.reasons[0]
