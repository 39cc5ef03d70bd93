# ruff: noqa: E501  (pages as they are, a line each)
"""What becomes of the words of forty pages in forty layouts, and of notes and standfirsts on sixty.

python -m benchmarks.page_words [--show]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from benchmarks.layouts import TEASERS, menu, teasers
from onrecord.reading.decoding import Decoded
from onrecord.reading.draft import Source
from onrecord.reading.formats.html import account_of_page, read_page
from onrecord.reading.markup.account import Kind, Stretch

TITLE = "Board of Sollmar keeps northern pier shut after storm"
STANDFIRST = "Minister denies that she knew of the rust, while dockers say that they asked for an inspection twice"
CAPTION = "The northern pier of Sollmar on Monday, seen from the fish hall."
ROWS = (
    "The harbour board of Sollmar said on Monday that the northern pier would stay shut until its beams were tested.",
    "Dock foreman Ilse Marant told a meeting that nobody had looked at the bolts since the storm, as all knew.",
    "“We asked for it twice,” she said. “Both times we were told that there was no money, and that it could wait.”",
    "The engineer, Pavel Dorn, denied that the report had been held back, and said that it had been sent in March.",
    "He would not say who had read it.",
    "Board chair Ottilie Farrow told residents that the city had patched the beams again in the spring.",
    "A spokeswoman for the port said that it would answer within a week, and that the ferries would sail from the east.",
    "“Nobody was in danger,” she said.",
)
NOTES = (
    "Correction: an earlier version of this article gave a wrong year for the storm.",
    "This story was amended on 9 May 2031 because it misnamed the foreman of the docks.",
    "Editor’s note: the board has since asked us to say that it had not been asked.",
)
P = "".join(f"<p>{one}</p>" for one in ROWS)
HALF, REST = "".join(f"<p>{one}</p>" for one in ROWS[:4]), "".join(f"<p>{one}</p>" for one in ROWS[4:])
DIVS = "".join(f"<div class='x{n} par'>{one}</div>" for n, one in enumerate(ROWS))
BREAKS = "<br><br>".join(ROWS)
ITEMS = "".join(f"<li>{one}</li>" for one in ROWS)
FIGURE = f"<figure><img src=a.jpg><figcaption>{CAPTION}</figcaption></figure>"
AD = "<div class=ad-slot><p>Advertisement</p></div>"
H, S = f"<h1>{TITLE}</h1>", f"<p class=standfirst>{STANDFIRST}</p>"
BY = "<div class=byline>By <a href=/a>Ida Voss</a></div><time datetime=2031-05-04T08:20:00Z>4 May 2031</time>"
ASIDE = f"<aside class=related><h3>Related</h3>{teasers()}</aside>"
N = "<!--note-->"
# The way an article is set in forty content management systems and hand-made pages; the note's place is marked.
LAYOUTS: dict[str, str] = {
    "article": f"<main><article>{H}{S}{BY}{FIGURE}{P}{N}</article></main>",
    "head and body apart": f"<header class=head>{H}{S}{BY}</header><div class=main><div class=body>{P}</div>{N}</div>",
    "two body boxes": f"<article>{H}{S}<div class=b1>{HALF}</div>{AD}<div class=b2>{REST}</div>{N}</article>",
    "two articles": f"{H}{S}<article>{HALF}</article>{AD}<article>{REST}{N}</article>",
    "boxed paragraphs": f"<article>{H}{S}"
    + "".join(f"<div class=w{n}><p>{r}</p></div>" for n, r in enumerate(ROWS))
    + f"{N}</article>",
    "divs": f"<div class=story>{H}{S}<div class=text>{DIVS}</div>{N}</div>",
    "line breaks": f"{H}{S}<div class=story-text>{BREAKS}</div>{N}",
    "layout table": f"<table><tr><td>{teasers()}</td><td>{H}{S}{P}{N}</td><td>{teasers()}</td></tr></table>",
    "table in the text": f"<article>{H}{S}{HALF}<table><tr><th>Year</th><th>Ferries</th></tr><tr><td>2030</td><td>4,100</td></tr></table>{REST}{N}</article>",
    "list as text": f"<article>{H}{S}<ul>{ITEMS}</ul>{N}</article>",
    "AMP": f"<amp-sidebar><ul>{menu()}</ul></amp-sidebar><article>{H}{S}<amp-img src=a></amp-img>{P}<amp-ad></amp-ad>{N}</article>",
    "AMP accordion": f"<article>{H}{S}{HALF}<amp-accordion><section><h4>More</h4><div>{REST}</div></section></amp-accordion>{N}</article>",
    "paywall stub": f"<article>{H}{S}{P}<div class=paywall><p>Subscribe now to read on.</p></div>{N}</article>",
    "free and paid boxes": f"<article>{H}{S}<div class=free>{HALF}</div><div class=premium-content>{REST}</div>{N}</article>",
    "captions": f"<article>{H}{S}{FIGURE}{HALF}{FIGURE.replace('Monday', 'Tuesday')}{REST}{N}</article>",
    "no semantic tags": f"<div id=w><div id=a><span class=h>{TITLE}</span></div><div id=b><div>{STANDFIRST}</div>{DIVS}{N}</div></div>",
    "microdata": f"<div itemscope itemtype=http://schema.org/NewsArticle><h1 itemprop=headline>{TITLE}</h1><p itemprop=description>{STANDFIRST}</p><div itemprop=articleBody>{P}</div>{N}</div>",
    "custom elements": f"<news-page><news-head>{H}{S}</news-head><news-text>{P}</news-text>{N}</news-page>",
    "custom paragraphs": f"<news-page>{H}{S}" + "".join(f"<news-par>{r}</news-par>" for r in ROWS) + f"{N}</news-page>",
    "shadow root": f"{H}{S}<news-body><template shadowrootmode=open><div>{P}</div></template></news-body>{N}",
    "old markup": f"<CENTER><A HREF=/>Gazette</A></CENTER><H1>{TITLE}</H1><FONT SIZE=2><P>{STANDFIRST}.<P>{'<P>'.join(ROWS)}</FONT>{N}<HR><A HREF=/n>Next</A>",
    "form page": f"<form id=aspnetForm><div>{H}{S}<div class=t>{P}</div>{N}</div></form>",
    "share column": f"<article>{H}{S}<div class='col share-col'>{HALF}</div><div class=col>{REST}</div>{N}</article>",
    "nested divs": f"<div><div><div><div>{H}<div>{S}</div><div><div>{P}</div></div></div></div>{N}</div></div>",
    "body in spans": f"<div>{H}{S}" + "".join(f"<span style='display:block'>{r}</span>" for r in ROWS) + f"{N}</div>",
    "preformatted": f"{H}{S}<pre>" + "\n\n".join(ROWS) + f"</pre>{N}",
    "headline in h2": f"<h1><a href=/>The Quay Gazette</a></h1><div class=a><h2>{TITLE}</h2>{S}</div><div class=b>{P}</div>{N}",
    "standfirst as list": f"<article>{H}<ul class=bullets><li>{STANDFIRST}</li></ul>{P}{N}</article>",
    "standfirst as h2": f"<article>{H}<h2>{STANDFIRST}</h2>{BY}{P}{N}</article>",
    "standfirst above": f"<article><p class=standfirst>{STANDFIRST}.</p>{H}{BY}{P}{N}</article>",
    "teaser as standfirst": f"<article>{H}<div class=article-teaser>{STANDFIRST}</div>{P}{N}</article>",
    "sidebar": f"<div class=has-sidebar>{ASIDE}<article>{H}{S}{P}{N}</article></div>",
    "related inside": f"<article>{H}{S}{HALF}{ASIDE}{REST}{N}</article>",
    "background box": f"<article>{H}{S}{HALF}<aside class=fact-box><h3>Background</h3>{REST}</aside>{N}</article>",
    "details": f"<article>{H}{S}{HALF}<details><summary>More</summary>{REST}</details>{N}</article>",
    "comments": f"<article>{H}{S}{P}{N}</article><section id=comments><div class=comment><p>I have lived next to it for thirty years, and nobody asked us.</p></div></section>",
    "blog": f"<div class='hentry post'><h1 class=entry-title>{TITLE}</h1><div class=entry-summary>{STANDFIRST}</div><div class=entry-content>{P}</div>{N}</div><div id=secondary>{teasers()}</div>",
    "blockquotes": f"<article>{H}{S}{HALF}<blockquote>{REST}</blockquote>{N}</article>",
    "cookie wall": f"<div class=cookie-banner><p>We use cookies to store things on your device, and you can change that at any time.</p></div><article>{H}{S}{P}{N}</article>",
    "linked paragraphs": f"<article>{H}{S}{HALF}<p><a href=/x>{ROWS[4]}</a></p>"
    + "".join(f"<p>{r}</p>" for r in ROWS[5:])
    + f"{N}</article>",
}
NOTE_BOXES: tuple[Callable[[str], str], ...] = (
    lambda note: f"<p>{note}</p>",
    lambda note: f"<div class=article-note><em>{note}</em></div>",
    lambda note: f"<footer><p>{note}</p></footer>",
)


def page(body: str, note: str = "") -> str:
    """A whole page of a layout."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{TITLE} | The Quay Gazette</title></head><body>"
        f"<nav><ul>{menu(20)}</ul></nav>{body.replace(N, note)}<div class=most-read>{teasers()}</div>"
        "<footer><p>© 2031 The Quay Gazette. All rights reserved.</p></footer></body></html>"
    )


class _Nodes(HTMLParser):
    """The places of text nodes, by the parser of the standard library."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self.raw = 0
        self.places: list[int] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, _attributes: object) -> None:
        self.raw += tag in ("script", "style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.raw -= tag in ("script", "style", "title")

    def handle_data(self, data: str) -> None:
        if data.strip() and not self.raw:
            line, column = self.getpos()
            self.places.append(self.lines[line - 1] + column + len(data) - len(data.lstrip()))


def accounted(source: str) -> tuple[Stretch, ...]:
    """What became of a page's words."""
    return account_of_page(Source(source.encode(), "page.html"))


def in_neither(source: str, stretches: tuple[Stretch, ...]) -> int:
    """How many text nodes stand in no stretch, or in several."""
    places = [place for one in stretches for place in one.places]
    return sum(sum(start <= at < end for start, end in places) != 1 for at in _Nodes(source).places)


def missing(source: str, texts: tuple[str, ...]) -> Iterator[str]:
    """The texts that are not taken."""
    taken = "\n".join(one.text for one in accounted(source) if one.taken and one.kind is not Kind.HIDDEN)
    yield from (text for text in texts if text not in taken)


def words_kept(show: bool) -> None:
    """The share of the articles' words in body or furniture, and nodes in neither of all kinds."""
    total = lost = nowhere = others = 0
    for name, body in LAYOUTS.items():
        source = page(body)
        texts = tuple(one for one in (TITLE, STANDFIRST, CAPTION, *ROWS) if one in body)
        gone = list(missing(source, texts))
        total += sum(len(one.split()) for one in texts)
        lost += sum(len(one.split()) for one in gone)
        stretches = accounted(source)
        nowhere += in_neither(source, stretches)
        others += sum(any(one.text.startswith(each[:30]) and one.taken for each in TEASERS) for one in stretches)
        if show and gone:
            print(f"{name}: {gone}")
    print(f"{len(LAYOUTS)} layouts: {1 - lost / total:.2%} of {total:,} words of the articles in body or furniture;")
    print(f"  {nowhere} text nodes in none or several kinds; {others} links to other stories taken as text")


def notes_found(show: bool) -> None:
    """Standfirsts, corrections and editors' notes on sixty pages."""
    from onrecord.datamodel.report import Part
    from onrecord.reading.assemble_report import finish
    from onrecord.reading.finding.sidecar import Known

    found = asked = 0
    for number, (name, body) in enumerate(list(LAYOUTS.items()) + list(LAYOUTS.items())[:20]):
        note = NOTES[number % len(NOTES)]
        source = page(body, NOTE_BOXES[number // 3 % len(NOTE_BOXES)](note))
        (draft, *_) = read_page(Decoded(source, "utf-8"), Source(source.encode(), "page.html"))
        report = finish(draft, Known(), "page", "page.html")
        noted = any(note in one.span.of(report.text) for one in report.passages if one.part is Part.CORRECTION)
        asked += 2
        found += (STANDFIRST in report.text) + noted
        if show and not (noted and STANDFIRST in report.text):
            print(f"{name}: {'' if noted else note} {'' if STANDFIRST in report.text else STANDFIRST}")
    print(f"60 pages: {found} of {asked} standfirsts, corrections and editor’s notes found: {found / asked:.1%}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print what is missing")
    show = parser.parse_args().show
    words_kept(show)
    notes_found(show)


if __name__ == "__main__":
    main()
