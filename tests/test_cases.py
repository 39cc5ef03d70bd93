"""Small inputs that were read wrongly once, each standing for its kind: tests/cases_regression/*/expected.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from onrecord.datamodel.attribution import DENIAL, SUPPORT, Act, Attribution, Mode
from onrecord.datamodel.moment import moment
from onrecord.datamodel.report import FURNITURE, Outcome, Part, Report
from onrecord.datamodel.standing import Status
from onrecord.datamodel.story import Story
from onrecord.pipeline import tell
from onrecord.reading.intake import read

CASES = Path(__file__).parent / "cases_regression"
LEAD = "The harbour board of Lindmouth said on Monday"


@dataclass(frozen=True)
class Statement:
    """An attribution in words."""

    speaker: str
    source: str
    content: str
    act: Act
    mode: Mode
    it: Attribution


@cache
def story(case: str, name: str, as_of: str | None = None) -> Story:
    """What is told of one input."""
    return tell([CASES / case / name], as_of=moment(as_of) if as_of else None)


@cache
def reports(case: str, name: str) -> tuple[Report, ...]:
    """What is read of one input."""
    return read([CASES / case / name]).reports


def report(case: str, name: str = "in.html") -> Report:
    """The one report of an input."""
    (found,) = reports(case, name)
    return found


def statements(case: str, name: str = "in.html", as_of: str | None = None) -> list[Statement]:
    """All statements of an input."""
    told = story(case, name, as_of)
    texts = {one.id: one.text for one in told.reports}
    names = {one.id: one.name for one in told.parties}

    def words(one: Attribution, part: str) -> str:
        return " ".join(" ".join(span.of(texts[one.report]) for span in getattr(one, part)).split())

    return [
        Statement(names.get(one.speaker or "", ""), words(one, "source"), words(one, "content"), one.act, one.mode, one)
        for one in told.attributions
    ]


def of(found: list[Statement], words: str) -> list[Statement]:
    """Those whose content holds some words."""
    return [one for one in found if words.casefold() in one.content.casefold()]


def marked(one: Report, *parts: Part) -> list[str]:
    """The words of a report's passages of some parts."""
    return [passage.span.of(one.text) for passage in one.passages if passage.part in parts]


def supporters(told: Story, words: str) -> list[str]:
    """Who supports claims in which some words stand."""
    by_id = {one.id: one for one in told.attributions}
    return [
        by_id[member.attribution].speaker or ""
        for claim in told.claims
        if words.casefold() in claim.text.casefold()
        for member in claim.members
        if member.stance in SUPPORT and not member.loose
    ]


def arc_as_text() -> None:
    one = report("arc-as-text", "in.arc")
    assert one.reader == "arc" and one.headline == "Crane story 1"
    assert "<" not in one.text and "filedesc" not in one.text
    assert one.url == "https://echo.example/crane/1"
    assert one.captured and one.captured.isoformat() == "2006-01-01T00:00:00Z"


def author_by_reference() -> None:
    assert report("author-by-reference", "a.html").byline == "Ann Reed"
    assert report("author-by-reference", "b.html").byline == "Ann Reed, Bo Holt"


def body_in_two_boxes() -> None:
    text = report("body-in-two-boxes").text
    assert all(
        words in text for words in (LEAD, "Board chair", "patched it again", "Dock worker", "two million crowns")
    )
    assert "Advertisement" not in text


def correction_outside_body() -> None:
    for name, words in (("a.html", "She had not."), ("b.html", "to remove the claim that the board denied the rust.")):
        one = report("correction-outside-body", name)
        assert any(words in said for said in marked(one, Part.CORRECTION))


def custom_element_in_sentence() -> None:
    assert "The minister, Otto Brandt, denied that" in report("custom-element-in-sentence").text
    assert "two dock workers were" in report("custom-element-in-sentence").text
    denial = of(statements("custom-element-in-sentence"), "hidden the report")
    assert denial and "Brandt" in denial[0].speaker


def dash_then_colon() -> None:
    found = statements("dash-then-colon", "in.txt")
    assert [(one.speaker, one.content[:12]) for one in found if one.mode is Mode.DIRECT and "As I" in one.content]
    assert any("Starke" in one.source and "Wendel" not in one.source for one in of(found, "As I said in March"))
    assert any("Wendel" in one.source and "Starke" not in one.source for one in of(found, "wealth of harbour"))
    assert any("Dove" in one.source for one in of(found, "Cranes shape"))


def date_of_a_sidebar() -> None:
    one = report("date-of-a-sidebar", "a.html")
    assert one.published and one.published.isoformat().startswith("2024-05-03")
    assert report("date-of-a-sidebar", "b.html").published is None


def denial_is_a_link() -> None:
    assert "The mayor denied it on Tuesday." in report("denial-is-a-link").text
    assert any("mayor" in one.source.casefold() for one in statements("denial-is-a-link"))


def docx_notes_dropped() -> None:
    one = report("docx-notes-dropped", "in.docx")
    assert "The mayor denied this on Tuesday." in one.text
    assert marked(one, Part.HIDDEN) == ["Farrow has withdrawn this."]


def docx_textbox_twice() -> None:
    assert report("docx-textbox-twice", "in.docx").text.count("The mayor said the crane was sold in March.") == 1


def feed_in_utf16() -> None:
    one = report("feed-in-utf16", "in.xml")
    assert one.reader == "feed" and one.headline == "Crane to come down" and one.outlet == "Lindmouth Echo"
    assert one.published and one.published.isoformat() == "2024-05-06T08:00:00Z"
    raw = (CASES / "feed-in-utf16" / "in.xml").read_bytes()
    (place,) = one.loci
    assert place.start_byte is not None and place.end_byte is not None
    element = raw[place.start_byte : place.end_byte].decode("utf-16-le")
    assert element.startswith("<item>") and element.endswith("</item>")


def headline_with_site_name() -> None:
    assert report("headline-with-site-name", "a.html").headline == "Old crane to come down"


def hidden_paragraph() -> None:
    one = report("hidden-paragraph")
    assert len(marked(one, Part.HIDDEN)) == 2 and Part.HIDDEN in FURNITURE
    found = statements("hidden-paragraph")
    assert not of(found, "resigned") and not of(found, "crane was sold")


def inch_mark() -> None:
    assert all(one.mode is Mode.INDIRECT for one in statements("inch-mark", "in.txt"))


def linked_data_of_another_story() -> None:
    one = report("linked-data-of-another-story")
    assert (one.headline, one.byline) == ("Old crane to come down", "Ann Reed")
    assert one.published and one.published.isoformat() == "2024-05-03"


def live_blog_as_of() -> None:
    told = story("live-blog-as-of", "in.html", "2024-05-03T12:30Z")
    assert [one.published.isoformat() for one in told.reports if one.published] == ["2024-05-03T12:05:00Z"]
    assert not any("hidden the report" in claim.text for claim in told.claims)
    whole = {one.text for one in reports("live-blog-as-of", "in.html")}
    assert any("denied that anybody had hidden" in text for text in whole) and len(whole) == 3


def mail_empty_plain_part() -> None:
    for name in ("empty.eml", "stub.eml"):
        text = report("mail-empty-plain-part", name).text
        assert "the old crane would be taken down" in text and "the quay would stay open" in text


def name_cut_in_two() -> None:
    assert any(one.source == "the harbour master, Lê Thu Hà" for one in statements("name-cut-in-two", "a.txt"))
    assert any(one.source == "Jonas “Bricks” Marley" for one in statements("name-cut-in-two", "b.txt"))


def ninjs3_by_and_source() -> None:
    one = report("ninjs3-by-and-source", "in.json")
    assert (one.byline, one.outlet) == ("Ann Reed", "Lindmouth Wire") and "would be taken down" in one.text


def not_guilty() -> None:
    told = story("not-guilty", "in.txt")
    assert not any(one.status is Status.CORROBORATED for one in told.standings)
    assert any("Starke" in one.speaker and one.act in DENIAL for one in statements("not-guilty", "in.txt"))


def office_after_a_name() -> None:
    found = statements("office-after-a-name", "in.txt")
    assert len({one.speaker for one in found}) == len(found) == 3
    assert sum("Starke" in one.speaker for one in found) == 1


def offset_after_gmt() -> None:
    for name in ("mail.eml", "feed.xml"):
        one = report("offset-after-gmt", name)
        assert one.published and one.published.isoformat() == "2024-05-06T08:15:00Z"


def page_not_in_english() -> None:
    one = report("page-not-in-english")
    assert not one.analysed and "read, not analysed: German" in one.notes
    told = story("page-not-in-english", "in.html")
    assert not told.attributions and any("German" in note for note in told.notes)
    outcomes: tuple[Outcome, ...] = told.outcomes
    assert outcomes[0].reason == "read, not analysed: German"


def pdf_column_lines_cut() -> None:
    assert "Board chair Ottilie Farrow told residents that" in report("pdf-column-lines-cut", "in.pdf").text


def pdf_columns_by_row() -> None:
    text = report("pdf-columns-by-row", "in.pdf").text
    assert "Board chair Ottilie Farrow told residents" in text
    assert text.index("quay was unsafe") < text.index("In a second report")
    assert "three men had been hurt in a blaze at the mill" in text


def q_element() -> None:
    assert "said “nobody hid the report” and left" in report("q-element").text
    (one,) = of(statements("q-element"), "nobody hid")
    assert one.mode is Mode.DIRECT and "left the hall" not in one.content


def short_denial() -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        told = story("short-denial", name)
        (safe,) = [claim for claim in told.claims if "safe" in claim.text]
        sides = {one.stance: one.attribution for one in safe.members if not one.loose}
        assert set(sides) == {Act.ASSERTS, Act.DENIES}, name
        # Residents and a mayor without a name are not on the record: what the board alone says there, it denies.
        (status,) = [one.status for one in told.standings if one.claim == safe.id]
        assert status is Status.DENIED, name
        assert [conflict.claim for conflict in told.conflicts] == [safe.id], name


def soft_hyphen_lead() -> None:
    for name in ("shy.html", "zwsp.html"):
        text = report("soft-hyphen-lead", name).text
        assert LEAD in text and "before winter, and that the quay would stay open" in text


def source_over_subhead() -> None:
    (one,) = of(statements("source-over-subhead", "a.txt"), "someone to defend them")
    assert one.source == "Some in Valland"
    (one,) = of(statements("source-over-subhead", "b.txt"), "pier was safe")
    assert one.source == "Residents"


def speech_that_never_was() -> None:
    for path in sorted((CASES / "speech-that-never-was").glob("*.txt")):
        assert not supporters(story("speech-that-never-was", path.name), "drunk"), path.name


def srt_without_blank_lines() -> None:
    for name in ("a.srt", "b.srt"):
        one = report("srt-without-blank-lines", name)
        assert one.text == "Farrow said the crane was safe. Reed said it was not."
        assert len({locus.time_code for locus in one.loci}) == 2


def standfirst_beside_body() -> None:
    for name in ("a.html", "b.html", "c.html"):
        text = report("standfirst-beside-body", name).text
        assert "Minister denies that she knew of the rust" in text and "two million crowns" in text


def struck_number() -> None:
    one = report("struck-number")
    assert "said two dock workers were" in one.text and "said three men were missing" in one.text
    assert marked(one, Part.STRUCK) == ["nine", "four"]
    assert not re.search(r"nine|four", " ".join(found.content for found in statements("struck-number")))


def turn_missed() -> None:
    found = statements("turn-missed", "in.txt")
    assert len(found) >= 5
    assert any("FARROW" in one.source.upper() for one in of(found, "In March"))


def tweet_first_paragraph() -> None:
    (post,) = report("tweet-first-paragraph").posts
    body = post.body.of(report("tweet-first-paragraph").text)
    assert body.split("\n\n") == ["The quay is shut.", "Keep away from the crane."]
    assert (post.author, post.handle) == ("Lindmouth Fire", "@lindfire")


def two_harms_one_corroboration() -> None:
    told = story("two-harms-one-corroboration", "in.html")
    danger = {claim.id for claim in told.claims if "danger" in claim.text}
    assert not any(one.status is Status.CORROBORATED for one in told.standings if one.claim in danger)


def warc_digest_wrong() -> None:
    notes = report("warc-digest-wrong", "in.warc").notes
    assert any("digest does not fit" in note for note in notes)


def warc_labelled_gzip() -> None:
    for name in ("plain.warc", "brotli.warc"):
        one = report("warc-labelled-gzip", name)
        assert one.headline == "Crane story 1" and "both inspections had found rust" in one.text
        assert not any("digest" in note for note in one.notes)


def year_one() -> None:
    one = report("year-one", "a.html")
    assert one.published and one.published.isoformat() == "2024-05-03T09:15:00Z"
    other = report("year-one", "b.html")
    assert other.published is None and any("1970-01-01" in note for note in other.notes)


CHECKS: dict[str, Callable[[], None]] = {
    check.__name__.replace("_", "-"): check
    for check in (
        arc_as_text, author_by_reference, body_in_two_boxes, correction_outside_body, custom_element_in_sentence,
        dash_then_colon, date_of_a_sidebar, denial_is_a_link, docx_notes_dropped, docx_textbox_twice, feed_in_utf16,
        headline_with_site_name, hidden_paragraph, inch_mark, linked_data_of_another_story, live_blog_as_of,
        mail_empty_plain_part, name_cut_in_two, ninjs3_by_and_source, not_guilty, office_after_a_name, offset_after_gmt,
        page_not_in_english, pdf_column_lines_cut, pdf_columns_by_row, q_element, short_denial, soft_hyphen_lead,
        source_over_subhead, speech_that_never_was, srt_without_blank_lines, standfirst_beside_body, struck_number,
        turn_missed, tweet_first_paragraph, two_harms_one_corroboration, warc_digest_wrong, warc_labelled_gzip,
        year_one,
    )
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(CHECKS))
def test_what_was_read_wrongly_once_is_read_right(case: str) -> None:
    CHECKS[case]()


def test_every_case_has_a_check() -> None:
    assert set(CHECKS) == {path.name for path in CASES.iterdir()}
