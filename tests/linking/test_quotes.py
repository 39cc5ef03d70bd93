"""One utterance over reports: grouping, drift, and changes of meaning."""

from __future__ import annotations

from dataclasses import replace

from onrecord.datamodel.attribution import Act, Mode
from onrecord.datamodel.span import Span
from onrecord.linking.link import link
from tests.linking.builder import Said, linked, reports_of

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


def test_another_part_of_what_was_said_is_held_against_its_own_earliest_wording() -> None:
    told = ("the insurers can come later", "the river gives nothing back")
    quote = linked(
        Said("Ada Brink", f"“{told[0]}”"),
        Said("Ada Brink", f"“{told[0]}. {told[1]}”"),
        Said("Ada Brink", f"“{told[1]} again”"),
    ).quotes[0]
    first, whole, last = quote.wordings
    assert (first.against, whole.against, last.against) == (None, None, "01-01")
    assert not any(word in one.text for one in last.differences for word in ("insurers", "later") if one.edit != "cut")


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


def test_one_word_or_two_and_a_plural_are_one_wording() -> None:
    (quote,) = linked(
        Said("Ada Brink", "“I think there is a lot of good will in these halls.”"),
        Said("Ada Brink", "that “a lot of goodwill in this hall” was felt"),
    ).quotes
    assert quote.members == ("00-01", "01-01")


def test_fragments_in_the_same_words_are_one_utterance() -> None:
    first = Said("Ada Brink", "the note was a “blunder” that “should not have been sent” at all")
    other = Said("Ada Brink", "that it is “an error” and “should not have been sent” by anybody")
    (quote,) = linked(first, other).quotes
    assert quote.members == ("00-01", "01-01")


def test_a_signed_post_is_quoted_without_marks() -> None:
    (quote,) = linked(
        Said("Ada Brink", "“I never saw the file and I never signed it.”"),
        Said("Ada Brink (@adabrink)", "I never saw the file. Never signed it.", cue="—"),
    ).quotes
    assert len(quote.members) == 2


def test_who_takes_words_back_is_not_quoted_with_them() -> None:
    first = Said("Ada Brink", "“No alarm reached my office on Monday.”")
    back = Said("Ada Brink", "“I said no alarm reached my office on Monday, and I was wrong.”", act=Act.RETRACTS)
    assert linked(first, back).quotes == ()


def test_a_quotation_read_out_in_a_turn_is_its_speakers() -> None:
    spoken = "“If they sell the orchard, not one of us will pick there again.”"
    reports, said, parties = reports_of(
        [Said("Otto Lund", spoken), Said("Ada Brink", f"Otto was here. He said, I have it: {spoken}", cue=":")]
    )
    text = reports[1].text
    inner = replace(
        said[1],
        id="01-02",
        source=(Span(text.index("He"), text.index("He") + 2),),
        cue=(Span(text.index("said"), text.index("said") + 4),),
        content=(Span(text.index(spoken), len(text)),),
        mode=Mode.DIRECT,
        speaker="Otto Lund",
    )
    (quote,) = link([*said, inner], reports, parties).quotes
    assert quote.members == ("00-01", "01-02")


def test_who_quotes_two_utterances_is_in_two_quotes() -> None:
    roofs, boats = "“Every roof on the island was lifted in the night.”", "“The boats we will count again tomorrow.”"
    both = Said("Ada Brink", f"{roofs[:-1]} {boats[1:]}")
    found = linked(Said("Ada Brink", roofs), both, Said("Ada Brink", boats)).quotes
    assert [quote.members for quote in found] == [("00-01", "01-01"), ("01-01", "02-01")]


def test_a_name_that_two_people_use_is_no_utterance() -> None:
    first = Said("Ada Brink", "that “The Lanterns of Harrow Quay” is finished")
    other = Said("Otto Lund", "that he had not read “The Lanterns of Harrow Quay” yet")
    assert linked(first, other).quotes == ()


def test_a_statement_quoted_elsewhere_may_be_printed_without_marks() -> None:
    told = "the pumps were switched off by hand at ten past four on Sunday morning"
    (quote,) = linked(Said("Ada Brink", f"“I can tell you {told}.”"), Said("Ada Brink", f"that {told}")).quotes
    assert quote.members == ("00-01", "01-01")


def test_differences_are_told_as_printed() -> None:
    changed = WHOLE.replace("every house", "[almost] every house—all of them—")
    (quote,) = linked(Said("Ada Brink", WHOLE), Said("Ada Brink", changed)).quotes
    told = " ".join(one.text for one in quote.wordings[1].differences)
    assert "[almost]" in told and "house—all of them—in the valley, and" in told.replace("— ", "—")


def test_a_date_in_figures_is_no_other_number() -> None:
    first = Said("Ada Brink", "“The ferry is back in service in two weeks, on or around 8 December, God willing.”")
    other = Said("Ada Brink", "“The ferry is back in service in two weeks, on or around 12/8, God willing.”")
    (quote,) = linked(first, other).quotes
    assert quote.drift and not quote.wordings[1].meaning_changed
