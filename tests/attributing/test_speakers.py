"""Who a source is, inside a report and over reports."""

from __future__ import annotations

import pytest

from onrecord.attributing.attribute import attribute
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.party import PartyKind
from onrecord.datamodel.report import Report
from onrecord.datamodel.span import Span
from tests.attributing.conftest import Tell


def test_a_surname_and_a_pronoun_are_the_person_named_before(tell: Tell) -> None:
    told = tell(
        "{s1|Harbour Commissioner Ada Lorne} {q1|said} {c1|the pier was sound}. {s2|She} {q2|added} {c2|that "
        "tests went on}.\n\n"
        "“{c3|We will report in May},” {s3|Lorne} {q3|said}."
    )
    assert told.names() == ["Ada Lorne"] * 3
    assert told.speaker(1).kind is PartyKind.PERSON
    assert all(told.one(number).named for number in (1, 2, 3))


def test_two_people_are_not_one_of_a_long_name(tell: Tell) -> None:
    told = tell(
        "{s1|Rolf Anders and Mikke Levander, both divers,} {q1|said} {c1|the wreck had moved}. {s2|Levander} "
        "{q2|added} {c2|that it lay deep}."
    )
    assert told.names() == ["Mikke Levander"] * 2
    assert told.speaker(1).role == "with Rolf Anders, both divers"


def test_it_is_the_body_that_opens_the_sentence_not_where_it_lies(tell: Tell) -> None:
    told = tell("Norway is the only state in the Far North with such a mine; {s1|it} {q1|denied} {c1|the spill}.")
    assert told.names() == ["Norwegian government"]


def test_the_army_of_american_ranks_is_the_american_one(tell: Tell) -> None:
    told = tell(
        "Army Sgt. Ada Lorne left her post in Norway, U.S. officials say. Norway held her; Norway sent her home. "
        "{s1|The Army} {q1|denied} {c1|that she would be charged}."
    )
    assert told.names() == ["U.S. military"]


def test_a_report_in_a_paper_is_the_papers_word(tell: Tell) -> None:
    told = tell("{s1|The report in the Diario de Quessa} {q1|said} {c1|that the quay was sold}.")
    assert told.names() == ["Diario de Quessa"]


def test_a_cue_with_a_capital_is_no_part_of_a_name(tell: Tell) -> None:
    told = tell("Author {s1|Tam Abu Ode} {q1|Tweeted}: “{c1|The quay was sold.}” Tam Abu Ode Tweeted it twice.")
    assert told.names() == ["Tam Abu Ode"]


def test_what_somebody_has_led_is_no_part_of_his_name(tell: Tell) -> None:
    told = tell("The Tam Ode-led inquiry ended. {s1|Ode} {q1|said} {c1|that the quay was sold}.")
    assert told.names() == ["Tam Ode"]


def test_gender_tells_two_people_apart(tell: Tell) -> None:
    told = tell(
        "{s1|Mr. Peter Vance} {q1|said} {c1|the crane was old}. {s2|Mrs. Ida Brandt} {q2|said} {c2|it was new}. "
        "{s3|He} {q3|insisted} {c3|on an inquiry}. {s4|She} {q4|refused} {c4|to comment}."
    )
    assert told.names() == ["Peter Vance", "Ida Brandt", "Peter Vance", "Ida Brandt"]


def test_an_office_is_the_person_who_holds_it(tell: Tell) -> None:
    told = tell(
        "{s1|Transport Minister Olaf Rehn} {q1|said} {c1|trains would run}. {s2|Union leader Carla Mendes} {q2|"
        "said} {c2|they would not}.\n\n"
        "{s3|The minister} {q3|called} {c3|the strike “needless”}. {s4|The union leader} {q4|said} {c4|it would go on}."
    )
    assert told.names() == ["Olaf Rehn", "Carla Mendes", "Olaf Rehn", "Carla Mendes"]


def test_titles_and_ranks_belong_to_the_source(tell: Tell) -> None:
    told = tell("{s1|Coast Guard Rear Adm. Tomas B. Quill Jr.} {q1|said} {c1|the search was over}.")
    assert told.speaker(1).name.startswith("Tomas B. Quill")
    assert told.speaker(1).role == "Coast Guard Rear Adm. Tomas B. Quill Jr" or "Coast Guard" in (
        told.speaker(1).role or ""
    )


def test_a_description_takes_its_name_from_the_apposition(tell: Tell) -> None:
    told = tell("{s1|a senior aide to Governor Paul Stern, Nadia Okoye,} {q1|said} {c1|a deal was near}.")
    assert told.names() == ["Nadia Okoye"]


def test_an_unnamed_source_stays_unnamed_and_is_taken_up(tell: Tell) -> None:
    told = tell(
        "{s1|A senior port official} {q1|said} {c1|the gates had failed}. {s2|The official} {q2|added} {c2|that "
        "spares were ordered}."
    )
    assert told.one(1).speaker == told.one(2).speaker
    assert not told.one(1).named and not told.speaker(1).named
    assert told.speaker(1).name == "unnamed senior port official"


def test_unnamed_sources_that_are_described_otherwise_are_two_parties(tell: Tell) -> None:
    told = tell(
        "{s1|A port official} {q1|said} {c1|the gates had failed}.",
        "{s1|A harbour pilot} {q1|said} {c1|dredging would cost four million}.",
        outlets=("Harbour Courier", "Quay Gazette"),
    )
    assert told.one(1, "01").speaker != told.one(1, "02").speaker


def test_the_same_unnamed_source_through_the_same_relay_is_one_party(tell: Tell) -> None:
    told = tell(
        "{s1|A port official} {q1|told} Reuters {c1|the gates had failed}.",
        "Reuters reported that {s1|a port official} {q1|said} {c1|the gates had failed}.",
        outlets=("Harbour Courier", "Quay Gazette"),
    )
    assert told.one(1, "01").relay == told.one(1, "02").relay == ("Reuters",)
    assert told.one(1, "01").speaker == told.one(1, "02").speaker


def test_a_country_speaks_through_its_government(tell: Tell) -> None:
    told = tell(
        "{s1|Kenya} {q1|said} {c1|the border was open}. {s2|Kenya's government} {q2|said} {c2|so again}. {s3|"
        "Nairobi} {q3|denied} {c3|it}. "
        "{s4|Kenya's army} {q4|said} {c4|nothing had moved}."
    )
    assert told.names() == ["Kenyan government"] * 3 + ["Kenyan military"]


def test_names_of_one_body_are_one_party(tell: Tell) -> None:
    told = tell(
        "{s1|The Pentagon} {q1|said} {c1|the flight was routine}.",
        "{s1|The Defense Department} {q1|said} {c1|the flight was routine}. {s2|The Harbour Safety Board (HSB)} "
        "{q2|agreed} {c2|with it}. "
        "{s3|HSB} {q3|said} {c3|so in May}.",
    )
    assert told.one(1, "01").speaker == told.one(1, "02").speaker
    assert told.one(2, "02").speaker == told.one(3, "02").speaker


def test_a_person_is_one_over_reports_and_two_with_one_surname_stay_two(tell: Tell) -> None:
    told = tell(
        "{s1|Mayor Ines Obrado} {q1|said} {c1|the bridge would close}.",
        "{s1|Obrado} {q1|said} {c1|the bridge would close}.",
        "{s1|Ines Obrado} {q1|said} {c1|no}. {s2|Luis Obrado} {q2|said} {c2|yes}. {s3|Obrado} {q3|said} {c3|maybe}.",
    )
    assert told.one(1, "01").speaker == told.one(1, "02").speaker == told.one(1, "03").speaker
    assert told.one(2, "03").speaker == told.one(3, "03").speaker != told.one(1, "03").speaker


def test_a_leaked_document_is_doubtful_and_its_author_is_told(tell: Tell) -> None:
    told = tell(
        "{s1|A leaked memo from inspector Jonas Wik} {q1|says} {c1|the cables are worn}.\n\n{s2|The memo} {q2|"
        "warns} {c2|of a collapse}."
    )
    assert told.speaker(1).kind is PartyKind.DOCUMENT
    assert told.speaker(1).doubtful
    assert told.names() == ["Jonas Wik (in the memo)"] * 2


def test_a_spokeswoman_speaks_for_her_body(tell: Tell) -> None:
    told = tell("{s1|Pentagon spokeswoman Rosa Albers} {q1|said} {c1|no}. {s2|The Pentagon} {q2|said} {c2|no more}.")
    assert told.speaker(1).speaks_for == told.one(2).speaker


def test_a_crosshead_is_whose_words_it_takes(tell: Tell) -> None:
    told = tell(
        "{s1|Mayor Ines Obrado} {q1|spoke} {c1|of repairs}.\n\n{c2|‘We will not gamble’}\n\n"
        "{c3|“We will not gamble with lives,”} {s3|said} {q3|Engineer Paul Ditter}."
    )
    assert told.speaker(2).id == told.speaker(3).id
    assert not told.one(2).named


def test_a_headline_names_nobody_but_means_the_one_the_body_names(tell: Tell) -> None:
    told = tell(
        "{s1|Top engineer} {q1|calls} {c1|crack ‘a disgrace’}\n\n{s2|Chief engineer Ida Brandt} {q2|said} {c2|"
        "the crack was “a disgrace”}."
    )
    assert told.one(1).speaker == told.one(2).speaker
    assert told.one(1).named and told.one(2).named


def test_every_attribution_has_a_party(tell: Tell) -> None:
    told = tell(
        "{c1|The bridge is shut}, {q1|it was announced}. {s2|They} {q2|said} {c2|so}. {s3|Zorv} {q3|said} {c3|so}."
    )
    assert all(one.speaker in told.parties for one in told.found.attributions)
    assert not told.one(1).named


def test_the_order_of_reports_changes_nothing(tell: Tell) -> None:
    from onrecord.attributing.attribute import attribute

    texts = (
        "{s1|Mayor Ines Obrado} {q1|said} {c1|the bridge would close}.",
        "{s1|Obrado} {q1|said} {c1|it}. {s2|Officials} {q2|said} {c2|so}.",
    )
    told = tell(*texts)
    from tests.attributing.conftest import marked

    tags = [marked(text)[1] for text in texts]
    again = attribute(tuple(reversed(told.reports)), tuple(reversed(tags)))
    assert again == told.found


def test_without_speakers_numbers_alike(tell: Tell) -> None:
    from onrecord.attributing.attribute import without_speakers
    from tests.attributing.conftest import marked

    text = "{s2|He} {q2|denied} {c2|it}. {s1|Mayor Ines Obrado} {q1|said} {c1|“no”}."
    told = tell(text)
    bare = without_speakers(told.reports[0], marked(text)[1])
    assert [(one.id, one.content, one.mode, one.act) for one in bare] == [
        (one.id, one.content, one.mode, one.act) for one in told.found.attributions
    ]


def test_a_source_cut_within_a_word_is_read_to_its_end(tell: Tell) -> None:
    told = tell(
        "{s1|Mayor Ines Obrado} {q1|said} {c1|no}. {c2|“No,”} {q2|says} {s2|@}inesobrado."
        " {s3|Obra}do {q3|said} {c3|so}."
    )
    assert told.names() == ["Ines Obrado"] * 3


READ_OUT = [
    (
        "Vera Lindqvist: Captain Peter Brandt was at the quay at noon. He said, and I have it here: “We sail tonight.”",
        (
            "Vera Lindqvist",
            ":",
            "Captain Peter Brandt was at the quay at noon. He said, and I have it here: “We sail tonight.”",
        ),
        ("He", "said", "“We sail tonight.”"),
    ),
    (
        "Captain Peter Brandt met Per Lindqvist on the quay. Per Lindqvist told us: “He said they would sail.”",
        ("Per Lindqvist told", "told", "“He said they would sail.”"),
        ("He", "said", "they would sail"),
    ),
]


@pytest.mark.parametrize(("text", "outer", "inner"), READ_OUT)
def test_who_speaks_in_his_own_words_is_not_he(text: str, outer: tuple[str, ...], inner: tuple[str, ...]) -> None:
    def span(part: str) -> tuple[Span]:
        start = text.index(part)
        return (Span(start, start + len(part.removesuffix(" told"))),)

    tags = [
        Tag(source=span(source), cue=span(cue), content=span(content), score=1.0, made_by="marks")
        for source, cue, content in (outer, inner)
    ]
    report = Report(id="01", text=text, file="01.txt", sha256="")
    found = attribute([report], [tags])
    names = {party.id: party.name for party in found.parties}
    told = next(one for one in found.attributions if one.source[0].of(text) == "He")
    assert names[told.speaker or ""] == "Peter Brandt"


def test_a_plain_title_before_a_strange_name_makes_a_person(tell: Tell) -> None:
    told = tell("It leaves Kestrel boss Lucan Dreyth with questions. {s1|He} {q1|told} staff {c1|nothing was sold}.")
    assert told.names() == ["Lucan Dreyth"]


def test_a_role_is_told_without_any_form_of_the_name(tell: Tell) -> None:
    told = tell(
        "{s1|Commissioner Ada Lorne (I-Quay)} {q1|said} {c1|the pier was sound}.",
        "{s1|Ada M. Lorne} {q1|said} {c1|the pier was sound}.",
    )
    assert told.speaker(1).name == "Ada M. Lorne"
    assert told.speaker(1).role == "Commissioner (I-Quay)"


def test_a_role_has_neither_a_bare_honorific_nor_a_clause_nor_what_is_owned(tell: Tell) -> None:
    for words, role in (
        ("Ms Ada Lorne, head of the pier union", "head of the pier union"),
        ("Bishop Ada Lorne, who retired in May", "Bishop"),
        ("Bishop Ada Lorne’s statement", "Bishop"),
        ("Friday Bishop Ada Lorne", "Bishop"),
    ):
        told = tell(f"{{s1|{words}}} {{q1|said}} {{c1|the pier was sound}}.")
        assert (told.speaker(1).name, told.speaker(1).role) == ("Ada Lorne", role)


def test_which_takes_up_what_stands_behind_the_verb_before_it(tell: Tell) -> None:
    told = tell("The plan is at odds with old harbour law {s1|which} {q1|states} {c1|that no pier may be sold}.")
    assert told.names() == ["the law"]


def test_a_trade_before_a_strange_name_makes_a_person(tell: Tell) -> None:
    told = tell("{s1|boat designer Allira Liu as her crew of two} {q1|said} {c1|the pier was sound}.")
    assert told.names() == ["Allira Liu"]


def test_an_arabic_article_belongs_to_a_name_and_its_spellings_are_one(tell: Tell) -> None:
    told = tell(
        "{s1|Port spokesman Mohammed al-Rumani} {q1|said} {c1|the pier was sound}.",
        "{s1|Mohammad Al Roumani} {q1|said} {c1|the pier was sold}.",
    )
    assert told.names() == ["Mohammed al-Rumani"] or told.names() == ["Mohammad Al Roumani"]
    assert told.speaker(1) == told.speaker(1, "02")


def test_an_announcement_speaks_for_who_makes_it(tell: Tell) -> None:
    told = tell("{s1|A White House announcement} {q1|said} {c1|the pier was sound}.")
    assert told.names() == ["The White House"]


def test_a_number_of_members_names_nobody(tell: Tell) -> None:
    told = tell("{s1|The leader of the world’s two million Pier Keepers} {q1|said} {c1|the pier was sound}.")
    assert "Pier Keepers" not in told.names()


def test_two_initials_are_one_name(tell: Tell) -> None:
    told = tell(
        "{s1|Quay County Judge H.M. Varley} {q1|said} {c1|it was false}. {s2|Varley} {q2|said} {c2|it was old}."
    )
    assert told.names() == ["H.M. Varley"] * 2


def test_an_acronym_is_the_body_that_another_report_spells_out(tell: Tell) -> None:
    told = tell(
        "{s1|The Ness River Board} {q1|said} {c1|it was shut}. {s2|The Orsk Quay Union} {q2|said} {c2|it was not}.",
        "{s1|The NRB} {q1|said} {c1|the lock was open again}.",
    )
    assert told.one(1, "01").speaker == told.one(1, "02").speaker != told.one(2, "01").speaker


def test_a_body_that_is_described_first_is_the_one_named_later(tell: Tell) -> None:
    told = tell(
        "The Red Oar fleet has left Ness, {s1|a monitoring group} {q1|said} {c1|on Friday}. It was the group's first "
        "sail.\n\n“{c2|It was seen at noon},” {s2|the Orsk-based Quay Observatory for Open Water} {q2|said}. "
        "{s3|A company} {q3|said} {c3|its ferries ran}."
    )
    assert told.names()[:2] == ["Quay Observatory for Open Water"] * 2
    assert not told.one(3).named


def test_the_head_of_a_body_speaks_for_it(tell: Tell) -> None:
    told = tell(
        "{s1|The Ness River Board} {q1|said} {c1|the lock was shut}. {s2|Ida Brandt, head of the Ness River Board,} "
        "{q2|said} {c2|it would stay so}."
    )
    assert told.speaker(2).speaks_for == told.one(1).speaker
