"""Words that a claim is named by."""

from __future__ import annotations

import pytest

from onrecord.datamodel.span import Span, words
from onrecord.linking.claim_text import claim_sentence, decontextualized, sentence, with_subject
from onrecord.linking.clauses import clauses
from onrecord.linking.negation import remove_negation
from onrecord.linking.standalone import fragment
from onrecord.linking.truecasing import truecase

BODY = "The minister broke ranks and sent the lewd letter, Ada Lorne said. It breaks a rule about its origins."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Orla Venn has not spoken with the mill.", "Orla Venn has spoken with the mill."),
        ("No price had been agreed.", "A price had been agreed."),
        ("No sackings were planned.", "Sackings were planned."),
        ("No such sale had been planned.", "Such a sale had been planned."),
        ("There is no danger to anyone in the valley.", "There is danger to someone in the valley."),
        ("Nobody was hurt.", "Somebody was hurt."),
        ("He had never seen it.", "He had seen it."),
        ("They did not believe it.", None),
        ("The ferry was late.", None),
        ("It was not false.", None),
    ],
)
def test_a_negation_is_taken_out_of_a_sentence(text: str, expected: str | None) -> None:
    assert remove_negation(text) == expected


@pytest.mark.parametrize(
    ("text", "denied", "expected"),
    [
        ("Sending the ledger to the mill", True, "Orla Venn sent the ledger to the mill"),
        ("Sending the ledger to the mill", False, "Sending the ledger to the mill"),
        ("seeking a buyer for the mill", True, "Orla Venn sought a buyer for the mill"),
        ("carrying the ledger off", True, "Orla Venn carried the ledger off"),
        ("agreeing to the sale", True, "Orla Venn agreed to the sale"),
        ("To have reached a deal", False, "Orla Venn has reached a deal"),
        ("the mill of failing to warn them", False, "the mill failed to warn them"),
        ("officials of hiding or selling the ledger", False, "officials hid or sold the ledger"),
        ("the risk of failing to warn them", False, "the risk of failing to warn them"),
        ("I have seen the ledger", False, "Orla Venn has seen the ledger"),
        ("I have seen my ledger", False, "I have seen my ledger"),
        ("Nothing in the ledger is wrong", True, "Nothing in the ledger is wrong"),
    ],
)
def test_a_clause_gets_its_subject_back(text: str, denied: bool, expected: str) -> None:
    assert with_subject(text, "Orla Venn", denied) == expected


def test_an_unnamed_source_is_no_subject() -> None:
    assert with_subject("To have reached a deal", "unnamed officials", False) == "To have reached a deal"


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("Sending Lewd Letter", "Sending lewd letter"),
        ("Minister Breaks With Ada Lorne About Its Origin", "Minister breaks with Ada Lorne about its origin"),
        ("The minister broke with Ada Lorne", "The minister broke with Ada Lorne"),
        ("NATO Letter Was Lewd Letter", "NATO letter was lewd letter"),
        ("Ada Lorne", "Ada Lorne"),
    ],
)
def test_words_have_the_capitals_that_the_report_gives_them(told: str, wanted: str) -> None:
    assert truecase(told, BODY) == wanted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the letter’s authenticity", "The letter is authentic."),
        ("and that the bridge was closed,", "The bridge was closed."),
        ("if the bridge was closed", "The bridge was closed."),
        ("that changes be made to the bridge", "Changes should be made to the bridge."),
        ("they don’t want to be named", "They don’t want to be named."),
        ("that if the bridge is closed, the ferry will run", "If the bridge is closed, the ferry will run."),
        ("We … We have not sold it to anyone", "We have not sold it to anyone."),
        ("I will not let this be] a thing of the past", "I will not let this be a thing of the past."),
    ],
)
def test_words_a_desk_would_use(text: str, expected: str) -> None:
    assert sentence(text) == expected


def test_what_all_deny_is_told_in_the_affirmative() -> None:
    assert claim_sentence("The bridge has not been closed.", negative=True) == "The bridge has been closed."
    assert claim_sentence("The bridge has not been closed.", negative=False) == "The bridge has not been closed."
    assert claim_sentence("Are to be moved on Friday.", negative=False) == "They are to be moved on Friday."


@pytest.mark.parametrize(
    ("told", "less"),
    [
        ("Served for two years in the coast guard.", True),
        ("The driver, who they later shot.", True),
        ("A meeting of the harbour's safety board.", True),
        ("A newly surfaced recording of the talk.", True),
        ("The chance of a boat being damaged in the lock.", True),
        ("Where she found the money for the boat.", True),
        ("One gunman inside the mill has.", True),
        ("The accused pilot fled.", False),
        ("A failed valve caused the leak.", False),
        ("The man who took the boat died in hospital.", False),
        ("Closing the pier would be a mistake.", False),
        ("The report shows that the board knew.", False),
        ("It was closed.", False),
    ],
)
def test_what_is_less_than_a_sentence(told: str, less: bool) -> None:
    assert fragment(told) is less


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("If the lock fails, we will close the river, and we will tell the mayor.", "If the lock fails, we will close"),
        ("the mayor had spoken in haste, not made a promise", "the mayor had spoken in haste"),
        (
            "It's possible the talks will fail and there will not be a deal, but we will go on.",
            "It's possible the talks",
        ),
    ],
)
def test_contents_are_cut_between_clauses_only(text: str, first: str) -> None:
    told = [words(passage, text) for passage in clauses((Span(0, len(text)),), text)]
    assert told[0].startswith(first)


def test_any_is_some_where_the_denial_is_taken_out() -> None:
    told = decontextualized("that he runs any shops, anywhere or with anyone", "Ada Lorne", denied=True)
    assert told == "He runs some shops, anywhere or with someone."
    assert decontextualized("that any of them left", "Ada Lorne", denied=True) == "Any of them left."


def test_what_stands_under_a_negation_alone_keeps_it() -> None:
    assert claim_sentence("He is not going to talk about it anymore.", negative=True) == (
        "He is not going to talk about it anymore."
    )


def test_reports_that_something_is_so_claim_that_it_is() -> None:
    assert sentence("unconfirmed media reports that the gate was shut") == "The gate was shut."
    assert sentence("reports that the king flies are false") == "Reports that the king flies are false."
    assert sentence("the report that surprised them") == "The report that surprised them."


def test_two_things_that_are_said_are_two_clauses() -> None:
    text = "the crack was real and that Halden Hydro had been shown pictures of it"
    cut = clauses((Span(0, len(text)),), text)
    assert [span.of(text) for (span,) in cut] == [
        "the crack was real", "that Halden Hydro had been shown pictures of it",
    ]  # fmt: skip
