"""A dossier as a Word document: headings, quotations, page numbers in the footer, and a table of sources."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.rendering.exchange.dossier.layout import COLUMNS, HOW_TO_CHECK, Dossier, Part, dossier
from onrecord.rendering.exchange.newswire.body import fit

# The same story gives the same bytes, whenever it is written.
_MADE = datetime(2020, 1, 1)
_ZIPPED = (2020, 1, 1, 0, 0, 0)
_WIDTHS_CM = (1.8, 4.4, 7.2, 3.6)
_SMALL_PT, _DIGEST_PT = 8, 7


def render(story: Story, claim: str | None = None) -> bytes:
    """The document; raises UsageError where python-docx is not installed, or the story has no such claim."""
    held = dossier(story, claim)
    try:
        from docx import Document
    except ModuleNotFoundError as error:
        raise UsageError("python-docx is not installed · a Word document · pip install '.[dossier]'") from error
    document = Document()
    _prepare(document, held)
    document.add_heading(fit(held.title), 0)
    for line in held.about:
        document.add_paragraph(fit(line))
    _small(document.add_paragraph(fit(HOW_TO_CHECK)))
    for part in held.parts:
        _part(document, part)
    document.add_heading("Sources", 1)
    _table(document, held)
    _small(document.add_paragraph(fit(f"Made by onrecord: {held.made_by}" if held.made_by else "Made by onrecord")))
    page = BytesIO()
    document.save(page)
    return _undated(page)


def _prepare(document: Any, held: Dossier) -> None:
    """A4 with a footer that numbers the pages, and what the file says of itself."""
    from docx.shared import Cm

    told = document.core_properties
    told.title, told.author, told.comments = fit(held.title)[:255], "onrecord", ""
    told.created = told.modified = _MADE
    told.language, told.revision = "en", 1
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    _field(footer, "PAGE")
    footer.add_run(" of ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    """A field that the reader's program fills in; the library has no word for it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), instruction)
    run, text = OxmlElement("w:r"), OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _part(document: Any, part: Part) -> None:
    document.add_heading(fit(part.heading), 1)
    document.add_paragraph().add_run(fit(part.standing)).bold = True
    document.add_paragraph(fit(part.reason))
    if part.origins:
        _small(document.add_paragraph(fit("Origins: " + "; ".join(part.origins))))
    for title, statements in part.sides:
        document.add_heading(title, 2)
        for one in statements:
            who = document.add_paragraph(fit(f"{one.who} {one.place}"))
            who.paragraph_format.keep_with_next = True
            document.add_paragraph(fit(one.words), style="Quote")
    if part.changes:
        document.add_heading("Standing over time", 2)
        for line in part.changes:
            document.add_paragraph(fit(line), style="List Bullet")


def _table(document: Any, held: Dossier) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(1, len(COLUMNS), style="Table Grid")
    table.autofit = False
    # The head comes again on each page.
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in (COLUMNS, *held.sources):
        cells = table.rows[0].cells if row is COLUMNS else table.add_row().cells
        for number, (cell, text) in enumerate(zip(cells, row, strict=True)):
            cell.width = Cm(_WIDTHS_CM[number])
            run = cell.paragraphs[0].add_run(fit(text))
            run.bold = row is COLUMNS
            run.font.size = Pt(_DIGEST_PT if number == len(COLUMNS) - 1 else _SMALL_PT)


def _small(paragraph: Any) -> None:
    from docx.shared import Pt

    for run in paragraph.runs:
        run.font.size = Pt(_SMALL_PT)


def _undated(page: BytesIO) -> bytes:
    """The same parts without the time at which they were packed."""
    made = BytesIO()
    with ZipFile(page) as packed, ZipFile(made, "w", ZIP_DEFLATED) as anew:
        for one in packed.infolist():
            part = ZipInfo(one.filename, _ZIPPED)
            part.compress_type = ZIP_DEFLATED
            anew.writestr(part, packed.read(one))
    return made.getvalue()
