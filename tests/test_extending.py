"""What other packages add is found by its entry point, checked, and told in one line where it fails."""

from __future__ import annotations

from importlib.metadata import EntryPoint, EntryPoints
from typing import Any

import pytest

import onrecord
from onrecord import extending
from onrecord.conformance import exporter_faults, tagger_faults
from onrecord.datamodel.attribution import Tag
from onrecord.datamodel.span import Span
from onrecord.errors import BackendError
from onrecord.tagging.rules import RulesTagger


class FirstWord:
    """Credits nobody with the first word."""

    name = "first-word 1"

    def tag(self, text: str) -> tuple[Tag, ...]:
        words = text.split()
        if not words:
            return ()
        start = text.index(words[0])
        content = (Span(start, start + len(words[0])),)
        return (Tag(source=(), cue=(), content=content, score=1.0, made_by=self.name),)

    def tag_many(self, texts: Any) -> Any:
        return map(self.tag, texts)


def count(story: onrecord.Story) -> str:
    """How many reports there are."""
    return str(len(story.reports))


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    """Entry points as installed packages have them."""
    points = [
        EntryPoint("first-word", "tests.test_extending:FIRST_WORD", extending.TAGGERS),
        EntryPoint("count", "tests.test_extending:count", extending.EXPORTERS),
        EntryPoint("broken", "tests.no_such_module:export", extending.EXPORTERS),
    ]

    def entry_points(**wanted: Any) -> EntryPoints:
        return EntryPoints(points).select(**wanted)

    monkeypatch.setattr(extending, "entry_points", entry_points)
    return points


FIRST_WORD = FirstWord()


def test_added_taggers_and_exporters_are_called_by_name(installed: list[EntryPoint]) -> None:
    story = onrecord.tell(texts=["Monday is a holiday, the mayor said."], tagger="rules")
    assert onrecord.render(story, "count") == "1"
    ((_, found),) = onrecord.extract(texts=["Monday is a holiday."], tagger="first-word")
    assert {one.made_by for one in found} == {"first-word 1"}


def test_what_cannot_be_loaded_is_told(installed: list[EntryPoint]) -> None:
    with pytest.raises(BackendError, match=r"'broken' cannot be loaded \(ModuleNotFoundError"):
        onrecord.render(onrecord.Story(name="x"), "broken")
    with pytest.raises(BackendError, match="nothing named 'lost'"):
        extending.load(extending.TAGGERS, "lost")
    installed.append(EntryPoint("count", "tests.test_extending:another", extending.EXPORTERS))
    with pytest.raises(BackendError, match="two packages add 'count'"):
        onrecord.render(onrecord.Story(name="x"), "count")


def test_the_rules_and_an_added_tagger_conform() -> None:
    assert tagger_faults(RulesTagger()) == ()
    assert tagger_faults(FIRST_WORD) == ()


def test_faults_are_told_in_words() -> None:
    class Restless(FirstWord):
        name = " "
        asked = 0

        def tag(self, text: str) -> tuple[Tag, ...]:
            self.asked += 1
            return super().tag(text) if self.asked % 3 else ()

    told = " ".join(tagger_faults(Restless()))
    assert "name is empty" in told and "second time" in told and "tag_many" in told
    assert exporter_faults(lambda story: "\ud800", onrecord.Story(name="x")) == ("its text cannot be written as UTF-8",)
