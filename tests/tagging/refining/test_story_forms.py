"""What refines tags for a story: cited sources, whole names, crossheads, shared sources, the unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.refining.cited import cited
from onrecord.tagging.refining.crossheads import crossheads
from onrecord.tagging.refining.false_positives import is_not_a_statement
from onrecord.tagging.refining.postprocess import mended, refine_tags
from onrecord.tagging.refining.span_completion import (
    nobody,
    whole_sources,
    with_second_quotation,
    with_source,
    without_next_act,
)


def spans(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def tag(text: str, source: str, cue: str, content: str) -> Tag:
    credited = spans(text, source) if source else ()
    return Tag(source=credited, cue=spans(text, cue), content=spans(text, content), score=0.9, made_by="test")


def told(text: str, one: Tag) -> tuple[str, str, str]:
    source, cue, content = (" // ".join(span.of(text) for span in role) for role in (one.source, one.cue, one.content))
    return source, cue, content


@pytest.mark.parametrize(
    ("text", "content", "who"),
    [
        ("The gate has moved, the agency Valpress reported, citing a letter.", "The gate has moved", "a letter"),
        ("Valpress reported that the gate has moved, citing two people familiar with the matter.",
         "that the gate has moved, citing two people familiar with the matter", "two people familiar with the matter"),
    ],
)  # fmt: skip
def test_who_is_cited_is_the_source(text: str, content: str, who: str) -> None:
    source = "the agency Valpress" if "the agency" in text else "Valpress"
    found = cited(tag(text, source, "reported", content), text)
    assert told(text, found)[:2] == (who, "citing")
    assert "citing" not in told(text, found)[2]


def test_a_reason_is_nobody_cited() -> None:
    text = "The club cancelled the match, the secretary said, citing heavy rain."
    one = tag(text, "the secretary", "said", "The club cancelled the match")
    assert cited(one, text) == one


def test_a_title_is_given_the_name_behind_it() -> None:
    text = "Prime Minister Ada Lorne said the lock was shut, but Mr Voss denied that."
    first = mended(tag(text, "Prime Minister", "said", "the lock was shut"), text)
    assert told(text, first)[0] == "Prime Minister Ada Lorne"
    dated = "Port officials Friday said the lock was shut."
    assert told(dated, mended(tag(dated, "Port officials", "said", "the lock"), dated))[0] == "Port officials"
    second = mended(tag(text, "Mr", "denied", "that"), text)
    assert told(text, second) == ("Mr Voss", "denied", "that")


def test_a_group_is_more_than_where_it_comes_from() -> None:
    text = "Harrow port officials denied the sale, saying the quay was let. Lorne, saying so, left."
    assert told(text, mended(tag(text, "Harrow", "saying", "the quay was let"), text))[0] == "Harrow port officials"
    assert told(text, mended(tag(text, "Lorne", "saying", "so"), text))[0] == "Lorne"


def test_what_is_still_to_be_said_and_how_a_source_is_named_are_not_said() -> None:
    text = "The mayor is expected to announce that she will go. The aide asked not to be named."
    assert is_not_a_statement(tag(text, "The mayor", "is expected to announce", "that she will go"), text)
    assert is_not_a_statement(tag(text, "The aide", "asked", "not to be named"), text)
    assert not is_not_a_statement(tag(text, "The aide", "asked", "that she will go"), text)


def test_the_it_of_it_was_reported_is_nobody() -> None:
    text = "The pier is cracked, it was reported today. The board met and it reported a loss."
    one = tag(text, "it", "was reported", "The pier is cracked")
    assert nobody(one.source, one.cue, text)
    assert mended(one, text).source == ()
    assert not nobody(one.source, spans(text, "reported a"), text)


def test_an_article_alone_is_given_its_noun() -> None:
    text = "The pier fell, the statement said, adding that nobody was hurt."
    one = tag(text, "the", "adding", "that nobody was hurt")
    assert [span.of(text) for span in whole_sources(one.source, one, text)] == ["the statement"]
    text = "It tells of floods and a claim the quay will close."
    a = Span(text.index("a claim"), text.index(" claim"))
    assert mended(replace(tag(text, "It", "claim", "the quay will close"), source=(a,)), text).source == ()


def test_a_company_is_not_its_customers() -> None:
    text = "Quayline customers, speaking to a paper, claimed that Quayline called them."
    one = mended(tag(text, "Quayline", "claimed", "that Quayline called them"), text)
    assert told(text, one)[0] == "Quayline customers"


def test_the_holder_of_an_office_speaks_not_the_body() -> None:
    text = "It may rain, warned Harbour Watch (HW) spokesman Tam al-Ode on Monday."
    found = mended(tag(text, "Harbour Watch", "warned", "It may rain"), text)
    assert told(text, found)[0] == "Harbour Watch (HW) spokesman Tam al-Ode"
    text = "“It may rain,” head of the mill at Ness, Ida Brandt, said."
    found = mended(tag(text, "head of the mill at Ness", "said", "“It may rain,”"), text)
    assert told(text, found)[0] == "head of the mill at Ness, Ida Brandt"


def test_a_rank_is_given_its_name() -> None:
    text = "Rear Adm. Tam Ode, the harbour master, said the lock is open. They could not confirm the leak."
    assert told(text, mended(tag(text, "Rear Adm", "said", "the lock is open"), text))[0] == "Rear Adm. Tam Ode"
    assert is_not_a_statement(tag(text, "They could not", "confirm", "the leak"), text)


def test_what_is_told_in_passing_has_no_speaker_of_its_own() -> None:
    text = "No deaths were reported at the quay, the Harbour Office said."
    outer = tag(text, "the Harbour Office", "said", "No deaths were reported at the quay")
    inner = replace(tag(text, "No", "were reported", "No deaths"), source=())
    assert refine_tags(text, [outer, inner]) == (outer,)


def test_of_whom_it_is_reported_does_not_say_it() -> None:
    text = "Ode reportedly made the trip in May, according to media reports Tuesday."
    found = mended(tag(text, "Ode", "reportedly", "made the trip in May"), text)
    assert told(text, found) == ("", "reportedly", "Ode // made the trip in May")
    assert told(text, mended(tag(text, "media reports Tuesday", "according to", "Ode"), text))[0] == "media reports"


def test_a_capital_said_is_a_name() -> None:
    text = "General Said Al-Ruun told reporters that the lock is open."
    assert is_not_a_statement(tag(text, "General", "Said", "Al-Ruun"), text)


def test_what_a_bracket_credits_does_not_speak() -> None:
    text = "Reports have surfaced (via Quayline) that the lock is open."
    assert mended(tag(text, "via Quayline", "have surfaced", "that the lock is open"), text).source == ()


def test_who_is_cited_after_the_day_is_the_origin() -> None:
    text = "The pier is cracked, the Courier reported on Tuesday, citing an unnamed source."
    found = cited(tag(text, "the Courier", "reported", "The pier is cracked"), text)
    assert told(text, found) == ("an unnamed source", "citing", "The pier is cracked")


def test_who_passes_on_a_remark_says_nothing_in_it() -> None:
    text = "His remark was reported by many papers. The mayor withdrew his remark."
    assert is_not_a_statement(tag(text, "many papers", "was reported", "His remark"), text)
    assert not is_not_a_statement(tag(text, "The mayor", "withdrew", "his remark"), text)


def test_a_crosshead_repeats_a_quotation_without_a_source() -> None:
    text = "The ferry is late.\n\n'Not one boat'\n\n“There is not one boat left,” Ms Orla said."
    assert not list(crossheads(text, []))
    quoted = tag(text, "Ms Orla", "said", "“There is not one boat left,”")
    assert [told(text, one) for one in crossheads(text, [quoted])] == [("", "", "'Not one boat'")]


def test_a_participle_takes_the_source_before_it() -> None:
    text = "The gate is shut, Ms Orla said, adding that it would stay so."
    said = tag(text, "Ms Orla", "said", "The gate is shut")
    added = tag(text, "", "adding", "that it would stay so")
    assert told(text, with_source(added, text, [said, added]))[0] == "Ms Orla"


def test_the_quotation_behind_a_cue_goes_on() -> None:
    text = "“Stay at home,” she said.\n“It is late.”\n\nNobody moved."
    one = tag(text, "she", "said", "“Stay at home,”")
    assert told(text, with_second_quotation(one, text, [one]))[2] == "“Stay at home,” // “It is late.”"
    other = "“Stay at home,” she said. “It is late,” he said."
    one = tag(other, "she", "said", "“Stay at home,”")
    assert with_second_quotation(one, other, [one]) == one


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("“nobody hid the report” and left the hall", "“nobody hid the report”"),
        ("“we are on our way”, and quickly boarded the ferry", "“we are on our way”"),
        ("“slow and careful” and “never late”", "“slow and careful” and “never late”"),
        ("“the gate is shut” and that nobody would pass", "“the gate is shut” and that nobody would pass"),
        ("the “gate” and moved to the next quay", "the “gate” and moved to the next quay"),
    ],
)
def test_what_a_source_did_after_a_quotation_is_the_reporters(said: str, kept: str) -> None:
    text = f"The minister said {said}."
    assert told(text, without_next_act(tag(text, "The minister", "said", said), text))[2] == kept


def test_a_source_above_a_blank_line_gives_way_to_the_subject_of_the_cues_line() -> None:
    text = "The offer\n\nThe company's view\n\nManagers said it was final."
    assert told(text, mended(tag(text, "The company's view", "said", "it was final"), text))[0] == "Managers"
    text = "The offer\n\nSpeaking of it,\n\nSometimes called a prize, it was final."
    one = tag(text, "The offer", "called", "a prize")
    assert mended(one, text) == one
