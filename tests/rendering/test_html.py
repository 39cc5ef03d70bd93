"""The page: self-contained, safe, every reference leads somewhere."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from html.parser import HTMLParser

from tests.bridge_story import TEXTS, build_hostile_story, build_story

from onrecord.rendering import html

VOID = {"meta", "link", "input", "br", "img", "hr"}


class Page(HTMLParser):
    """What a browser would make of the page, as far as the tests ask."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.extend((tag, name, value) for name, value in attrs)
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag in ("a", "use") and (found.get("href") or "").startswith("#"):
            self.links.append(str(found["href"])[1:])
        if tag not in VOID:
            self.open.append(f"{tag}.{found.get('class') or ''}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].partition(".")[0] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.texts.setdefault(tag, []).append(data)


def test_every_link_has_its_place_and_every_place_is_one() -> None:
    page = Page(html.render(build_story(), changes=True))
    assert set(page.links) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert page.open == []
    assert "01:70-125" in page.ids


def test_the_archive_holds_each_report_character_for_character() -> None:
    page = Page(html.render(build_story()))
    assert "".join(page.texts["div.words"]) == "".join(TEXTS[key] for key in ("01", "02", "03", "04", "05"))


def test_nothing_is_loaded_and_the_policy_fits_what_is_inside() -> None:
    text = html.render(build_story())
    page = Page(text)
    assert not {"link", "img", "iframe", "object", "embed", "form", "base"} & set(page.tags)
    assert not [value for _, name, value in page.attributes if name in ("src", "srcset", "data", "action")]
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "style"]
    assert all((value or "").startswith("#") for _, name, value in page.attributes if name == "href")
    assert "url(" not in text and "@import" not in text
    for tag in ("style", "script"):
        inside = text.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
        digest = b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in text.replace("&#39;", "'")


def test_hostile_text_stays_text() -> None:
    text = html.render(build_hostile_story(), changes=True)
    page = Page(text)
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "\u202e" not in text and "\x1b" not in text
    assert "⟨U+202E⟩" in text
    assert set(page.links) <= set(page.ids)


def test_the_same_story_gives_the_same_bytes_in_any_order() -> None:
    story = build_story()
    turned = replace(story, reports=tuple(reversed(story.reports)), parties=tuple(reversed(story.parties)))
    assert html.render(story) == html.render(turned)


def test_standing_is_told_in_words_and_never_as_truth() -> None:
    text = html.render(build_story())
    for word in ("denied", "retracted", "unconfirmed", "single-origin"):
        assert f"</span>{word}</span>" in text
    body = text.partition("<body>")[2].partition("<script>")[0]
    assert not re.search(r"\b(true|false)\b", re.sub(r'="(true|false)"', "", body))


def test_a_story_without_claims_is_a_page_too() -> None:
    story = replace(build_story(), claims=(), standings=(), conflicts=(), quotes=(), timeline=(), changes=(), links=())
    page = Page(html.render(story, changes=True))
    assert page.open == []
    assert set(page.links) <= set(page.ids)
