"""House packs: what comes with the package, a desk's own, and what is refused in one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.checking.findings import Flag, Severity
from onrecord.checking.packs import CHECKS, HOUSES, RECORD, findings, load_packs
from onrecord.datamodel.span import Span
from onrecord.errors import UsageError

RULE = """[[rule]]
id = "{id}"
check = "{check}"
severity = "{severity}"
rule = "No clichés."
do = "Say it plainly."
"""


def test_every_packed_rule_has_a_check_a_source_and_a_remedy() -> None:
    for house in HOUSES:
        rules = [one for one in load_packs([house]) if one.pack != RECORD]
        assert len(rules) >= 5
        assert all(one.source and one.do and one.rule and one.check in CHECKS for one in rules)


def test_the_record_pack_always_counts() -> None:
    assert {one.pack for one in load_packs(())} == {RECORD}
    assert len(load_packs(())) == 12


def test_a_later_pack_overrides_and_switches_off(tmp_path: Path) -> None:
    own = tmp_path / "house.toml"
    own.write_text(
        RULE.format(id="quiet", check="quote-words", severity="off")
        + RULE.format(id="loud", check="withdrawn", severity="note")
    )
    rules = {one.check: one for one in load_packs([str(own)])}
    assert "quote-words" not in rules and rules["withdrawn"].severity is Severity.NOTE
    assert rules["withdrawn"].pack == "house"


def test_a_desks_own_words_are_found(tmp_path: Path) -> None:
    own = tmp_path / "house.toml"
    own.write_text(
        RULE.format(id="cliche", check="words", severity="warning") + 'pattern = "(?i)at the end of the day"\n'
    )
    text = "It held, at the end of the day."
    flags = [Flag(check="quote-words", span=Span(0, 2), message="x")]
    found = findings(text, flags, load_packs([str(own)]))
    assert [(one.rule.id, one.words) for one in found] == [("quote-words", "It"), ("cliche", "at the end of the day")]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("", "no [[rule]] in it"),
        ("rule = 3", "no [[rule]] in it"),
        ("[[rule", "no TOML"),
        (RULE.format(id="a", check="spelling", severity="note"), "no check 'spelling'"),
        (RULE.format(id="a", check="withdrawn", severity="fatal"), "no severity 'fatal'"),
        (RULE.format(id="", check="withdrawn", severity="note"), "'id' is missing"),
        (RULE.format(id="a", check="words", severity="note"), "a pattern goes with"),
        (RULE.format(id="a", check="words", severity="note") + 'pattern = "("', "no pattern"),
        (RULE.format(id="a", check="withdrawn", severity="note") + "colour = 'red'", "'colour' is no field"),
    ],
)
def test_a_bad_pack_is_refused_in_one_line(tmp_path: Path, told: str, why: str) -> None:
    own = tmp_path / "bad.toml"
    own.write_text(told)
    with pytest.raises(UsageError) as caught:
        load_packs([str(own)])
    assert why in str(caught.value) and "\n" not in str(caught.value)


def test_a_pack_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match="house pack 'apx' is not there"):
        load_packs(["apx"])
