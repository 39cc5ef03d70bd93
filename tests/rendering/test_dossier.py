"""A dossier on paper: the words exact, the pages numbered, every source with its digest; opened by other programs."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from tests.rendering.test_exchange import RECORDS

import onrecord
from onrecord.cli.app import run
from onrecord.errors import UsageError
from onrecord.rendering.exchange.dossier import docx, pdf
from onrecord.rendering.exchange.dossier.layout import dossier

HOSTILE = "The ferry \u202e </b> & \x07 漢 &amp; <script>"


@pytest.fixture(scope="module")
def story() -> onrecord.Story:
    """Two reports, a claim and a title with what no document may take for its own."""
    told = onrecord.tell(RECORDS, name="the ferry: Monday", tagger="rules")
    return replace(told, title=HOSTILE)


@pytest.fixture
def many(story: onrecord.Story) -> onrecord.Story:
    """So many sources that their table breaks over pages."""
    more = tuple(replace(story.reports[0], id=f"x{number}", headline=f"Ferry {number}") for number in range(60))
    return replace(story, reports=(*story.reports, *more))


def _pages(raw: bytes) -> list[str]:
    import pypdfium2

    with pypdfium2.PdfDocument(raw) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _flat(text: str) -> str:
    return "".join(text.split())


def _library(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} is not installed (pip install '.[dossier]')")


def test_a_dossier_quotes_by_place(story: onrecord.Story) -> None:
    held = dossier(story)
    texts = {one.id: one.text for one in story.reports}
    statements = [one for part in held.parts for _, side in part.sides for one in side]
    assert statements
    for one in statements:
        report, _, spans = one.place.strip("[]").partition(":")
        pieces = [texts[report][int(span.split("-")[0]) : int(span.split("-")[1])] for span in spans.split(",")]
        assert one.words == " … ".join(pieces)
    assert {row[0]: row[3].replace("\n", "") for row in held.sources} == {one.id: one.sha256 for one in story.reports}


def test_a_pdf_has_the_words_numbers_and_sources(story: onrecord.Story) -> None:
    _library("reportlab")
    pages = _pages(pdf.render(story))
    whole = _flat("".join(pages))
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page
    held = [one for part in dossier(story).parts for _, side in part.sides for one in side]
    assert all(_flat(one.place) in whole for one in held)
    assert all(one.sha256 in whole for one in story.reports)
    # Letters that the font lacks are told by their numbers.
    assert _flat("⟨U+202E⟩</b>&⟨U+0007⟩") in whole and ("漢" in whole or "<U+6F22>" in whole) and "<script>" in whole


def test_a_table_that_breaks_has_its_head_again(many: onrecord.Story) -> None:
    _library("reportlab")
    pages = [page for page in _pages(pdf.render(many)) if "Ferry" in page and "SHA-256 of the bytes" in page]
    assert len(pages) > 2


@pytest.mark.parametrize("words", ["word " * 4000, "x" * 20_000], ids=["words", "one word"])
def test_what_is_endless_is_cut_and_says_so(story: onrecord.Story, words: str) -> None:
    _library("reportlab")
    endless = replace(
        story,
        title=words,
        reports=tuple(replace(one, headline=words, outlet=words, url=f"https://x/{words}") for one in story.reports),
    )
    assert "[cut]" in _pages(pdf.render(endless))[-1]


def test_a_pdf_is_read_as_a_picture(story: onrecord.Story) -> None:
    _library("reportlab")
    import pypdfium2

    with pypdfium2.PdfDocument(pdf.render(story)) as document:
        assert [one.get_title() for one in document.get_toc()][-1] == "Sources"
        picture = document[0].render(scale=0.5).to_pil().convert("L")
    ink = sum(picture.histogram()[:128]) / (picture.width * picture.height)
    assert 0.005 < ink < 0.3


def test_python_docx_reads_the_document_back(story: onrecord.Story) -> None:
    library = _library("docx")
    document = library.Document(BytesIO(docx.render(story)))
    quotes = [one.text for one in document.paragraphs if one.style.name == "Quote"]
    assert quotes == [one.words for part in dossier(story).parts for _, side in part.sides for one in side]
    (table,) = document.tables
    assert [row.cells[3].text.replace("\n", "") for row in table.rows][1:] == [one.sha256 for one in story.reports]
    footer = document.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in footer and 'w:instr="NUMPAGES"' in footer
    assert document.paragraphs[0].text == "The ferry ⟨U+202E⟩ </b> & ⟨U+0007⟩ 漢 &amp; <script>"


def test_our_own_reader_takes_the_document(story: onrecord.Story, tmp_path: Path) -> None:
    _library("docx")
    place = tmp_path / "dossier.docx"
    place.write_bytes(docx.render(story))
    (report,) = onrecord.read(place).reports
    assert "harbour master" in report.text.casefold()


def test_one_claim_has_a_dossier_of_its_own(story: onrecord.Story) -> None:
    held = dossier(story, "C1")
    (claim,) = story.claims
    assert held == dossier(story, claim.id) and held.title == claim.text
    assert [part.heading for part in held.parts] == ["Where claim C1 stands"]
    assert {row[0] for row in held.sources} == {story.attribution[one.attribution].report for one in claim.members}
    with pytest.raises(UsageError, match="no claim 'none'"):
        dossier(story, "none")
    with pytest.raises(UsageError, match="no claim C99"):
        dossier(story, "C99")
    with pytest.raises(UsageError, match="no claim to write of"):
        dossier(replace(story, claims=(), standings=(), changes=(), conflicts=()))


def test_a_library_that_is_not_there_is_named(story: onrecord.Story, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    for name, made in (("reportlab.platypus", pdf.render), ("docx", docx.render)):
        monkeypatch.setitem(sys.modules, name, None)
        with pytest.raises(UsageError, match=r"is not installed · .* · pip install"):
            made(story)


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_what_cannot_be_written_is_one_line_and_no_file(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _library("reportlab" if name == "pdf" else "docx")
    report, out = tmp_path / "ferry.txt", tmp_path / "none" / f"ferry.{name}"
    report.write_text("The ferry will sail on Monday, harbour master Ola Brandt said.\n")
    for more in (("--out", str(out)), ("--out", "/dev/full"), ("--claim", "C9", "--out", str(tmp_path / "x")), ()):
        assert run(["brief", str(report), "--tagger", "rules", "--format", name, *more]) == 2, more
        told = capsys.readouterr()
        assert told.err.count("\n") == 1 and told.err.count(" · ") == 2 and told.out == ""
    assert sorted(one.name for one in tmp_path.iterdir()) == ["ferry.txt"]
    assert run(["brief", str(report), "--format", "json", "--claim", "C1"]) == 2
    assert "--claim with json" in capsys.readouterr().err
