"""Markup inside other formats (mails, feeds, wire items) to text with headings and captions marked."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.datamodel.report import Part, Passage
from onrecord.datamodel.span import Span
from onrecord.reading.markup.scan import scan
from onrecord.reading.markup.veiling import HIDDEN, STRUCK
from onrecord.reading.markup.words import words_of

_PARTS = {
    "h1": Part.HEADLINE, "h2": Part.SUBHEAD, "h3": Part.SUBHEAD, "figcaption": Part.CAPTION,
    HIDDEN: Part.HIDDEN, STRUCK: Part.STRUCK,
}  # fmt: skip


def lay_out(title: str | None, body: str, is_markup: bool) -> tuple[str, tuple[Passage, ...]]:
    """A title and a body as one text, the title marked as headline; it is not said twice where the body opens with it.

    What the markup hides or strikes out is marked so.
    """
    blocks = _blocks(body) if is_markup else [("p", body.strip("\r\n"))]
    blocks = [(tag, text) for tag, text in blocks if text.strip()]
    head = " ".join((title or "").split())
    if head and not (blocks and " ".join(blocks[0][1].split()) == head):
        blocks.insert(0, ("h1", head))
    elif head and blocks:
        blocks[0] = ("h1", blocks[0][1])
    return _join(blocks)


def looks_like_markup(text: str) -> bool:
    """Whether a value holds tags rather than plain words."""
    return "<" in text and any(sign in text for sign in ("</", "<p", "<br", "<div"))


def _blocks(source: str) -> list[tuple[str, str]]:
    page = scan(source)
    return [(block.veil or block.tag, words_of(block, source).text) for block in page.blocks]


def _join(blocks: Sequence[tuple[str, str]]) -> tuple[str, tuple[Passage, ...]]:
    passages = []
    at = 0
    for tag, words in blocks:
        span = Span(at, at + len(words))
        at += len(words) + 2
        part = _PARTS.get(tag)
        if part is not None and not (part is Part.HEADLINE and span.start):
            passages.append(Passage(span=span, part=part))
    return "\n\n".join(words for _, words in blocks), tuple(passages)
