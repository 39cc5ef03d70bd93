"""One story's paragraphs set in twenty page layouts, with the clutter that real pages have around them."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Copy:
    """What a page is to say: the truth that an extraction is measured against."""

    headline: str
    paragraphs: tuple[str, ...]
    author: str = "Ida Voss"
    outlet: str = "The Quay Gazette"
    published: str = "2031-05-04T08:20:00Z"


TEASERS = (
    "Pier fire: what we know so far about the blaze that closed the northern ferry quay",
    "Ferry fares to rise by a tenth in autumn, the port authority announces after a long debate",
    "In pictures: the night market that returned to the old fish hall after eleven years away",
    "Opinion: why the city should stop selling its waterfront one shed at a time",
    "Weather: heavy rain is expected along the coast from Thursday until the weekend",
    "Sport: dockers’ eleven beat the island club in a final that nobody expected",
)
COMMENTS = (
    "I have lived next to that quay for thirty years and nobody ever asked us anything at all about it.",
    "Typical. They will pay for it with our money again and then tell us that it was our own idea.",
    "Does anybody know whether the bus still stops there on Sundays? The timetable says it does not.",
)


def esc(words: str) -> str:
    """Words as markup."""
    return html.escape(words, quote=False)


def paras(copy: Copy, tag: str = "p", attributes: str = "") -> str:
    """The paragraphs, each in an element."""
    return "\n".join(f"<{tag}{attributes}>{esc(one)}</{tag}>" for one in copy.paragraphs)


def menu(items: int = 40) -> str:
    """A menu of links."""
    words = ("Home", "World", "Region", "Politics", "Business", "Culture", "Sport", "Weather", "Traffic", "Letters")
    return "".join(f'<li><a href="/s/{n}">{words[n % 10]} {n // 10 or ""}</a></li>' for n in range(items))


def teasers(tag: str = "div") -> str:
    """Links to other stories."""
    return "".join(f'<{tag} class="teaser"><a href="/t/{n}">{esc(one)}</a></{tag}>' for n, one in enumerate(TEASERS))


def page(copy: Copy, body: str, *, head: str = "", nav: bool = True) -> str:
    """A whole page: head, menu, body, footer."""
    top = (
        f'<header><div class="logo"><a href="/">{copy.outlet}</a></div><nav><ul>{menu()}</ul></nav></header>'
        if nav
        else ""
    )
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{esc(copy.headline)} - {copy.outlet}</title>"
        f'<meta property="og:title" content="{html.escape(copy.headline)}">'
        f'<meta property="og:site_name" content="{copy.outlet}">'
        f'<meta property="article:published_time" content="{copy.published}">{head}'
        "<style>p{margin:0}</style></head><body>"
        f"{top}{body}<footer><p>© 2031 {copy.outlet}. All rights reserved.</p><ul>{menu(12)}</ul></footer>"
        "<script>window.x=function(){return '<p>not text</p>'}</script></body></html>"
    )


def semantic(copy: Copy) -> str:
    return page(copy, f"<main><article><h1>{esc(copy.headline)}</h1>{paras(copy)}</article></main>")


def div_soup(copy: Copy) -> str:
    inner = f'<div class="c4"><div class="c7 article-body">{paras(copy)}</div></div>'
    return page(
        copy,
        f'<div id="wrap"><div class="c1"><h1 class="t">{esc(copy.headline)}</h1>{inner}</div>'
        f"<div>{teasers()}</div></div>",
    )


def tables(copy: Copy) -> str:
    return page(
        copy,
        f'<table width="100%"><tr><td width="150">{teasers()}</td><td><h1>{esc(copy.headline)}</h1>{paras(copy)}</td>'
        f"<td>{teasers()}</td></tr></table>",
    )


def breaks(copy: Copy) -> str:
    body = "<br><br>\n".join(esc(one) for one in copy.paragraphs)
    return page(copy, f'<h1>{esc(copy.headline)}</h1><div class="story-text">{body}</div>{teasers()}')


def divs_as_paragraphs(copy: Copy) -> str:
    return page(
        copy,
        f'<section role="main"><h1>{esc(copy.headline)}</h1><div class="text">{paras(copy, "div")}</div></section>',
    )


def sidebar(copy: Copy) -> str:
    aside = f'<aside class="sidebar"><h2>Most read</h2>{teasers("p")}{teasers("p")}</aside>'
    return page(copy, f"<div>{aside}<article><h1>{esc(copy.headline)}</h1>{paras(copy)}</article></div>")


def comments(copy: Copy) -> str:
    said = "".join(f'<div class="comment"><p>{one}</p><span>Reply</span></div>' for one in COMMENTS * 4)
    return page(
        copy, f'<article><h1>{esc(copy.headline)}</h1>{paras(copy)}</article><section id="comments">{said}</section>'
    )


def figures(copy: Copy) -> str:
    caption = "<figcaption>The quay at dusk. (Photo by Jo Ray/Northline)</figcaption>"
    figure = f'<figure><img src="a.jpg" alt="x">{caption}</figure>'
    rows = paras(copy).split("\n")
    return page(copy, f"<article><h1>{esc(copy.headline)}</h1>{figure}{rows[0]}{figure}{''.join(rows[1:])}</article>")


def posts(copy: Copy) -> str:
    post = (
        '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Nobody was asked. Nobody.</p>'
        '&mdash; Ines Obrado (@obrado) <a href="https://t.example/1">May 4, 2031</a></blockquote>'
    )
    rows = paras(copy).split("\n")
    return page(copy, f"<article><h1>{esc(copy.headline)}</h1>{rows[0]}{post}{''.join(rows[1:])}</article>")


def live_blog(copy: Copy) -> str:
    entries = "".join(
        f'<div class="entry"><time datetime="2031-05-04T{8 + n % 10:02}:00:00Z">{8 + n % 10:02}:00</time>'
        f"<p>{esc(one)}</p></div>"
        for n, one in enumerate(copy.paragraphs)
    )
    return page(copy, f'<main><h1>{esc(copy.headline)}</h1><div class="live">{entries}</div></main>')


def cookie_wall(copy: Copy) -> str:
    banner = (
        '<div class="cookie-banner"><h2>We value your privacy</h2>'
        "<p>We and our partners use cookies to store and access "
        "information on your device. You can change your choices at any time in the settings.</p>"
        "<button>Accept all</button></div>"
    )
    return page(copy, f"{banner}<article><h1>{esc(copy.headline)}</h1>{paras(copy)}</article>")


def key_points(copy: Copy) -> str:
    rows = paras(copy).split("\n")
    points = "<ul class='key-points'>" + "".join(f"<li>{esc(one)}</li>" for one in copy.paragraphs[-2:]) + "</ul>"
    return page(copy, f"<article><h1>{esc(copy.headline)}</h1>{points}{''.join(rows[:-2])}</article>")


def inline_links(copy: Copy) -> str:
    rows = paras(copy).split("\n")
    link = f'<div class="inline-related"><a href="/t/1">Read more: {esc(TEASERS[0])}</a></div>'
    return page(copy, f"<article><h1>{esc(copy.headline)}</h1>{rows[0]}{link}{''.join(rows[1:])}{link}</article>")


def amp(copy: Copy) -> str:
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": copy.headline,
        "datePublished": copy.published,
    }
    head = f'<script type="application/ld+json">{json.dumps(told)}</script><style amp-boilerplate>body{{}}</style>'
    return page(
        copy,
        f"<amp-sidebar><ul>{menu()}</ul></amp-sidebar><article><h1>{esc(copy.headline)}</h1>{paras(copy)}</article>",
        head=head,
    )


def blog(copy: Copy) -> str:
    return page(
        copy,
        f'<div class="hentry post"><h1 class="entry-title">{esc(copy.headline)}</h1>'
        f'<div class="entry-meta">Posted on 4 May 2031 by '
        f'<a href="/a">{copy.author}</a></div><div class="entry-content">{paras(copy)}</div>'
        f'<div class="sharedaddy">Share this: '
        f"<a>Tweet</a></div></div><div id='secondary'>{teasers()}</div>",
    )


def brief_item(copy: Copy) -> str:
    short = Copy(copy.headline, copy.paragraphs[:2])
    return page(short, f"<article><h1>{esc(copy.headline)}</h1>{paras(short)}</article>{teasers()}")


def subheads(copy: Copy) -> str:
    rows = paras(copy).split("\n")
    half = len(rows) // 2
    return page(
        copy,
        "<article>"
        f"<h1>{esc(copy.headline)}</h1>{''.join(rows[:half])}<h2>What happens next</h2>"
        f"{''.join(rows[half:])}</article>",
    )


def share_bar(copy: Copy) -> str:
    bar = "<div class='share'><span>Share</span><a>Facebook</a><a>Email</a><a>Copy link</a></div>"
    top = f'<p class="byline">By {copy.author}</p><time datetime="{copy.published}">4 May 2031</time>'
    return page(copy, f"<article><h1>{esc(copy.headline)}</h1>{top}{bar}{paras(copy)}{bar}</article>")


def newsletter_box(copy: Copy) -> str:
    rows = paras(copy).split("\n")
    box = (
        '<div class="newsletter-signup"><h3>Get the morning briefing</h3>'
        "<p>Sign up for our newsletter and get the day’s stories "
        "before breakfast, every weekday, free of charge.</p><form><input name=mail><button>Sign up</button>"
        "</form></div>"
    )
    half = len(rows) // 2
    return page(
        copy, f"<article><h1>{esc(copy.headline)}</h1>{''.join(rows[:half])}{box}{''.join(rows[half:])}</article>"
    )


def old_markup(copy: Copy) -> str:
    body = "<P>".join(esc(one) for one in copy.paragraphs)
    return (
        f"<HTML><HEAD><TITLE>{esc(copy.headline)}</TITLE></HEAD><BODY BGCOLOR=white><CENTER>"
        f"<A HREF=/>{copy.outlet}</A></CENTER>"
        f"<H1>{esc(copy.headline)}</H1><FONT SIZE=2><P>{body}</FONT><HR><A HREF=/next>Next story</A></BODY></HTML>"
    )


LAYOUTS: tuple[Callable[[Copy], str], ...] = (
    semantic, div_soup, tables, breaks, divs_as_paragraphs, sidebar, comments, figures, posts, live_blog, cookie_wall,
    key_points, inline_links, amp, blog, brief_item, subheads, share_bar, newsletter_box, old_markup,
)  # fmt: skip


def truth(layout: Callable[[Copy], str], copy: Copy) -> Sequence[str]:
    """The paragraphs that a layout prints."""
    if layout is posts:
        return (
            copy.paragraphs[0],
            "Nobody was asked. Nobody. — Ines Obrado (@obrado) May 4, 2031",
            *copy.paragraphs[1:],
        )
    if layout is subheads:
        half = len(copy.paragraphs) // 2
        return (*copy.paragraphs[:half], "What happens next", *copy.paragraphs[half:])
    if layout is key_points:
        return (*copy.paragraphs[-2:], *copy.paragraphs[:-2])
    return copy.paragraphs[:2] if layout is brief_item else copy.paragraphs
