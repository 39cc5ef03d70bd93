"""What refines tags for a story: second cues, cited sources, documents, headlines, questions, the unsaid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span, Spans
from onrecord.tagging.postprocess import mended, refine_tags
from onrecord.tagging.refining.asked import without_questions
from onrecord.tagging.refining.cited import cited
from onrecord.tagging.refining.coordinated import before_next, coordinated, instead
from onrecord.tagging.refining.crossheads import crossheads
from onrecord.tagging.refining.documents import of_documents
from onrecord.tagging.refining.headings import reported, within_head
from onrecord.tagging.refining.nominal_cues import by_nominal_cues
from onrecord.tagging.refining.span_completion import (
    nobody,
    own_subject,
    whole_quotation,
    whole_quotation_before,
    whole_sources,
    whole_turn,
    with_object,
    with_rest,
    with_second_quotation,
    with_source,
    without_strangers,
)
from onrecord.tagging.refining.unsaid import is_unsaid


def spans(text: str, *words: str) -> Spans:
    return tuple(Span(text.index(one), text.index(one) + len(one)) for one in words)


def tag(text: str, source: str, cue: str, content: str) -> Tag:
    credited = spans(text, source) if source else ()
    return Tag(source=credited, cue=spans(text, cue), content=spans(text, content), score=0.9, made_by="test")


def told(text: str, one: Tag) -> tuple[str, str, str]:
    source, cue, content = (" // ".join(span.of(text) for span in role) for role in (one.source, one.cue, one.content))
    return source, cue, content


def test_a_second_cue_of_the_same_source_is_a_statement_of_its_own() -> None:
    text = "Ms Orla acknowledged that the pump had failed but maintained that nobody was at risk."
    one = tag(text, "Ms Orla", "acknowledged", "that the pump had failed but maintained that nobody was at risk")
    assert [told(text, found) for found in coordinated(one, text, [one])] == [
        ("Ms Orla", "acknowledged", "that the pump had failed"),
        ("Ms Orla", "maintained", "that nobody was at risk"),
    ]


def test_a_second_cue_of_somebody_inside_the_statement_is_left_there() -> None:
    text = "Ms Orla said the mayor acknowledged the leak and insisted that it was small."
    outer = tag(text, "Ms Orla", "said", "the mayor acknowledged the leak and insisted that it was small")
    inner = tag(text, "the mayor", "acknowledged", "the leak")
    assert list(coordinated(outer, text, [outer, inner])) == [outer]


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected"),
    [
        (
            "Mr Brandt disputes that, saying the ferry started the race, and that its crew slept.",
            "disputes",
            "that, saying the ferry started the race, and that its crew slept",
            [("disputes", "that"), ("saying", "the ferry started the race, and that its crew slept")],
        ),
        (
            "Mr Brandt denied the report, insisting the ferry was late.",
            "denied",
            "the report, insisting the ferry was late",
            [("denied", "the report"), ("insisting", "the ferry was late")],
        ),
        # Who says so may be who resigned.
        (
            "Mr Brandt said the mayor had resigned, saying he was ill.",
            "said",
            "the mayor had resigned, saying he was ill",
            [("said", "the mayor had resigned, saying he was ill")],
        ),
    ],
)
def test_what_is_said_in_place_of_what_is_disputed_is_not_disputed(
    text: str, cue: str, content: str, expected: list[tuple[str, str]]
) -> None:
    one = tag(text, "Mr Brandt", cue, content)
    assert [told(text, found)[1:] for found in instead(one, text, [one])] == expected


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The term sheet provides for 900 job cuts.", ("The term sheet", "provides for", "900 job cuts")),
        ("They passed a resolution that calls for a new count.", ("a resolution", "calls for", "a new count")),
        ("A memo leaked suggesting that the bridge is unsafe, the mayor said.",
         ("A memo", "suggesting", "that the bridge is unsafe")),
    ],
)  # fmt: skip
def test_documents_say_things(text: str, found: tuple[str, str, str]) -> None:
    assert [told(text, one) for one in of_documents(text, [])] == [found]


def test_a_document_that_names_nothing_says_nothing() -> None:
    assert not list(of_documents("The report shows no sign of age. The record lists badly.", []))


def test_a_headline_is_read_to_its_end_and_no_further() -> None:
    text = "Leaked memo warns of crack in dam\nThe town waits for news."
    heads = (Span(0, 33),)
    short = tag(text, "Leaked memo", "warns", "of crack in")
    assert told(text, within_head(short, text, heads, [short]))[2] == "of crack in dam"
    long = tag(text, "Leaked memo", "warns", "of crack in dam\nThe town waits")
    assert told(text, within_head(long, text, heads, [long]))[2] == "of crack in dam"


def test_a_title_is_given_the_name_behind_it_and_a_cue_its_verb() -> None:
    text = "Prime Minister Ada Lorne said the lock was shut, but Mr Voss was unable to confirm that."
    first = mended(tag(text, "Prime Minister", "said", "the lock was shut"), text)
    assert told(text, first)[0] == "Prime Minister Ada Lorne"
    dated = "Port officials Friday said the lock was shut."
    assert told(dated, mended(tag(dated, "Port officials", "said", "the lock"), dated))[0] == "Port officials"
    second = mended(tag(text, "Mr", "was unable to", "that"), text)
    assert told(text, second) == ("Mr Voss", "was unable to confirm", "that")


def test_a_group_is_more_than_where_it_comes_from() -> None:
    text = "Harrow port officials denied the sale, saying the quay was let. Lorne, saying so, left."
    assert told(text, mended(tag(text, "Harrow", "saying", "the quay was let"), text))[0] == "Harrow port officials"
    assert told(text, mended(tag(text, "Lorne", "saying", "so"), text))[0] == "Lorne"


def test_in_a_headline_who_finds_something_stands_behind_as() -> None:
    text = "Six crew held as rescue divers find no trace of the ferry\nThe town waits."
    found = mended(tag(text, "Six crew held as rescue divers", "find", "no trace of the ferry"), text)
    assert told(text, found)[0] == "rescue divers"
    text = "A man identified as a diver said no trace was found."
    assert told(text, mended(tag(text, "A man identified as a diver", "said", "no trace"), text))[0].startswith("A man")


def test_a_bare_report_is_credited_in_a_headline() -> None:
    text = "Mayor to resign on Monday: sources"
    found = list(reported(text, (Span(0, len(text)),), []))
    assert [told(text, one) for one in found] == [("sources", ":", "Mayor to resign on Monday")]


def test_what_was_asked_is_no_statement_but_what_stayed_unanswered() -> None:
    text = "Asked whether the gate was cracked, Mr Voss did not answer."
    asked = tag(text, "", "Asked", "whether the gate was cracked")
    silent = tag(text, "Mr Voss", "did not", "answer")
    found = without_questions([asked, silent], text)
    assert [told(text, one) for one in found] == [("Mr Voss", "did not answer", "whether the gate was cracked")]


def test_what_is_still_to_be_said_and_how_a_source_is_named_are_not_said() -> None:
    text = "The mayor is expected to announce that she will go. The aide asked not to be named."
    assert is_unsaid(tag(text, "The mayor", "is expected to announce", "that she will go"), text)
    assert is_unsaid(tag(text, "The aide", "asked", "not to be named"), text)
    assert not is_unsaid(tag(text, "The aide", "asked", "that she will go"), text)


def test_another_source_takes_over_behind_while() -> None:
    text = "The fund said that ten were hurt, while the harbour office reported that thirty were."
    first = tag(text, "The fund", "said", "that ten were hurt, while the harbour office reported that thirty were")
    second = tag(text, "the harbour office", "reported", "that thirty were")
    assert told(text, before_next(first, text, [first, second]))[2] == "that ten were hurt"
    assert before_next(first, text, [first]) == first
    text = "He said that the mayor “is glad,” even though the pilots have said the pier is unsafe."
    first = tag(text, "He", "said", "that the mayor “is glad,” even though the pilots have said the pier is unsafe")
    second = tag(text, "the pilots", "have said", "the pier is unsafe")
    assert told(text, before_next(first, text, [first, second]))[2] == "that the mayor “is glad"


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


def test_who_rejects_allegations_is_not_who_makes_them() -> None:
    text = "Kessa has rejected allegations by officials at the quay that wardens opened the lock."
    one = tag(text, "officials at the quay", "has rejected", "that wardens opened the lock")
    one = replace(one, content=(*spans(text, "Kessa"), *one.content))
    found = mended(one, text)
    assert told(text, found) == ("Kessa", "has rejected", "that wardens opened the lock")
    assert [told(text, other) for other in by_nominal_cues(text, [found])] == [
        ("officials at the quay", "allegations", "that wardens opened the lock")
    ]


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
    assert is_unsaid(tag(text, "They could not", "confirm", "the leak"), text)


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
    assert is_unsaid(tag(text, "General", "Said", "Al-Ruun"), text)


def test_what_a_bracket_credits_does_not_speak() -> None:
    text = "Reports have surfaced (via Quayline) that the lock is open."
    assert mended(tag(text, "via Quayline", "have surfaced", "that the lock is open"), text).source == ()


def test_what_is_rejected_as_false_is_the_thing() -> None:
    text = "Wardens rejected as false a post on the site that said the dam had moved."
    assert told(text, with_object(tag(text, "Wardens", "rejected", "as false"), text))[2] == "a post on the site"
    text = "Wardens dismissed as untrue claims that the dam had moved, and left."
    found = with_object(tag(text, "Wardens", "dismissed", "as untrue"), text)
    assert told(text, found)[2] == "claims that the dam had moved, and left"
    plain = tag(text, "Wardens", "dismissed", "claims that the dam had moved")
    assert with_object(plain, text) == plain


def test_who_is_cited_after_the_day_is_the_origin() -> None:
    text = "The pier is cracked, the Courier reported on Tuesday, citing an unnamed source."
    found = cited(tag(text, "the Courier", "reported", "The pier is cracked"), text)
    assert told(text, found) == ("an unnamed source", "citing", "The pier is cracked")


def test_who_passes_on_a_remark_says_nothing_in_it() -> None:
    text = "His remark was reported by many papers. The mayor withdrew his remark."
    assert is_unsaid(tag(text, "many papers", "was reported", "His remark"), text)
    assert not is_unsaid(tag(text, "The mayor", "withdrew", "his remark"), text)


def test_a_crosshead_repeats_a_quotation_without_a_source() -> None:
    text = "The ferry is late.\n\n'Not one boat'\n\n“There is not one boat left,” Ms Orla said."
    assert not list(crossheads(text, []))
    quoted = tag(text, "Ms Orla", "said", "“There is not one boat left,”")
    assert [told(text, one) for one in crossheads(text, [quoted])] == [("", "", "'Not one boat'")]


def test_a_denial_told_by_a_noun() -> None:
    text = "Ms Orla's denial of the sale surprised the crew."
    assert [told(text, one) for one in by_nominal_cues(text, [])] == [("Ms Orla's", "denial", "of the sale")]


def test_a_participle_takes_the_source_before_it() -> None:
    text = "The gate is shut, Ms Orla said, adding that it would stay so."
    said = tag(text, "Ms Orla", "said", "The gate is shut")
    added = tag(text, "", "adding", "that it would stay so")
    assert told(text, with_source(added, text, [said, added]))[0] == "Ms Orla"


def test_a_quotation_over_lines_is_taken_whole() -> None:
    text = 'Ms Orla wrote: "The gate is shut.\nIt will stay so.\nAsk the crew." Nobody did.'
    cut = tag(text, "Ms Orla", "wrote", "It will stay so.")
    assert told(text, whole_quotation(cut, text))[2] == '"The gate is shut.\nIt will stay so.\nAsk the crew."'


def test_a_quotation_over_lines_before_its_cue_is_taken_whole() -> None:
    text = '"The gate is shut.\nIt will stay so.\nAsk the crew! "\nMs Orla wrote.'
    cut = tag(text, "Ms Orla", "wrote", "Ask the crew!")
    assert told(text, whole_quotation_before(cut, text))[2] == '"The gate is shut.\nIt will stay so.\nAsk the crew! "'
    other = 'He said "no" twice.\nAsk the crew," Ms Orla wrote.'
    loose = tag(other, "Ms Orla", "wrote", "Ask the crew,")
    assert whole_quotation_before(loose, other) == loose


def test_a_paragraph_has_its_own_subject() -> None:
    text = "Profile: harbour chief Lena Moll\n\nPort Workers of Harrow reported that the gate was shut."
    taken = tag(text, "harbour chief Lena Moll", "reported", "that the gate was shut")
    assert told(text, own_subject(taken, text))[0] == "Port Workers of Harrow"


def test_whom_it_was_told_and_who_signs_is_left_out() -> None:
    text = "A source tells Radio Norvik the memo is real."
    one = tag(text, "A source", "tells", "Radio Norvik the memo is real")
    assert told(text, without_strangers(one, text))[2] == "the memo is real"
    text = "“Go home,” says the mayor — Ann Orla (@annorla) March 3"
    one = tag(text, "the mayor — Ann Orla (@annorla)", "says", "“Go home,”")
    assert told(text, without_strangers(one, text))[0] == "the mayor"


def test_an_interrupted_statement_goes_on_behind_the_interruption() -> None:
    text = "Ms Orla said the gate is shut, according to the log, and that it will stay so."
    outer = tag(text, "the log", "according to", "Ms Orla said the gate is shut")
    outer = replace(outer, content=(*outer.content, *spans(text, "that it will stay so")))
    inner = tag(text, "Ms Orla", "said", "the gate is shut")
    assert told(text, with_rest([outer, inner], text)[1])[2] == "the gate is shut // that it will stay so"


def test_the_quotation_behind_a_cue_goes_on() -> None:
    text = "“Stay at home,” she said.\n“It is late.”\n\nNobody moved."
    one = tag(text, "she", "said", "“Stay at home,”")
    assert told(text, with_second_quotation(one, text, [one]))[2] == "“Stay at home,” // “It is late.”"
    other = "“Stay at home,” she said. “It is late,” he said."
    one = tag(other, "she", "said", "“Stay at home,”")
    assert with_second_quotation(one, other, [one]) == one


def test_a_turn_is_taken_to_the_end_of_its_line() -> None:
    text = "OKELL: I know of talks. Nobody told me more.\nBRANDT: Thank you."
    one = tag(text, "OKELL", ":", "I know of talks.")
    assert told(text, whole_turn(one, text))[2] == "I know of talks. Nobody told me more."


def test_a_headline_says_what_stands_behind_its_cue() -> None:
    text = "Leaked log shows bridge was never checked\nThe town waits for news."
    below = tag(text, "Leaked log", "shows", "The town waits for news")
    assert told(text, within_head(below, text, (Span(0, 41),), [below]))[2] == "bridge was never checked"
