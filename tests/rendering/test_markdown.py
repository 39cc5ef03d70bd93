"""The Markdown brief."""

from __future__ import annotations

from markdown_it import MarkdownIt
from tests.bridge_story import build_hostile_story, build_story

from onrecord.rendering import markdown


def test_claims_show_origins_beside_outlets() -> None:
    text = markdown.render(build_story())
    assert "| C1 | ○ unconfirmed | 2–3 | 3 | The memo is genuine. |" in text


def test_every_statement_carries_its_reference() -> None:
    lines = [line for line in markdown.render(build_story()).splitlines() if line.startswith("- **")]
    assert lines
    assert all("`[" in line for line in lines)


def test_changes_are_told_when_asked_for() -> None:
    assert "unconfirmed → **denied**" in markdown.render(build_story(), changes=True)
    assert "When each standing changed" not in markdown.render(build_story())


def test_hostile_text_stays_text() -> None:
    text = markdown.render(build_hostile_story())
    page = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text)
    assert "<script" not in page and "<img" not in page and "<a" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in text and "\x1b" not in text
    assert not [line for line in text.splitlines() if line.startswith("|") and "pipe|" in line.replace("\\|", "")]
