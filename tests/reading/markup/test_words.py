"""Each stretch of a page's text leads to the bytes that it came from."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.intake import read
from onrecord.reading.markup.scan import scan
from onrecord.reading.markup.words import ByteMap, collapse, join, words_of

PAGE = (
    "<html><head><meta charset='{0}'></head><body><article><h1>Naïve &amp; caf&eacute;</h1><p>The board “said”\n\n "
    " <b>on</b>"
    " Sunday&nbsp;that&#8212;as ever&mdash;it would <a href='/x'>not</a> close the crane, however long it took"
    " them.</p>"
    "<p>Señora Müller<br>answered: &ldquo;No.&rdquo; Then she left, and nobody in the room said another"
    " word.</p></article></body>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_every_locus_reads_as_its_bytes(tmp_path: Path, encoding: str) -> None:
    raw = PAGE.format("utf-8").encode(encoding)
    (tmp_path / "a.html").write_bytes(raw)
    report = read([tmp_path / "a.html"]).reports[0]
    plain = "utf-16-le" if encoding.startswith("utf-16") else encoding
    for locus in report.loci:
        assert locus.start_byte is not None and locus.end_byte is not None
        assert collapse(raw[locus.start_byte : locus.end_byte].decode(plain)) == locus.span.of(report.text)
    covered = sum(len(locus.span) for locus in report.loci)
    assert covered == len(report.text.replace("\n", ""))
    assert "Naïve & café" in report.text and "that—as ever—it would not close" in report.text
    assert "Señora Müller\nanswered: “No.”" in report.text


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<br>",
                "x ",
                "é&amp;",
                "&#233;",
                "\n ",
                "“q”",
                "<",
                "&",
                "<!--c-->",
                "<i a='>'>",
            ]
        )
    )
)
def test_any_markup_keeps_its_map(pieces: list[str]) -> None:
    source = "".join(pieces)
    words = [found for block in scan(source).blocks if (found := words_of(block, source)).text]
    text, loci, spans = join(words, ByteMap(source, "utf-8"))
    raw = source.encode()
    for locus in loci:
        assert collapse(raw[locus.start_byte : locus.end_byte].decode()) == locus.span.of(text)
    assert [span.of(text) for span in spans] == [one.text for one in words]
