"""One utterance over reports: grouping, drift, and changes of meaning."""

from __future__ import annotations

from tests.linking.builder import Said, linked

WHOLE = "“We will rebuild every house in the valley, and we will not wait for the insurers.”"


def test_the_same_words_and_a_cut_piece() -> None:
    (quote,) = linked(
        Said("Ada Brink", WHOLE), Said("Ada Brink", "that “we will rebuild every house in the valley”")
    ).quotes
    assert quote.members == ("00-01", "01-01")
    assert not quote.drift and quote.partial


def test_drift_and_a_dropped_negation() -> None:
    changed = WHOLE.replace("will not wait", "will wait")
    (quote,) = linked(Said("Ada Brink", WHOLE), Said("Ada Brink", changed)).quotes
    assert quote.drift
    assert quote.wordings[1].meaning_changed
    assert "negation" in quote.wordings[1].reasons[0]


def test_another_number() -> None:
    said = [
        Said("Ada Brink", f"“There are {n} houses in the valley and all of them will be rebuilt.”") for n in (12, 20)
    ]
    (quote,) = linked(*said).quotes
    assert quote.wordings[1].meaning_changed


def test_other_words_are_no_quote() -> None:
    assert (
        linked(Said("Ada Brink", WHOLE), Said("Otto Lund", "“The weather was fine on every day of the week.”")).quotes
        == ()
    )
