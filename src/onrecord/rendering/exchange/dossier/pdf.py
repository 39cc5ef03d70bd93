"""A dossier as a PDF: pages numbered, headings as bookmarks, the sources in a table that breaks over pages."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from onrecord.datamodel.story import Story
from onrecord.errors import UsageError
from onrecord.rendering.exchange.dossier.layout import COLUMNS, HOW_TO_CHECK, Dossier, Part, dossier

# Fonts of wide coverage, where systems keep them; the last resort comes with the library.
_FONTS = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
    "/usr/share/fonts/TTF/DejaVuSans.ttf",
    "/System/Library/Fonts/Supplemental/Arial Unicode.ttf",
    "C:/Windows/Fonts/arial.ttf",
)
_BOLD = {"DejaVuSans.ttf": "DejaVuSans-Bold.ttf", "arial.ttf": "arialbd.ttf", "Vera.ttf": "VeraBd.ttf"}
# A4 in points; text stands a little within the margins.
_PAGE = (595.28, 841.89)
_MARGIN = 56.0
_EDGE = _MARGIN + 6
_WIDTHS = (42.0, 125.0, 205.0, 99.0)
_INK, _QUIET, _LINE = "#1a1a1a", "#555555", "#bbbbbb"


def render(story: Story, claim: str | None = None) -> bytes:
    """The document; raises UsageError where reportlab is not installed, or the story has no such claim."""
    held = dossier(story, claim)
    try:
        from reportlab.platypus import SimpleDocTemplate
    except ModuleNotFoundError as error:
        raise UsageError("reportlab is not installed · a PDF · pip install '.[dossier]'") from error
    page, press = BytesIO(), _Press()
    document = SimpleDocTemplate(
        page,
        pagesize=_PAGE,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=held.title,
        author="onrecord",
        lang="en",
        # No clock and no chance: the same story gives the same bytes.
        invariant=1,
    )
    document.build(list(press.flow(held)), canvasmaker=press.canvas(held.title))
    return page.getvalue()


class _Press:
    """Styles and fonts, and what is set in them."""

    def __init__(self) -> None:
        from reportlab.lib.styles import ParagraphStyle

        self._plain, self._bold = _registered()
        base = ParagraphStyle("base", fontName=self._plain, fontSize=9, leading=12.5, textColor=_INK, splitLongWords=1)

        def style(name: str, **more: Any) -> Any:
            return ParagraphStyle(name, parent=base, **more)

        self._styles = {
            "title": style("title", fontName=self._bold, fontSize=17, leading=22, spaceAfter=8),
            "heading": style(
                "heading", fontName=self._bold, fontSize=11.5, leading=15, spaceBefore=16, spaceAfter=3, keepWithNext=1
            ),
            "side": style("side", fontName=self._bold, spaceBefore=7, spaceAfter=2, keepWithNext=1),
            "standing": style("standing", fontName=self._bold, spaceAfter=2, keepWithNext=1),
            "text": style("text", spaceAfter=3),
            "quiet": style("quiet", fontSize=7.5, leading=10, textColor=_QUIET, spaceAfter=3),
            "who": style("who", spaceBefore=4, keepWithNext=1),
            "quote": style(
                "quote", leftIndent=14, rightIndent=8, borderColor=_LINE, borderWidth=0, backColor="#f4f4f2",
                borderPadding=(3, 4, 3, 6), spaceBefore=3, spaceAfter=6,
            ),
            "cell": style("cell", fontSize=7.5, leading=9.5),
            "head": style("head", fontName=self._bold, fontSize=7.5, leading=9.5),
        }  # fmt: skip

    def flow(self, held: Dossier) -> Iterator[Any]:
        """Everything in reading order."""
        yield self._set(held.title, "title", level=0)
        yield from (self._set(line, "text") for line in held.about)
        yield self._set(HOW_TO_CHECK, "quiet")
        for part in held.parts:
            yield from self._part(part)
        yield self._set("Sources", "heading", level=0)
        yield self._table(held)
        yield self._set(f"Made by onrecord: {held.made_by}" if held.made_by else "Made by onrecord", "quiet")

    def canvas(self, title: str) -> Any:
        """What numbers the pages once all are there: "3 of 12"."""
        from reportlab.pdfgen.canvas import Canvas

        plain, told = self._plain, self._fit(title if len(title) <= 80 else f"{title[:79]}…")

        class Numbered(Canvas):  # type: ignore[misc]
            def __init__(self, *arguments: Any, **more: Any) -> None:
                super().__init__(*arguments, **more)
                self._pages: list[dict[str, Any]] = []

            def showPage(self) -> None:  # noqa: N802
                self._pages.append(dict(self.__dict__))
                self._startPage()

            def save(self) -> None:
                for number, state in enumerate(self._pages, 1):
                    self.__dict__.update(state)
                    self.setFont(plain, 7.5)
                    self.setFillColor(_QUIET)
                    self.drawString(_EDGE, _MARGIN / 2, told)
                    self.drawRightString(_PAGE[0] - _EDGE, _MARGIN / 2, f"Page {number} of {len(self._pages)}")
                    Canvas.showPage(self)
                super().save()

        return Numbered

    def _part(self, part: Part) -> Iterator[Any]:
        yield self._set(part.heading, "heading", level=1)
        yield self._set(part.standing, "standing")
        yield self._set(part.reason, "text")
        if part.origins:
            yield self._set("Origins: " + "; ".join(part.origins), "quiet")
        for title, statements in part.sides:
            yield self._set(title, "side")
            for one in statements:
                yield self._set(f"{one.who} {one.place}", "who")
                yield self._set(one.words, "quote")
        if part.changes:
            yield self._set("Standing over time", "side")
            yield from (self._set(line, "text") for line in part.changes)

    def _table(self, held: Dossier) -> Any:
        from reportlab.platypus import LongTable

        rows = [[self._set(cell, "head") for cell in COLUMNS]]
        rows += [[self._set(cell, "cell") for cell in row] for row in held.sources]
        table = LongTable(rows, colWidths=_WIDTHS, repeatRows=1, hAlign="LEFT")
        table.setStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, _LINE),
                ("LEFTPADDING", (0, 0), (-1, -1), 2),
            ]
        )
        return table

    def _set(self, text: str, style: str, level: int | None = None) -> Any:
        from reportlab.platypus import Paragraph

        told = escape(self._fit(text)).replace("\n", "<br/>")
        return (
            _bookmark(self._fit(text), told, self._styles[style], level)
            if level is not None
            else Paragraph(told, self._styles[style])
        )

    def _fit(self, text: str) -> str:
        """The text with letters that the font lacks told by their numbers, so that none is lost."""
        from reportlab.pdfbase.pdfmetrics import getFont

        known = getFont(self._plain).face.charToGlyph
        return "".join(one if ord(one) in known or one == "\n" else f"<U+{ord(one):04X}>" for one in text)


def _bookmark(plain: str, told: str, style: Any, level: int) -> Any:
    from reportlab.platypus import Paragraph

    class Heading(Paragraph):  # type: ignore[misc]
        def draw(self) -> None:
            key = f"at-{id(self)}"
            self.canv.bookmarkPage(key)
            self.canv.addOutlineEntry(plain[:120], key, level)
            super().draw()

    return Heading(told, style)


def _registered() -> tuple[str, str]:
    """The names of a font and its bold; Vera comes with the library."""
    import reportlab
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    own = Path(reportlab.__file__).parent / "fonts" / "Vera.ttf"
    place = next((Path(one) for one in _FONTS if Path(one).is_file()), own)
    bold = place.with_name(_BOLD.get(place.name, place.name))
    registerFont(TTFont("dossier", str(place)))
    registerFont(TTFont("dossier-bold", str(bold if bold.is_file() else place)))
    return "dossier", "dossier-bold"
