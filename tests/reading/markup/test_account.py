"""Every visible text node of a page is in exactly one of body, furniture, hidden and other."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from benchmarks.layouts import LAYOUTS, Copy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.reading.draft import Source
from onrecord.reading.formats.html import account_of_page
from onrecord.reading.markup.account import Kind, Stretch

PROSE = (
    "The harbour board of Sollmar said on Monday that the northern pier would stay shut until its beams were tested.",
    "Dock foreman Ilse Marant told a meeting that nobody had looked at the bolts since the storm, as all knew.",
    "“We asked for it twice,” she said. “Both times we were told that there was no money, and that it could wait.”",
    "The engineer, Pavel Dorn, denied that the report had been held back, and said that it had been sent in March.",
)
_UNSEEN = ("script", "style", "title")


class _Nodes(HTMLParser):
    """Text nodes and their places by the parser of the standard library."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0]
        for line in source.splitlines(keepends=True):
            self.lines.append(self.lines[-1] + len(line))
        self.open: list[str] = []
        self.found: list[tuple[int, str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _UNSEEN:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.open:
            line, column = self.getpos()
            lead = len(data) - len(data.lstrip())
            self.found.append((self.lines[line - 1] + column + lead, data.strip()))


def holders(stretches: tuple[Stretch, ...], at: int) -> int:
    """How many stretches hold a place."""
    return sum(any(start <= at < end for start, end in one.places) for one in stretches)


def check(source: str) -> tuple[Stretch, ...]:
    """Each text node's first character is in exactly one stretch."""
    stretches = account_of_page(Source(source.encode(), "page.html"))
    for at, words in _Nodes(source).found:
        assert source[at] == words[0]
        assert holders(stretches, at) == 1, words
    return stretches


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.__name__)
def test_all_words_of_a_layout_are_accounted_for(layout: object) -> None:
    assert callable(layout)
    stretches = check(layout(Copy("Pier of Sollmar stays shut after storm", PROSE)))
    body = "\n".join(one.text for one in stretches if one.kind is Kind.BODY)
    assert all(row in body for row in PROSE[:2])
    assert all(one.why for one in stretches if not one.taken)


OPEN = [
    "<div>", "<p>", "<section class=related>", "<aside>", "<x-card>", "<x-name id=a>", "<button>", "<q>", "<s>",
    "<span hidden>", "<div style='display:none'>", "<li>", "<article>", "<footer>", "<a href=/x>", "<h2>",
    "<figcaption>", "<details>", "<label>", "<amp-fit-text>", "<nav>", "<noscript>", "<select>",
    "<form>", "<template>", "<video>",
]  # fmt: skip
WORDS = [*PROSE, "Share", "By Ilse Marant", "Correction: an earlier version of this story misspelt a name.", "12:05"]
piece = st.one_of(st.sampled_from(WORDS), st.tuples(st.sampled_from(OPEN), st.sampled_from(WORDS)))


def marked_up(parts: list[str | tuple[str, str]]) -> str:
    """Words, some of them in an element."""
    found = []
    for one in parts:
        if isinstance(one, str):
            found.append(one)
        else:
            name = one[0][1:].split(" ")[0].rstrip(">")
            found.append(f"{one[0]}{one[1]}</{name}>")
    return " ".join(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(piece, max_size=12), st.lists(piece, max_size=4))
def test_all_words_of_any_page_are_accounted_for(
    inside: list[str | tuple[str, str]], behind: list[str | tuple[str, str]]
) -> None:
    rows = "".join(f"<p>{row}</p>" for row in PROSE)
    article = f"<article><h1>Pier stays shut</h1>{rows}{marked_up(inside)}</article>"
    page = f"<html><body>{article}{marked_up(behind)}</body></html>"
    try:
        check(page)
    except ReadError:
        pytest.fail("a page with prose has an article")
