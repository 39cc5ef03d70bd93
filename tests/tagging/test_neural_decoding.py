"""Label scores to spans: cue runs, allowed label sequences, boundaries, windows, and the choice among candidates."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from onrecord.datamodel.attribution import Kind
from onrecord.datamodel.span import Span
from onrecord.tagging.decoding import (
    Typography,
    cue_runs,
    merged,
    run_of,
    segments,
    viterbi,
    without,
)
from onrecord.tagging.labels import BARE, CUE_TAGS, NEAR, OWN, REGION, ROLE_TAGS, WINDOW, distances, region
from onrecord.tagging.neural import Decoding, NeuralTagger
from onrecord.tagging.scoring import (
    Candidate,
    Evidence,
    Logistic,
    Selection,
    measured_all,
    same_statement,
    selected,
)
from onrecord.tagging.windows import quote_states, tokenize, windows
from onrecord.weights.manifest import packed_weights

SURE = Evidence(cue=0.99, real=6.0, content=-0.01, source=-0.01, speech=3.0)
UNSURE = Evidence(cue=0.05, real=-6.0, content=-1.5, source=-1.5, speech=3.0)


def span_of(text: str, words: str) -> Span:
    return Span(text.index(words), text.index(words) + len(words))


def test_cue_runs_part_where_a_new_cue_begins() -> None:
    chances = np.array(
        [[0.9, 0.1, 0, 0], [0.1, 0.9, 0, 0], [0.1, 0, 0.9, 0], [0.1, 0.9, 0, 0], [1, 0, 0, 0], [0.2, 0, 0, 0.8]],
        np.float32,
    )
    assert [(run.first, run.last, run.bare) for run in cue_runs(chances, 0.3, 0.5)] == [
        (1, 3, False),
        (3, 4, False),
        (5, 6, True),
    ]


def test_what_follows_a_cue_and_is_likelier_not_of_it_is_none_of_its_words() -> None:
    chances = np.array([[0.1, 0.9, 0, 0], [0.6, 0, 0.4, 0], [0.7, 0, 0.3, 0], [1, 0, 0, 0]], np.float32)
    assert [(run.first, run.core, run.last) for run in cue_runs(chances, 0.2, 0.5)] == [(0, 1, 3)]


def test_a_run_goes_as_far_as_all_are_true() -> None:
    where = np.array([True, False, True, True, False])
    assert (run_of(where, 3), run_of(where, 1), run_of(where, 0)) == ((2, 4), (0, 4), (0, 1))


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("She told the Courier it leaks.", "told the Courier", "told"),
        ("He told of a leak.", "told of", "told of"),
        ("They were told by Falk to go.", "were told by", "were told by"),
        ("He said on Monday it leaks.", "sai", "said"),
        ("She agreed with the mayor.", "agreed", "agreed with"),
        ("She did not respond to the letter.", "did not respond", "did not respond to"),
        ("They agreed to close the gate.", "agreed to", "agreed"),
        ("She said in the hall it leaks.", "said in the", "said"),
        ("She is defending her plan.", "is defending her", "is defending"),
        ("She said the", "the", "the"),
    ],
)
def test_boundaries_of_a_cue(text: str, told: str, expected: str) -> None:
    assert Typography(text).cue(span_of(text, told)).of(text) == expected


def test_a_role_never_begins_inside() -> None:
    scores = np.full((1, 4, OWN + 1), -5.0, np.float32)
    scores[0, :, 4] = 0.0
    scores[0, 0, 3] = -1.0
    path = viterbi(scores)[0]
    assert path.tolist() == [3, 4, 4, 4]
    assert segments(path, 3) == ((0, 4),)


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("He said “we lost”.", "we lost", "“we lost”"),
        ("“We lost,” he said.", "We lost", "“We lost,”"),
        ("“We lost” , he said.", "“We lost", "“We lost”"),
        ("He said: 'we lost.'", "we lost", "'we lost.'"),
        ("It is true , she said.", "It is true ,", "It is true"),
        ("The premier said no.", "remie", "premier"),
    ],
)
def test_boundaries_of_content(text: str, told: str, expected: str) -> None:
    span = Typography(text).content(span_of(text, told))
    assert span is not None and span.of(text) == expected


def test_a_quotation_that_its_paragraph_leaves_open_is_not_cut_inside_its_sentence() -> None:
    text = "“The water came at four.\n\n“By five the road was gone,” Ms Falk said."
    found = Typography(text).content(span_of(text, "“The water"))
    assert found is not None and found.of(text) == "“The water came at four."


def test_what_a_thing_is_called_is_said_by_nobody() -> None:
    text = "The tower is known as the Old Lady. The mayor called it the Old Lady."
    name = (span_of(text, "the Old Lady"),)
    nobody = Candidate((), (span_of(text, "is known as"),), name, SURE)
    mayor = Candidate(
        (span_of(text, "The mayor"),), (span_of(text, "called"),), (span_of(text, "it the Old Lady"),), SURE
    )
    assert [tag.source for tag in selected([nobody, mayor], text, Selection(), "test")] == [mayor.source]


def test_a_source_holds_no_mark_of_the_quotation_before() -> None:
    text = "“We lost,” Mr Aker said."
    span = Typography(text).source(Span(text.index("”"), text.index(" said")))
    assert span is not None and span.of(text) == "Mr Aker"


def test_a_paragraph_that_goes_on_a_quotation_ends_with_a_word() -> None:
    text = '"HOST: We begin.\n\n"GUEST: He thinks it is a round of “Chess Live.” It is not.'
    said = Typography(text).continued((span_of(text, '"HOST: We begin.'),))
    assert [span.of(text) for span in said] == ['"HOST: We begin.', '"GUEST: He thinks it is a round of']


def test_content_does_not_run_into_the_next_paragraph() -> None:
    text = "Council: the bridge opens at nine.\n\nMore rain is due."
    content = Typography(text).within_paragraphs((Span(9, len(text)),), (Span(7, 8),))
    assert [span.of(text) for span in content] == ["the bridge opens at nine."]


@pytest.mark.parametrize("dash", ["―", "—", "-", "--"])
def test_a_signed_quotation_is_whole(dash: str) -> None:
    text = f"Voices\n\n“It was cold. We waited.” {dash} Ana Silva\n\nMore"
    found = Typography(text).signed(span_of(text, dash))
    assert found is not None and [span.of(text) for span in found] == ["“It was cold. We waited.”", "Ana Silva"]


def test_a_dash_in_a_sentence_signs_nothing() -> None:
    text = "“It was cold” — and the ferry was late, he said"
    assert Typography(text).signed(span_of(text, "—")) is None


def test_pieces_that_touch_are_one_and_taken_words_are_left() -> None:
    assert merged([Span(5, 9), Span(0, 4)], "abcd efgh") == (Span(0, 9),)
    assert without((Span(0, 10),), (Span(3, 5),)) == (Span(0, 3), Span(5, 10))


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("“a” b", [3, 1, 4, 0, 0]),
        ('"a" b', [3, 1, 4, 0, 0]),
        ("‘a’ b", [3, 2, 4, 0, 0]),
        ("it’s", [0, 0, 0, 0]),
        ('"a\nb', [3, 1, 0, 0]),
    ],
)
def test_quote_states(text: str, states: list[int]) -> None:
    assert quote_states(text) == states


def test_windows_hold_each_token_once_and_are_of_near_length() -> None:
    tokenizer = NeuralTagger.load(packed_weights(), threads=1).tokenizer
    text = "\n\n".join("The harbour was closed for repairs in March. " * n for n in (1, 60, 3, 90, 2, *[3] * 20))
    tokens = tokenize(text, tokenizer)
    cut = windows(tokens, text, WINDOW)
    assert [place for window in cut for place in range(window.first, window.last)] == list(range(len(tokens)))
    assert all(len(window) <= WINDOW for window in cut)
    assert windows(tokenize("", tokenizer), "", WINDOW) == ()
    lines = "\n\n".join(["The harbour was closed for repairs in March."] * 32)
    lengths = [len(window) for window in windows(tokenize(lines, tokenizer), lines, WINDOW)]
    assert len(lengths) == 2 and max(lengths) - min(lengths) < 20


def breaks_of(*lengths: int) -> NDArray[np.int64]:
    """Line starts of lines of so many tokens."""
    return np.concatenate([[2, *[1] * (length - 1)] for length in lengths]).astype(np.int64)


@pytest.mark.parametrize(
    ("lengths", "cue", "expected"),
    [
        ((100, 90, 40), 120, (100, 190)),
        ((100, 30, 20), 110, (100, 150)),
        ((20, 30, 100), 30, (0, 50)),
        ((50, BARE, 60, 90), 55, (0, 126)),
        ((200,), 3, (0, REGION)),
        ((200,), 190, (200 - REGION, 200)),
        ((1,), 0, (0, 1)),
    ],
)
def test_the_region_is_the_paragraph_with_neighbours_while_they_are_few(
    lengths: tuple[int, ...], cue: int, expected: tuple[int, int]
) -> None:
    assert region(cue, breaks_of(*lengths)) == expected


def test_the_region_holds_the_cue_and_is_no_larger_than_it_may_be() -> None:
    breaks = breaks_of(3, 40, 9, 150, 30, 22)
    for cue in range(len(breaks)):
        first, last = region(cue, breaks)
        assert 0 <= first <= cue < last <= len(breaks) and last - first <= REGION
    assert NEAR < REGION
    assert distances(5, 2, 3).tolist() == [13, 14, 16, 18, 19]


def candidate(evidence: Evidence, *content: tuple[int, int], source: tuple[int, int] = (90, 95)) -> Candidate:
    return Candidate((Span(*source),), (Span(96, 99),), tuple(Span(*pair) for pair in content), evidence)


def test_the_likelier_of_two_that_say_the_same_stays() -> None:
    one, other = candidate(SURE, (0, 50)), candidate(SURE, (0, 45), source=(60, 70))
    assert same_statement(one, other)
    assert len(selected((one, other), " " * 100, Selection(), "t")) == 1


def test_a_relay_stays_beside_what_it_relays() -> None:
    inner = Candidate((Span(20, 25),), (Span(26, 30),), (Span(0, 19),), SURE)
    outer = Candidate((Span(50, 60),), (Span(40, 49),), (Span(0, 31),), SURE)
    assert len(selected((inner, outer), " " * 100, Selection(), "t")) == 2


def test_unlikely_candidates_are_left_out() -> None:
    assert selected((candidate(UNSURE, (0, 50)),), " " * 100, Selection(), "t") == ()


def test_no_boundary_cuts_a_word_with_a_hyphen() -> None:
    text = "They spoke of the 12-inch board - twice."
    typography = Typography(text)
    for part, whole in (("12", "12-inch"), ("inch", "12-inch"), ("board", "board"), ("twice", "twice")):
        start = text.index(part)
        assert typography.whole_words(Span(start, start + len(part))).of(text) == whole


class Fixed:
    """A network that answers the same to everything."""

    def __init__(self, *answers: NDArray[np.float32]) -> None:
        self.answers = list(answers)

    def run(self, _: object, __: object) -> list[NDArray[np.float32]]:
        return self.answers


def test_a_cue_has_the_words_that_are_likelier_of_it_than_not() -> None:
    text = "She made clear it leaks."
    cues = np.full((1, 8, len(CUE_TAGS)), -4.0, np.float32)
    cues[0, :, 0] = 4.0
    cues[0, 2] = (-2.0, 2.0, -4.0, -4.0)  # made
    cues[0, 3] = (0.4, -4.0, 0.0, -4.0)  # clear
    roles = np.full((1, 6, len(ROLE_TAGS)), -4.0, np.float32)
    for place, role in enumerate(("B-source", "O", "O", "B-content", "I-content", "O")):
        roles[0, place, ROLE_TAGS.index(role)] = 4.0
    network = Fixed(cues, np.zeros((1, 8, 4), np.float32)), Fixed(roles, np.array([[4.0, 4.0]], np.float32))
    tokenizer = NeuralTagger.load().tokenizer
    tagger = NeuralTagger(tokenizer, network, Decoding(), "fixed")
    ((_, (found,)),) = tagger.candidates([text])
    assert [" ".join(span.of(text) for span in some) for some in (found.source, found.cue, found.content)] == [
        "She",
        "made",
        "it leaks",
    ]


def test_an_attitude_is_kept_beside_statements_by_a_model_of_its_own() -> None:
    text = "The mayor wants a bridge. The board said it is late."
    wish = Candidate(
        (span_of(text, "The mayor"),), (span_of(text, "wants"),), (span_of(text, "a bridge"),),
        Evidence(cue=0.9, real=2.0, content=-0.1, source=-0.1, speech=-3.0),
    )  # fmt: skip
    said = Candidate((span_of(text, "The board"),), (span_of(text, "said"),), (span_of(text, "it is late"),), SURE)
    strict = Logistic(bias=-1.0, weights=(0.5, 0, 0, 0, 0, 0.8, 0, 0, 0, 0, 0, 0, 0), least=0.5)
    found = selected([wish, said], text, Selection(speech=strict), "test")
    assert [(tag.kind, tag.content) for tag in found] == [(Kind.ATTITUDE, wish.content), (Kind.SPEECH, said.content)]
    never = Logistic(least=1.1)
    assert [tag.kind for tag in selected([wish, said], text, Selection(strict, never), "test")] == [Kind.SPEECH]


def test_what_lies_within_anothers_words_is_measured_as_nested() -> None:
    text = "The board said the mayor denied it."
    outer = Candidate(
        (span_of(text, "The board"),), (span_of(text, "said"),), (span_of(text, "the mayor denied it"),), SURE
    )
    inner = Candidate((span_of(text, "the mayor"),), (span_of(text, "denied"),), (span_of(text, "it"),), SURE)
    assert [numbers[10] for numbers in measured_all([outer, inner], text)] == [0.0, 1.0]
