"""A denial without words of its own denies what it answers, in whatever words it does so."""

from pathlib import Path

import pytest

from onrecord.datamodel.attribution import Act
from onrecord.datamodel.story import Story
from onrecord.pipeline import tell

ANSWERS = (
    "Quartermaster Iven Dal said that was untrue.",
    "Quartermaster Iven Dal said it had not.",
    "“Not so,” said Quartermaster Iven Dal.",
    "“That’s simply not true,” said Quartermaster Iven Dal.",
    "“That is nonsense,” Quartermaster Iven Dal said.",
    "“No, it hasn’t,” Quartermaster Iven Dal said.",
    "“Wrong,” said Quartermaster Iven Dal.",
)


def told(folder: Path, text: str) -> Story:
    path = folder / "depot.txt"
    path.write_text(text, encoding="utf-8")
    return tell([path])


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_bare_denial_denies_the_statement_before_it(answer: str, tmp_path: Path) -> None:
    story = told(tmp_path, f"Row in Varna Mill\n\nCaptain Lena Orsk said the convoy had reached the depot. {answer}\n")
    (claim,) = story.claims
    assert claim.text == "The convoy had reached the depot."
    assert [(member.stance, member.loose) for member in claim.members] == [(Act.ASSERTS, False), (Act.DENIES, False)]


def test_a_bare_denial_of_a_negation_stands_on_the_other_side(tmp_path: Path) -> None:
    story = told(
        tmp_path,
        "Clinic row\n\n“Nobody was turned away,” said the director, Marta Quill. "
        "“That is not true,” said nurse Ben Oake.\n",
    )
    (claim,) = story.claims
    speakers = {one.id: one.speaker for one in story.attributions}
    (conflict,) = story.conflicts
    assert conflict.claim == claim.id
    assert {speakers[conflict.left], speakers[conflict.right]} == set(speakers.values())


@pytest.mark.parametrize("denial", ["denied the reports", "dismissed the rumours", "rejected these allegations"])
def test_who_denies_the_reports_denies_what_a_report_began_with(denial: str, tmp_path: Path) -> None:
    story = told(
        tmp_path,
        "Row in Varna Mill\n\nLocal radio reported that the depot had been looted by soldiers.\n\n"
        f"Aid worker Ben Oake said that seven lorries waited at the border. Captain Lena Orsk {denial}.\n",
    )
    text = story.reports[0].text
    (denier,) = (one.id for one in story.attributions if one.act is Act.DENIES)
    stances = {claim.text: [one.stance for one in claim.members if one.attribution == denier] for claim in story.claims}
    assert text.index("looted") < text.index("lorries")
    assert [told for told, found in stances.items() if Act.DENIES in found] == [
        "The depot had been looted by soldiers."
    ]
