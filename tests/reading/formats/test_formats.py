"""The same story from every format: words, headline, outlet and time."""

from __future__ import annotations

import json
import plistlib
from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate, Part, Report
from onrecord.reading.draft import Source
from onrecord.reading.fetching.archiving import record
from onrecord.reading.fetching.client import Answer
from onrecord.reading.formats.registry import READERS, find_reader
from onrecord.reading.intake import Intake, read
from tests.reading import makers
from tests.reading.makers import MAKERS, OUTLET, PARAGRAPHS, PLAIN, TITLE, URL, WHEN

NO_OUTLET = {"story.pdf", "story.docx", "story.odt"}
# When a program made an office file or a PDF says nothing of when it was published.
NO_DATE = {"story.odt", "story.docx", "story.pdf"}
SPOKEN = {"talk.vtt", "talk.srt"}
TOLD = sorted(set(MAKERS) - SPOKEN)


def read_bytes(tmp_path: Path, name: str, raw: bytes) -> Intake:
    """What a file with these bytes gives."""
    (tmp_path / name).write_bytes(raw)
    return read([tmp_path / name])


def first(tmp_path: Path, name: str, raw: bytes) -> Report:
    """Its first report."""
    intake = read_bytes(tmp_path, name, raw)
    assert intake.reports, intake.outcomes
    return intake.reports[0]


@pytest.mark.parametrize("name", TOLD)
def test_every_format_tells_the_same_story(tmp_path: Path, name: str) -> None:
    report = first(tmp_path, name, MAKERS[name]())
    assert report.text.strip() == PLAIN.strip()
    assert report.headline == TITLE
    assert (report.outlet == OUTLET) is (name not in NO_OUTLET)
    told = report.published.isoformat() if report.published else None
    assert told == (None if name in NO_DATE else WHEN)
    assert next(one.span.of(report.text) for one in report.passages if one.part is Part.HEADLINE) == TITLE


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_formats_are_found_by_content_alone(name: str) -> None:
    raw = MAKERS[name]()
    by_name = find_reader(Source(raw, name))
    # A gzip file and a zip file can be many things: their names have a say.
    blind = name if name.endswith((".gz",)) else "unnamed"
    assert find_reader(Source(raw, blind)) is by_name
    assert by_name is not READERS[-1]


def test_a_wrong_ending_changes_nothing(tmp_path: Path) -> None:
    assert first(tmp_path, "story.txt", makers.make_pdf()).reader == "pdf"
    assert first(tmp_path, "story.html", PLAIN.encode()).reader == "text"


def test_pdf_lines_lead_to_page_and_box(tmp_path: Path) -> None:
    report = first(tmp_path, "a.pdf", makers.make_pdf(paragraphs=PARAGRAPHS * 9))
    assert {locus.page for locus in report.loci} >= {1, 2}
    assert all(locus.box and locus.box[2] > locus.box[0] and locus.box[3] > locus.box[1] for locus in report.loci)
    assert report.text.count(PARAGRAPHS[1]) == 9
    assert "Page 1 of" not in report.text


def test_transcripts_lead_to_time_codes(tmp_path: Path) -> None:
    report = first(tmp_path, "talk.vtt", makers.make_vtt())
    assert report.text == (
        "Teodor Aal: We have seen no such report. Nobody has sent it to us.\n\n"
        "Ines Obrado: It exists, and I have read every page of it."
    )
    assert report.loci[2].time_code == "00:00:07.000-00:00:09.000"
    assert "It exists" in report.loci[2].span.of(report.text)
    said = first(tmp_path, "talk.srt", makers.make_srt())
    assert said.text == "We have seen no such report.\n\nIt exists, and I have read it."


def test_a_capture_knows_when_and_where(tmp_path: Path) -> None:
    report = first(tmp_path, "a.warc.gz", makers.make_warc())
    assert report.captured is not None and report.captured.isoformat() == "2031-05-05T06:00:00Z"
    assert report.url == URL


def test_versions_in_an_archive_are_a_chain(tmp_path: Path) -> None:
    later = makers.make_html(paragraphs=(*PARAGRAPHS, "The board has since withdrawn its statement, Aal said."))
    raw = makers.make_warc([(URL, makers.make_html()), (URL, makers.make_html()), (f"{URL}?v=2", later)])
    intake = read_bytes(tmp_path, "a.warc", raw)
    assert [one.fate.value for one in intake.outcomes] == ["read", "duplicate", "read"]


def test_a_cut_archive_says_so(tmp_path: Path) -> None:
    raw = makers.make_warc(packed=False)
    cut = raw[: raw.index(b"A second report")]
    report = first(tmp_path, "a.warc", cut)
    assert report.truncated
    assert any("may stop early" in note for note in report.notes)


def test_a_killed_wire_item_is_marked(tmp_path: Path) -> None:
    report = first(tmp_path, "a.json", makers.make_ninjs("canceled"))
    assert any("killed" in note for note in report.notes)
    assert report.passages[0].part is Part.WITHDRAWAL


def test_a_feed_stub_is_truncated(tmp_path: Path) -> None:
    reports = read_bytes(tmp_path, "a.rss", makers.make_rss()).reports
    assert [one.truncated for one in reports] == [False, True]


def test_mail_keeps_what_stands_in_quotation_marks_whole(tmp_path: Path) -> None:
    report = first(tmp_path, "a.eml", makers.make_mail(width=72))
    assert (
        "“We have seen no such report,” board chairman Teodor Aal told reporters. “Nobody has sent it to us.”"
        in report.text
    )


@pytest.mark.parametrize(
    ("name", "now", "then"),
    [
        ("story.eml", b'charset="utf-8"', b'charset="utf\x00-8"'),
        ("story.eml", b"Date: ", b"Date: Mon, 99999999999999999999 "),
        ("story.webarchive", b"UTF-8", b"\x55\x00\x54\x46\x38"),
    ],
)
def test_a_damaged_field_costs_no_more_than_itself(tmp_path: Path, name: str, now: bytes, then: bytes) -> None:
    sound = MAKERS[name]()
    assert now in sound
    assert PARAGRAPHS[0][:40] in first(tmp_path, name, sound.replace(now, then)).text


def test_an_encoding_that_is_no_word_is_passed_over(tmp_path: Path) -> None:
    main = {"WebResourceData": makers.make_html(), "WebResourceTextEncodingName": 8}
    assert TITLE in first(tmp_path, "a.webarchive", plistlib.dumps({"WebMainResource": main})).text


def test_excerpts_of_a_quotation_graph(tmp_path: Path) -> None:
    quotes = [{"pre": "The chairman said", "quote": "we have seen no such report", "post": "on Sunday."}]
    line = {"url": URL, "title": TITLE, "date": WHEN, "lang": "ENGLISH", "quotes": quotes}
    report = first(tmp_path, "a.jsonl", json.dumps(line).encode() + b"\n")
    assert "The chairman said “we have seen no such report” on Sunday." in report.text
    assert report.truncated


@pytest.mark.parametrize(
    ("tail", "reason"),
    [
        ("Subscribe to continue reading", "subscription wall"),
        ("The board said it would [+1834 chars]", "characters are missing"),
        ("The board met on Sunday and ...", "ends with dots"),
        ("Read the full story here", "stub"),
    ],
)
def test_texts_that_stop_early(tmp_path: Path, tail: str, reason: str) -> None:
    report = first(tmp_path, "a.txt", f"{PARAGRAPHS[0]}\n\n{tail}".encode())
    assert report.truncated
    assert any(reason in note for note in report.notes)


def test_deletions_in_a_word_file_are_marked_and_said(tmp_path: Path) -> None:
    import io
    import zipfile

    held = io.BytesIO()
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    with zipfile.ZipFile(held, "w") as archive:
        body = "<w:p><w:r><w:t>It stands.</w:t></w:r><w:del><w:r><w:delText>Not.</w:delText></w:r></w:del></w:p>"
        archive.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
    report = first(tmp_path, "a.docx", held.getvalue())
    assert report.text == "It stands.\n\nNot."
    assert [one.span.of(report.text) for one in report.passages if one.part is Part.STRUCK] == ["Not."]
    assert any("deleted or struck out in the document" in note for note in report.notes)


def test_a_live_page_is_split_at_its_time_tags(tmp_path: Path) -> None:
    entries = "".join(
        f"<div><time datetime='2031-05-04T0{hour}:15:00+02:00'>0{hour}:15</time><p>{words}</p></div>"
        for hour, words in zip((9, 8, 7), PARAGRAPHS, strict=False)
    )
    raw = f"<html><body><main><h1>{TITLE}</h1><p>{PARAGRAPHS[4]} {PARAGRAPHS[3]}</p>{entries}</main></body></html>"
    reports = read_bytes(tmp_path, "live.html", raw.encode()).reports
    entries_read = [one for one in reports if one.reader == "live blog"]
    stamps = [
        one.at.isoformat() for report in entries_read for one in report.passages if one.part is Part.STAMP and one.at
    ]
    assert stamps == ["2031-05-04T07:15:00Z", "2031-05-04T06:15:00Z", "2031-05-04T05:15:00Z"]
    assert [one.published.isoformat() for one in entries_read if one.published] == stamps
    # The head says what was known when the page was saved.
    assert [one.published.isoformat() for one in reports if one.reader == "html" and one.published] == stamps[:1]


@pytest.mark.parametrize(
    ("markup", "author", "handle"),
    [
        ('<blockquote class="twitter-tweet"><p>None.</p>&mdash; Ines Obrado (@obrado) <a>May 4, 2031</a>'
         "</blockquote>", "Ines Obrado", "@obrado"),
        ('<blockquote class="bluesky-embed"><p>None.</p>&mdash; Ines Obrado (<a>@ines.bsky.example</a>) '
         "<a>May 4, 2031 at 3:00 PM</a></blockquote>", "Ines Obrado", "@ines.bsky.example"),
        ('<blockquote class="instagram-media"><div>None.</div><p>A post shared by Ines Obrado (@obrado)</p>'
            '</blockquote>',
         "Ines Obrado", "@obrado"),
    ],
)  # fmt: skip
def test_posts_in_pages(tmp_path: Path, markup: str, author: str, handle: str) -> None:
    page = makers.make_html().decode().replace(f"<p>{PARAGRAPHS[2]}", f"{markup}<p>{PARAGRAPHS[2]}")
    report = first(tmp_path, "post.html", page.encode())
    (post,) = report.posts
    assert (post.author, post.handle, post.body.of(report.text)) == (author, handle, "None.")


def test_headings_with_a_clock_open_the_entries_of_a_live_blog(tmp_path: Path) -> None:
    entries = "".join(
        f"<h2>{hour}.15am BST: Entry {hour}</h2><p>The board said at {hour} that the crane was checked, and left.</p>"
        for hour in (11, 10, 9)
    )
    raw = makers.make_html().replace(b"</article>", entries.encode() + b"</article>")
    report = first(tmp_path, "live.html", raw)
    stamps = [one for one in report.passages if one.part is Part.STAMP]
    assert [one.at.isoformat()[11:16] for one in stamps if one.at] == ["10:15", "09:15", "08:15"]


def test_documents_among_the_pages_of_an_archive_are_read_and_its_other_parts_are_not(tmp_path: Path) -> None:
    def kept(kind: str, body: bytes) -> bytes:
        return record(Answer(f"{URL}/{kind}", 200, "OK", (("Content-Type", kind),), body))

    pdf = kept("application/pdf", makers.make_pdf("Another notice on the crane"))
    style = kept("text/css", b"body { color: red } /* the board said that nothing was found in March */")
    broken = kept("application/pdf", b"%PDF-1.4 and no more")
    intake = read_bytes(tmp_path, "a.warc", makers.make_warc(packed=False) + pdf + style + broken)
    assert sorted(one.headline or "" for one in intake.reports) == ["Another notice on the crane", TITLE]
    (refused,) = [one for one in intake.outcomes if one.fate is Fate.REFUSED]
    assert refused.input == "a.warc#4" and "cannot be opened" in (refused.reason or "")
