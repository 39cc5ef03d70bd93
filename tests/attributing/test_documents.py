"""Documents that a story turns on: facts by exact words, each with who says so, and nothing that nobody told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from onrecord.attributing.documents.collect import documents, with_standing
from onrecord.datamodel.attribution import Act
from onrecord.datamodel.document import Document, FactKind
from onrecord.linking.document_texts import with_texts
from tests.attributing.conftest import Tell, Told

LEDGER = """{s1|A leaked letter} {q1|says} {c1|the ferry's hull is “thin as paper below the waterline”}.

The letter, which was first posted on a sailors' forum, is dated 4 February 2019 and addressed to the board of Marrow \
Lines. {s2|Pia Holm}, {q2|a spokeswoman} for the line, {q2|would not say} {c2|whether the letter was authentic}. \
{s3|A yard official} {q3|confirmed} {c3|that the letter was genuine}.
"""
SECOND = """{s1|Chief surveyor Otto Brandvik} {q1|said} {c1|he had written the leaked letter}. \
{c2|“I wrote it and I stand by it,”} {s2|Brandvik} {q2|told} the Gull. {c3|“It is a draft, it was never sent and it \
should not have been released,”} {s3|Marrow Lines chairman Ivo Sand} {q3|said}.

{s4|The letter} {q4|says} {c4|the hull is “thin as paper just below the waterline” and “must not sail again”}.
"""
THIRD = """{s1|The letter} {q1|says} {c1|the ship “must not sail again”}. The Tidings could not independently verify \
the letter. A girl of nine wrote a letter to the line in 2012 about its ice cream.
"""


def found(told: Told) -> tuple[Document, ...]:
    some = documents(told.reports, told.found.attributions, told.found.parties)
    return with_texts(some, told.reports, told.found.attributions)


def words(told: Told, document: Document, kind: FactKind, stance: Act | None = None) -> list[tuple[str, str]]:
    """Each fact's exact words and who says so."""
    texts = {report.id: report.text for report in told.reports}
    some = []
    for fact in document.told(kind):
        if stance is not None and fact.stance is not stance:
            continue
        party = told.parties.get(fact.speaker or "")
        holder = " ".join(span.of(texts[fact.report]) for span in fact.holder)
        some.append((fact.span.of(texts[fact.report]), holder or (party.name if party else "the report")))
    return some


@pytest.fixture
def ferry(tell: Tell) -> Told:
    return tell(LEDGER, SECOND, THIRD, outlets=("Quay Post", "The Gull", "The Tidings"))


def test_author_addressee_and_date_stand_where_they_are_told(ferry: Told) -> None:
    (letter,) = found(ferry)
    assert letter.name == "letter"
    assert ("the board of Marrow Lines", "the report") in words(ferry, letter, FactKind.ADDRESSEE)
    assert words(ferry, letter, FactKind.DATE) == [("4 February 2019", "the report")]
    authors = words(ferry, letter, FactKind.AUTHOR)
    assert ("Chief surveyor Otto Brandvik", "Otto Brandvik") in authors
    assert all("girl" not in name for name, _ in authors)


def test_status_in_the_sources_own_words_with_who_says_so(ferry: Told) -> None:
    (letter,) = found(ferry)
    told = words(ferry, letter, FactKind.STATUS)
    assert ("leaked", "the report") in told
    assert {("draft", "Ivo Sand"), ("was never sent", "Ivo Sand"), ("should not have been released", "Ivo Sand")} <= {
        *told
    }


def test_who_vouches_who_could_not_tell_and_who_would_not_say(ferry: Told) -> None:
    (letter,) = found(ferry)
    assert [who for _, who in words(ferry, letter, FactKind.AUTHENTICITY, Act.CONFIRMS)] == ["unnamed yard official"]
    assert [who for _, who in words(ferry, letter, FactKind.AUTHENTICITY, Act.NO_COMMENT)] == ["Pia Holm"]
    ((_, who),) = words(ferry, letter, FactKind.AUTHENTICITY, Act.NOT_CONFIRMED)
    assert who == "The Tidings"


def test_its_text_is_pieced_together_with_wordings_that_differ(ferry: Told) -> None:
    (letter,) = found(ferry)
    texts = {report.id: report.text for report in ferry.reports}
    prints = [[one.span.of(texts[one.report]) for one in fragment.witnesses] for fragment in letter.text]
    assert prints == [
        ["thin as paper just below the waterline", "thin as paper below the waterline"],
        ["must not sail again", "must not sail again"],
    ]
    assert [fragment.differs for fragment in letter.text] == [True, False]


def test_a_document_and_its_author_are_one_origin_and_owned_it_is_not_doubtful(ferry: Told) -> None:
    (letter,) = found(ferry)
    assert (letter.author, letter.doubtful) == ("otto-brandvik", False)
    party = next(one for one in with_standing(ferry.found.parties, [letter]) if one.id in letter.parties)
    assert (party.origin, party.doubtful) == ("otto-brandvik", False)


def test_until_he_owns_it_it_is_doubtful(tell: Tell) -> None:
    told = tell(LEDGER, THIRD)
    (letter,) = found(told)
    assert letter.doubtful and letter.owned is None and letter.author is None
    assert all(one.doubtful for one in with_standing(told.found.parties, [letter]) if one.id in letter.parties)


@pytest.mark.parametrize(
    ("words_", "stance", "who"),
    [
        ("{s1|Two analysts} {q1|questioned} {c1|the authenticity of the tape}.", Act.DENIES, "two analysts"),
        ("{s1|Ada Lorne} {q1|said} {c1|the tape was a forgery}.", Act.DENIES, "Ada Lorne"),
        ("{s1|Ada Lorne} {q1|said} {c1|the tape was not a hoax}.", Act.CONFIRMS, "Ada Lorne"),
        ("{s1|The army} {q1|said} {c1|it could not confirm the tape's authenticity}.", Act.NOT_CONFIRMED, "army"),
        ("The tape could not immediately be verified by Radio Sull.", Act.NOT_CONFIRMED, "Radio Sull"),
        ("{c1|“We don't know what that tape is,”} {s1|Ada Lorne} {q1|said}.", Act.NOT_CONFIRMED, "Ada Lorne"),
        ("{s1|Ada Lorne} {q1|declined to comment on} {c1|the tape}.", Act.NO_COMMENT, "Ada Lorne"),
        ("Some wondered, but Bo Lind, from the Gull, thought the tape was real.", Act.CONFIRMS, "Bo Lind"),
    ],
)
def test_each_way_of_vouching_and_doubting(tell: Tell, words_: str, stance: Act, who: str) -> None:
    told = tell(f"A leaked tape has surfaced. The tape was aired on Thursday by Radio Sull. {words_}")
    (tape,) = found(told)
    ((_, holder),) = [
        (one.stance, name)
        for one, (_, name) in zip(
            tape.told(FactKind.AUTHENTICITY), words(told, tape, FactKind.AUTHENTICITY), strict=True
        )
        if one.stance is stance
    ]
    assert who in holder


@pytest.mark.parametrize(
    "aside",
    [
        "If the tape is authentic, heads will roll.",
        "Is the tape a fake?",
        "{s1|Ada Lorne} {q1|refused to say} {c1|who recorded the tape}.",
        "The video chat lasted an hour. The real estate deal was authentic.",
        "{s1|Ada Lorne} {q1|denied} {c1|that she had released the tape to the press}.",
    ],
)
def test_what_is_only_asked_supposed_or_denied_is_told_by_nobody(tell: Tell, aside: str) -> None:
    plain = (
        "A leaked tape has surfaced. The tape was aired on Thursday by Radio Sull. "
        "{s9|Bo Lind} {q9|said} {c9|the tape was genuine}. "
    )
    before, after = (found(tell(one)) for one in (plain, plain + aside))
    assert [(one.kind, one.span) for one in before[0].facts] == [(one.kind, one.span) for one in after[0].facts]


def test_a_document_that_one_report_of_many_names_is_no_exhibit(tell: Tell) -> None:
    others = ["{s1|The mayor} {q1|said} {c1|the bridge would open on Friday}."] * 4
    assert found(tell(LEDGER, *others)) == ()


def test_a_text_printed_in_full_keeps_its_order(tell: Tell) -> None:
    full = (
        "A leaked note has been making the rounds. Here is the note in full:\n\n"
        "“Dear keepers,\n\n“The lamp on the northern rock must burn all night.\n\n“No boat may leave before dawn.”\n\n"
        "{s1|Ada Lorne} {q1|said} {c1|the note was genuine}."
    )
    other = '{s1|The leaked note} {q1|says} {c1|that "the lamp on the north rock must burn all night"}. It went viral.'
    told = tell(full, other)
    (note,) = found(told)
    assert [fragment.joined for fragment in note.text] == [False, True, True]
    assert note.text[1].differs


def test_facts_are_the_same_in_whatever_order_reports_come(ferry: Told) -> None:
    told = replace_order(ferry)
    assert found(told) == found(ferry)


def replace_order(told: Told) -> Told:
    return Told(replace(told.found), tuple(reversed(told.reports)))


def test_a_text_without_an_end_is_read_in_time(tell: Tell) -> None:
    told = tell("The leaked letter " + "that was not verified, " * 500, "the letter " * 500, "a" * 20_000 + " letter")
    assert len(found(told)) <= 1
