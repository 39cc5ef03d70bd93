"""Claims, stances and conflicts of invented statements, by words and slots alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from onrecord.datamodel.attribution import Act, Attribution
from onrecord.datamodel.claim import Claim, ConflictKind, Member
from onrecord.datamodel.span import Span, Spans, words
from onrecord.linking.belonging import anothers
from onrecord.linking.claims import distinct, far_supporters, loosened, plain
from onrecord.linking.clarity import fragment
from onrecord.linking.contrasts import contrast
from onrecord.linking.joining import CLOSE, MOST_JOINED, nearest
from onrecord.linking.link import Linked, link
from onrecord.linking.memory import Memory
from onrecord.linking.propositions import clauses
from onrecord.linking.slots import negated, unsure
from onrecord.linking.stances import POINTS
from onrecord.linking.stemming import stem
from tests.linking.builder import Said, linked, reports_of

BRIDGE = "that the council approved the new harbour bridge"


def shared(found: Linked) -> list[Claim]:
    return [claim for claim in found.claims if len(claim.members) > 1]


def test_one_claim_of_two_reports() -> None:
    found = linked(
        Said("Ada Brink", BRIDGE), Said("Otto Lund", "that the new harbour bridge was approved by the council")
    )
    (claim,) = shared(found)
    assert {member.stance for member in claim.members} == {Act.ASSERTS}
    assert found.conflicts == ()


def test_a_negation_denies() -> None:
    found = linked(
        Said("Ada Brink", BRIDGE), Said("Otto Lund", "that the council did not approve the new harbour bridge")
    )
    (claim,) = shared(found)
    assert claim.stance_of("00-01") is Act.ASSERTS
    assert claim.stance_of("01-01") is Act.DENIES
    assert [conflict.kind for conflict in found.conflicts] == [ConflictKind.DENIAL]


def test_a_cue_that_denies_what_it_names() -> None:
    found = linked(Said("Ada Brink", BRIDGE), Said("Otto Lund", BRIDGE, cue="denied", act=Act.DENIES))
    assert shared(found)[0].stance_of("01-01") is Act.DENIES


@pytest.mark.parametrize(
    "other",
    [
        "that the council approved the new harbour tunnel",
        "that the council may have approved the new harbour bridge",
        "that the ministry approved the new harbour bridge",
        "that the council drafted the new harbour bridge",
    ],
)
def test_near_the_same_words_are_not_the_same_claim(other: str) -> None:
    assert not shared(linked(Said("Ada Brink", BRIDGE), Said("Otto Lund", other)))


def test_two_figures_of_two_holders_are_in_conflict() -> None:
    found = linked(
        Said("Ada Brink", "that fourteen passengers were injured on the ferry"),
        Said("Otto Lund", "that 40 passengers were injured on the ferry"),
    )
    assert not shared(found)
    assert [conflict.kind for conflict in found.conflicts] == [ConflictKind.NUMBER]


def test_a_later_figure_of_one_holder_is_an_update() -> None:
    found = linked(
        Said("Ada Brink", "that fourteen passengers were injured on the ferry"),
        Said("Ada Brink", "that sixteen passengers were injured on the ferry"),
    )
    assert found.conflicts == ()


def test_what_is_not_known_neither_asserts_nor_denies() -> None:
    found = linked(
        Said("Ada Brink", BRIDGE),
        Said("Otto Lund", "that he cannot confirm that the council approved the new harbour bridge"),
    )
    assert all(member.stance is not Act.DENIES for claim in found.claims for member in claim.members)


def test_the_order_of_arguments_changes_nothing() -> None:
    reports, attributions, parties = reports_of(
        [
            Said("Ada Brink", BRIDGE),
            Said("Otto Lund", "that the bridge was approved"),
            Said("Ida Moe", "that tea was served"),
        ]
    )
    assert link(attributions, reports, parties) == link(attributions[::-1], reports[::-1], parties[::-1])


def test_claims_keep_their_ids_when_a_report_is_added() -> None:
    said = [Said("Ada Brink", BRIDGE), Said("Otto Lund", "that the new harbour bridge was approved by the council")]
    before = shared(linked(*said))[0].id
    assert before in {claim.id for claim in linked(*said, Said("Ida Moe", "that tea was served to the guests")).claims}


def test_ids_are_told_apart() -> None:
    found = linked(*(Said(f"Ada Brink{n}", f"{BRIDGE} on day {n}") for n in range(6)))
    assert len({claim.id for claim in found.claims}) == len(found.claims)


def test_nothing_gives_nothing() -> None:
    assert link([], [], []) == Linked(claims=(), quotes=(), conflicts=(), links=())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the letter’s authenticity", "The letter is authentic."),
        ("the authenticity of the letter", "The letter is authentic."),
        ("and that the bridge was closed,", "The bridge was closed."),
        ("if the bridge was closed", "The bridge was closed."),
        ("that changes be made to the bridge", "Changes should be made to the bridge."),
        ("the bridge will be closed", "The bridge will be closed."),
        ("the bridge wouldn’t be closed", "The bridge wouldn’t be closed."),
        ("they don’t want to be named", "They don’t want to be named."),
        ("that if the bridge is closed, the ferry will run", "If the bridge is closed, the ferry will run."),
    ],
)
def test_words_a_desk_would_use(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_claim_has_a_subject() -> None:
    found = linked(Said("Ada Brink", "should not have been released to the papers"))
    assert found.claims[0].text.startswith("It should not have been released")


def test_what_points_at_a_claim_counts_whatever_its_words() -> None:
    def member(ident: str, score: float, *reasons: str) -> Member:
        return Member(attribution=ident, stance=Act.ASSERTS, score=score, reasons=reasons)

    near, told, pointing = member("a", 0.4), member("b", 0.9), member("c", 0.2, POINTS)
    claim = Claim(id="pump", text="The pump failed.", members=(near, told, pointing))
    marked = loosened(claim, far_supporters(claim, lambda one: "A valve was shut."))
    assert [one.loose for one in marked.members] == [True, False, False]
    alone = Claim(id="pump", text="The pump failed.", members=(near,))
    assert loosened(alone, far_supporters(alone, lambda one: "A valve was shut.")) == alone
    assert far_supporters(claim, lambda one: "the pump has failed") == set()


def test_what_is_merely_possible_is_not_cut_in_two() -> None:
    text = "It's possible the talks will fail and there will not be a deal, but we will go on. We will not pay."
    parts = [words(passage, text) for passage in clauses((Span(0, len(text)),), text)]
    assert parts == [
        "It's possible the talks will fail and there will not be a deal, but we will go on.",
        "We will not pay.",
    ]


def test_a_claim_that_repeats_a_wider_one_is_left_out() -> None:
    def claim(ident: str, *members: str) -> Claim:
        return Claim(
            id=ident, text=ident, members=tuple(Member(attribution=one, stance=Act.ASSERTS) for one in members)
        )

    wide, narrow, other = claim("wide", "a", "b", "c"), claim("narrow", "a", "b"), claim("other", "a", "x")
    assert distinct([wide, narrow, other]) == [wide, other]
    twin = replace(narrow, id="twin")
    apart = replace(narrow, members=tuple(replace(one, passage=(Span(0, 1),)) for one in narrow.members))
    assert distinct([narrow, twin, apart]) == [narrow, apart]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he hopes the bridge was not damaged", True),
        ("there are no further details", True),
        ("the bridge was not damaged", False),
    ],
)
def test_what_is_hoped_or_kept_back_is_unsure(text: str, expected: bool) -> None:
    assert unsure(text) is expected


def test_who_tells_others_not_to_denies_nothing() -> None:
    assert not negated("Please do not cross the bridge") and negated("I do not know the bridge")


def test_an_exception_is_no_negation() -> None:
    assert not negated("There is no way but the ferry")
    assert negated("There is no ferry, but the bridge is open")


def test_a_condition_denies_nothing() -> None:
    assert not negated("If there is no crack, show us the pictures")
    assert negated("If you ask me, there is no crack")


def test_a_title_and_the_name_it_stands_before_are_one() -> None:
    found = linked(
        Said("Ada Brink", "Harbour Board Director Lena Moll met the union's leaders over the weekend"),
        Said("Otto Lund", "the Harbour Board director met the union's leaders over the weekend"),
    )
    (claim,) = shared(found)
    assert {member.stance for member in claim.members} == {Act.ASSERTS}


@pytest.mark.parametrize(
    ("told", "less"),
    [
        ("Served for two years in the coast guard.", True),
        ("The driver, who they later shot.", True),
        ("A meeting of the harbour's safety board.", True),
        ("Pictures of two men who took a boat that vanished.", True),
        ("A child whose boat had sunk.", True),
        ("The man who took the boat died in hospital.", False),
        ("In 2031 the board closed the pier.", False),
        ("Closing the pier would be a mistake.", False),
        ("The board wants the pier closed.", False),
        ("The report shows that the board knew.", False),
        ("Most believe that it was closed.", False),
        ("We condemn it.", False),
        ("It was closed.", False),
    ],
)
def test_what_is_less_than_a_sentence(told: str, less: bool) -> None:
    assert fragment(told) is less


def test_a_statement_joins_the_few_claims_that_it_is_nearest_to() -> None:
    reports, said, _ = reports_of([Said("Ada Brink", BRIDGE)] * (MOST_JOINED + 4))
    found = Memory().propositions(said, {report.id: report for report in reports}, {}).parts
    numbers = np.arange(MOST_JOINED + 3)
    given = (numbers, np.zeros(len(numbers), dtype=np.int64), 0.5 - numbers / 100)
    groups = [(int(number) + 1,) for number in numbers]
    assert [number for number, _, _ in nearest(*given, groups, found)] == list(range(MOST_JOINED))
    holding = [(0, int(number) + 1) for number in numbers]
    assert list(nearest(*given, holding, found)) == []


def test_statements_repeated_word_for_word_are_of_one_claim_and_each_holder_is_in_the_conflict() -> None:
    names = ["Ada Brink", "Otto Lund", "Mina Voss", "Ivo Kern"]
    found = linked(
        *(Said(name, "the harbour ferry left the pier for the island on Monday") for name in names[:2]),
        *(Said(name, "the harbour ferry left the pier for the island on Friday") for name in names[2:]),
    )
    assert sorted(len(claim.members) for claim in found.claims) == [2, 2]
    pairs = {(conflict.left[:2], conflict.right[:2]) for conflict in found.conflicts}
    assert pairs == {("00", "02"), ("00", "03"), ("01", "02"), ("01", "03")}


def test_a_clause_without_its_subject_gets_a_pronoun_that_agrees() -> None:
    texts = {claim.text for said in ("are to be moved on Friday", "is to be moved on Friday")
             for claim in linked(Said("Ada Brink", said)).claims}  # fmt: skip
    assert texts == {"They are to be moved on Friday.", "It is to be moved on Friday."}


def test_who_dismisses_a_thing_as_a_prank_calls_it_one() -> None:
    found = linked(
        Said("Ada Brink", "the letter was a prank by students"),
        Said("Otto Lund", "the letter as a prank by students", cue="dismissed", act=Act.DENIES),
    )
    (claim,) = found.claims
    assert [member.stance for member in claim.members] == [Act.ASSERTS, Act.ASSERTS]
    assert not found.conflicts


def test_what_only_points_names_no_claim() -> None:
    found = linked(
        Said("Ada Brink", "the blog's account of the bridge as “probably false”", cue="dismissed", act=Act.DENIES),
        Said("Otto Lund", "this", cue="rejected", act=Act.DENIES),
    )
    assert all(claim.text.lower() not in ("this", "this.") and "false" not in claim.text for claim in found.claims)


def test_who_dismisses_a_report_denies_it() -> None:
    found = linked(
        Said("Ada Brink", "the harbour school was sold to a bank"),
        Said("Otto Lund", "reports that the harbour school was sold to a bank", cue="dismissed", act=Act.DENIES),
    )
    assert [conflict.right for conflict in found.conflicts] == ["01-01"]


def test_who_denies_in_one_clause_does_not_say_so_in_another() -> None:
    found = linked(
        Said("Ada Brink", "the ferry has no radio aboard. Once the ferry has a radio aboard it will call"),
        Said("Otto Lund", "the ferry has no radio aboard"),
        Said("Mia Falk", "there is no radio aboard the ferry"),
    )
    claim = max(found.claims, key=lambda one: len(one.members))
    assert "no radio" in claim.text
    assert {one.stance for one in claim.members} == {Act.ASSERTS}


def test_a_condition_is_not_parted_from_what_depends_on_it() -> None:
    text = "If the lock fails, we will close the river, and we will tell the mayor."
    told = [words(passage, text) for passage in clauses((Span(0, len(text)),), text)]
    assert told[0] == "If the lock fails, we will close the river"


def test_what_was_not_done_is_a_clause_beside_what_was() -> None:
    text = "the mayor had spoken in haste, not made a promise"
    told = [words(passage, text) for passage in clauses((Span(0, len(text)),), text)]
    assert told == ["the mayor had spoken in haste", "not made a promise"]


def test_what_a_claim_leaves_open_itself_may_be_without_supporters() -> None:
    def claim(stance: Act) -> Claim:
        joined = Member(attribution="b", stance=Act.ASSERTS, reasons=(CLOSE,))
        return Claim(id="a", text="a", members=(Member(attribution="a", stance=stance), joined))

    assert loosened(claim(Act.NO_COMMENT), {"b"}).members[1].loose
    assert not any(one.loose for one in loosened(claim(Act.DENIES), {"b"}).members)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("that if crews were “on the pier they are likely to be hurt.”", "If crews were on the pier they are likely"
         " to be hurt."),
        ("if the pier could be sold", "The pier could be sold."),
        ("I will not let this be] a thing of the past", "I will not let this be a thing of the past."),
    ],
)  # fmt: skip
def test_a_claim_keeps_its_condition_and_no_lone_bracket(told: str, text: str) -> None:
    assert plain(told) == text


def test_what_is_disputed_as_somebodys_claim_is_what_they_said() -> None:
    story = (
        Said("Harbour Union", "two crew members died on the pier on Sunday"),
        Said("Ada Brink", "the crane was sold to a firm in Harrow"),
    )
    reports, said, parties = reports_of(
        [*story, Said("Otto Lund", "the Harbour Union’s claim", "disputed", Act.DENIES)]
    )
    in_one = [replace(one, report="00") for one in said]
    text = reports[0].text + "\n" + reports[1].text + "\n" + reports[2].text
    moved = [_moved(one, text.index(report.text)) for one, report in zip(in_one, reports, strict=True)]
    found = link(moved, [replace(reports[0], text=text)], parties)
    (claim,) = shared(found)
    assert {(one.attribution, one.stance) for one in claim.members} == {("00-01", Act.ASSERTS), ("02-01", Act.DENIES)}


def _moved(one: Attribution, by: int) -> Attribution:
    def shifted(spans: Spans) -> Spans:
        return tuple(Span(span.start + by, span.end + by) for span in spans)

    return replace(one, source=shifted(one.source), cue=shifted(one.cue), content=shifted(one.content))


@pytest.mark.parametrize(
    ("left", "right", "told"),
    [
        ("Voss’s driver was hurt", "Ada Voss was hurt", ("Voss’s driver", "Voss")),
        (
            "an aide to harbour leader Abu al-Ruun died",
            "Al-Ruun is dead",
            ("aide to harbour leader Abu al-Ruun", "Ruun"),
        ),
        ("Voss and Voss’s driver were hurt", "Voss was hurt", None),
        ("Voss’s plan was sold", "Voss was hurt", None),
    ],
)
def test_what_happened_to_an_aide_did_not_happen_to_whom_he_serves(
    left: str, right: str, told: tuple[str, str] | None
) -> None:
    assert anothers(left, right) == told
    assert anothers(right, left) == (told and told[::-1])


def test_the_islands_short_name_is_no_other_name() -> None:
    assert (
        contrast("HSIS crews left the old pier on Sunday", "Harbour Safety crews left the old pier on Sunday") is None
    )


def test_a_clause_takes_its_subject_from_the_one_before() -> None:
    found = linked(
        Said("Ada Brink", "that Mr Voss had broken both ankles and had surgery in Harrow on Sunday"),
        Said("Otto Lund", "that Mr Voss already had broken both ankles and had surgery in Harrow on Sunday"),
    )
    assert "Mr Voss had surgery in Harrow on Sunday." in {claim.text for claim in shared(found)}
    words = "I heard that Mr Voss injured an ankle in June and ended up losing the whole foot"
    found = linked(Said("Ada Brink", words), Said("Otto Lund", words))
    assert "Mr Voss ended up losing the whole foot." in {claim.text for claim in shared(found)}


def test_british_spellings_swapped_letters_and_whole_continents_are_no_contrast() -> None:
    assert stem("labours") == stem("labors") and stem("organised") == stem("organized")
    told = "the board sent doctors to the harbour clinic {} last week"
    assert contrast(told.format("in Eastmree"), told.format("in Eastmere")) is None
    assert contrast(told.format("from Europe"), told.format("from France")) is None
    assert contrast(told.format("in Harrow"), told.format("in Eastport")) is not None
    assert contrast(told.format("in West Harrow"), told.format("in East Harrow")) is not None


def test_an_aside_in_the_middle_parts_no_clause() -> None:
    text = "the crew, who came aboard on Monday, were mostly young men and the mate was old"
    told = [[span.of(text) for span in one] for one in clauses((Span(0, len(text)),), text)]
    assert told == [["the crew, who came aboard on Monday, were mostly young men"], ["the mate was old"]]


@pytest.mark.parametrize(
    ("text", "denies"),
    [
        ("divers are yet to find any trace of the ferry", True),
        ("the worst is yet to come", False),
        ("there will be a flood like the valley has not seen", False),
        ("the valley will see a flood it hasn't seen before", False),
        ("the mayor has not seen the memo", True),
        ("the owners got the licence under false pretences", False),
        ("it was a false alarm", False),
        ("the report is false", True),
        ("those are false claims", True),
    ],
)
def test_what_negates(text: str, denies: bool) -> None:
    assert negated(text) is denies


def test_what_only_opens_a_speech_is_no_claim() -> None:
    found = linked(Said("Ode", "“Let me put it this way. The quay was sold in May. Thank you very much.”"))
    assert [claim.text for claim in found.claims] == ["The quay was sold in May."]
