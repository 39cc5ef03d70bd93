"""Places: what a stretch of the text says stands at its bytes, in every format that has bytes to lead to."""

from __future__ import annotations

import html
import io
import zipfile

import pytest

from onrecord.reading.draft import Draft, Source
from onrecord.reading.formats.registry import read_source
from tests.reading import makers
from tests.reading.makers import PARAGRAPHS, TITLE

SIGNS = ("Müller & Søn said “no” <twice>.", *PARAGRAPHS)


def member(raw: bytes, name: str) -> bytes:
    """An unpacked member."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return archive.read(name)


def covered(draft: Draft) -> float:
    """The share of the text's letters that a locus covers."""
    held = sum(len(draft.text[one.span.start : one.span.end].split()) for one in draft.loci)
    return held / len(draft.text.split())


@pytest.mark.parametrize(
    ("raw", "name"),
    [(makers.make_docx(TITLE, SIGNS), "word/document.xml"), (makers.make_odt(TITLE, SIGNS), "content.xml")],
)
def test_office_runs_read_as_their_bytes(raw: bytes, name: str) -> None:
    (draft,) = read_source(Source(raw, "input"))
    xml = member(raw, name)
    assert covered(draft) == 1.0
    for one in draft.loci:
        assert html.unescape(xml[one.start_byte : one.end_byte].decode()) == one.span.of(draft.text)


def test_runs_around_tags_and_comments_keep_their_places() -> None:
    t, o = "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    body = "<t:p>One <t:span>two</t:span> three<!-- not --> four<t:s t:c='2'/>five<?x y?> six.</t:p>"
    xml = f"<o:document xmlns:o='{o}' xmlns:t='{t}'><o:body><o:text>{body}</o:text></o:body></o:document>"
    raw = makers._zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": xml})
    (draft,) = read_source(Source(raw, "input"))
    assert draft.text == "One two three four  five six."
    for one in draft.loci:
        assert xml.encode()[one.start_byte : one.end_byte].decode() == one.span.of(draft.text)
    assert covered(draft) == 1.0


def test_feed_entries_and_wire_items_lead_to_their_bytes() -> None:
    raw = makers.make_rss()
    for draft in read_source(Source(raw, "input")):
        (one,) = draft.loci
        assert raw[one.start_byte : one.end_byte].startswith(b"<item>") and one.span.of(draft.text) == draft.text
    for made in (makers.make_json_feed(), makers.make_ninjs(), makers.make_newsml()):
        (draft,) = read_source(Source(made, "input"))
        assert draft.loci[0].end_byte == len(made)
