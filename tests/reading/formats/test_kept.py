"""What files hold besides their plain text is kept, marked or counted: nothing vanishes without a word."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.datamodel.report import Fate, Part, Report
from onrecord.reading.intake import Intake, read
from onrecord.reading.limits.record_limits import LIMITS, VARIABLE, table
from tests.reading import compound_files, makers
from tests.reading.makers import PARAGRAPHS, TITLE


def read_bytes(folder: Path, name: str, raw: bytes) -> Intake:
    """What is read of a file."""
    (folder / name).write_bytes(raw)
    return read([folder / name])


def words(report: Report, part: Part) -> list[str]:
    """The words of a report's passages of a part."""
    return [one.span.of(report.text) for one in report.passages if one.part is part]


def pdf(*lines: tuple[str, int, int], colour: str = "0 0 0", turn: str = "") -> bytes:
    """A page with lines at places, each (words, x, y)."""
    shown = [
        f"{colour if said.startswith('~') else '0 0 0'} rg BT /F1 11 Tf {x} {y} Td ({said.lstrip('~')}) Tj ET"
        for said, x, y in lines
    ]
    raw = makers._pdf_file(["\n".join(shown).encode()], "A page", "D:20310504102000Z")
    return raw.replace(b"/MediaBox [0 0 595 842]", f"/MediaBox [0 0 595 842] {turn}".encode()) if turn else raw


def test_white_words_of_a_pdf_are_hidden(tmp_path: Path) -> None:
    raw = pdf(
        ("The board of Sollmar said that the pier was shut.", 60, 700),
        ("~The minister resigned on Friday, his office said.", 60, 650),
        ("Dock foreman Ilse Marant said nobody had looked at it.", 60, 600),
        colour="1 1 1",
    )
    (report,) = read_bytes(tmp_path, "a.pdf", raw).reports
    assert words(report, Part.HIDDEN) == ["The minister resigned on Friday, his office said."]
    assert "pier was shut" in report.text and any("nobody sees it" in note for note in report.notes)


def test_when_a_pdf_was_made_does_not_date_it(tmp_path: Path) -> None:
    (report,) = read_bytes(tmp_path, "a.pdf", makers.make_pdf()).reports
    assert report.published is None and any("the file was made on 2031-05-04" in note for note in report.notes)


def test_columns_that_are_drawn_row_by_row_are_read_one_by_one(tmp_path: Path) -> None:
    left = [
        "The board of Sollmar said on Monday",
        "that the pier was shut, and that Ilse",
        "Marant had asked for it twice.",
    ]
    right = ["In the hall the warden Edda Holm", "denied that anybody had hidden the", "note, and left before noon."]
    rows = [
        (said, x, 700 - 14 * n)
        for n, pair in enumerate(zip(left, right, strict=True))
        for said, x in zip(pair, (60, 330), strict=True)
    ]
    (report,) = read_bytes(
        tmp_path, "a.pdf", pdf(("A long headline that goes over both of the columns of this page", 60, 760), *rows)
    ).reports
    assert "and that Ilse Marant had asked for it twice." in report.text
    assert report.text.index("asked for it twice") < report.text.index("In the hall the warden Edda Holm denied")


def test_a_table_stays_in_rows(tmp_path: Path) -> None:
    rows = [(said, x, 700 - 20 * n) for n in range(6) for said, x in ((f"Year {2020 + n}", 60), (f"{n * 100}", 400))]
    (report,) = read_bytes(tmp_path, "a.pdf", pdf(("Ferries of the port of Sollmar in a year", 60, 760), *rows)).reports
    assert "Year 2021 100" in report.text


def docx(body: str) -> bytes:
    """A Word file of one paragraph."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{w}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    return makers._zip({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def run(said: str, properties: str = "") -> str:
    """A run of words."""
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{said}</w:t></w:r>'


@pytest.mark.parametrize(
    ("inside", "part"),
    [
        (run("eleven ", "<w:strike/>"), Part.STRUCK),
        (run("eleven ", "<w:vanish/>"), Part.HIDDEN),
        ('<w:del><w:r><w:delText xml:space="preserve">eleven </w:delText></w:r></w:del>', Part.STRUCK),
    ],
)
def test_words_that_word_hides_or_strikes_stand_apart(tmp_path: Path, inside: str, part: Part) -> None:
    raw = docx(run("The clinic said ") + inside + run("four men were hurt."))
    (report,) = read_bytes(tmp_path, "a.docx", raw).reports
    assert report.text.startswith("The clinic said four men were hurt.")
    assert [one.strip() for one in words(report, part)] == ["eleven"]


def test_words_deleted_in_an_open_document_are_no_statement(tmp_path: Path) -> None:
    t, o = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    gone = "<t:changed-region><t:deletion><t:p>The mayor lied.</t:p></t:deletion></t:changed-region>"
    gone = f"<t:tracked-changes>{gone}</t:tracked-changes>"
    body = f"{gone}<t:p>The board of Sollmar said that the pier was shut.</t:p>"
    xml = f"<o:document xmlns:o='{o}' xmlns:t='{t}'><o:body><o:text>{body}</o:text></o:body></o:document>"
    raw = makers._zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml})
    (report,) = read_bytes(tmp_path, "a.odt", raw).reports
    assert report.text.startswith("The board") and words(report, Part.STRUCK) == ["The mayor lied."]


def test_a_forwarded_message_is_a_report_of_its_own(tmp_path: Path) -> None:
    inner = (
        "From: board@sollmar.example\r\nTo: x@y.example\r\nSubject: Pier\r\n"
        "Date: Sun, 4 May 2031 10:00:00 GMT+0200\r\n\r\n" + PARAGRAPHS[0]
    )
    raw = (
        "From: desk@echo.example\r\nTo: all@echo.example\r\nSubject: Fwd\r\nDate: Mon, 5 May 2031 08:00:00 +0000\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        f"See below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--b--\r\n"
    )
    reports = read_bytes(tmp_path, "a.eml", raw.encode()).reports
    (forwarded,) = [one for one in reports if one.headline == "Pier"]
    assert len(reports) == 2 and forwarded.outlet == "sollmar.example"
    assert forwarded.published and forwarded.published.isoformat() == "2031-05-04T08:00:00Z"


def test_every_record_ends_in_an_outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [json.dumps({"title": f"Story {n}", "text": f"The board said that it was {n}."}) for n in range(8)]
    raw = "\n".join([*lines[:3], "{broken", json.dumps({"title": "Empty"}), *lines[3:]]).encode()
    told = read_bytes(tmp_path, "a.jsonl", raw)
    assert len(told.reports) == 8
    refused = [one for one in told.outcomes if one.fate is Fate.REFUSED]
    assert sorted(one.input for one in refused) == ["a.jsonl#4", "a.jsonl#line 4"]
    monkeypatch.setenv(VARIABLE, "records=6, pages=2")
    told = read_bytes(tmp_path, "a.jsonl", raw)
    assert len(told.reports) == 5
    (beyond,) = [one for one in told.outcomes if one.input == "a.jsonl#7-9"]
    assert beyond.reason == "3 records beyond the first 6 were not read; set ONRECORD_LIMITS=records=9 to read all"


def test_six_thousand_lines_are_all_read(tmp_path: Path) -> None:
    raw = "\n".join(json.dumps({"text": f"The board said {n}."}) for n in range(6_000)).encode()
    from onrecord.reading.draft import Source
    from onrecord.reading.formats.registry import read_source

    assert len(read_source(Source(raw, "a.jsonl"))) == 6_000


def test_every_limit_is_in_the_docs() -> None:
    page = (Path(__file__).parents[3] / "docs" / "formats.md").read_text("utf-8")
    assert table() in page and all(f"`{name}`" in page for name in LIMITS)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_articles_is_a_report_a_row(tmp_path: Path, separator: str) -> None:
    rows = [
        ("Title", "Text", "Publish Date", "URL"),
        ("Pier", f'"{PARAGRAPHS[0]}\n""No,"" she said."', "2031-05-04", "https://p.example/1"),
    ]
    raw = "\n".join(separator.join(row) for row in [*rows, ("Empty", "", "2031-05-05", "")]).encode()
    told = read_bytes(tmp_path, "a.csv", raw)
    (report,) = told.reports
    assert (report.reader, report.headline, report.url) == ("csv", "Pier", "https://p.example/1")
    assert report.published and report.published.isoformat() == "2031-05-04" and '"No," she said.' in report.text
    assert [one.fate for one in told.outcomes].count(Fate.REFUSED) == 1


def warc(block: bytes, length: int | None = None, extra: str = "") -> bytes:
    """One record of a WARC."""
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://p.example/{len(block)}\r\n"
    head += "WARC-Date: 2031-05-05T06:00:00Z\r\n"
    head += f"{extra}Content-Type: application/http; msgtype=response\r\nContent-Length: {length or len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, header: str = "") -> bytes:
    """An HTTP answer."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n".encode() + body


@pytest.mark.parametrize("wrong", [10, 100_000])
def test_a_wrong_length_takes_no_other_record_with_it(tmp_path: Path, wrong: int) -> None:
    first, second = makers.make_html(), makers.make_html("Another pier is shut", PARAGRAPHS[::-1])
    raw = warc(answer(first), wrong) + warc(answer(second))
    reports = read_bytes(tmp_path, "a.warc", raw).reports
    assert len(reports) == 2
    assert any("length is wrong" in note for note in reports[0].notes)


def test_digests_are_checked_over_what_was_sent_and_what_it_unpacks_to(tmp_path: Path) -> None:
    page = makers.make_html()
    packed = gzip.compress(page, mtime=0)
    for held, fits in ((packed, True), (page, True), (b"another page", False)):
        digest = base64.b32encode(hashlib.sha1(held, usedforsecurity=False).digest()).decode()
        raw = warc(answer(packed, "Content-Encoding: gzip\r\n"), extra=f"WARC-Payload-Digest: sha1:{digest}\r\n")
        (report,) = read_bytes(tmp_path, "a.warc", raw).reports
        assert any("digest does not fit" in note for note in report.notes) is not fits


@pytest.mark.parametrize("damaged", [0, 1, 3])
def test_a_damaged_record_of_a_packed_archive_costs_no_other(tmp_path: Path, damaged: int) -> None:
    records = [makers.make_warc([(makers.URL + str(n), makers.make_html(f"Pier {n}"))]) for n in range(4)]
    at = sum(map(len, records[:damaged]))
    records[damaged] = records[damaged][:60] + b"\xff" * 30 + records[damaged][90:]
    intake = read_bytes(tmp_path, "a.warc.gz", b"".join(records))
    assert [one.headline for one in intake.reports] == [f"Pier {n}" for n in range(4) if n != damaged]
    (refused,) = (one for one in intake.outcomes if one.fate is Fate.REFUSED)
    assert refused.input == f"a.warc.gz#byte {at}-"
    assert refused.reason == "damaged: what stands from there to the next whole record was not read"


def test_a_changed_member_of_a_package_is_said(tmp_path: Path) -> None:
    inner = makers.make_warc()
    for digest, fits in ((hashlib.sha256(inner).hexdigest(), True), ("0" * 64, False)):
        listed = {"resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}]}
        raw = makers._zip({"datapackage.json": json.dumps(listed), "archive/data.warc.gz": inner})
        (report,) = read_bytes(tmp_path, "a.wacz", raw).reports
        assert any("does not fit the package" in note for note in report.notes) is not fits


def test_a_fact_check_says_what_it_checks(tmp_path: Path) -> None:
    told = {
        "@type": "ClaimReview", "claimReviewed": "The pier was sold in March.",
        "itemReviewed": {"@type": "Claim", "author": {"name": "Gil Starke"}},
        "reviewRating": {"alternateName": "False"},
    }  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(told)}</script>'
    raw = makers.make_html().replace(b"</head>", script.encode() + b"</head>")
    (report,) = read_bytes(tmp_path, "a.html", raw).reports
    assert "a fact check of the claim “The pier was sold in March.” by Gil Starke, rated “False”" in report.notes
    assert report.headline == TITLE


def styled_docx(styles: str, body: str) -> bytes:
    """A Word file with styles."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<w:document xmlns:w="{w}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": document}
    return makers._zip({**parts, "word/styles.xml": f'<w:styles xmlns:w="{w}">{styles}</w:styles>'})


HIDES = (
    '<w:style w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
)


@pytest.mark.parametrize("own", ['<w:rStyle w:val="B"/>', '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>'])
def test_words_that_a_style_of_word_hides_are_hidden(tmp_path: Path, own: str) -> None:
    raw = styled_docx(HIDES, run("The clinic said four men were hurt. ") + run("The mayor lied.", own))
    (report,) = read_bytes(tmp_path, "a.docx", raw).reports
    assert words(report, Part.HIDDEN) == ["The mayor lied."]


def test_white_words_on_a_shaded_ground_are_read(tmp_path: Path) -> None:
    raw = styled_docx("", run("The mayor lied.", '<w:color w:val="FFFFFF"/><w:shd w:fill="000000"/>'))
    (report,) = read_bytes(tmp_path, "a.docx", raw).reports
    assert not words(report, Part.HIDDEN)


def test_an_open_document_hides_by_the_style_that_a_style_rests_on_and_by_its_section(tmp_path: Path) -> None:
    t, o = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    s = "urn:oasis:names:tc:opendocument:xmlns:style:1.0"
    names = f"xmlns:o='{o}' xmlns:t='{t}' xmlns:s='{s}'"
    styles = "<s:style s:name='A'><s:text-properties t:display='none'/></s:style>"
    own = "<o:automatic-styles><s:style s:name='P' s:parent-style-name='A'/></o:automatic-styles>"
    text = "<t:p>The pier was shut.</t:p><t:p t:style-name='P'>One.</t:p>"
    text = f"{text}<t:section t:display='none'><t:p>Two.</t:p></t:section>"
    content = f"<o:document-content {names}>{own}<o:body><o:text>{text}</o:text></o:body></o:document-content>"
    raw = makers._zip({
        "mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content,
        "styles.xml": f"<o:document-styles {names}><o:styles>{styles}</o:styles></o:document-styles>",
    })  # fmt: skip
    (report,) = read_bytes(tmp_path, "a.odt", raw).reports
    assert words(report, Part.HIDDEN) == ["One.", "Two."]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_wide_letters_are_read_without_their_mark(tmp_path: Path, encoding: str) -> None:
    srt = "1\n00:00:01,000 --> 00:00:02,000\nFarrow said so.\n"
    (report,) = read_bytes(tmp_path, "a.srt", srt.encode(encoding)).reports
    assert report.text == "Farrow said so."
    item = f"<item><title>Pier</title><description>{PARAGRAPHS[0]}</description></item>"
    feed = f"<?xml version='1.0'?><rss><channel>{item}</channel></rss>"
    (report,) = read_bytes(tmp_path, "b.xml", feed.encode(encoding)).reports
    assert report.reader == "feed" and report.headline == "Pier"


def test_rich_text_is_refused_and_not_read_with_its_commands(tmp_path: Path) -> None:
    (outcome,) = read_bytes(tmp_path, "a.rtf", b"{\\rtf1\\ansi The pier was shut.\\par}").outcomes
    assert outcome.fate is Fate.REFUSED and "RTF" in (outcome.reason or "")


def test_all_parts_of_a_mail_are_read_and_what_it_hides_is_marked(tmp_path: Path) -> None:
    page = f"<div style='display:none'>The mayor lied.</div><p>{PARAGRAPHS[1]}</p>"
    parts = "".join(
        f"--b\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}\r\n"
        for kind, body in (("plain", PARAGRAPHS[0]), ("html", page))
    )
    head = "From: a@b.example\r\nTo: c@d.example\r\nSubject: Pier\r\nMIME-Version: 1.0\r\n"
    raw = f"{head}Content-Type: multipart/mixed; boundary=b\r\n\r\n{parts}--b--\r\n".encode()
    (report,) = read_bytes(tmp_path, "a.eml", raw).reports
    assert PARAGRAPHS[0] in report.text and PARAGRAPHS[1] in report.text
    assert words(report, Part.HIDDEN) == ["The mayor lied."]


def test_an_outlook_message_gives_its_date_its_attachments_and_messages_within_it(tmp_path: Path) -> None:
    inner = compound_files.message("Ferry runs on", "The ferry will run twice an hour, the board said.", inner=True)
    beside = {
        "__attach_version1.0_#00000000": compound_files.attached_message(inner),
        "__attach_version1.0_#00000001": compound_files.attached_file("plan.pdf", b"%PDF-1.7"),
    }
    rich = "<p>The board said that the pier is shut.</p><p style='display:none'>Not for print.</p>"
    sent = datetime(2031, 3, 7, 10, tzinfo=UTC)
    raw = compound_files.compound_file(compound_files.message("Pier shut", rich=rich, sent=sent, beside=beside))
    ferry, pier = sorted(read_bytes(tmp_path, "a.msg", raw).reports, key=lambda one: one.headline or "")
    assert (pier.headline, pier.outlet, str(pier.published and pier.published.isoformat())) == (
        "Pier shut", "Harbour Board", "2031-03-07T10:00:00Z",
    )  # fmt: skip
    assert words(pier, Part.HIDDEN) == ["Not for print."]
    assert any("attachments not read: plan.pdf" in note for note in pier.notes)
    assert "The ferry will run twice an hour, the board said." in ferry.text


@pytest.mark.parametrize(
    ("name", "tree", "why"),
    [
        ("rtf.msg", {**compound_files.message("Pier"), "__substg1.0_10090102": b"LZFu" * 9}, "text as RTF alone; save"),
        ("old.doc", {"WordDocument": b"x" * 5_000}, "office file of before 2007 (.doc, .xls, .ppt); save it as .docx"),
    ],
)
def test_what_a_compound_file_holds_otherwise_is_refused_by_name(
    tmp_path: Path, name: str, tree: compound_files.Tree, why: str
) -> None:
    (outcome,) = read_bytes(tmp_path, name, compound_files.compound_file(tree)).outcomes
    assert outcome.fate is Fate.REFUSED and why in (outcome.reason or "")
