"""Each way in which pages lost or misread words once, in several layouts of its kind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onrecord.datamodel.report import FURNITURE, Part, Report
from onrecord.reading.intake import read

TITLE = "Pier of Sollmar stays shut after storm"
ROWS = (
    "The harbour board of Sollmar said on Monday that the northern pier would stay shut until its beams were tested.",
    "Dock foreman Ilse Marant told a meeting that nobody had looked at the bolts since the storm, as all knew.",
    "“We asked for it twice,” she said. “Both times we were told that there was no money, and that it could wait.”",
    "The engineer, Pavel Dorn, denied that the report had been held back, and said that it had been sent in March.",
)
MORE = (
    "Board chair Ottilie Farrow told residents that the city had patched the beams again in the spring.",
    "Dock worker Sven Aldo said the union would ask for two million crowns.",
    "A spokeswoman for the port said it would answer within a week.",
)
STANDFIRST = "Minister denies that she knew of the rust before the winter storm hit the town"
SAID = "The minister resigned on Friday, his office said in a note."


def rows(texts: tuple[str, ...] = ROWS) -> str:
    """Paragraphs."""
    return "".join(f"<p>{one}</p>" for one in texts)


def page(body: str, head: str = "", title: str = TITLE) -> str:
    """A whole page."""
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}"
        "<footer><p>© 2031 The Quay Gazette. All rights reserved.</p></footer></body></html>"
    )


def article(before: str = "", inside: str = "", head: str = "", behind: str = "") -> str:
    """A page with something set above its text, within it, or behind it."""
    body = f"<article><h1>{TITLE}</h1>{before}{rows(ROWS[:2])}{inside}{rows(ROWS[2:])}</article>{behind}"
    return page(body, head)


def read_page(folder: Path, source: str | bytes) -> Report:
    """The report of a page."""
    path = folder / "a.html"
    path.write_bytes(source.encode() if isinstance(source, str) else source)
    (report,) = read([path]).reports
    return report


def body_of(report: Report) -> str:
    """A report's text without its furniture."""
    text, at, pieces = report.text, 0, []
    for span in sorted(one.span for one in report.passages if one.part in FURNITURE):
        pieces.append(text[at : span.start])
        at = max(at, span.end)
    return "".join((*pieces, text[at:]))


def words(report: Report, *parts: Part) -> list[str]:
    """The words of its passages of some parts."""
    return [one.span.of(report.text) for one in report.passages if one.part in parts]


@pytest.mark.parametrize(
    "before",
    [
        f"<h2>{STANDFIRST}</h2>", f"<div data-testid=standfirst>{STANDFIRST}</div>",
        f"<hgroup><p>{STANDFIRST}</p></hgroup>",
        f"<ul><li>{STANDFIRST}</li><li>Board promises tests</li></ul>",
        f"<news-standfirst>{STANDFIRST}</news-standfirst>",
        f"<p class=standfirst>{STANDFIRST} – <a href=/live>follow the day in our live blog</a></p>",
        f"<p class=summary><a href=/x>{STANDFIRST}.</a></p>", f"<p class=article-teaser>{STANDFIRST}</p>",
        f"<aside class=article-intro>{STANDFIRST}</aside>", f"<dl><dt>In short</dt><dd>{STANDFIRST}</dd></dl>",
        f"<figure><img><figcaption>Pic</figcaption></figure><div class=share><a>Share</a></div><p>{STANDFIRST}.</p>",
    ],
)  # fmt: skip
def test_a_standfirst_is_read_wherever_it_stands(tmp_path: Path, before: str) -> None:
    assert STANDFIRST in body_of(read_page(tmp_path, article(before)))


def test_a_headline_that_is_no_first_heading_is_found_by_the_pages_title(tmp_path: Path) -> None:
    head = "<header><h1><a href=/>The Quay Gazette</a></h1></header>"
    box = f"<div class=a><h2 class=headline>{TITLE}</h2><div class=standfirst>{STANDFIRST}</div></div>"
    report = read_page(tmp_path, page(f"{head}{box}<div class=b><div>{rows()}</div></div>", title=f"{TITLE} - Quay"))
    assert words(report, Part.HEADLINE) == [TITLE] and STANDFIRST in report.text


@pytest.mark.parametrize("place", ["before", "inside", "behind"])
@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("<section><h3>Correction</h3><p>We wrote that Ms Marant had left. She had not.</p></section>", "She had not."),
        ("<div><strong>Correction</strong><br>We wrote that she had left. She had not.</div>", "She had not."),
        ("<dl><dt>Corrections &amp; clarifications</dt><dd>She had not left the board.</dd></dl>", "She had not left"),
        ("<div data-component=correction><p>We wrote that she had left. She had not.</p></div>", "She had not."),
        ("<div aria-label=Correction><p>We wrote that she had left the board. She had not.</p></div>", "She had not."),
        ("<p>Update, May 9: The board has taken back what it said of the bolts.</p>", "has taken back"),
        ("<p>The headline of this article has been changed since publication.</p>", "has been changed"),
        ("<p>Apology: On 3 May we wrote that Ms Marant had been dismissed. That was wrong.</p>", "That was wrong."),
        ("<p>(This story has been refiled to mend a name in the third paragraph.)</p>", "refiled"),
        ("<p>We incorrectly reported on Monday that the pier had fallen.</p>", "had fallen"),
    ],
)
def test_a_correction_is_found_in_any_form(tmp_path: Path, place: str, note: str, said: str) -> None:
    report = read_page(tmp_path, article(**{place: note}))
    assert any(said in one for one in words(report, Part.CORRECTION))


def test_what_somebody_else_corrects_is_no_correction(tmp_path: Path) -> None:
    said = (
        "In an earlier report, the board said that the pier was safe for all.",
        "An earlier version of the report said that the bolts had been replaced.",
        "The board changed the story again, and said that nobody had been hurt.",
    )
    assert not words(read_page(tmp_path, article(inside=rows(said))), Part.CORRECTION)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1><article>{rows()}</article><p>Advertisement</p><article>{rows(MORE)}</article>",
        f"<div><article><h1>{TITLE}</h1>{rows()}</article></div><div><div class=story-more>{rows(MORE)}</div></div>",
        f"<h1>{TITLE}</h1><news-body><template shadowrootmode=open><div>{rows(ROWS + MORE)}</div></template>"
        f"</news-body>",
        f"<article><h1>{TITLE}</h1>{rows()}<!-->{rows(MORE)}<!-- end --></article>",
        f"<article><h1>{TITLE}</h1>{rows()}<!-- a --!>{rows(MORE)}<!-- end --></article>",
        f"<article><h1>{TITLE}</h1><div class='col share-col'>{rows()}</div><div class=col>{rows(MORE)}</div>"
        f"</article>",
        f"<article><h1>{TITLE}</h1>{rows()}<aside class=box><h3>Background</h3>{rows(MORE)}</aside></article>",
        f"<article><h1>{TITLE}</h1>{rows()}<amp-accordion><section><h4>More</h4>{rows(MORE)}</section>"
        f"</amp-accordion></article>",
        f"<form><h1>{TITLE}</h1><div>{rows(ROWS + MORE)}</div></form>",
        f"<news-text><h1>{TITLE}</h1>" + "".join(f"<news-par>{one}</news-par>" for one in ROWS + MORE) + "</news-text>",
    ],
)  # fmt: skip
def test_the_text_is_read_whole(tmp_path: Path, body: str) -> None:
    teasers = "".join(
        f"<div class=teaser><a href=/{n}>Ferry fares to rise by a tenth, part {n}</a></div>" for n in range(5)
    )
    text = body_of(read_page(tmp_path, page(body + teasers)))
    assert all(one in text for one in ROWS + MORE) and "Ferry" not in text


@pytest.mark.parametrize(
    "link",
    [
        "<p><a href=/x>The mayor denied it on Tuesday.</a></p>",
        "<a href=/x><p>The mayor denied it on Tuesday.</p></a>",
        "<div><a href=/x>The mayor denied it on Tuesday.</a></div>",
        "<p>“<a href=/x>The mayor denied it on Tuesday.</a>”</p>",
        "<ul><li><a href=/x>The mayor denied it on Tuesday.</a></li></ul>",
    ],
)  # fmt: skip
def test_a_sentence_that_is_wholly_a_link_is_read(tmp_path: Path, link: str) -> None:
    assert "The mayor denied it on Tuesday." in body_of(read_page(tmp_path, article(inside=link)))


HIDING = [
    ("style='display: none !important'", ""), ("style='position:absolute; left:-9999px'", ""),
    ("style='position:absolute;clip:rect(0,0,0,0)'", ""), ("style='clip-path:inset(50%)'", ""),
    ("style='height:0;overflow:hidden'", ""), ("style='color:transparent'", ""), ("style='font-size:1px'", ""),
    ("style='color:white; background-color:#ffffff'", ""), ("style='transform:scale(0)'", ""), ("popover", ""),
    ("class=d-none", ""), ("class='x hidden'", ""), ("class=govuk-visually-hidden", ""), ("class=SrOnly", ""),
    ("class=gone", "<style>article .gone{display:none}</style>"), ("class=gone", "<style>p.gone{display:none}</style>"),
    ("class='a gone'", "<style>.a.gone{display:none}</style>"),
    ("data-x=gone", "<style>p[data-x=\"gone\"]{display:none}</style>"),
    ("class=gone", "<style>@media screen{.gone{display:none}}</style>"),
    ("class=gone", "<style>@supports (display:grid){.gone{display:none}}</style>"),
]  # fmt: skip


@pytest.mark.parametrize(("attributes", "style"), HIDING)
def test_what_nobody_sees_is_hidden(tmp_path: Path, attributes: str, style: str) -> None:
    report = read_page(tmp_path, article(inside=f"<p {attributes}>{SAID}</p>", head=style))
    assert words(report, Part.HIDDEN) == [SAID]


def test_a_style_sheet_behind_the_text_hides_too_and_one_of_a_script_does_not(tmp_path: Path) -> None:
    style = "<style>.gone{display:none}</style>"
    report = read_page(tmp_path, article(inside=f"<p class=gone>{SAID}</p>", behind=style))
    assert words(report, Part.HIDDEN) == [SAID]
    report = read_page(tmp_path, article(inside=f"<p class=gone>{SAID}</p>", behind=f"<noscript>{style}</noscript>"))
    assert SAID in body_of(report)


@pytest.mark.parametrize(
    ("attributes", "style"),
    [
        ("class=x", "<style>.x:hover{display:none}.y .x{display:none}</style>"),
        ("class=x", "<style>.x{display:none}.x{display:block}</style>"),
        ("class=x style='display:block'", "<style>.x{display:none}</style>"),
        ("class='hidden md:block'", ""), ("class='d-none d-md-block'", ""), ("style='color:#fff;background:#036'", ""),
        ("class=x", "<style media=print>.x{display:none}</style>"), ("style='position:relative;left:-2px'", ""),
    ],
)  # fmt: skip
def test_what_is_seen_on_some_screens_is_read(tmp_path: Path, attributes: str, style: str) -> None:
    assert SAID in body_of(read_page(tmp_path, article(inside=f"<p {attributes}>{SAID}</p>", head=style)))


@pytest.mark.parametrize(
    "struck",
    ["<strike style='color:red'>nine</strike>", "<del datetime=2031-05-01>nine</del>", "<s><b>ni</b>ne</s>",
     "<span style='text-decoration: line-through'>nine</span>", "<span class=out>nine</span>"],
)  # fmt: skip
def test_struck_words_are_one_passage(tmp_path: Path, struck: str) -> None:
    inside = f"<p>The clinic said {struck} two dock workers were hurt on Monday in all.</p>"
    report = read_page(tmp_path, article(inside=inside, head="<style>.out{text-decoration:line-through}</style>"))
    assert words(report, Part.STRUCK) == ["nine"] and "said two dock workers were hurt" in report.text


@pytest.mark.parametrize("sign", ["\u200c", "\u034f", "\u180e", "\x01", "&#x2060;", "&zwnj;"])
def test_signs_that_nobody_sees_do_not_cut_a_word(tmp_path: Path, sign: str) -> None:
    text = read_page(tmp_path, article(inside=f"<p>The beam had fai{sign}led twice, said clerk Ada Moor.</p>")).text
    assert "The beam had failed twice, said clerk Ada Moor." in text


def test_a_few_broken_bytes_do_not_change_the_others(tmp_path: Path) -> None:
    report = read_page(tmp_path, article(inside="<p>The quay ~ is open, she said.</p>").encode().replace(b"~", b"\xff"))
    assert "The quay \ufffd is open" in report.text and ROWS[2] in report.text
    assert any("1 bytes are not UTF-8" in note for note in report.notes)
    raw = article().replace("charset=utf-8", "charset=iso-8859-1").encode("cp1252")
    assert ROWS[2] in read_page(tmp_path, raw).text


OWN = "<time datetime='2031-05-03T09:15:00Z'>3 May 2031</time>"
OTHER = "<time datetime='2029-01-01T09:15:00Z'>1 January 2029</time>"


@pytest.mark.parametrize(
    "above",
    ["", f"<header>Monday {OTHER}</header>", f"<div class=ticker>{OTHER} Ferry fares to rise</div>",
     f"<div class=latest><ul><li>{OTHER} Ferry</li></ul></div>"],
)  # fmt: skip
@pytest.mark.parametrize(("own", "told"), [(OWN, "2031-05-03T09:15:00Z"), ("", None)])
def test_a_time_beside_the_article_dates_nothing(tmp_path: Path, above: str, own: str, told: str | None) -> None:
    inside = "<p>On <time datetime=1953-05-01>1 May 1953</time> the old pier fell into the sea, the board said.</p>"
    report = read_page(tmp_path, page(f"{above}<article><h1>{TITLE}</h1>{own}{inside}{rows()}</article>"))
    assert (report.published.isoformat() if report.published else None) == told


def test_when_it_was_changed_is_not_when_it_was_published(tmp_path: Path) -> None:
    times = f"<span class=updated>Updated {OTHER}</span> <span class=published>{OWN}</span>"
    published = read_page(tmp_path, article(times)).published
    assert published and published.isoformat() == "2031-05-03T09:15:00Z"


@pytest.mark.parametrize(
    "script",
    ["<!--\n{}\n-->", "{};", '{{"@type":"Thing"}}{}', "//<![CDATA[\n{}\n//]]>", "[{},]"],
)
def test_linked_data_is_read_as_sloppily_as_it_is_written(tmp_path: Path, script: str) -> None:
    told = {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2031-05-03", "author": "Ann Reed"}
    head = f"<script type='application/LD+json'>{script.format(json.dumps(told))}</script>"
    report = read_page(tmp_path, article(head=head))
    assert report.byline == "Ann Reed" and report.published


@pytest.mark.parametrize(
    "title", ["{} « {}", "{} ({})", "{1}: {0}", "{} | World news | {}", "{}_{}", "{} [{}]", "{} > {}"]
)
def test_a_title_loses_the_name_of_its_site(tmp_path: Path, title: str) -> None:
    head = "<meta property=og:site_name content='The Quay Gazette'>"
    report = read_page(tmp_path, page(f"<div>{rows()}</div>", head, title.format(TITLE, "The Quay Gazette")))
    assert report.headline == TITLE


@pytest.mark.parametrize(
    "credit",
    ["<a rel=author href=/a>Ann Reed</a>", "<span itemprop=author itemscope><span itemprop=name>Ann Reed</span></span>",
     "<p class=byline>Ann Reed, harbour correspondent</p>",
     "<span class='author vcard'><a class=fn>Ann Reed</a></span>",
     "<p>Words by Ann Reed</p>"],
)  # fmt: skip
def test_an_author_is_known_by_the_markup(tmp_path: Path, credit: str) -> None:
    byline = read_page(tmp_path, article(credit, behind="<p class=comment-author>Bo Holt</p>")).byline
    assert byline and "Ann Reed" in byline and "Bo" not in byline


@pytest.mark.parametrize(
    "line",
    [
        "4 March 2031", "Tuesday 4 March 2031", "Stand: 4. März 2031", "Dienstag, 4. März 2031, 14:05 Uhr",
        "Mardi 4 mars 2031", "4 de marzo de 2031",
    ],
)  # fmt: skip
def test_a_line_that_is_a_date_dates_the_page(tmp_path: Path, line: str) -> None:
    published = read_page(tmp_path, article(before=f'<p class="meta">{line}</p>')).published
    assert published is not None and published.isoformat() == "2031-03-04"


@pytest.mark.parametrize("element", ["footer", "cite", "figcaption", "p"])
def test_who_is_quoted_stands_below_the_quotation(tmp_path: Path, element: str) -> None:
    quoted = f"<p>“We were never asked.”</p><{element}>— Pavel Dorn, engineer</{element}>"
    report = read_page(tmp_path, article(inside=f"<figure><blockquote>{quoted}</blockquote></figure>"))
    assert "“We were never asked.”\n\n— Pavel Dorn, engineer\n\n“We asked" in report.text


def test_a_quotation_element_within_another_shows_single_marks(tmp_path: Path) -> None:
    said = "<p><q>The mayor wrote <q>nobody will be asked</q> and hung up</q>, he said. <q>So <q>it</q> is.</q></p>"
    report = read_page(tmp_path, article(inside=said))
    assert "“The mayor wrote ‘nobody will be asked’ and hung up”, he said. “So ‘it’ is.”" in report.text
